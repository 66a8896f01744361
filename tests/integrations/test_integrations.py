"""What holds for all hosts: thin files that load their host only, an example and a test each, settings that hosts can write down."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cleantext import Options
from cleantext.columns import clean_columns
from cleantext.integrations.settings import identity, plain
from cleantext.integrations.step import Step, receipts

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDER = ROOT / "cleantext" / "integrations"
SHARED = {"__init__", "settings", "sites", "step"}
HOSTS = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem not in SHARED)
EXTRAS = {"llama_index": "llama-index", "sklearn": "scikit-learn"}
NEEDED = {name: f"cleantext.integrations.{name}" for name in HOSTS}


def test_hosts_are_found() -> None:
    assert len(HOSTS) >= 15


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_has_a_thin_file_an_example_a_test_and_an_extra(host: str) -> None:
    text = (FOLDER / f"{host}.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 130
    assert ">>> " in text
    assert (Path(__file__).parent / f"test_{host}.py").exists()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    extra = EXTRAS.get(host, host)
    assert extra in extras
    assert extra in extras["hosts"][0]
    assert f"`{extra}`" in README
    assert f"`cleantext.integrations.{host}`" in README


def test_nothing_loads_a_host_but_its_own_file() -> None:
    assert not [
        node for node in ast.parse((FOLDER / "__init__.py").read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {"pyarrow", "pandas", "polars", "pyspark", "ray", "datasets", "spacy", "sklearn", "dask", "haystack", "scrapy"}
    code = "import cleantext, cleantext.columns, cleantext.integrations.step, cleantext.integrations.settings, sys; "
    code += "cleantext.columns.clean_columns(['It rained.']); "
    code += f"print(*{{name.split('.')[0] for name in sys.modules}} & {names!r})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split() == []


def test_doctests_of_missing_hosts_are_left_out() -> None:
    spec = importlib.util.spec_from_file_location("root_conftest", ROOT / "conftest.py")
    assert spec
    assert spec.loader
    conftest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conftest)
    assert conftest.imported(FOLDER / "ray.py") == {"__future__", "cleantext", "typing", "ray"}
    assert str(FOLDER / "step.py") not in conftest.collect_ignore


def test_options_are_plain_data_and_come_back() -> None:
    options = Options(profile="strict", keep=frozenset({"app", "ad"}), rules_off=frozenset({"b", "a"}), timeout=2.5)  # type: ignore[arg-type]
    assert plain(options) == {"profile": "strict", "keep": ["ad", "app"], "rules_off": ["a", "b"], "timeout": 2.5}
    assert Options(**json.loads(json.dumps(plain(options)))) == options
    assert plain(Options()) == {}


def test_the_identity_is_the_same_everywhere_and_changes_with_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "courier.toml"
    file.write_text("# nothing learned")
    code = (
        "from cleantext import Options; from cleantext.integrations.settings import identity; "
        f"print(identity(Options(keep={{'app', 'ad', 'share', 'nav'}}, site_rules=({str(file)!r},))))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    options = Options(site_rules=(str(file),))
    before = identity(options)
    assert before != identity(Options())
    file.write_text("# something else")
    assert identity(options) != before


def test_a_step_looks_at_the_columns_first() -> None:
    Step("html", url="url").check(["html", "url", "title"])
    with pytest.raises(ValueError, match=r"no column 'page': the table has 'html', 'url'"):
        Step("page").check(["html", "url"])
    with pytest.raises(ValueError, match="no column 'lang'"):
        Step("html", language="lang").check(["html"])
    with pytest.raises(ValueError, match=r"'Title' already: choose another prefix than ''"):
        Step("html", prefix="").check(["html", "Title"])
    Step("html", prefix="").check(["html", "removed"])  # not among the results


def test_receipts_are_plain_strings() -> None:
    receipt = receipts(clean_columns(["It rained.\n\nDownload our app\n\nIt rained.\n\nYou've read 3 of 5 free articles."]))[0]
    assert receipt == {"clean_status": "ok", "clean_completeness": "unknown", "clean_removed": "app:1, paywall:1"}
