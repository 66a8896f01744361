"""Hostile inputs in processes of their own: what is told of an input, and that one that hangs costs only itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext import InputError
from cleantext.evaluate.torture.cases import Case, inputs_of, read_cases
from cleantext.evaluate.torture.judge import Answer, verdict
from tests.torture.pages import AFTER, BEFORE, INNER, article

ROOT = Path(__file__).parents[3]
MARKED = Case("a", "g", "a.bin", 1, "str", must_keep=(BEFORE, AFTER), must_not=("SECRET",))


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (Answer(BEFORE, f"{BEFORE}\n{AFTER}", "ok"), "clean"),
        (Answer(BEFORE, BEFORE, "ok"), "silent loss"),
        (Answer(BEFORE, BEFORE, ""), "silent loss"),
        (Answer(BEFORE, BEFORE, "partial"), "clean"),
        (Answer("SECRET", f"{BEFORE}{AFTER}", "ok"), "leak"),
        (Answer("", f"{BEFORE}{AFTER}", "ok", faults=("clean and analyze differ",)), "broken promise"),
    ],
)
def test_verdict(answer: Answer, result: str) -> None:
    assert verdict(answer, MARKED)[0] == result


def test_a_folder_without_a_manifest_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="manifest"):
        read_cases(tmp_path)


def written(folder: Path) -> Path:
    rows = []
    for name, feed in (("page", "str"), ("pages.jsonl", "cli")):
        text = article(INNER) if feed == "str" else json.dumps({"id": "1", "text": BEFORE}) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
        marks = [BEFORE, AFTER] if feed == "str" else []
        rows.append(
            {"name": name, "group": "g", "file": name, "bytes": len(text), "feed": feed, "must_keep": marks, "must_not": []}
        )
    (folder / "manifest.json").write_text(json.dumps({"cases": rows}), encoding="utf-8")
    return folder


def test_forms(tmp_path: Path) -> None:
    cases = read_cases(written(tmp_path))
    assert [given.form for given in inputs_of(cases, "trafilatura")] == ["bytes", "str"]
    assert [given.form for given in inputs_of(cases, "cleantext")] == ["bytes", "str", "str as markdown", "str as text"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_command(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "cleantext.evaluate.torture", str(written(tmp_path)), "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert told.returncode == 0, told.stderr
    systems = json.loads((tmp_path / "out" / "torture.json").read_text(encoding="utf-8"))["systems"]
    assert {system: {one["result"] for one in found} for system, found in systems.items()} == {
        "cleantext": {"clean"},
        "cleantext, command": {"clean"},
    }
    assert "| cleantext | 4 | 4 |" in (tmp_path / "out" / "torture.md").read_text(encoding="utf-8")
