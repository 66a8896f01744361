"""The ledger of a batch: what became of each record, and what each file of the output holds. An SQLite database in the output folder.

A shard is written beside its place, synced, renamed, and then entered with its records in one transaction: what isn't entered isn't
part of the output, and is written anew. A shard that is made again, with records that had failed, gets another name, so that the
transaction which enters it also takes the old one out. Whatever moment a run is killed at, no record is lost, and none is there twice.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from typing import Any, Final, Self

from cleantext.batch.job import FAILED, Counts, Entry
from cleantext.batch.readers import Source
from cleantext.errors import InputError

NAME: Final = "ledger.sqlite"
LOCK: Final = ".lock"
_VERSION: Final = 1
_SCHEMA: Final = """
create table setting (name text primary key, value text not null);
create table source (
    number integer primary key, path blob not null, format text not null, size integer not null, changed integer not null,
    failure text not null
);
create table shard (
    number integer primary key, name text not null, digest text not null, bytes integer not null, documents integer not null,
    after integer not null, source integer not null, of_source integer not null
);
create table record (
    number integer primary key, shard integer not null, source integer not null, place text not null, id text not null,
    status text not null, reason text not null
);
create index record_status on record (status) where status in ('failed', 'skipped');
create table count (
    shard integer not null, what text not null, which text not null, documents integer not null, blocks integer not null,
    characters integer not null, primary key (shard, what, which)
) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of the output that is entered as one: its file, if it is one, with digest, size and number of documents.

    The records up to `after` are settled with it; the next is number `of_source` of source number `source`.
    """

    number: int
    name: str = ""
    digest: str = ""
    bytes: int = 0
    documents: int = 0
    after: int = 0
    source: int = 0
    of_source: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that came to nothing, or was skipped."""

    number: int
    input: str
    place: str
    id: str
    reason: str


