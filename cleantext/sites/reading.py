"""JSON Lines with documents of several sites: a record a line, the names of its fields given."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import lzma
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import IO, Any, Final

from cleantext.errors import InputError
from cleantext.sites.match import host_of
from cleantext.sites.observe import SiteDocument

OPENERS: Final = {".gz": gzip.open, ".xz": lzma.open}
SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".jsonl.xz", ".ndjson", ".ndjson.gz", ".ndjson.xz")
STDIN: Final = "-"
CONTENT: Final = ("html", "html_base64", "text")
"""Where the content of a record is looked for, unless a field is named."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a record that hold its content, its address, and its site. An empty name asks for what is usual.

    The site is, by preference, the field `site`, the host of the address, or the `default`.
    """

    content: str = ""
    url: str = "url"
    site: str = ""
    default: str = "site"


def is_records(path: str) -> bool:
    """Is that a name of a JSON Lines file, or of standard input?"""
    return path == STDIN or path.lower().endswith(SUFFIXES)


def read_records(path: str, fields: Fields) -> Iterator[SiteDocument]:
    """The documents of a JSON Lines file, plain or compressed.

    Raises:
        InputError: it can't be read, or a line is no record with the fields; the message names file and line.
    """
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _record(line, f"{path}:{number}", fields)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None


def site_document(source: str | bytes, url: str, fields: Fields) -> SiteDocument:
    """A document that is counted for the host of its address, or else for the default site."""
    host = host_of(url)
    return SiteDocument(host or fields.default, source, url, host)


def _open(path: str) -> AbstractContextManager[IO[str]]:
    if path == STDIN:
        return nullcontext(sys.stdin)
    opener: Any = next((opener for suffix, opener in OPENERS.items() if path.lower().endswith(suffix)), open)
    return opener(path, "rt", encoding="utf-8")  # type: ignore[no-any-return]


def _record(line: str, place: str, fields: Fields) -> SiteDocument:
    try:
        return _document(json.loads(line), fields)
    except (ValueError, TypeError) as error:
        raise InputError(f"{place}: {error}") from None


def _document(record: Any, fields: Fields) -> SiteDocument:
    if not isinstance(record, dict):
        raise TypeError("the line is no JSON object")
    source = _content(record, fields)
    url = str(record.get(fields.url) or "")
    if not fields.site:
        return site_document(source, url, fields)
    if fields.site not in record:
        raise ValueError(f"the record has no field {fields.site!r}; it has {', '.join(record)}")
    return SiteDocument(str(record[fields.site] or fields.default), source, url)


def _content(record: dict[str, Any], fields: Fields) -> str | bytes:
    names = [fields.content] if fields.content else CONTENT
    name = next((name for name in names if isinstance(record.get(name), str)), None)
    if name is None:
        raise ValueError(f"the record has no text in a field {' or '.join(map(repr, names))}; it has {', '.join(record)}")
    text = str(record[name])
    if name != "html_base64":
        return text
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"{name}: {error}") from None
