"""DuckDB: functions in SQL give what the bare function gives, NULL included, in any number of chunks."""

from typing import Any

import pytest

from cleantext import Cleaner, Options
from tests.integrations.rows import SOURCES, TEXT, URLS, expected

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")

from cleantext.integrations.duckdb import register  # noqa: E402  # the host must be there

PAGES = pa.table({"number": range(len(SOURCES)), "page": pa.array(SOURCES, pa.string()), "url": pa.array(URLS, pa.string())})


@pytest.fixture
def connection() -> Any:
    with duckdb.connect() as connection:
        connection.register("pages", PAGES)
        yield connection


@pytest.mark.parametrize("removed", [False, True])
def test_all_columns_come_as_a_struct(connection: Any, removed: bool) -> None:
    register(connection, removed=removed)
    rows = connection.sql("SELECT clean_document(page, url) AS a FROM pages ORDER BY number").fetchall()
    columns = expected(removed=removed, prefix="")
    assert {name: [row[0][name] for row in rows] for name in columns} == columns
    assert [list(row[0]) for row in rows] == [list(columns)] * len(SOURCES)


def test_articles(connection: Any) -> None:
    register(connection)
    assert connection.sql("SELECT clean(page) FROM pages ORDER BY number").fetchall() == [
        (text,) for text in expected()["clean_text"]
    ]


def test_several_cleaners_have_names_of_their_own(connection: Any) -> None:
    register(connection)
    register(connection, Cleaner(Options(keep=frozenset({"paywall"}))), prefix="keeping_")  # type: ignore[arg-type]
    cleaned, kept = connection.sql("SELECT clean(page), keeping_clean(page) FROM pages WHERE number = 0").fetchall()[0]
    assert kept == TEXT
    assert cleaned == expected()["clean_text"][0]


def test_more_rows_than_a_chunk_keep_their_places(connection: Any) -> None:
    register(connection)
    rows = connection.sql("SELECT n, clean('Row ' || n || '.') FROM range(5000) t(n) ORDER BY n").fetchall()
    assert rows == [(n, f"Row {n}.") for n in range(5000)]


def test_no_rows(connection: Any) -> None:
    register(connection)
    assert connection.sql("SELECT clean(page), clean_document(page, url) FROM pages WHERE number < 0").fetchall() == []