class Ledger:
    """An open ledger. One process at a time has it open for a run."""

    def __init__(self, folder: str, *, lock: bool = True) -> None:
        """Open the ledger in a folder; with `lock`, for a run.

        Raises:
            InputError: there is none, it can't be read, or another run has it.
        """
        self.folder = folder
        file = os.path.join(folder, NAME)
        if not os.path.isfile(file):
            raise InputError(f"{folder}: holds no batch: there is no {NAME} in it")
        if os.path.islink(file):
            raise InputError(f"{file}: is a link: what is behind it is not this folder's")
        self._lock = _locked(folder) if lock else None
        try:
            self._database = sqlite3.connect(file, isolation_level=None)
            self._database.execute("pragma synchronous = full")
            self.settings: dict[str, Any] = {
                name: json.loads(value) for name, value in self._database.execute("select name, value from setting")
            }
        except (sqlite3.DatabaseError, ValueError) as error:
            raise InputError(f"{file}: no ledger of a batch: {error}") from None
        if self.settings.get("ledger") != _VERSION:
            raise InputError(f"{file}: a ledger of another version of cleantext")

    @classmethod
    def create(cls, folder: str, settings: Mapping[str, Any], sources: Iterable[Source]) -> Self:
        """A new ledger, in a folder that holds none.

        Raises:
            InputError: there is one.
        """
        file = os.path.join(folder, NAME)
        os.makedirs(folder, exist_ok=True)
        lock = _locked(folder)  # of two runs that begin at once, one would replace the other's ledger
        if os.path.lexists(file):
            os.close(lock)
            raise InputError(f"{folder}: holds a batch already: go on with it by --resume, or name another folder")
        making = f"{file}.tmp"
        try:
            with suppress(FileNotFoundError):
                os.unlink(making)
            with closing(sqlite3.connect(making)) as database, database:
                database.executescript(_SCHEMA)
                values = {"ledger": _VERSION, **settings}
                database.executemany("insert into setting values (?, ?)", [(name, json.dumps(values[name])) for name in values])
                rows = ((number, os.fsencode(source.path), *astuple(source)[1:]) for number, source in enumerate(sources))
                database.executemany("insert into source values (?, ?, ?, ?, ?, ?)", rows)
            os.replace(making, file)
        except BaseException:
            with suppress(OSError):
                os.unlink(making)
            raise
        finally:
            os.close(lock)
        return cls(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        self._database.close()
        if self._lock is not None:
            os.close(self._lock)

    @property
    def sources(self) -> list[Source]:
        """The inputs, in their order."""
        rows = self._database.execute("select path, format, size, changed, failure from source order by number")
        return [Source(os.fsdecode(path), *rest) for path, *rest in rows]

    @property
    def last(self) -> Shard | None:
        """The last shard that was entered."""
        return next((Shard(*row) for row in self._database.execute("select * from shard order by number desc limit 1")), None)

    @property
    def shards(self) -> list[Shard]:
        """All shards."""
        return [Shard(*row) for row in self._database.execute("select * from shard order by number")]

    def enter(self, shard: Shard, first: int, records: Sequence[tuple[int, Entry]], counts: Counts) -> None:
        """Enter a shard with its records, from number `first` on, and what was counted in them. Each record names its source's number."""
        rows = [
            (first + i, shard.number, source, entry.place, entry.id, entry.status, entry.reason)
            for i, (source, entry) in enumerate(records)
        ]
        with self._transaction() as database:
            database.execute("insert into shard values (?, ?, ?, ?, ?, ?, ?, ?)", astuple(shard))
            database.executemany("insert into record values (?, ?, ?, ?, ?, ?, ?)", rows)
            self._count(shard.number, counts)

    def enter_again(self, shard: Shard, entries: Mapping[int, Entry], counts: Counts) -> None:
        """Put a shard in the place of the one with its number, with what became of some of its records now."""
        with self._transaction() as database:
            database.execute(
                "update shard set name = ?, digest = ?, bytes = ?, documents = ? where number = ?",
                (shard.name, shard.digest, shard.bytes, shard.documents, shard.number),
            )
            database.executemany(
                "update record set id = ?, status = ?, reason = ? where number = ?",
                [(entry.id, entry.status, entry.reason, number) for number, entry in entries.items()],
            )
            self._count(shard.number, counts)

    def finish(self) -> None:
        """Note that all records are settled."""
        self._database.execute("insert or replace into setting values ('finished', 'true')")

    @property
    def finished(self) -> bool:
        """Are all records settled?"""
        return bool(self._database.execute("select 1 from setting where name = 'finished'").fetchone())

    def statuses(self) -> Counter[str]:
        """How many records have each status."""
        return Counter(dict(self._database.execute("select status, count(*) from record group by status")))

    def failed(self) -> list[tuple[int, int]]:
        """The numbers of the records that failed, each with its shard's."""
        return self._database.execute("select number, shard from record where status = ? order by number", (FAILED,)).fetchall()

    def written(self, shard: int) -> list[int]:
        """The numbers of the records whose documents a shard holds, in their order."""
        rows = self._database.execute(
            "select number from record where shard = ? and status not in ('failed', 'skipped') order by number", (shard,)
        )
        return [number for (number,) in rows]

    def numbers_of(self, shard: int) -> tuple[range, int]:
        """The numbers of a shard's records, if none is missing between the first and the last, and how many have documents."""
        first, last, all_, written = self._database.execute(
            "select min(number), max(number), count(*), sum(status not in ('failed', 'skipped')) from record where shard = ?",
            (shard,),
        ).fetchone()
        return range(first, last + 1) if all_ and all_ == last - first + 1 else range(0), written or 0

    def with_status(self, status: str) -> Iterator[Failure]:
        """The records of a status, `failed` or `skipped`, in their order."""
        rows = self._database.execute(
            "select r.number, s.path, r.place, r.id, r.reason from record r join source s on s.number = r.source "
            "where r.status = ? order by r.number",
            (status,),
        )
        return (Failure(number, os.fsdecode(path), *rest) for number, path, *rest in rows)

    def counts(self, what: str) -> list[tuple[str, int, int, int]]:
        """What was counted: each value of `what`, its documents, blocks and characters removed; the most blocks first."""
        return self._database.execute(
            "select which, sum(documents), sum(blocks), sum(characters) from count where what = ? group by which "
            "order by 3 desc, 2 desc, 1",
            (what,),
        ).fetchall()

    def _count(self, shard: int, counts: Counts) -> None:
        self._database.executemany(
            "insert into count values (?, ?, ?, ?, ?, ?) on conflict do update set documents = documents + excluded.documents, "
            "blocks = blocks + excluded.blocks, characters = characters + excluded.characters",
            [(shard, *key, *numbers) for key, numbers in counts.items()],
        )

    def _transaction(self) -> _Transaction:
        return _Transaction(self._database)


class _Transaction:
    """All of it, or nothing."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def __enter__(self) -> sqlite3.Connection:
        self.database.execute("begin immediate")
        return self.database

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.database.execute("rollback" if kind else "commit")


def _locked(folder: str) -> int:
    """Take the folder for this process. The system lets go of it when the process ends, however it ends."""
    lock = os.open(os.path.join(folder, LOCK), os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        import fcntl
    except ImportError:  # Windows: nothing there lets go by itself
        return lock
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise InputError(f"{folder}: another run is at work in it") from None
    return lock
