"""Does memory grow with the number of documents? `python -m cleantext.evaluate.growth COLLECTION... -o growth.json`.

One process cleans real-sized documents, those of each collection in turn and from the start again when it is through, each time varied: a
number of its own stands at the end of each paragraph and among the names of each element, so that nothing kept for one document serves
the next. Every 10,000 documents, garbage collected, its resident memory is noted. What counts is the growth from the first mark on, where
models are loaded and bounded caches full, or from --after, where all documents of the collections have had their turn. Two more figures tell what is held from what the allocator of the C library keeps for later, which
depends on the largest page so far: the memory after it was asked to give back what it can, and Python's own count of blocks in use.
Linux only, since memory is read from /proc.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final, Literal, get_args

from cleantext.cleaner import Cleaner
from cleantext.errors import CleanTextError, InputError
from cleantext.evaluate.benchmark.layouts.files import read_rows
from cleantext.evaluate.labelled import JSONL, page_of, read_collection
from cleantext.options import Extractor, Options

Kind = Literal["all", "pages", "texts"]

STEP: Final = 10_000
MOST: Final = 20.0
"""Megabytes of growth that pass: an allocator's own comings and goings stay below."""
PROSE: Final = 80
"""Characters of a line that gets a number, at least, if there is one: a shorter one may be a button, which with a number would be none."""
STATM: Final = Path("/proc/self/statm")

