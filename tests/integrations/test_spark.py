"""Spark: a local session on the real engine; all types of other columns come through."""

import datetime as dt
import decimal
from typing import Any

import pytest

from cleantext import Cleaner, Options
from tests.integrations.rows import SOURCES, TEXT, URLS, expected, names

pytest.importorskip("pyspark")

from cleantext.integrations.spark import clean_frame, clean_udf  # the host must be there

SCHEMA = "number int, page string, url string, made timestamp, day date, price decimal(10,2), tags array<string>, more struct<a:int,b:map<string,double>>"
BESIDE = (
    dt.datetime(2026, 1, 2, 3, 4, 5),  # noqa: DTZ001  # Spark's timestamps are of the session's zone
    dt.date(2026, 1, 2),
    decimal.Decimal("1.50"),
    ["a", "b"],
    {"a": 1, "b": {"c": 1.5}},
)


@pytest.fixture(scope="module")
def frame(spark: Any) -> Any:
    return spark.createDataFrame(
        [(n, page, url, *BESIDE) for n, (page, url) in enumerate(zip(SOURCES, URLS, strict=True))], SCHEMA
    )


@pytest.mark.parametrize("removed", [False, True])
def test_results_stand_beside_the_columns(frame: Any, removed: bool) -> None:
    lazy = clean_frame(frame.repartition(3), "page", url="url", removed=removed)
    assert lazy.columns == [*frame.columns, *names(removed=removed)]
    assert lazy.schema["clean_declared_words"].dataType.simpleString() == "bigint"
    rows = [row.asDict(recursive=True) for row in lazy.orderBy("number").collect()]
    assert {name: [row[name] for row in rows] for name in names(removed=removed)} == expected(removed=removed)
    given = [row.asDict(recursive=True) for row in frame.orderBy("number").collect()]
    assert [{name: row[name] for name in frame.columns} for row in rows] == given


def test_the_cleaner_goes_along(frame: Any) -> None:
    keeping = Cleaner(Options(keep=frozenset({"paywall"})))  # type: ignore[arg-type]
    row = clean_frame(frame, "page", cleaner=keeping).filter("number = 0").select("clean_text").first()
    assert row["clean_text"] == TEXT
    row = frame.filter("number = 0").select(clean_udf(keeping)("page").alias("text")).first()
    assert row["text"] == TEXT


def test_binary_pages_and_no_rows(frame: Any) -> None:
    binary = frame.selectExpr("number", "encode(page, 'UTF-8') AS page")
    texts = [row["clean_text"] for row in clean_frame(binary, "page").orderBy("number").collect()]
    assert texts == expected()["clean_text"]
    assert [row["text"] for row in binary.orderBy("number").select(clean_udf()("page").alias("text")).collect()] == texts
    assert clean_frame(frame.filter("number < 0"), "page").count() == 0


def test_the_udf_stands_in_a_query(frame: Any, spark: Any) -> None:
    spark.udf.register("article", clean_udf())
    frame.createOrReplaceTempView("pages")
    found = spark.sql("SELECT article(page) AS text FROM pages WHERE length(article(page)) > 0 ORDER BY number")
    assert [row["text"] for row in found.collect()] == [text for text in expected()["clean_text"] if text]


def test_names_are_looked_at_at_once(frame: Any) -> None:
    with pytest.raises(ValueError, match="no column 'text'"):
        clean_frame(frame, "text")
    with pytest.raises(ValueError, match="the table has 'url' already"):
        clean_frame(frame, "page", prefix="")
