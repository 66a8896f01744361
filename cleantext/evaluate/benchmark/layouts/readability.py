"""The test pages of mozilla/readability: a page, and the HTML that Readability.js is expected to make of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.layouts.files import field, read_page
from cleantext.evaluate.benchmark.metrics import WORDS
from cleantext.evaluate.benchmark.truth import Content
from cleantext.evaluate.labelled import page_of
from cleantext.segment.html import segment_html

SHAPE: Final = "mozilla/readability's test/test-pages: */source.html, */expected.html"
DATA: Final = Path("test") / "test-pages"
NOTE: Final = "gold is what Readability.js gives, not what a person chose; its text, block by block"


def recognise(path: Path) -> bool:
    """Is it the clone, or its folder of pages?"""
    return (path / DATA).is_dir() or any(path.glob("*/expected.html"))


def read(path: Path) -> list[Collection]:
    """All pages with what is expected of them."""
    folder = path / DATA if (path / DATA).is_dir() else path
    cases = [
        _case(file.parent.name, read_page(file.parent / "source.html"), read_page(file).decode("utf-8", "replace"))
        for file in sorted(folder.glob("*/expected.html"))
    ]
    if not cases:
        raise InputError(f"{folder}: no cases found (*/expected.html beside source.html)")
    return [collection("readability", cases)]


def of_row(row: dict[str, Any], place: str) -> Case:
    """A case of a packing as JSON Lines: `id`, `html`, `expected_html`."""
    return _case(str(field(row, place, "id")), page_of(row), field(row, place, "expected_html"))


def collection(name: str, cases: list[Case]) -> Collection:
    """The cases as a collection."""
    return Collection(name, "readability", WORDS, tuple(cases), notes=(NOTE,))


def _case(name: str, page: bytes, expected: str) -> Case:
    texts = tuple(segment.text for segment in segment_html(expected).segments)
    return Case(name, page, Content(texts), site=name)
