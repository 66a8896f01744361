"""The output of a batch: shards of JSON Lines or Parquet, or a tree of texts like that of the inputs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from cleantext.batch.enclosed import Enclosed
from cleantext.batch.files import ENDINGS, FATAL, Digested, written
from cleantext.batch.formats import FORMATS
from cleantext.batch.inputs import STDIN, common_folder, reason
from cleantext.batch.job import FAILED, Clerk, Entry, Portion
from cleantext.batch.ledger import Shard
from cleantext.batch.readers import Source, is_remote
from cleantext.columns import whole
from cleantext.options import Output

_SHARD: Final = re.compile(r"part-\d{6}(?:-r(\d+))?\.(?:jsonl|parquet)(?:\.tmp)?")
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\]")
_DIGITS: Final = 6


class OpenShard(Protocol):
    """A shard that is being written."""

    def add(self, portion: Portion) -> list[Entry]:
        """Write some records; returns their entries, in which may stand what failed in writing."""

    def entered(self) -> Shard:
        """What the ledger is to know, when all is written."""


class Writer(Protocol):
    """Makes shards."""

    def clear(self, known: Sequence[Shard]) -> None:
        """Remove what a killed run left."""

    def shard(self, number: int) -> AbstractContextManager[OpenShard]:
        """A new shard. When the block ends well it is whole, and lasts."""

    def again(self, shard: Shard, before: Sequence[int], now: Mapping[int, Portion]) -> tuple[Shard, dict[int, Entry]]:
        """A shard with more documents: of the records numbered `before`, which it holds, and of those that come, one in a portion."""


@dataclass(slots=True)
class _OpenFile:
    shard: Shard
    file: Digested
    rows: Any
    documents: int = 0

    def add(self, portion: Portion) -> list[Entry]:
        assert isinstance(portion.data, bytes)
        documents = sum(entry.written for entry in portion.entries)
        if documents:
            self.rows.write(portion.data)
        self.documents += documents
        return portion.entries

    def entered(self) -> Shard:
        return replace(self.shard, digest=self.file.digest, bytes=self.file.bytes, documents=self.documents)


class ShardFiles:
    """Shards that are files: `part-000000.jsonl` and so on."""

    def __init__(self, folder: str, clerk: Clerk) -> None:
        self.folder, self.clerk = folder, clerk
        self.format = FORMATS[clerk.form]
        self.schema = clerk.schema() if clerk.form == "parquet" else None

    def clear(self, known: Sequence[Shard]) -> None:
        """Remove files of shards that aren't entered."""
        names = {shard.name for shard in known}
        for name in os.listdir(self.folder):
            if name not in names and _SHARD.fullmatch(name):
                os.unlink(os.path.join(self.folder, name))

    @contextmanager
    def shard(self, number: int, times: int = 0) -> Iterator[_OpenFile]:
        """A new shard; `times` says how often it was made before."""
        name = f"part-{number:0{_DIGITS}}{f'-r{times}' if times else ''}.{self.clerk.form}"
        with written(os.path.join(self.folder, name)) as file:
            rows = self.format(file, self.schema)
            yield _OpenFile(Shard(number, name), file, rows)
            rows.close()

    def again(self, shard: Shard, before: Sequence[int], now: Mapping[int, Portion]) -> tuple[Shard, dict[int, Entry]]:
        """As `Writer.again`. The file that is replaced stays until `clear`."""
        rows: dict[int, Any] = dict(
            zip(before, self.format.split(self.format.load(os.path.join(self.folder, shard.name))), strict=True)
        )
        for number, portion in now.items():
            if portion.entries[0].written:
                assert isinstance(portion.data, bytes)
                (rows[number],) = self.format.split(portion.data)
        made = _SHARD.fullmatch(shard.name)
        with self.shard(shard.number, int(made[1] or 0) + 1 if made else 1) as opened:
            if rows:
                opened.rows.write(self.format.join([rows[number] for number in sorted(rows)]))
            opened.documents = len(rows)
        return opened.entered(), {number: portion.entries[0] for number, portion in now.items()}


@dataclass(slots=True)
class _OpenTree:
    tree: TextTree
    shard: Shard
    documents: int = 0

    def add(self, portion: Portion) -> list[Entry]:
        texts = iter(portion.data)
        entries = [self.tree.put(entry, next(texts)) if entry.written else entry for entry in portion.entries]  # type: ignore[arg-type]
        self.documents += sum(entry.written for entry in entries)
        return entries

    def entered(self) -> Shard:
        return replace(self.shard, documents=self.documents)


class TextTree:
    """A file for each document, under the name of its input; of an input that holds many records, a folder of numbered files.

    Names come from inputs and numbers, never from what a record says of itself.
    """

    def __init__(self, folder: str, sources: Sequence[Source], output: Output) -> None:
        self.enclosed = Enclosed(folder, "batch", lasting=True)  # one run at a time has the folder
        self.base = common_folder([os.path.dirname(source.path) or "." for source in sources if _local(source.path)])
        self.ending = ENDINGS[output]
        self.single = {source.path for source in sources if source.format == "file"}
        self.owners = self._owners(sources)

    def clear(self, known: Sequence[Shard]) -> None:
        """Nothing: what isn't entered is written anew, under the same name."""

    @contextmanager
    def shard(self, number: int) -> Iterator[_OpenTree]:
        """Documents that are entered together."""
        yield _OpenTree(self, Shard(number))

    def again(self, shard: Shard, before: Sequence[int], now: Mapping[int, Portion]) -> tuple[Shard, dict[int, Entry]]:
        """As `Writer.again`: what is there stays as it is."""
        opened = _OpenTree(self, shard)
        entries = {number: opened.add(portion)[0] for number, portion in now.items()}
        return replace(shard, documents=len(before) + opened.documents), entries

    def put(self, entry: Entry, text: bytes) -> Entry:
        """Write a document; returns its entry, or that of its failure."""
        owner = self.owners[self.enclosed.key(self._place(entry.input))]
        if owner != entry.input:
            return replace(entry, status=FAILED, reason=whole(f"not written: its output would replace that of {owner}"))
        try:
            with self.enclosed.file(self.place(entry.input, entry.place)) as file:
                file.write(text)
        except OSError as error:
            if error.errno in FATAL:
                raise
            return replace(entry, status=FAILED, reason=f"not written: {reason(error)}")
        return entry

    def place(self, path: str, record: str) -> str:
        """The file for a record, under the folder."""
        if path in self.single:
            return self._place(path)
        number = record.rpartition(" ")[2].replace(",", "").zfill(_DIGITS)
        return os.path.join(self._place(path), number + self.ending)

    def _place(self, path: str) -> str:
        """The file or folder for an input."""
        if _local(path):
            inside = os.path.relpath(os.path.abspath(path), self.base)
        else:
            inside = os.path.join(*(part for part in _UNSAFE.sub("_", path).split("/") if part.strip(".")))
        return os.path.splitext(inside)[0] + self.ending if path in self.single else inside

    def _owners(self, sources: Sequence[Source]) -> dict[str, str]:
        owners: dict[str, str] = {}
        for source in sources:
            owners.setdefault(self.enclosed.key(self._place(source.path)), source.path)
        return owners


def _local(path: str) -> bool:
    return path != STDIN and not is_remote(path)


def writer(folder: str, sources: Sequence[Source], clerk: Clerk) -> Writer:
    """The writer for the form that was asked for."""
    return TextTree(folder, sources, clerk.options.output) if clerk.form == "text" else ShardFiles(folder, clerk)
