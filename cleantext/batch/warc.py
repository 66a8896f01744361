"""WARC and WET: cutting archives into records, past damage, and what a record holds (FastWARC).

An archive reader that stops at the first bad gzip member, or takes a record that was cut short for whole, loses documents
quietly. So records are cut here, by their declared length: one that has no such length, or is not as long, fails, and reading goes on
at the next gzip member that can be read, or at the next line that begins a record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from cleantext.batch.inflate import DamagedError, Inflater
from cleantext.batch.raw import MAX_BYTES, Raw, Record
from cleantext.errors import InputError
from cleantext.options import Source

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
TEXT_TYPES: Final = ("text/plain", "text/markdown")

_FIRST_LINE: Final = re.compile(rb"WARC/\d\.\d+\r?\n")
_LONGEST_FIRST_LINE: Final = 16
_HEADER_END: Final = re.compile(rb"\n\r?\n")
_MAX_HEADER: Final = 2 * 2**20
_TYPE: Final = re.compile(rb"^warc-type:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_DOCUMENTS: Final = (b"response", b"resource", b"conversion", b"revisit")


class _BrokenError(InputError):
    """What stands here is no whole record."""


def read_warc(file: Inflater, name: str) -> Iterator[Raw]:
    """The records of a WARC or WET file that are for documents, in order, and what is damaged. Requests and metadata are passed over."""
    buffer = _Buffer(file)
    number = 0
    while True:
        number += 1
        place = f"record {number:,}"
        try:
            if not buffer.ensure_record():
                return
            data = _cut(buffer)
            if data is not None:
                yield Raw(name, place, "warc", data)
        except (DamagedError, _BrokenError) as error:
            yield Raw(name, place, "warc", failure=str(error))
            if not _recover(buffer, error):
                return


class _Buffer:
    """The bytes of an archive that were read and not taken yet."""

    def __init__(self, file: Inflater) -> None:
        self.file = file
        self.data = bytearray()

    def fill(self, length: int) -> bool:
        """Read on until there are so many bytes; are there?"""
        while len(self.data) < length:
            piece = self.file.read()
            if not piece:
                return False
            self.data += piece
        return True

    def drop(self, length: int) -> int:
        """Pass over so many bytes; how many there were."""
        passed = 0
        while passed < length and (self.data or self.fill(1)):
            step = min(length - passed, len(self.data))
            del self.data[:step]
            passed += step
        return passed

    def ensure_record(self) -> bool:
        """Is there another record? Empty lines before it are passed over."""
        while self.fill(1) and self.data[:1] in b"\r\n":
            del self.data[: len(self.data) - len(self.data.lstrip(b"\r\n"))]
        self.fill(_LONGEST_FIRST_LINE)
        if self.data and not _FIRST_LINE.match(self.data):
            raise _BrokenError(f"no WARC record begins where one should, near byte {self.file.at:,} of the file")
        return bool(self.data)

    def header(self) -> bytes:
        """The header of the record that begins here, with the empty line behind it."""
        searched = 0
        while not (found := _HEADER_END.search(self.data, max(0, searched - 2))):
            searched = len(self.data)
            if searched > _MAX_HEADER:
                raise _BrokenError(f"the header is longer than {_MAX_HEADER:,} bytes")
            if not self.fill(searched + 1):
                raise _BrokenError("the header is cut short")
        return bytes(self.data[: found.end()])


def _cut(buffer: _Buffer) -> bytes | None:
    """The record that begins here, or None if it is not for a document."""
    header = buffer.header()
    length = _LENGTH.search(header)
    if not length:
        raise _BrokenError("it has no Content-Length that is a number")
    size = len(header) + int(length[1])
    kind = _TYPE.search(header)
    if size > MAX_BYTES:
        raise _BrokenError(f"it is too long: Content-Length {int(length[1]):,}, limit {MAX_BYTES:,}")
    if not buffer.fill(size):
        raise _BrokenError(f"it is cut short: {len(buffer.data) - len(header):,} of {int(length[1]):,} bytes are there")
    data = bytes(buffer.data[:size]) if kind and kind[1].lower() in _DOCUMENTS else None
    try:
        more = buffer.fill(size + 1)
    except DamagedError:  # of the next record, which will meet it again
        more = False
    if more and buffer.data[size] not in b"\r\n":
        raise _BrokenError(f"its Content-Length is wrong: it goes on after {int(length[1]):,} bytes")
    del buffer.data[:size]
    return data


def _recover(buffer: _Buffer, error: InputError) -> bool:
    """Go to where the next record may begin; is there such a place?"""
    if isinstance(error, DamagedError):
        buffer.data.clear()
        return buffer.file.recover()
    buffer.drop(1)
    while True:
        if found := _FIRST_LINE.search(buffer.data):
            del buffer.data[: found.start()]
            return True
        del buffer.data[:-_LONGEST_FIRST_LINE]
        try:
            if not buffer.fill(len(buffer.data) + 1):
                return False
        except DamagedError:
            buffer.data.clear()
            return buffer.file.recover()


def parse_warc(raw: Raw) -> Record:
    """The document in a record. Answers other than 2xx, and what is neither page nor text, is skipped, with the reason.

    Raises:
        InputError: the record can't be read.
    """
    from fastwarc.warc import ArchiveIterator

    try:
        records = ArchiveIterator(io.BytesIO(raw.data), auto_decode="all", quirks_mode=True, max_header_len=_MAX_HEADER)
        record = next(iter(records), None)
        if record is None:
            raise InputError("no WARC record")
        return _document(record, raw)
    except (OSError, ValueError) as error:
        raise InputError(f"no WARC record: {error}") from None


def _document(record: WarcRecord, raw: Raw) -> Record:
    headers = record.headers
    name = (record.record_id or raw.name).removeprefix("<urn:uuid:").removesuffix(">")
    url = headers.get("WARC-Target-URI") or ""
    kind, why = _kind(record)
    if why:
        return Record(name, url=url, skipped=why)
    source = record.reader.read(MAX_BYTES + 1)
    if len(source) > MAX_BYTES:
        raise InputError(f"the page is too long: more than {MAX_BYTES:,} bytes")
    cut = headers.get("WARC-Truncated")
    return Record(
        name,
        source,
        url=url,
        kind=kind,
        encoding=record.http_charset or "",
        fields={"warc_date": headers.get("WARC-Date") or ""},
        partial=f"WARC-Truncated: {cut}" if cut else "",
    )


def _kind(record: WarcRecord) -> tuple[Source, str]:
    """What to take the record's content for, or why it is skipped."""
    headers = record.headers
    if headers.get("WARC-Type") == "revisit":
        return "auto", "revisit: the page stands in an earlier record"
    http = record.http_headers if record.is_http else None
    if http is not None and http.status_code and not 200 <= http.status_code < 300:
        return "auto", f"HTTP status {http.status_code}"
    declared = record.http_content_type if http is not None else (headers.get("Content-Type") or "").partition(";")[0]
    content_type = (declared or headers.get("WARC-Identified-Payload-Type") or "").strip().lower()
    if content_type in HTML_TYPES:
        return "html", ""
    if content_type in TEXT_TYPES or not content_type:
        return "auto", ""
    return "auto", f"content type {content_type}"
