"""Many documents at once, as columns: what every host in `cleantext.integrations` is built on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cleantext.batch.workers import Work
from cleantext.cleaner import Cleaner
from cleantext.document import Block, Document
from cleantext.errors import CleanTextError

if TYPE_CHECKING:
    import pyarrow as pa

Types = Mapping[str, Any]
"""Names of fields, with Arrow's names of their types; a field that holds records has their types."""

LINK: Final[Types] = {"start": "int64", "end": "int64", "target": "string"}
"""The fields of `Link.to_dict()`."""

BLOCK: Final[Types] = {
    "text": "string",
    "label": "string",
    "keep": "bool",
    "score": "double",
    "reasons": "list<string>",
    "evidence": "list<string>",
    "start": "int64",
    "end": "int64",
    "path": "string",
    "origin": "string",
    "links": LINK,
}
"""The fields of `Block.to_dict()`, in order."""

COLUMNS: Final[Types] = {
    "text": "string",
    "kind": "string",
    "language": "string",
    "status": "string",
    "limits": "list<string>",
    "encoding": "string",
    "replaced": "int64",
    "page_kind": "string",
    "page_kind_score": "double",
    "completeness": "string",
    "completeness_because": "string",
    "gate": "string",
    "gate_says_rest": "bool",
    "ends_mid_sentence": "bool",
    "free": "bool",
    "paid_body": "bool",
    "declared_words": "int64",
    "found_words": "int64",
    "declared_text_found": "bool",
    "title": "string",
    "authors": "list<string>",
    "date": "string",
    "site": "string",
    "url": "string",
    "links": LINK,
    "removed_by_label": "list<string>",
    "removed": BLOCK,
}
"""The fields of `Document.to_dict()`, in order. `free` and `declared_words` may be null."""

EXAMPLE: Final = "It rained.\n\nYou've read 2 of 3 free articles.\n\nDownload our app\n\nIt snowed."
"""A text with something to find: the line model is loaded only then."""

HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters: Python's strings can hold them, from JSON with bad escapes, UTF-8 and Arrow can't."""


def column_types(*, removed: bool = False) -> dict[str, Any]:
    """The names and types of what `clean_columns` gives back."""
    return {name: kind for name, kind in COLUMNS.items() if removed or name != "removed"}


def arrow_schema(*, removed: bool = False, prefix: str = "") -> pa.Schema:
    """The same as an Arrow schema, for files and engines; needs pyarrow. `prefix` goes before each name."""
    import pyarrow as pa

    types = {"string": pa.string(), "bool": pa.bool_(), "int64": pa.int64(), "double": pa.float64()}
    types["list<string>"] = pa.list_(pa.string())

    def arrow_type(kind: str | Types) -> pa.DataType:
        return (
            types[kind] if isinstance(kind, str) else pa.list_(pa.struct([(name, arrow_type(of)) for name, of in kind.items()]))
        )

    return pa.schema([(prefix + name, arrow_type(kind)) for name, kind in column_types(removed=removed).items()])


def warm_up(cleaner: Cleaner | None = None) -> None:
    """Load the rules and models for texts and pages, which takes seconds, before the first document waits for them."""
    clean_columns([EXAMPLE, f"<!doctype html><title>Rain</title><article><p>{EXAMPLE}</p></article>"], cleaner=cleaner)


def clean_columns(
    sources: Iterable[str | bytes | None],
    *,
    urls: Iterable[str | None] | None = None,
    languages: Iterable[str | None] | None = None,
    cleaner: Cleaner | None = None,
    removed: bool = False,
) -> dict[str, list[Any]]:
    """Clean many sources: the fields of `Document.to_dict()` as columns, a row for each source, in their order.

    >>> columns = clean_columns(["It rained.\\n\\nDownload our app", None])
    >>> columns["text"], columns["status"], columns["removed_by_label"]
    (['It rained.', ''], ['ok', 'empty'], [['app:1'], []])

    A missing source is an empty one. `urls` and `languages` say what is known of each source. The blocks that were taken out come
    along with `removed=True`. The function may be called once for each batch: a `Cleaner` costs nothing to make, and rules and models
    load once in a process. It may run in any thread. No content raises: should the package fail on a document, it comes back whole,
    with `status` `partial` and the error in `limits`. Halves of characters, which no file can hold, become U+FFFD.

    Raises:
        TypeError: a source, address or language is of another type; the message names its row, counted from 0.
        ValueError: there are more or fewer `urls` or `languages` than sources.
        CleanTextError: a file that the options name can't be read.
    """
    cleaner = cleaner or Cleaner()

    def analyze(row: _Row) -> Document | CleanTextError:
        try:
            return cleaner.analyze(row.source, url=row.url, language=row.language)
        except CleanTextError as error:  # of the options' files, and so of all rows
            return error

    columns: dict[str, list[Any]] = {name: [] for name in column_types(removed=removed)}
    work = Work(analyze, _unread, list)
    for row in _rows(sources, urls, languages):
        document = work.attempt(row)
        if isinstance(document, CleanTextError):
            raise document
        record = document.to_dict()
        record["replaced"] += halves(row.source)
        for name, column in columns.items():
            column.append(whole(record[name]))
    return columns


class _Row(NamedTuple):
    source: str | bytes
    url: str | None
    language: str | None


def _rows(sources: Iterable[Any], urls: Iterable[Any] | None, languages: Iterable[Any] | None) -> list[_Row]:
    """The rows, all looked at before the first is cleaned."""
    if isinstance(sources, str | bytes):
        raise TypeError(f"sources is {type(sources).__name__}: pass a list of sources, as [source]")
    sources = list(sources)
    urls = [None] * len(sources) if urls is None else list(urls)
    languages = [None] * len(sources) if languages is None else list(languages)
    for name, column in (("urls", urls), ("languages", languages)):
        if len(column) != len(sources):
            raise ValueError(f"{len(column)} {name} for {len(sources)} sources: pass one for each, or None where it is not known")
    return [_row(number, *row) for number, row in enumerate(zip(sources, urls, languages, strict=True))]


def _row(number: int, source: Any, url: Any, language: Any) -> _Row:
    if not isinstance(source, str | bytes | None):
        raise TypeError(f"row {number}: source is {type(source).__name__}: pass str, undecoded bytes, or None for a missing one")
    for name, value in (("url", url), ("language", language)):
        if not isinstance(value, str | None):
            raise TypeError(f"row {number}: {name} is {type(value).__name__}: pass str, or None where it is not known")
    return _Row("" if source is None else source, url, language)


def _unread(row: _Row, why: str) -> Document:
    """A document on which the package failed, whole."""
    text = row.source if isinstance(row.source, str) else row.source.decode("utf-8", "replace")
    block = Block(text, start=0, end=len(text))
    return Document(text, "text", row.language or "", (block,), status="partial", limits=(why,))


def halves(source: str | bytes) -> int:
    """How many halves of characters a text has, which tables and files can't hold."""
    return len(HALVES.findall(source)) if isinstance(source, str) and not source.isascii() else 0


def whole(value: Any) -> Any:
    """A field's value without halves of characters."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return HALVES.sub("\ufffd", value)
    elif isinstance(value, list):
        return [whole(one) for one in value]
    elif isinstance(value, dict):
        return {name: whole(one) for name, one in value.items()}
    return value
