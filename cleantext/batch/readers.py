"""From the names of inputs to their records, one after the other, in a fixed order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final, Literal, cast, get_args

from cleantext.batch.extras import require
from cleantext.batch.inflate import COMPRESSED, Inflater
from cleantext.batch.inputs import STDIN, SUFFIXES, find_inputs, open_regular, reason
from cleantext.batch.lines import Fields, parse_json, parse_row, read_csv, read_json_lines
from cleantext.batch.raw import MAX_BYTES, Raw, Record
from cleantext.batch.tables import read_parquet
from cleantext.batch.warc import parse_warc, read_warc
from cleantext.errors import InputError

Format = Literal["file", "jsonl", "csv", "tsv", "parquet", "warc"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

_ENDINGS: Final[dict[str, Format]] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
    **dict.fromkeys(sorted(SUFFIXES), "file"),
}
"""What a name says of a file, before the ending of a compression."""

ALL_SUFFIXES: Final = tuple(ending + packed for ending in _ENDINGS for packed in ("", *COMPRESSED))
"""What is looked for in a folder."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name and format; its size and time of change, by which it is known again; or why there is none."""

    path: str
    format: Format = "file"
    size: int = 0
    changed: int = 0
    failure: str = ""


def find_sources(names: Sequence[str], given: Format | None = None, leave_out: str | None = None) -> list[Source]:
    """What `names` mean: files, folders with all in them that can be read, patterns, addresses (`s3://...`), and `-`.

    Raises:
        InputError: there is no such input, the format of standard input isn't given, or a file system isn't known.
    """
    sources = []
    for name in names:
        if is_remote(name):
            sources += [Source(path, given or format_of(path), size) for path, size in _find_remote(name)]
            continue
        for found in find_inputs([name], leave_out, ALL_SUFFIXES):
            if found.path == STDIN and not given:
                raise InputError("the format of standard input can't be told from a name: say --from jsonl, for example")
            if found.path == name and (found.failure or (name != STDIN and not os.path.lexists(name))):
                raise InputError(f"{name}: {found.failure or 'no such file'}")
            source = Source(found.path, given or format_of(found.path), failure=found.failure)
            sources.append(source if source.failure or source.path == STDIN else _examined(source))
    return sources


def format_of(path: str) -> Format:
    """What a file's name says of it.

    >>> format_of("crawl/CC-MAIN-2026.warc.gz"), format_of("news.JSONL"), format_of("page.html.zst"), format_of("notes")
    ('warc', 'jsonl', 'file', 'file')
    """
    stem, ending = os.path.splitext(path.lower())
    if ending in COMPRESSED:
        ending = os.path.splitext(stem)[1]
    return _ENDINGS.get(ending, "file")


def is_remote(name: str) -> bool:
    """Is that an address for fsspec?"""
    return "://" in name


class Reader:
    """The records of some sources, from number `of_source` of source number `first` on.

    While it is read, `source` is the number of the source in hand, `of_source` the number of its records so far, and `done` how many
    bytes of all sources were read.
    """

    def __init__(self, sources: Sequence[Source], first: int = 0, of_source: int = 0) -> None:
        self.sources = sources
        self.source, self.of_source = first, 0
        self._skip = of_source
        self._before = sum(source.size for source in sources[:first])
        self._position: Callable[[], int] = lambda: 0

    @property
    def done(self) -> int:
        """Bytes that were read of all sources, as they are stored."""
        return self._before + self._position()

    def __iter__(self) -> Iterator[Raw]:
        for number in range(self.source, len(self.sources)):
            self.source, self.of_source = number, 0
            source = self.sources[number]
            for raw in self._of(source):
                self.of_source += 1
                if self._skip < self.of_source:
                    yield raw
            self._skip = 0
            self._before, self._position = self._before + source.size, lambda: 0

    def _of(self, source: Source) -> Iterator[Raw]:
        if source.failure:
            yield Raw(source.path, "", "file", failure=source.failure)
        elif source.format == "file":
            yield Raw(source.path, "", "file", source.path)
        else:
            yield from self._records(source)

    def _records(self, source: Source) -> Iterator[Raw]:
        try:
            with _opened(source.path) as file:
                if source.format == "parquet":
                    yield from read_parquet(file, source.path)
                    return
                inflater = Inflater(file, source.path)
                self._position = lambda: inflater.position
                yield from _CUTTERS[source.format](inflater, source.path)
        except OSError as error:
            yield Raw(source.path, "", "file", failure=reason(error))
        except InputError as error:
            yield Raw(source.path, "", "file", failure=str(error))


_CUTTERS: Final[dict[Format, Callable[[Inflater, str], Iterator[Raw]]]] = {
    "jsonl": read_json_lines,
    "csv": read_csv,
    "tsv": lambda file, name: read_csv(file, name, "\t"),
    "warc": read_warc,
}


def parse(raw: Raw, fields: Fields) -> Record:
    """The record that was cut out of an input.

    Raises:
        InputError: it can't be read; the message says why.
        OSError: it is a file, and can't be opened.
    """
    if raw.failure:
        raise InputError(raw.failure)
    if raw.form == "json":
        return parse_json(raw, fields)
    if raw.form == "row":
        return parse_row(raw, fields)
    return parse_warc(raw) if raw.form == "warc" else Record(raw.data, _content(raw.data))


def _content(path: str) -> bytes:
    """A file that is one document."""
    parts, size = [], 0
    with _opened(path) as file:
        inflater = Inflater(file, path)
        while piece := inflater.read():
            parts.append(piece)
            size += len(piece)
            if size > MAX_BYTES:
                raise InputError(f"is too large: more than {MAX_BYTES:,} bytes")
    return b"".join(parts)


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path == STDIN:
        return nullcontext(sys.stdin.buffer)
    if is_remote(path):
        return cast(AbstractContextManager[BinaryIO], _fsspec().open(path, "rb"))
    return open_regular(path)


def _examined(source: Source) -> Source:
    try:
        status = os.stat(source.path)
    except OSError as error:
        return replace(source, failure=reason(error))
    return replace(source, size=status.st_size, changed=status.st_mtime_ns)


def _find_remote(name: str) -> Iterator[tuple[str, int]]:
    """The files behind an address or a pattern of addresses, with their sizes."""
    system, path = file_system(name)
    if "*" in path or "?" in path:
        paths = sorted(system.glob(path))
    else:
        paths = sorted(system.find(path)) if system.isdir(path) else [path]
    for found in paths:
        yield system.unstrip_protocol(found), int(system.size(found) or 0)


def file_system(address: str) -> tuple[Any, str]:
    """The file system behind an address, one of fsspec's, and the path in it.

    Raises:
        InputError: there is no such kind of address, or what it needs isn't installed.
    """
    try:
        return cast(tuple[Any, str], _fsspec().core.url_to_fs(address))
    except (ValueError, ImportError) as error:
        raise InputError(f"{address}: {error}") from None


def _fsspec() -> Any:
    require("fsspec", "an address")
    import fsspec

    return fsspec
