"""A batch from its beginning to its end, and on from where it was left: read, clean in processes, write shards, enter them in the ledger."""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any, Final, Protocol

from cleantext.batch.files import written
from cleantext.batch.fingerprint import settings_of, unlike, unlike_sources
from cleantext.batch.job import FAILED, Clerk, Entry, Portion, add_counts, no_counts
from cleantext.batch.ledger import NAME, Ledger, Shard
from cleantext.batch.publish import Publisher
from cleantext.batch.raw import Raw
from cleantext.batch.readers import Reader, Source
from cleantext.batch.shards import Writer, writer
from cleantext.batch.workers import Bounds, Work, spread
from cleantext.errors import InputError

SHARD_SIZE: Final = 5000
"""Records of a shard. What a killed run loses is the work on the shards that it had begun."""

TASK_RECORDS: Final = 64
TASK_BYTES: Final = 2**19
"""What goes to a process at once, at most: so many records, or a few of so many bytes."""

PRELOAD: Final = "cleantext.batch.preload"
FAILURES: Final = "failures.jsonl"


class Progress(Protocol):
    """Is told how a run gets on."""

    def advance(self, portion: Portion, done: int) -> None:
        """Some records are done, and so many bytes of the inputs were read."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What to do: the inputs, the work on each record, and how it is spread (see `workers.spread`)."""

    folder: str
    sources: Sequence[Source]
    clerk: Clerk
    shard_size: int = SHARD_SIZE
    processes: int = 1
    bounds: Bounds = Bounds(seconds=60.0, megabytes=2048)
    preload: str = PRELOAD
    publisher: Publisher | None = None

    def begin(self) -> Ledger:
        """The ledger of a new run.

        Raises:
            InputError: the folder holds a batch already.
        """
        return Ledger.create(self.folder, self._settings(), self.sources)

    def resume(self, *, retry: bool = False) -> Ledger:
        """The ledger of a run that was begun; a new one, if it was killed before there was any. For a retry, inputs that are one document each may have changed.

        Raises:
            InputError: it was begun with other options, inputs or rules; the message says which.
        """
        if not retry and not os.path.exists(os.path.join(self.folder, NAME)):
            return self.begin()
        ledger = Ledger(self.folder)
        known = {source.path: source for source in ledger.sources}
        sources = [
            known[source.path] if retry and source.format == "file" and source.path in known else source
            for source in self.sources
        ]
        if differences := unlike(ledger.settings, self._settings()) + unlike_sources(ledger.sources, sources):
            ledger.close()
            raise InputError(f"{self.folder}: can't go on, the batch was begun otherwise: {'; '.join(differences)}")
        return ledger

    def run(self, ledger: Ledger, progress: Progress) -> None:
        """Work on all records that aren't settled yet.

        Raises:
            OSError: the output can't be written; what was entered stays, and the run can be resumed.
        """
        output = writer(self.folder, self.sources, self.clerk)
        output.clear(ledger.shards)
        if self.publisher:
            self.publisher.begin(ledger.shards)
        try:
            if not ledger.finished:
                self._write(ledger, output, progress)
                ledger.finish()
        finally:
            write_failures(ledger)
        if self.publisher:
            self.publisher.finish(ledger, [FAILURES])

    def retry(self, ledger: Ledger, progress: Progress) -> None:
        """Work once more on the records that failed, and make the shards anew that get documents by it."""
        output = writer(self.folder, self.sources, self.clerk)
        output.clear(ledger.shards)
        shards = {shard.number: shard for shard in ledger.shards}
        failed = dict(ledger.failed())
        reader = Reader(self.sources)
        raws = ([raw] for number, raw in enumerate(reader) if number in failed)
        try:
            with closing(self._portions(raws)) as portions:
                for number, group in groupby(zip(failed, portions, strict=False), lambda item: failed[item[0]]):
                    now = {}
                    counts = no_counts()
                    for record, portion in group:
                        now[record] = portion
                        add_counts(counts, portion.counts)
                        progress.advance(portion, reader.done)
                    ledger.enter_again(*output.again(shards[number], ledger.written(number), now), counts)
        finally:
            output.clear(ledger.shards)
            write_failures(ledger)
        if self.publisher:
            self.publisher.begin(ledger.shards)
            self.publisher.finish(ledger, [FAILURES])

    def _settings(self) -> dict[str, Any]:
        return settings_of(self.clerk) | {"shard size": self.shard_size}

    def _portions(self, tasks: Iterable[Sequence[Raw]]) -> Generator[Portion]:
        work = Work(self.clerk.do, self.clerk.failed, self.clerk.finish)
        return spread(work, tasks, self.processes, self.bounds, self.preload)

    def _write(self, ledger: Ledger, output: Writer, progress: Progress) -> None:
        last = ledger.last or Shard(-1)
        tasks = _Tasks(Reader(self.sources, last.source, last.of_source), last.after, self.shard_size)
        numbers = {source.path: number for number, source in enumerate(self.sources)}
        with closing(self._portions(tasks)) as portions:
            numbered = _numbered(portions, last.after)
            for number, group in groupby(numbered, lambda item: item[0] // self.shard_size):
                first, entries, counts = number * self.shard_size, list[Entry](), no_counts()
                with output.shard(number) as opened:
                    for _, portion in group:
                        entries += opened.add(portion)
                        add_counts(counts, portion.counts)
                        progress.advance(portion, tasks.reader.done)
                source, of_source = tasks.ends.pop(number)
                shard = replace(opened.entered(), after=first + len(entries), source=source, of_source=of_source)
                ledger.enter(shard, first, [(numbers[entry.input], entry) for entry in entries], counts)
                if self.publisher:
                    self.publisher.put(shard)


class _Tasks:
    """The records of a reader in tasks, none of which holds records of two shards. `ends` says where in the sources each shard ends."""

    def __init__(self, reader: Reader, first: int, shard_size: int) -> None:
        self.reader, self.first, self.shard_size = reader, first, shard_size
        self.ends: dict[int, tuple[int, int]] = {}

    def __iter__(self) -> Iterator[list[Raw]]:
        items, size = list[Raw](), 0
        for number, raw in enumerate(self.reader, self.first):
            items.append(raw)
            size += raw.size
            self.ends[number // self.shard_size] = self.reader.source, self.reader.of_source
            if len(items) == TASK_RECORDS or size >= TASK_BYTES or (number + 1) % self.shard_size == 0:
                yield items
                items, size = [], 0
        if items:
            yield items


def _numbered(portions: Iterable[Portion], number: int) -> Iterator[tuple[int, Portion]]:
    """Each portion with the number of its first record."""
    for portion in portions:
        yield number, portion
        number += len(portion.entries)


def write_failures(ledger: Ledger) -> None:
    """Write the records that failed, with the reason, in their order; no file, if there are none."""
    path = os.path.join(ledger.folder, FAILURES)
    if not ledger.statuses()[FAILED]:
        if os.path.exists(path):
            os.unlink(path)
        return
    with written(path) as file:
        for failure in ledger.with_status(FAILED):
            file.write((json.dumps(asdict(failure), ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))
