"""Archives and tables: cutting them into records, and what a record holds."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Final

from cleantext.batch.inflate import Inflater
from cleantext.batch.lines import Fields, read_csv, read_json_lines
from cleantext.batch.raw import Raw
from cleantext.batch.readers import parse
from cleantext.batch.warc import read_warc
from cleantext.errors import InputError
from fuzz.drawing import Drawn

Cutter = Callable[[Inflater, str], Iterator[Raw]]
CUTTERS: Final[tuple[Cutter, ...]] = (read_json_lines, read_warc, read_csv)
_FORMS: Final = ("", "", ".gz", ".bz2", ".xz")
_DEFLATE: Final[dict[str, Callable[[bytes], bytes]]] = {
    ".gz": lambda data: gzip.compress(data, 1, mtime=0),
    ".bz2": lambda data: bz2.compress(data, 1),
    ".xz": lambda data: lzma.compress(data, preset=0),
}
WARC: Final = find_spec("fastwarc") is not None
FIELDS: Final = Fields()
_LAST: Final = b'{"id": "last", "text": "It rained."}'
LONGEST: Final = 1500
"""Bytes of an input."""


def inputs_of(text: bytes) -> Iterator[bytes]:
    """A text as JSON Lines, as an archive and as a table."""
    short = text[:400]
    fields = {"id": "a", "text": short.decode("utf-8", "ignore")}
    yield f"{json.dumps(fields)}\n\n{json.dumps({'id': 1, 'html_base64': base64.b64encode(short).decode()}, indent=None)}\n".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + short
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    yield (head.encode() + answer + b"\r\n\r\n") * 2
    yield b'id,text\na,"' + short.replace(b'"', b'""') + b'"\nb,short\n'


def check(data: bytes) -> None:
    """Whatever is in a file, all of it is records or said to be broken; compressed it reads the same, and damage never raises."""
    drawn = Drawn(data)
    cut = drawn.one_of(CUTTERS)
    form = drawn.one_of(_FORMS)
    raws = list(_cut(cut, drawn.rest, ""))
    _check_records(raws)
    if cut is read_json_lines:
        _check_lines(raws, drawn.rest)
    elif cut is read_warc:
        _check_archive(raws, drawn.rest)
    if form:
        packed = _DEFLATE[form](drawn.rest)
        assert [raw.data for raw in _cut(cut, packed, form)] == [raw.data for raw in raws]
        at = drawn.one_of(range(256)) * len(packed) // 256
        _check_records(list(_cut(cut, packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :], form)))
        _check_records(list(_cut(cut, drawn.rest, form)))


def _cut(cut: Cutter, data: bytes, form: str) -> Iterator[Raw]:
    return cut(Inflater(io.BytesIO(data), f"records{form}"), "records")


def _check_records(raws: Sequence[Raw]) -> None:
    for raw in raws:
        assert bool(raw.failure) == (raw.data is None)
        if raw.form == "warc" and not WARC:
            continue
        try:
            record = parse(raw, FIELDS)
        except InputError:
            continue
        assert isinstance(record.id, str)
        assert isinstance(record.source, str | bytes)


def _check_lines(raws: Sequence[Raw], data: bytes) -> None:
    lines = [line for line in data.split(b"\n") if line.strip()]
    assert len(raws) == len(lines)
    more = list(_cut(read_json_lines, data + b"\n" + _LAST + b"\n", ""))
    assert parse(more[-1], FIELDS).id == "last", "a broken line costs the next one"


def _check_archive(raws: Sequence[Raw], data: bytes) -> None:
    position = 0
    for raw in raws:
        if raw.data is not None:
            position = data.index(raw.data, position) + len(raw.data)
