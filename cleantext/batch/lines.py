"""JSON Lines and CSV: cutting files into records, and what a record holds."""

from __future__ import annotations

import base64
import binascii
import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cleantext.batch.inflate import DamagedError, Inflater
from cleantext.batch.raw import MAX_BYTES, Raw, Record
from cleantext.errors import InputError

_BOM: Final = b"\xef\xbb\xbf"
_TEXTS: Final = ("text", "content", "body")
_PAGES: Final = ("html", "html_base64", "raw_content")


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields hold a record's text or page, name and address. An empty name asks for what is usual."""

    text: str = ""
    html: str = ""
    id: str = ""
    url: str = ""

    def content(self, values: Mapping[str, Any]) -> tuple[str, bool]:
        """The name of the field to clean, and whether it holds a page. A page goes before a text.

        Raises:
            InputError: there is none.
        """
        if self.html or self.text:
            wanted = [(name, name == self.html) for name in (self.html, self.text) if name]
        else:
            wanted = [(name, True) for name in _PAGES] + [(name, False) for name in _TEXTS]
        for name, page in wanted:
            if isinstance(values.get(name), str | bytes):
                return name, page
        names = " or ".join(repr(name) for name, _ in wanted)
        raise InputError(f"no text in a field {names}; it has {', '.join(map(repr, list(values)[:20])) or 'none'}")


def cut_lines(file: Inflater, limit: int = MAX_BYTES, *, recover: bool = False) -> Iterator[tuple[int, bytes | str]]:
    """The lines of a file by number, without their ends; or, as a string, why one can't be read. After damage there are no more, or, with
    `recover`, those from the next gzip member on; the lines between have no number.

    Lines end in a line feed only: what other systems take for line ends may stand inside a record.
    """
    number, parts, size = 1, list[bytes](), 0
    while True:
        try:
            piece = file.read()
        except DamagedError as error:
            yield number, str(error)
            if not (recover and file.recover()):
                return
            number, parts, size = number + 1, [], 0
            continue
        if not piece:
            break
        for i, part in enumerate(piece.split(b"\n")):
            if i:
                yield number, _line(parts, size, limit)
                number, parts, size = number + 1, [], 0
            size += len(part)
            if size <= limit:
                parts.append(part)
            else:
                parts.clear()
    if size:
        yield number, _line(parts, size, limit)


def _line(parts: Sequence[bytes], size: int, limit: int) -> bytes | str:
    if size > limit:
        return f"the line is too long: {size:,} bytes, limit {limit:,}"
    return b"".join(parts)


def read_json_lines(file: Inflater, name: str) -> Iterator[Raw]:
    """The records of a JSON Lines file. Empty lines are none."""
    for number, line in cut_lines(file, recover=True):
        place = f"line {number:,}"
        if isinstance(line, str):
            yield Raw(name, place, "json", failure=line)
        elif line.strip():
            yield Raw(name, place, "json", line.removeprefix(_BOM) if number == 1 else line)


def parse_json(raw: Raw, fields: Fields) -> Record:
    """The record on a line.

    Raises:
        InputError: it is no JSON object, or has no text.
    """
    try:
        values = json.loads(raw.data)
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError(f"no JSON: {error}") from None
    except RecursionError:
        raise InputError("the JSON is nested too deeply") from None
    if not isinstance(values, dict):
        raise InputError("no JSON object")
    return parse_row(Raw(raw.input, raw.place, "row", values), fields)


def parse_row(raw: Raw, fields: Fields) -> Record:
    """The record in a row of named values. The field that is cleaned is not carried through, unless it holds text: then the clean text takes its place.

    Raises:
        InputError: it has no text.
    """
    values: Mapping[str, Any] = raw.data
    name, page = fields.content(values)
    source: str | bytes = values[name]
    if name == "html_base64":
        try:
            source = base64.b64decode(source, validate=True)
        except (binascii.Error, ValueError) as error:
            raise InputError(f"{name}: {error}") from None
    own = values.get(fields.id or "id")
    return Record(
        id=str(own) if isinstance(own, str | int) and own != "" else raw.name,
        source=source,
        url=str(values.get(fields.url or "url") or ""),
        kind="html" if page else "auto",
        fields={key: value for key, value in values.items() if key != name},
    )


def read_csv(file: Inflater, name: str, delimiter: str = ",") -> Iterator[Raw]:
    """The records of a CSV file, by the names in its first row. What is not UTF-8 is read as Windows-1252."""
    csv.field_size_limit(MAX_BYTES)
    failures: list[Raw] = []
    ended: list[bool] = []
    rows = csv.reader(_until(_texts(file, name, failures), ended), delimiter=delimiter)
    header: list[str] | None = None
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield Raw(name, f"line {rows.line_num:,}", "row", failure=f"no CSV: {error}")
            continue
        finally:
            yield from failures
            failures.clear()
        place = f"line {rows.line_num:,}"
        if ended:  # a row is read before the next line is asked for, unless a field goes on
            yield Raw(name, place, "row", failure="the file ends within quotation marks: a row before has one that none closes")
            continue
        if not row:
            continue
        if header is None:
            header = row
        elif len(row) == len(header):
            yield Raw(name, place, "row", dict(zip(header, row, strict=True)))
        else:
            yield Raw(name, place, "row", failure=f"{len(row)} fields, where the first row names {len(header)}")


def _until(texts: Iterable[str], ended: list[bool]) -> Iterator[str]:
    """The texts; when there are no more, `ended` says so."""
    yield from texts
    ended.append(True)


def _texts(file: Inflater, name: str, failures: list[Raw]) -> Iterator[str]:
    for number, line in cut_lines(file):
        if isinstance(line, str):
            failures.append(Raw(name, f"line {number:,}", "row", failure=line))
            continue
        data = line.removeprefix(_BOM) if number == 1 else line
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("windows-1252", "replace")
        yield text + "\n"
