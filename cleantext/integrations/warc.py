"""WARC files as batches of pages, for engines that spread files over processes. Extra: `warc`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
from fastwarc.warc import ArchiveIterator, WarcRecordType

from cleantext.integrations.arrow import ROWS

SCHEMA = pa.schema([("url", pa.string()), ("page", pa.binary())])
PAGES = ("text/html", "application/xhtml+xml")


def archives(path: str) -> list[str]:
    """The WARC files of a folder, or the one that `path` is; none for other files.

    >>> archives("no such folder")
    []
    """
    found = Path(path).rglob("*") if Path(path).is_dir() else [Path(path)]
    return sorted(str(file) for file in found if file.name.endswith((".warc", ".warc.gz", ".warc.zst")) and file.is_file())


def pages(path: str) -> Iterator[tuple[str, bytes]]:
    """The address and the undecoded body of each HTML response of a file.

    A file that breaks off ends with its last record that can be read; FastWARC says nothing of it.
    """
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
            if record.http_content_type in PAGES:
                yield record.headers.get("WARC-Target-URI") or "", record.reader.read()


def page_batches(paths: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The pages of several files, in batches with the columns `url` and `page`."""
    rows = (page for path in paths for page in pages(path))
    while batch := list(islice(rows, ROWS)):
        urls, bodies = zip(*batch, strict=True)
        yield pa.record_batch([urls, bodies], schema=SCHEMA)
