"""What is done with one input, in this process or another: read, clean, render."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from cleantext.batch.inputs import Input, read, reason
from cleantext.cleaner import Cleaner
from cleantext.document import Document
from cleantext.errors import InputError
from cleantext.options import Options
from cleantext.report.terminal import diff, explain

View = Literal["", "explain", "diff"]

BYTES_PER_CHAR = 4
"""No text of `max_chars` characters takes more bytes than this times as many."""


@dataclass(frozen=True, slots=True)
class Job:
    """One input and what to make of it. `data` is the content of standard input."""

    input: Input
    options: Options
    url: str | None = None
    data: bytes | None = None
    view: View = ""
    colour: bool = False
    terminal: bool = False
    width: int = 80
    whole: bool = False

    @property
    def name(self) -> str:
        """What messages and headers call the input."""
        return "standard input" if self.input.path == "-" else self.input.path


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: the text and the view that were asked for, or the `failure`. `removed` counts blocks by label."""

    path: str
    name: str
    text: str = ""
    view: str = ""
    kind: str = ""
    removed: Counter[str] = field(default_factory=Counter)
    status: str = "ok"
    limits: tuple[str, ...] = ()
    failure: str = ""


def do(job: Job) -> Result:
    """Clean one input. A file that cannot be read is part of the result: it does not end a run."""
    document = analysed(job)
    return failed(job, document) if isinstance(document, str) else _result(job, document)


def analysed(job: Job) -> Document | str:
    """The document of an input, or why it could not be read."""
    if job.input.failure:
        return job.input.failure
    try:
        data = read(job.input.path, job.options.max_chars * BYTES_PER_CHAR) if job.data is None else job.data
        return Cleaner(job.options).analyze(data, url=job.url)
    except OSError as error:
        return reason(error)
    except InputError as error:
        return str(error)


def failed(job: Job, why: str) -> Result:
    """The result of a job that came to nothing."""
    return Result(job.input.path, job.name, failure=why)


def _result(job: Job, document: Document) -> Result:
    view = ""
    if job.view == "explain":
        view = explain(document, job.name, colour=job.colour, width=job.width, whole=job.whole)
    elif job.view == "diff":
        view = diff(document, job.name, colour=job.colour, terminal=job.terminal)
    return Result(
        job.input.path,
        job.name,
        text=_record(job.name, document) if job.options.output == "json" else _closed(document),
        view=view,
        kind=document.kind,
        removed=Counter(str(block.label) for block in document.removed),
        status=document.status,
        limits=document.limits,
    )


def _record(name: str, document: Document) -> str:
    """The document as one line of JSON, with its name first."""
    return json.dumps({"name": name, **document.to_dict()}, ensure_ascii=False) + "\n"


def _closed(document: Document) -> str:
    """The text; what is not the source's own to the byte ends in a line break."""
    if document.kind == "html" and document.text:
        return document.text + "\n"
    return document.text
