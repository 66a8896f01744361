"""What a system made of an input, and whether that is what was promised."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from cleantext.cleaner import Cleaner
from cleantext.document import Document
from cleantext.evaluate.benchmark.peers import Extract
from cleantext.evaluate.benchmark.question import Question
from cleantext.evaluate.benchmark.systems import OURS, SYSTEMS
from cleantext.evaluate.torture.cases import Case, Input
from cleantext.ingest.decode import decode
from cleantext.options import Options

_ADDED: Final = frozenset(" \n\t\ufffd")
"""What may stand for markup (white space), and for characters that no text holds."""

_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came out. `everything` is what was kept and what was removed; a system without receipts has only what it kept.

    `verbatim`: it was taken for a text, whose kept lines come back as they are, whatever is in them. `flawed`: the status says that
    something could not be looked at. `faults` are promises that were broken.
    """

    text: str
    everything: str
    status: str = ""
    limits: tuple[str, ...] = ()
    verbatim: bool = False
    faults: tuple[str, ...] = ()

    @property
    def flawed(self) -> bool:
        """Does it say itself that something is not as it should be?"""
        return self.status not in ("", "ok")


Ask = Callable[[bytes | str, Input], tuple[float, Callable[[], Answer]]]
"""Gives the processor's seconds, and what makes an answer of what came out, which is not part of them."""


def asks(system: str) -> Ask:
    """How a system is asked."""
    return _ask_us if system == OURS else partial(_ask, SYSTEMS[system].make())


def verdict(answer: Answer, case: Case) -> tuple[str, str]:
    """`clean`, `silent loss` (it says that all is well, and a marker is nowhere), `leak` or `broken promise`; and what of it."""
    if found := [mark for mark in case.must_not if mark in answer.text and not (answer.verbatim and mark in answer.everything)]:
        return "leak", repr(found)
    if answer.faults:
        return "broken promise", "; ".join(answer.faults)
    missing = _missing(case.must_keep, answer.everything)
    return ("silent loss", f"{missing} of {len(case.must_keep)} markers") if missing and not answer.flawed else ("clean", "")


def _ask(extract: Extract, source: bytes | str, _: Input) -> tuple[float, Callable[[], Answer]]:
    begun = time.process_time()
    text = extract(Question(source))
    return time.process_time() - begun, lambda: Answer(text, text)


def _ask_us(source: bytes | str, given: Input) -> tuple[float, Callable[[], Answer]]:
    """Time counts of `analyze` or `clean`, whichever takes longer."""
    cleaner = Cleaner(Options(kind=given.kind))
    begun = time.process_time()
    document = cleaner.analyze(source)
    between = time.process_time()
    text = cleaner.clean(source)
    spent = max(between - begun, time.process_time() - between)

    def answer() -> Answer:
        everything = "\n".join(block.text for block in document.blocks)
        verbatim = document.kind != "html"
        return Answer(text, everything, document.status, document.limits, verbatim, tuple(_faults(source, document, text)))

    return spent, answer


def _faults(source: bytes | str, document: Document, text: str) -> Iterator[str]:
    """The promises that a document breaks."""
    if text != document.text:
        yield "clean and analyze differ"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        if isinstance(source, bytes) or document.kind == "html":  # a text comes back as it is, with what it holds
            yield f"not UTF-8: {error.reason}"
    decoded = decode(source).text if isinstance(source, bytes) else source
    if document.kind == "html":
        if alien := set(text) - _characters(decoded):
            yield f"characters that the source does not have: {sorted(alien)[:5]!r}"
    elif document.restore() != decoded or not _tiles(document):
        yield "the blocks are not the source"


def _characters(page: str) -> set[str]:
    """All characters of a page, and of those that it names."""
    named = {chr(int(code, 16)) for code in _JSON_ESCAPE.findall(page)}
    return set(page) | set(html.unescape(page)) | named | _ADDED


def _tiles(document: Document) -> bool:
    position = 0
    for block in document.blocks:
        if (block.start, block.end) != (position, position + len(block.text)):
            return False
        position = block.end + len(block.after)
    return True


def _missing(markers: Iterable[str], text: str) -> int:
    flat = re.sub(r"\s+", " ", text)
    return sum(" ".join(mark.split()) not in flat for mark in markers)
