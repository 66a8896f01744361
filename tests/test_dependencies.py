"""DEPENDENCIES.md names what pyproject.toml asks for, no more and no less, each with a licence and a reason."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEXT = (ROOT / "DEPENDENCIES.md").read_text(encoding="utf-8")


def names(requirements: list[str]) -> list[str]:
    found = [re.match(r"[\w.-]+", requirement) for requirement in requirements]
    return [name[0] for name in found if name]


def rows(columns: int) -> list[list[str]]:
    table = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")]
    return [row for row in table if len(row) == columns and row[0] not in ("package", "extra")]


def test_what_is_always_needed_is_named() -> None:
    assert sorted(row[0] for row in rows(3)) == sorted(names(PROJECT["dependencies"]))


def test_what_extras_need_is_named() -> None:
    wanted = [(extra, name) for extra, requirements in PROJECT["optional-dependencies"].items() for name in names(requirements)]
    assert len(wanted) > 30
    assert sorted((row[0], row[1]) for row in rows(4)) == sorted(wanted)


def test_each_has_a_licence_and_a_reason() -> None:
    licence = re.compile(r"0BSD|MIT|Apache-2\.0|BSD-[23]-Clause|MPL-2\.0|PSF|CNRI")
    for row in rows(3) + rows(4):
        assert licence.search(row[-2]), row
        assert len(row[-1]) > 3, row
