"""WCXB (Murrough-Foley/web-content-extraction-benchmark): pages of seven kinds with their main content."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.layouts.files import field, read_json, read_page
from cleantext.evaluate.benchmark.metrics import WORDS
from cleantext.evaluate.benchmark.truth import Content
from cleantext.evaluate.labelled import page_of
from cleantext.train.collection import site_of

SHAPE: Final = "WCXB, one split (dev/ or test/): ground-truth/*.json, html/*.html.gz"
LEARNED: Final = "cleantext's content model was trained on these pages: its figures say nothing about unseen ones"


def recognise(path: Path) -> bool:
    """Is it a split of the clone, or the clone?"""
    return any((folder / "ground-truth").is_dir() for folder in (path, path / "dev", path / "test"))


def read(path: Path) -> list[Collection]:
    """The split that `path` is, or all splits in it."""
    folders = (
        [path] if (path / "ground-truth").is_dir() else [folder for folder in (path / "dev", path / "test") if folder.is_dir()]
    )
    return [_split(folder) for folder in folders]


def of_row(row: dict[str, Any], place: str) -> Case:
    """A case of a packing as JSON Lines: `id`, `url`, `type`, `text`, `html`."""
    name = str(field(row, place, "id"))
    kind = str(row.get("type") or "")
    return _case(name, page_of(row), field(row, place, "text"), kind, str(row.get("url") or name))


def collection(name: str, cases: list[Case]) -> Collection:
    """The cases as a collection; the development split is what the model of pages was trained on."""
    return Collection(name, "wcxb", WORDS, tuple(cases), warning=LEARNED if name.endswith("dev") else "")


def _split(folder: Path) -> Collection:
    truths = sorted((folder / "ground-truth").glob("*.json"))
    if not truths:
        raise InputError(f"{folder}: no cases found (ground-truth/*.json)")
    return collection(f"wcxb-{folder.resolve().name}", [_read(file, folder / "html") for file in truths])


def _read(file: Path, pages: Path) -> Case:
    row = read_json(file)
    url = str(field(row, str(file), "url"))
    text = field(row, str(file), "ground_truth", "main_content")
    kind = str(field(row, str(file), "_internal", "page_type", "primary"))
    return _case(file.stem, read_page(pages / f"{file.stem}.html.gz"), text, kind, url)


def _case(name: str, page: bytes, text: str, kind: str, url: str) -> Case:
    return Case(name, page, Content((text,)), (kind,) if kind else (), site_of(url))
