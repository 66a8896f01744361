"""Text mode beside a peer, in one process: `python -m cleantext.evaluate.speed TEXTS.jsonl.xz [PAGE_TYPE]`.

The peer is datatrove's C4QualityFilter without sentence counting, a filter that corpus builders run on the same texts. The
systems take turns on batches of texts, and the best of several turns counts for each, so that other work on the machine
touches both alike. State the result as a ratio; megabytes per second are the machine's.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from cleantext.cleaner import Cleaner
from cleantext.errors import InputError
from cleantext.evaluate.labelled import open_text
from cleantext.options import Options

BATCH = 20
TURNS = 6

System = Callable[[str], object]


def texts(file: Path, page_type: str = "") -> Iterator[str]:
    """The `text` of each record of a JSON Lines file, of those with that `type` if one is given."""
    with open_text(file) as lines:
        for line in lines:
            record = json.loads(line)
            if record["text"] and page_type in ("", record.get("type")):
                yield record["text"]


def systems() -> dict[str, System]:
    """The cleaner with all packs, told and not told that its input is text; the peer, if it is installed."""
    found: dict[str, System] = {"cleantext": Cleaner(Options(kind="text")).clean, "cleantext, kind=auto": Cleaner().clean}
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter
    except ImportError:
        print("datatrove is not installed: no peer to compare with (pip install datatrove)", file=sys.stderr)
        return found
    c4 = C4QualityFilter(min_num_sentences=-1)
    return {"C4QualityFilter": lambda text: c4.filter(Document(text=text, id="")), **found}


def seconds(measured: Mapping[str, System], sources: Sequence[str]) -> dict[str, float]:
    """The time that each system takes for all sources."""
    total = dict.fromkeys(measured, 0.0)
    for system in measured.values():
        system(sources[0])  # packs load at the first call
    for first in range(0, len(sources), BATCH):
        best = dict.fromkeys(measured, float("inf"))
        for _ in range(TURNS):
            for name, system in measured.items():
                start = time.perf_counter()
                for source in sources[first : first + BATCH]:
                    system(source)
                best[name] = min(best[name], time.perf_counter() - start)
        for name, spent in best.items():
            total[name] += spent
    return total


def main(path: str, page_type: str = "") -> None:
    """Print a line for each system: milliseconds a text, megabytes a second, and the ratio to the first one's."""
    sources = list(texts(Path(path), page_type))
    if not sources:
        raise InputError(f"{path}: no texts" + (f" of type {page_type!r}" if page_type else ""))
    megabytes = sum(len(source.encode()) for source in sources) / 1e6
    spent = seconds(systems(), sources)
    peer = next(iter(spent.values()))
    print(f"{len(sources)} texts, {megabytes:.1f} MB")
    for name, time_spent in spent.items():
        rate = megabytes / time_spent
        print(f"{name:24}{1e3 * time_spent / len(sources):8.3f} ms/text{rate:8.1f} MB/s   x {peer / time_spent:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
