"""Rules and models: what is not as it was shipped is not used, and the message says what to do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext.packaged import LISTING, digests
from cleantext.packaged.__main__ import present, write_listing

ROOT = Path(__file__).parent.parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, to be tampered with."""
    return Path(
        shutil.copytree(
            ROOT / "cleantext", tmp_path / "cleantext", ignore=shutil.ignore_patterns("__pycache__", "evaluate", "train")
        )
    )


def run(package: Path, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=package.parent, env={"PATH": ""}
    )


def load(package: Path, language: str) -> str:
    """What a process says that loads a pack of this copy."""
    result = run(
        package, f"import cleantext; from cleantext.detect.pack import load; print(load({language!r}).name, cleantext.__file__)"
    )
    return (result.stdout + result.stderr).strip().splitlines()[-1]


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_list_is_complete_and_current() -> None:
    assert len(digests()) >= 30
    assert dict(present()) == dict(digests())
    assert {Path(path).suffix for path in digests()} == {".npz", ".toml", ".tsv"}


def test_sha256sum_reads_the_list() -> None:
    checker = shutil.which("sha256sum")
    if not checker:
        pytest.skip("no sha256sum here")
    result = subprocess.run(
        [checker, "--check", "--strict", LISTING], capture_output=True, text=True, check=False, cwd=ROOT / "cleantext"
    )
    assert result.returncode == 0, result.stderr


def test_an_untouched_copy_works(package: Path) -> None:
    assert load(package, "en") == f"English {package / '__init__.py'}"


def test_cleaning_stops_at_a_pack_that_is_not_listed(package: Path) -> None:
    (package / "detect" / "packs" / "aa.toml").write_text("", encoding="utf-8")
    assert "PackError: cleantext/detect/packs/aa.toml" in run(package, "import cleantext; cleantext.clean('It rained.')").stderr


@pytest.mark.parametrize(
    "model", ["extract/content.npz", "detect/lines.npz", "detect/lines.tsv", "detect/lines.prompts.tsv", "detect/literals.tsv"]
)
def test_a_model_with_one_byte_changed_is_refused(package: Path, model: str) -> None:
    file = package / model
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    loads = {
        "extract/content.npz": "from cleantext.extract.storage import content_model as load",
        "detect/lines.npz": "from cleantext.detect.learned import line_model as load",
        "detect/lines.tsv": "from cleantext.detect.learned import line_model as load",
        "detect/lines.prompts.tsv": "from cleantext.detect.prompts import prompts as load",
        "detect/literals.tsv": "from cleantext.detect.pack import load_all as load",
    }
    said = run(package, f"{loads[model]}; load()").stderr
    assert f"Error: cleantext/{model}: is not the file that was shipped" in said
    assert "run `python -m cleantext.packaged`" in said


def test_a_changed_rule_is_refused_until_it_is_listed(package: Path) -> None:
    file = package / "detect" / "packs" / "en.toml"
    append(file, "# a remark\n")
    said = load(package, "en")
    assert "PackError: cleantext/detect/packs/en.toml: is not the file that was shipped" in said
    assert "run `python -m cleantext.packaged`" in said
    assert run(package, "import runpy; runpy.run_module('cleantext.packaged', run_name='__main__')").returncode == 0
    assert load(package, "en").startswith("English ")


def test_a_new_pack_is_refused_until_it_is_listed(package: Path) -> None:
    (package / "detect" / "packs" / "xx.toml").write_text('language = "xx"\nname = "Own"\n', encoding="utf-8")
    assert "PackError: cleantext/detect/packs/xx.toml: does not belong to the package" in load(package, "xx")
    write_listing(package)
    assert load(package, "xx").startswith("Own ")


def test_a_pack_that_is_gone_is_missed(package: Path) -> None:
    (package / "detect" / "packs" / "de.toml").unlink()
    assert "PackError: cleantext/detect/packs/de.toml: is missing" in load(package, "de")


@pytest.mark.parametrize("content", [None, b"no list\n", b"\xff"])
def test_a_list_that_is_gone_or_broken_is_named(package: Path, content: bytes | None) -> None:
    if content is None:
        (package / LISTING).unlink()
    else:
        (package / LISTING).write_bytes(content)
    assert f"ModelError: cleantext/{LISTING}: " in load(package, "en")


def test_a_batch_does_not_begin_with_a_changed_pack(package: Path) -> None:
    append(package / "detect" / "packs" / "en.toml", "# a remark\n")
    (package.parent / "a.txt").write_text("It rained.", encoding="utf-8")
    result = run(
        package, "import sys; sys.argv[1:] = ['batch', 'a.txt', '-o', 'out', '-q']; from cleantext.cli import main; main()"
    )
    assert result.stderr.startswith("Error: cleantext/detect/packs/en.toml: is not the file that was shipped")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_line_ends_are_not_changed_in_a_checkout() -> None:
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    for path in digests():
        wanted = f"*{Path(path).suffix} {'binary' if path.endswith('.npz') else 'text eol=lf'}"
        assert wanted in attributes, path


def test_the_tests_of_a_changed_rule_say_what_to_do(package: Path) -> None:
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, package.parent)
    (package.parent / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "test_rules.py", package.parent / "tests")
    append(package / "detect" / "packs" / "en.toml", "# a remark\n")
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-k", "en.related.for-more-read"],
        capture_output=True,
        text=True,
        check=False,
        cwd=package.parent,
    )
    said = "cleantext/detect/packs/en.toml: not as cleantext/SHA256SUMS has it. If you changed it yourself, run `python -m cleantext.packaged`"
    assert said in result.stdout + result.stderr
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
