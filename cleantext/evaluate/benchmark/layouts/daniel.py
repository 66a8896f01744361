"""The DAnIEL corpus (rundimeco/waddle): pages of 2011-12 in five languages, their paragraphs as `<p>...</p>`."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any, Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.layouts.files import field, read_json, read_page, texts_in
from cleantext.evaluate.benchmark.metrics import PLAIN_PARAGRAPHS
from cleantext.evaluate.benchmark.truth import Content
from cleantext.evaluate.labelled import page_of
from cleantext.train.collection import site_of

SHAPE: Final = "DAnIEL, a folder Corpus* of waddle: doc_lg.json, html/*, reference/*"
LANGUAGES: Final = "doc_lg.json"
PARAGRAPH: Final = re.compile(r"<p\b[^>]*+>(.*?)(?=</p>|<p\b|\Z)", re.DOTALL | re.IGNORECASE)


def recognise(path: Path) -> bool:
    """Is it one of the corpora, or the clone?"""
    return bool(_folders(path))


def read(path: Path) -> list[Collection]:
    """Each corpus: its pages that have a reference; the others are counted in the notes."""
    return [_corpus(folder) for folder in _folders(path)]


def of_row(row: dict[str, Any], place: str) -> Case:
    """A case of a packing as JSON Lines: `id`, `site`, `language`, `paragraphs`, `html`."""
    name = str(field(row, place, "id"))
    paragraphs = texts_in(field(row, place, "paragraphs"), place)
    return _case(name, page_of(row), paragraphs, str(row.get("language") or ""), str(row.get("site") or name))


def collection(name: str, cases: list[Case], notes: tuple[str, ...] = ()) -> Collection:
    """The cases as a collection."""
    return Collection(name, "daniel", PLAIN_PARAGRAPHS, tuple(cases), notes=notes)


def _folders(path: Path) -> list[Path]:
    return [folder for folder in (path, *sorted(path.glob("Corpus*"))) if (folder / LANGUAGES).is_file()]


def _corpus(folder: Path) -> Collection:
    cases, lone = [], 0
    for name, language in sorted(read_json(folder / LANGUAGES).items()):
        page, reference = folder / "html" / name, folder / "reference" / name
        if not page.is_file() or not reference.is_file():
            lone += 1
            continue
        paragraphs = tuple(_paragraphs(reference.read_text(encoding="utf-8", errors="replace")))
        if not paragraphs:
            raise InputError(f"{reference}: no paragraphs (<p>...</p>)")
        site = name.split("_")[1] if "_" in name else name
        cases.append(_case(name, read_page(page), paragraphs, str(language), site))
    if not cases:
        raise InputError(f"{folder}: no cases found (names of {LANGUAGES} in html/ and reference/)")
    notes = (f"{lone} documents of {LANGUAGES} have no page or no reference: left out",) if lone else ()
    return collection(f"daniel-{folder.resolve().name}", cases, notes)


def _paragraphs(reference: str) -> list[str]:
    found = (unescape(text).strip() for text in PARAGRAPH.findall(reference))
    return [text for text in found if text]


def _case(name: str, page: bytes, paragraphs: tuple[str, ...], language: str, site: str) -> Case:
    truth = Content(paragraphs, paragraphs, titled=True)
    return Case(name, page, truth, (language,) if language else (), site_of(site))
