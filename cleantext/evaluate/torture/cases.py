"""The hostile inputs: what a manifest lists, and the forms in which each is given to a system."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.systems import OURS

PLAIN: Final[tuple[str, ...]] = ("bytes", "str")
"""What any system is given: the bytes, and if the input is text, that."""

TOLD: Final[tuple[str, ...]] = ("str as html", "str as markdown", "str as text")
"""Of text this package is also told what it is; not of a page that it is one, which it sees."""

BYTES_AS_TEXT: Final = "bytes as text"

COMMANDS: Final = "cli"


@dataclass(frozen=True, slots=True)
class Case:
    """An input: a correct cleaner keeps all of `must_keep`, and never writes what `must_not` names."""

    name: str
    group: str
    file: str
    size: int
    feed: str
    errors: str = "strict"
    must_keep: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A case in one form: `bytes`, `str`, or `str as` some kind."""

    case: Case
    form: str

    @property
    def kind(self) -> Any:
        """What it is said to be."""
        return self.form.partition(" as ")[2] or "auto"

    def read(self) -> bytes | str:
        """The source."""
        data = Path(self.case.file).read_bytes()
        return data if self.form.startswith("bytes") else data.decode("utf-8", self.case.errors)


def read_cases(folder: Path, only: str = "") -> list[Case]:
    """The cases of a folder's `manifest.json` whose names match.

    Raises:
        InputError: there is no manifest, or it is another's.
    """
    try:
        rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["cases"]
        cases = [_case(folder, row) for row in rows if re.search(only, row["name"])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{folder / 'manifest.json'}: {error!r}: name a folder that a generator of hostile inputs wrote"
        ) from None
    if not cases:
        raise InputError(f"{folder}: no case matches {only!r}")
    return cases


def inputs_of(cases: list[Case], system: str, forms: str = "") -> Iterator[Input]:
    """The library's cases in each form that makes sense to a system, or in those of the `forms` (parted by commas) that do."""
    wanted = forms.split(",") if forms else [*PLAIN, *TOLD, BYTES_AS_TEXT]
    for case in cases:
        if case.feed == COMMANDS:
            continue
        yield from (Input(case, form) for form in _forms(case, system) if form in wanted)


def _forms(case: Case, system: str) -> tuple[str, ...]:
    if case.feed == "bytes":
        return ("bytes", BYTES_AS_TEXT) if system == OURS else ("bytes",)
    if system != OURS:
        return PLAIN
    with open(case.file, "rb") as file:
        looks_like_a_page = file.read(1) == b"<"
    return PLAIN + TOLD[looks_like_a_page:]


def _case(folder: Path, row: dict[str, Any]) -> Case:
    return Case(
        row["name"],
        row["group"],
        str(folder / row["file"]),
        row["bytes"],
        row["feed"],
        row.get("decode_errors", "strict"),
        tuple(row["must_keep"]),
        tuple(row["must_not"]),
    )