END_OF_PARAGRAPH: Final = re.compile(rb"(?=</p\s*>)", re.IGNORECASE)
NAMES: Final = re.compile(rb"\bclass=(?P<quote>[\"'])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """After so many documents: resident megabytes, the same when the allocator gave back what it can (where it can be asked to), the memory
    blocks that Python has in use, and the seconds since the start.
    """

    documents: int
    megabytes: float
    trimmed: float
    blocks: int
    seconds: float


def vary(source: str | bytes, number: int) -> str | bytes:
    """The document with a number in each paragraph and, if it is a page's bytes, before the names of each element.

    >>> vary(b'<p class="lead big">It rained.</p>', 7)
    b'<p class="n7 lead big">It rained. 7</p>'
    """
    if isinstance(source, bytes):
        marked = END_OF_PARAGRAPH.sub(b" %d" % number, source)
        return NAMES.sub(rb"\g<0>n%d " % number, marked)
    lines = source.split("\n")
    least = min(PROSE, max(map(len, lines)))
    return "\n".join(f"{line} {number}" if len(line) >= least else line for line in lines)


def documents(collections: Sequence[Path], kind: Kind = "all") -> Iterator[str | bytes]:
    """The documents of each collection in turn, for ever, no two the same. A collection that is named several times has several turns.

    Raises:
        InputError: a collection has no document of that kind, or can't be read.
    """
    with TemporaryFile() as spool:
        places = {path: _spooled(path, kind, spool) for path in dict.fromkeys(collections)}
        turns = {path: cycle(found) for path, found in places.items()}
        for number in count():
            start, size, is_page = next(turns[collections[number % len(collections)]])
            spool.seek(start)
            data = spool.read(size)
            yield vary(data if is_page else data.decode("utf-8", "surrogatepass"), number)


def _spooled(path: Path, kind: Kind, spool: IO[bytes]) -> list[tuple[int, int, bool]]:
    """Where each document is put, its size, and is it a page? A file, since what is held, and decoders that are half through, would count."""
    places = []
    for source in _read(path, kind):
        data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
        places.append((spool.tell(), spool.write(data), isinstance(source, bytes)))
    if not places:
        raise InputError(f"{path}: no {'documents' if kind == 'all' else kind}")
    return places


def _read(path: Path, kind: Kind) -> Iterator[str | bytes]:
    if not JSONL.search(path.name):
        for part in read_collection(path).values():
            yield from (one.page.encode() if one.page else one.text for one in part if _wanted(bool(one.page), kind))
        return
    for place, row in read_rows(path):
        page = bool({"html", "html_base64"} & row.keys())
        if not page and not isinstance(row.get("text"), str):
            raise InputError(f"{place}: has no field html, html_base64 or text")
        if _wanted(page, kind):
            yield page_of(row) if page else row["text"]


def _wanted(page: bool, kind: Kind) -> bool:
    return kind == "all" or (kind == "pages") == page


def run(cleaner: Cleaner, given: Iterator[str | bytes], total: int, step: int = STEP) -> Iterator[Mark]:
    """Analyse so many documents, with a mark after each `step` of them."""
    start = time.monotonic()
    for number in range(1, total + 1):
        cleaner.analyze(next(given))
        if number % step == 0:
            gc.collect()
            before = resident()
            _trim()
            yield Mark(number, before, resident(), sys.getallocatedblocks(), round(time.monotonic() - start, 1))


def resident() -> float:
    """This process's resident memory in megabytes.

    Raises:
        InputError: the system does not tell.
    """
    try:
        pages = int(STATM.read_text(encoding="ascii").split()[1])
    except OSError as error:
        raise InputError(f"{STATM}: {error.strerror}: memory is read there, on Linux") from None
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def _trim() -> None:
    """Ask glibc to give back free memory; other C libraries can't be asked."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def growth(marks: Sequence[Mark], after: int = 0) -> float:
    """Megabytes from the first mark at or after so many documents to the last mark."""
    first = next((mark for mark in marks if mark.documents >= after), marks[-1])
    return round(marks[-1].megabytes - first.megabytes, 1)


def main() -> None:
    """Print a line for each mark; exit with 1 if memory grew by more than is allowed."""
    parser = argparse.ArgumentParser(prog="python -m cleantext.evaluate.growth", description=__doc__)
    parser.add_argument(
        "collections", type=Path, nargs="+", metavar="COLLECTION", help="JSON Lines (.gz, .xz), or a folder as corpora/"
    )
    parser.add_argument("--documents", type=int, default=100_000, metavar="N")
    parser.add_argument("--step", type=int, default=STEP, metavar="N", help=f"a mark every N documents (default: {STEP})")
    parser.add_argument("--kind", choices=get_args(Kind), default="all")
    parser.add_argument("--extractor", choices=get_args(Extractor), default="auto")
    parser.add_argument("--most", type=float, default=MOST, metavar="MB", help=f"growth that passes (default: {MOST:g})")
    parser.add_argument(
        "--after", type=int, default=0, metavar="N", help="count growth from N documents on (default: the first mark)"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="the marks as JSON, written anew at each")
    given = parser.parse_args()
    if given.step < 1 or given.documents < max(given.after, given.step) + given.step:
        parser.error("growth is told from two marks: give more --documents, or a smaller --step")
    marks: list[Mark] = []
    try:
        for mark in run(
            Cleaner(Options(extractor=given.extractor)), documents(given.collections, given.kind), given.documents, given.step
        ):
            print(
                f"{mark.documents:8} documents{mark.megabytes:9.1f} MB, {mark.trimmed:7.1f} MB trimmed{mark.blocks:11} blocks{mark.seconds:9.0f} s",
                flush=True,
            )
            marks.append(mark)
            if given.output:
                given.output.write_text(json.dumps(report(given, marks), indent=1) + "\n", encoding="utf-8")
    except CleanTextError as error:
        sys.exit(f"growth: {error}")
    grown = growth(marks, given.after)
    print(f"growth {grown:.1f} MB, allowed {given.most:g} MB")
    sys.exit(grown > given.most)


def report(given: argparse.Namespace, marks: Sequence[Mark]) -> dict[str, object]:
    """What was measured, and on what."""
    return {
        "collections": [path.name for path in given.collections],
        "kind": given.kind,
        "extractor": given.extractor,
        "growth": growth(marks, given.after),
        "marks": [asdict(mark) for mark in marks],
    }


if __name__ == "__main__":
    main()
