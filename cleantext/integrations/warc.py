"""WARC files as batches of pages, for engines that spread files over processes. Extra: `warc`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from cleantext.batch.lines import Fields
from cleantext.batch.readers import Reader, find_sources, format_of, parse
from cleantext.errors import InputError
from cleantext.integrations.arrow import ROWS

SCHEMA = pa.schema([("url", pa.string()), ("page", pa.binary())])


def archives(path: str) -> list[str]:
    """The WARC files of a folder, or the one that `path` is; none for other files.

    >>> archives("no such folder")
    []
    """
    found = Path(path).rglob("*") if Path(path).is_dir() else [Path(path)]
    return sorted(str(file) for file in found if format_of(file.name) == "warc" and file.is_file())


def pages(path: str) -> Iterator[tuple[str, bytes]]:
    """The address and the undecoded body of each page of a file: what `cleantext batch` would clean.

    Records that are damaged or cut short are passed over, and the next is read; `cleantext batch` would list them.
    """
    for raw in Reader(find_sources([path], "warc")):
        try:
            record = parse(raw, Fields())
        except InputError:
            continue
        if not record.skipped and isinstance(record.source, bytes):
            yield record.url, record.source


def page_batches(paths: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The pages of several files, in batches with the columns `url` and `page`."""
    rows = (page for path in paths for page in pages(path))
    while batch := list(islice(rows, ROWS)):
        urls, bodies = zip(*batch, strict=True)
        yield pa.record_batch([urls, bodies], schema=SCHEMA)
