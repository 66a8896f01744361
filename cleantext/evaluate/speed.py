"""Speed beside peers, in one process: `python -m cleantext.evaluate.speed {texts,pages} FILE.jsonl.xz [--type T] [--every K]`.

`texts`: text mode beside datatrove's C4QualityFilter without sentence counting, a filter that corpus builders run on the same texts.
`pages`: from a page's bytes to the article's text, beside trafilatura, resiliparse and readability-lxml. The systems take turns on
batches, and the best of several turns counts for each, so that other work on the machine touches all alike. State the result
as a ratio; milliseconds are the machine's.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleantext.cleaner import Cleaner
from cleantext.errors import InputError
from cleantext.evaluate.labelled import open_text, page_of
from cleantext.options import Options

BATCH = 20
TURNS = {"texts": 6, "pages": 3}

System = Callable[[Any], object]


def sources(file: Path, what: str, kind: str = "") -> Iterator[str | bytes]:
    """The `text`, or the page's bytes, of each record of a JSON Lines file, of those with that `type` if one is given."""
    with open_text(file) as lines:
        for line in lines:
            record = json.loads(line)
            if kind not in ("", record.get("type")):
                continue
            if what == "texts":
                yield from [record["text"]] if record["text"] else []
            else:
                yield page_of(record)


def text_systems() -> dict[str, System]:
    """The peer, if it is installed; the cleaner with all packs, told and not told that its input is text."""
    found: dict[str, System] = {}
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter
    except ImportError:
        _missing("datatrove")
    else:
        c4 = C4QualityFilter(min_num_sentences=-1)
        found["C4QualityFilter"] = lambda text: c4.filter(Document(text=text, id=""))
    return found | {"cleantext": Cleaner(Options(kind="text")).clean, "cleantext, kind=auto": Cleaner().clean}


def page_systems() -> dict[str, System]:
    """trafilatura, the peers that are installed, and the cleaner."""
    from trafilatura import extract

    found: dict[str, System] = {"trafilatura": lambda page: extract(page, include_comments=False, deduplicate=False)}
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    except ImportError:
        _missing("resiliparse")
    else:
        found["resiliparse"] = lambda page: extract_plain_text(
            bytes_to_str(page, detect_encoding(page) or "utf-8"), main_content=True
        )
    try:
        from readability import Document as Readable
    except ImportError:
        _missing("readability-lxml")
    else:
        found["readability-lxml"] = lambda page: Readable(page).summary()
    return found | {"cleantext": Cleaner().clean, "cleantext, kind=html": Cleaner(Options(kind="html")).clean}


def seconds(measured: Mapping[str, System], given: Sequence[Any], turns: int) -> dict[str, float]:
    """The time that each system takes for all sources; one that fails on a page is timed like one that does not."""
    total = dict.fromkeys(measured, 0.0)
    for system in measured.values():
        _run(system, given[:1])  # packs and models load at the first call
    for first in range(0, len(given), BATCH):
        best = dict.fromkeys(measured, float("inf"))
        for _ in range(turns):
            for name, system in measured.items():
                best[name] = min(best[name], _run(system, given[first : first + BATCH]))
        for name, spent in best.items():
            total[name] += spent
    return total


def _run(system: System, batch: Sequence[Any]) -> float:
    start = time.perf_counter()
    for source in batch:
        try:
            system(source)
        except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):  # a peer's, on an odd page
            continue
    return time.perf_counter() - start


def _missing(name: str) -> None:
    print(f"{name} is not installed: it is left out (pip install {name})", file=sys.stderr)


def main() -> None:
    """Print a line for each system: milliseconds a source, megabytes a second, and the ratio to the first one's speed."""
    parser = argparse.ArgumentParser(prog="python -m cleantext.evaluate.speed", description=__doc__)
    parser.add_argument("what", choices=sorted(TURNS))
    parser.add_argument("file", type=Path)
    parser.add_argument("--type", default="", help="only records of this type")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="only each K-th record")
    given = parser.parse_args()
    found = list(sources(given.file, given.what, given.type))[:: given.every]
    if not found:
        raise InputError(f"{given.file}: no {given.what}" + (f" of type {given.type!r}" if given.type else ""))
    megabytes = sum(len(s if isinstance(s, bytes) else s.encode()) for s in found) / 1e6
    spent = seconds(text_systems() if given.what == "texts" else page_systems(), found, TURNS[given.what])
    first = next(iter(spent.values()))
    print(f"{len(found)} {given.what}, {megabytes:.1f} MB")
    for name, time_spent in spent.items():
        rate = megabytes / time_spent
        print(f"{name:24}{1e3 * time_spent / len(found):8.2f} ms each{rate:8.1f} MB/s   x {first / time_spent:.2f}")


if __name__ == "__main__":
    main()
