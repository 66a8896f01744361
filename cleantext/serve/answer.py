"""Answers, each made in a process of its own that ends when its time or memory is over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal

from cleantext.batch.run import PRELOAD
from cleantext.batch.workers import Bounds, Work, spread
from cleantext.cleaner import Cleaner
from cleantext.options import Options
from cleantext.report.view import view
from cleantext.serve.question import Question, RefusedError

Kind = Literal["clean", "analyze", "view"]

CLEANED: Final = ("text", "kind", "language", "status", "limits", "completeness", "title", "links", "removed_by_label")
"""What `/clean` answers with, of all that `/analyze` does."""


@dataclass(frozen=True, slots=True)
class Task:
    """A question, and which answer to give."""

    question: Question
    kind: Kind


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer."""

    why: str


def answer(question: Question, kind: Kind, bounds: Bounds) -> str:
    """The answer of one kind to a question.

    Raises:
        RefusedError: 504, if it took too long; 413, if it took too much memory; 500, if it is a fault of ours.
    """
    (given,) = spread(_WORK, [[Task(question, kind)]], 1, bounds, PRELOAD)
    if isinstance(given, str):
        return given
    status = 504 if given.why.startswith("timeout") else 413 if given.why.startswith("out of memory") else 500
    raise RefusedError(status, given.why)


def warm_up() -> None:
    """Load rules and models into the process that those of the answers start from."""
    answer(Question("It rained.", Options()), "clean", Bounds())


def to_json(data: Any) -> str:
    """JSON that any text can be put into: lone surrogates are no UTF-8, but can be written out."""
    return json.dumps(data, ensure_ascii=True)


def do(task: Task) -> str | Failure:
    """What the process does."""
    asked = task.question
    document = Cleaner(asked.options).analyze(asked.source, url=asked.url)
    if task.kind == "view":
        return view(document, asked.name)
    record = document.to_dict()
    return to_json({field: record[field] for field in CLEANED} if task.kind == "clean" else record)


def failed(_task: Task, why: str) -> str | Failure:
    """What stands for a task that came to nothing."""
    return Failure(why)


def only(results: list[str | Failure]) -> str | Failure:
    """The one result of a task."""
    return results[0]


_WORK: Final = Work(do, failed, only)
