"""The test resources of fundus (flairNLP): one news page for each version of a publisher's parser, and what that parser gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.layouts.files import field, natural, read_json, read_page, texts_in
from cleantext.evaluate.benchmark.metrics import PARAGRAPHS
from cleantext.evaluate.benchmark.truth import Content
from cleantext.evaluate.labelled import page_of
from cleantext.train.collection import site_of

SHAPE: Final = "fundus's tests/resources/parser/test_data: <country>/<Publisher>.json, <country>/<Publisher>_<date>.html.gz"
DATA: Final = Path("tests") / "resources" / "parser" / "test_data"
LEARNED: Final = "cleantext's content model was trained on pages of this collection: its figures say little about unseen ones"


def recognise(path: Path) -> bool:
    """Is it the clone, or its folder of pages?"""
    return (path / DATA).is_dir() or any(path.glob("*/meta.info"))


def read(path: Path) -> list[Collection]:
    """All pages with a body. Where a publisher has not as many pages as versions, it is not known which is which: these are left out."""
    folder = path / DATA if (path / DATA).is_dir() else path
    cases, unclear = [], []
    for file in sorted(folder.glob("*/*.json")):
        versions = {name: row for name, row in read_json(file).items() if isinstance(row, dict) and row.get("body")}
        pages = sorted(page for page in file.parent.glob(f"{file.stem}_*.html.gz") if _publisher(page) == file.stem)
        if not versions:
            continue
        if len(pages) != len(versions):
            unclear.append(file.stem)
            continue
        meta = read_json(file.parent / "meta.info")
        for page, name in zip(pages, sorted(versions, key=natural), strict=True):
            case = f"{file.parent.name}/{file.stem}/{name}"
            url = str(meta.get(page.name, {}).get("url") or case)
            cases.append(_case(case, read_page(page), list(_blocks(versions[name]["body"], case)), versions[name]["body"], url))
    if not cases:
        raise InputError(f"{folder}: no cases found (*/<Publisher>.json with as many <Publisher>_*.html.gz as versions)")
    notes = (f"left out, since pages and versions differ in number: {', '.join(unclear)}",) if unclear else ()
    return [collection("fundus", cases, notes)]


def of_row(row: dict[str, Any], place: str) -> Case:
    """A case of a packing as JSON Lines: `id`, `url`, `summary`, `blocks` with `kind` and `text`, `html`."""
    name = str(field(row, place, "id"))
    blocks = [(str(field(block, place, "kind")), str(field(block, place, "text"))) for block in field(row, place, "blocks")]
    return _case(name, page_of(row), blocks, row, str(row.get("url") or name))


def collection(name: str, cases: list[Case], notes: tuple[str, ...] = ()) -> Collection:
    """The cases as a collection."""
    return Collection(name, "fundus", PARAGRAPHS, tuple(cases), warning=LEARNED, notes=notes)


def _publisher(page: Path) -> str:
    """`NineNews` of `NineNews_2024_04_26.html.gz`."""
    return page.name.removesuffix(".html.gz").rsplit("_", 3)[0]


def _blocks(body: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    """The standfirst, then each section's headlines and paragraphs."""
    yield from (("paragraph", text) for text in texts_in(body.get("summary") or [], place))
    for section in field(body, place, "sections"):
        for kind, name in (("heading", "headline"), ("paragraph", "paragraphs")):
            yield from ((kind, text) for text in texts_in(section.get(name) or [], place) if text.strip())


def _case(name: str, page: bytes, blocks: list[tuple[str, str]], body: Mapping[str, Any], url: str) -> Case:
    texts = tuple(text for _, text in blocks)
    whole = tuple(text for kind, text in blocks if kind == "paragraph")
    return Case(name, page, Content(texts, whole, frozenset(body.get("summary") or ())), site=site_of(url))
