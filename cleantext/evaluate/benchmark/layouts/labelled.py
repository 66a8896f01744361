"""Documents whose every line has a label: `corpora/`, or JSON Lines."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.metrics import LINES
from cleantext.evaluate.benchmark.truth import Lines
from cleantext.evaluate.labelled import LabelledDocument, read_collection
from cleantext.train.publishers import publisher_of

SHAPE: Final = "labelled lines: documents/**/*.txt, pages/*.html, or JSON Lines with text and labels"
TUNED: Final = "cleantext's rules were tuned, and its line model was trained, on lines of this kind of file: figures of unseen sites are lower"
RULES_TUNED: Final = "cleantext's rules were tuned on lines of this kind of file: figures of unseen sites are lower"
HARD: Final = "hard negatives"


def recognise(path: Path) -> bool:
    """Is it a folder of documents or pages?"""
    return path.is_dir() and (
        path.name in ("documents", "pages") or any((path / name).is_dir() for name in ("documents", "pages"))
    )


def read(path: Path) -> list[Collection]:
    """Each part of a collection of labelled documents."""
    return [collection(name, documents) for name, documents in read_collection(path).items()]


def collection(name: str, documents: list[LabelledDocument]) -> Collection:
    """The documents as a collection."""
    return Collection(name, "labelled", LINES, tuple(map(_case, documents)), unit="documents", warning=TUNED)


def _case(document: LabelledDocument) -> Case:
    groups = [group for group in (document.form, HARD if document.hard_negative else "") if group]
    source = document.page.encode() if document.page else document.text
    truth = Lines(tuple(document.lines), document.labels, document.ambiguous)
    return Case(document.id, source, truth, tuple(groups), publisher=publisher_of(document), apart=bool(document.page))
