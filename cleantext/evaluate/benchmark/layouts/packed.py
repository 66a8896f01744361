"""Public collections packed as JSON Lines, one case a line; the fields of the first line say which collection it is."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection as Fields
from pathlib import Path
from typing import Any, Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.layouts import daniel, fundus, labelled, readability, wcxb
from cleantext.evaluate.benchmark.layouts.files import read_rows
from cleantext.evaluate.labelled import JSONL, read_json_lines

SHAPE: Final = (
    "JSON Lines (.jsonl, .jsonl.gz, .jsonl.xz) with html and text, blocks, paragraphs or expected_html; or text and labels"
)

Reader = Callable[[dict[str, Any], str], Case]
Gatherer = Callable[[str, list[Case]], Collection]
PACKINGS: Final[dict[str, tuple[Reader, Gatherer]]] = {
    "paragraphs": (daniel.of_row, daniel.collection),
    "blocks": (fundus.of_row, fundus.collection),
    "expected_html": (readability.of_row, readability.collection),
    "text": (wcxb.of_row, wcxb.collection),
}
"""By the field that holds the gold."""


def recognise(path: Path) -> bool:
    """Is it a file in JSON Lines?"""
    return path.is_file() and bool(JSONL.search(path.name))


def read(path: Path) -> list[Collection]:
    """The collection that the file holds.

    Raises:
        InputError: there is none, or it is none of those known.
    """
    name = JSONL.sub("", path.name)
    _, first = next(read_rows(path), ("", {}))
    if is_labelled(first):
        return [labelled.collection(name, read_json_lines(path))]
    gold = next((field for field in PACKINGS if field in first), None)
    if gold is None or not {"html", "html_base64"} & first.keys():
        raise InputError(f"{path}: no cases found ({SHAPE})")
    read_row, gather = PACKINGS[gold]
    cases = []
    for place, row in read_rows(path):
        try:
            cases.append(read_row(row, place))
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{place}: {error!r}") from None
    return [gather(name, cases)]


def is_labelled(row: Fields[str]) -> bool:
    """Has it labelled lines?"""
    return "labels" in row
