"""Counting in bounded memory: observations go into a database that lives in memory until it is large, and then on disk.

SQLite comes with Python and groups rows as larger machines do, so that the queries below are what Spark or DuckDB would be asked, too.
The disk takes about as much as the texts; `TMPDIR` says where.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Final, NamedTuple, Self

from cleantext.sites.observe import Observed
from cleantext.sites.sketch import Sketch, unpack

CACHE_MB: Final = 64
"""What the database may hold in memory."""

SCHEMA: Final = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -{kilobytes};
    CREATE TABLE site (id INTEGER PRIMARY KEY, name TEXT UNIQUE, host TEXT);
    CREATE TABLE document (id INTEGER PRIMARY KEY, site INTEGER, fingerprint INTEGER, sketch BLOB, UNIQUE (site, fingerprint));
    CREATE TABLE block (site INTEGER, document INTEGER, template INTEGER, first INTEGER, prose INTEGER, label TEXT, text TEXT);
"""
CANDIDATES: Final = """
    CREATE TEMP TABLE candidate AS
    SELECT template, SUM(first) AS documents FROM block WHERE site = ? AND template IS NOT NULL
    GROUP BY template HAVING SUM(first) >= ?
"""
BLOCKS: Final = """
    SELECT d.id, d.fingerprint, b.template, b.first, b.prose, b.label, CASE WHEN c.template IS NOT NULL THEN b.text END
    FROM block b JOIN document d ON d.id = b.document LEFT JOIN candidate c ON c.template = b.template
    WHERE b.site = ? ORDER BY b.document, b.rowid
"""
SKETCHES: Final = "SELECT sketch FROM document WHERE site = ? ORDER BY fingerprint LIMIT ?"


class StoredBlock(NamedTuple):
    """A block as it comes back; it has a `text` only if its template is a candidate."""

    template: int | None
    first: int
    prose: int
    label: str
    text: str | None


class StoredDocument(NamedTuple):
    """A document's blocks, in order."""

    id: int
    fingerprint: int
    blocks: tuple[StoredBlock, ...]


class Store:
    """The observations of many documents, each text once."""

    def __init__(self, cache_mb: int = CACHE_MB) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # no name: a database that is gone when it is closed
        self._database.executescript(SCHEMA.format(kilobytes=1024 * cache_mb))
        self._database.execute("BEGIN")  # one transaction: nobody else reads, and nothing is to survive
        self._sites: dict[str, int] = {}
        self._indexed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._database.close()

    def add(self, observed: Observed) -> bool:
        """Take in a document; False for one that is there already."""
        site = self._site(observed)
        cursor = self._database.execute(
            "INSERT OR IGNORE INTO document (site, fingerprint, sketch) VALUES (?, ?, ?)",
            (site, observed.fingerprint, observed.sketch),
        )
        if not cursor.rowcount:
            return False
        document = cursor.lastrowid
        self._database.executemany(
            "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (site, document, b.template, b.first, b.prose, b.label, b.text.encode("utf-8", "replace").decode())
                for b in observed.blocks
            ),
        )
        return True

    def sites(self) -> list[tuple[int, str, str, int]]:
        """Number, name, host and documents of each site, in the order of the names."""
        if not self._indexed:
            self._database.execute("CREATE INDEX block_site ON block (site)")
            self._indexed = True
        query = "SELECT s.id, s.name, s.host, COUNT(*) FROM site s JOIN document d ON d.site = s.id GROUP BY s.id ORDER BY s.name"
        return self._database.execute(query).fetchall()

    def candidates(self, site: int, least: int) -> dict[int, int]:
        """The templates that so many documents have, and how many they are."""
        self._database.execute("DROP TABLE IF EXISTS candidate")
        self._database.execute(CANDIDATES, (site, least))
        self._database.execute("CREATE UNIQUE INDEX temp.candidate_template ON candidate (template)")
        return dict(self._database.execute("SELECT template, documents FROM candidate"))

    def documents(self, site: int) -> Iterator[StoredDocument]:
        """The documents of a site, with the texts of its candidates."""
        for (number, fingerprint), rows in groupby(self._database.execute(BLOCKS, (site,)), itemgetter(0, 1)):
            yield StoredDocument(number, fingerprint, tuple(StoredBlock(*row[2:]) for row in rows))

    def sample(self, site: int, most: int) -> list[Sketch]:
        """The sketches of so many documents of a site, the same ones in whatever order they came."""
        return [unpack(packed) for (packed,) in self._database.execute(SKETCHES, (site, most))]

    def sketches(self, documents: Sequence[int]) -> list[Sketch]:
        """The sketches of these documents."""
        query = "SELECT sketch FROM document WHERE id = ?"
        return [unpack(self._database.execute(query, (number,)).fetchone()[0]) for number in documents]

    def _site(self, observed: Observed) -> int:
        number = self._sites.get(observed.site)
        if number is None:
            number = self._sites[observed.site] = len(self._sites) + 1
            self._database.execute("INSERT INTO site VALUES (?, ?, ?)", (number, observed.site, observed.host))
        return number
