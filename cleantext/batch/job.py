"""What a process does with one record: look in, clean, and make of it what is written. Runs in any process; keeps nothing."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import isfinite
from typing import Any, Final, Literal

from cleantext.batch.faults import fault
from cleantext.batch.formats import stream_of
from cleantext.batch.inputs import reason
from cleantext.batch.lines import Fields
from cleantext.batch.raw import Raw, Record
from cleantext.batch.readers import parse
from cleantext.cleaner import Cleaner
from cleantext.columns import arrow_schema, column_types, halves, whole
from cleantext.detect.pack import primary_language
from cleantext.document import Document
from cleantext.errors import InputError
from cleantext.ingest.labels import look_up
from cleantext.options import Options
from cleantext.sites.match import host_of

Form = Literal["jsonl", "parquet", "text"]
Counts = dict[tuple[str, str], tuple[int, int, int]]
"""Of what (`label`, `rule`, `language`, `site`, `completeness`, `page_kind`), and which: documents, blocks removed, characters removed."""

_RULES: Final = ("rule", "site")

FAILED: Final = "failed"
SKIPPED: Final = "skipped"


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a record: `status` is that of its document, `failed` or `skipped`; `reason` says why it is not `ok`."""

    input: str
    place: str
    id: str
    status: str
    reason: str = ""

    @property
    def written(self) -> bool:
        """Is there a document in the output?"""
        return self.status not in (FAILED, SKIPPED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A record's entry, what is written of it, if anything, and its part of the counts."""

    entry: Entry
    row: dict[str, Any] | None = None
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Portion:
    """The outcomes of some records that follow one another. `data` holds their rows: JSON Lines, an Arrow stream, or each text."""

    entries: list[Entry]
    data: bytes | list[bytes]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Clerk:
    """Does the work on records. With `removed`, the blocks that were taken out are written, too.

    `carried` is the Arrow schema of the fields that are carried through to Parquet; without one they are written as JSON, into one column.
    """

    options: Options
    fields: Fields
    form: Form
    removed: bool = False
    carried: Any = None

    def do(self, raw: Raw) -> Outcome:
        """Clean one record. What is wrong with it is part of the outcome."""
        try:
            record = parse(raw, self.fields)
        except InputError as error:
            return self.failed(raw, str(error))
        except OSError as error:
            return self.failed(raw, reason(error))
        if record.skipped:
            return Outcome(Entry(raw.input, raw.place, whole(record.id), SKIPPED, whole(record.skipped)))
        fault(record.source)
        document = self._cleaner(record).analyze(record.source, url=record.url or None)
        if record.partial and document.status == "ok":
            document = replace(document, status="partial", limits=(*document.limits, record.partial))
        entry = Entry(raw.input, raw.place, whole(record.id), document.status, "; ".join(document.limits))
        return Outcome(entry, self._row(record, document), _counts(record, document))

    def failed(self, raw: Raw, why: str) -> Outcome:
        """The outcome of a record that came to nothing."""
        return Outcome(Entry(raw.input, raw.place, whole(raw.name), FAILED, whole(why)))

    def finish(self, outcomes: list[Outcome]) -> Portion:
        """What is sent back for some records."""
        counts = no_counts()
        for outcome in outcomes:
            add_counts(counts, outcome.counts)
        rows = [outcome.row for outcome in outcomes if outcome.row is not None]
        return Portion([outcome.entry for outcome in outcomes], self._data(rows), dict(counts))

    def carrying(self, schema: Any) -> Clerk:
        """A clerk that carries the columns of Parquet inputs with their types, but for those that it writes itself."""
        import pyarrow as pa

        try:
            content = self.fields.content(dict.fromkeys(schema.names, ""))[0]
        except InputError:
            return self
        own = self.schema().names
        used = (content, *self._named())
        renamed = [field.with_name(_carried_name(field.name, own)) for field in schema if field.name not in used]
        return replace(self, carried=pa.schema(renamed))

    def _named(self) -> tuple[str, str]:
        """The fields that are written as the record's name and address."""
        return self.fields.id or "id", self.fields.url or "url"

    def _cleaner(self, record: Record) -> Cleaner:
        return _cleaner(
            replace(
                self.options,
                kind=record.kind if self.options.kind == "auto" else self.options.kind,
                encoding=self.options.encoding or look_up(record.encoding),
            )
        )

    def _row(self, record: Record, document: Document) -> dict[str, Any]:
        if self.form == "text":
            return {"text": document.text}
        result = document.to_dict()
        result["replaced"] += halves(record.source)
        row = {"id": record.id} | {name: result[name] for name in column_types(removed=self.removed)}
        row["url"] = record.url or row["url"]
        named = self._named()
        carried = {_carried_name(name, row): value for name, value in record.fields.items() if name not in named}
        if self.form == "parquet" and self.carried is None:
            row["fields"] = _json(carried)
        else:
            row |= carried
        return {name: whole(value) for name, value in row.items()}

    def _data(self, rows: list[dict[str, Any]]) -> bytes | list[bytes]:
        if self.form == "text":
            return [row["text"].encode("utf-8", "backslashreplace") for row in rows]
        if self.form == "jsonl":
            return "".join(_json(row) + "\n" for row in rows).encode()
        import pyarrow as pa

        return stream_of([pa.Table.from_pylist(rows, self.schema())])

    def schema(self) -> Any:
        """The Arrow schema of what is written."""
        import pyarrow as pa

        own = [pa.field("id", pa.string()), *arrow_schema(removed=self.removed)]
        return pa.schema([*own, pa.field("fields", pa.string())] if self.carried is None else [*self.carried, *own])


def _carried_name(name: str, own: Container[str]) -> str:
    """What a field of the input is called in the output, where its name may be taken."""
    return f"source_{name}" if name in own else name


def no_counts() -> defaultdict[tuple[str, str], tuple[int, int, int]]:
    """Counts to add to."""
    return defaultdict(lambda: (0, 0, 0))


def add_counts(total: defaultdict[tuple[str, str], tuple[int, int, int]], counts: Counts) -> None:
    """Add counts to a total."""
    for key, (documents, blocks, characters) in counts.items():
        before = total[key]
        total[key] = (before[0] + documents, before[1] + blocks, before[2] + characters)


@lru_cache(maxsize=64)
def _cleaner(options: Options) -> Cleaner:
    return Cleaner(options)


def _counts(record: Record, document: Document) -> Counts:
    counts = no_counts()
    characters = 0
    seen: set[tuple[str, str]] = set()
    for block in document.removed:
        length = len(block.text)
        characters += length
        for key in {
            ("label", str(block.label)),
            *(("rule", why.id) for why in block.reasons if why.source in _RULES),
        }:
            add_counts(counts, {key: (key not in seen, 1, length)})
            seen.add(key)
    of_document = (1, len(document.removed), characters)
    counts["total", ""] = of_document
    counts["kept", ""] = (1, 0, len(document.text))
    counts["language", primary_language(document.language)] = of_document
    counts["site", host_of(record.url or document.metadata.url)] = of_document
    counts["completeness", document.completeness.verdict] = of_document
    if document.page_kind:
        counts["page_kind", document.page_kind] = of_document
    return dict(counts)


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:  # a number that JSON has no word for
        return json.dumps(_finite(value), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    """A value that JSON has no type for: dates and numbers of Parquet as text, bytes in base64."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(one) for name, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, list | tuple) else value
