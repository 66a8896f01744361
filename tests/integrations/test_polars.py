"""Polars: eager, lazy and streaming give the same, of the types that were promised."""

from typing import Any

import pytest

from cleantext import Cleaner, Options
from cleantext.columns import column_types
from tests.integrations.rows import SOURCES, TEXT, URLS, expected

pl = pytest.importorskip("polars")

from cleantext.integrations.polars import schema  # noqa: E402  # the host must be there

FRAME = pl.DataFrame({"page": SOURCES, "url": URLS}, schema={"page": pl.String, "url": pl.String})


@pytest.mark.parametrize("removed", [False, True])
@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_all_columns_come_as_a_struct(removed: bool, engine: Any) -> None:
    row = pl.col("page").cleantext.analyze(url=pl.col("url"), removed=removed)
    lazy = FRAME.lazy().select(row.alias("cleaned"))
    assert lazy.collect_schema() == {"cleaned": pl.Struct(schema(removed=removed))}
    cleaned = lazy.collect(engine=engine).unnest("cleaned")
    assert cleaned.to_dict(as_series=False) == expected(removed=removed, prefix="")
    assert cleaned.schema == pl.Schema(schema(removed=removed))


def test_articles_keep_the_name_of_their_column() -> None:
    keeping = Cleaner(Options(keep=frozenset({"paywall"})))  # type: ignore[arg-type]
    cleaned = FRAME.with_columns(pl.col("page").cleantext.clean(), all=pl.col("page").cleantext.clean(keeping))
    assert cleaned.columns == ["page", "url", "all"]
    assert cleaned["page"].to_list() == expected()["clean_text"]
    assert cleaned["all"][0] == TEXT


def test_binary_and_no_rows() -> None:
    few = FRAME.head(0).select(pl.col("page").cleantext.analyze().struct.unnest())
    assert few.columns == list(column_types())
    assert FRAME.select(pl.col("page").cast(pl.Binary).cleantext.clean())["page"].to_list() == expected()["clean_text"]


def test_groups_and_filters_see_rows() -> None:
    cut = FRAME.lazy().filter(pl.col("page").cleantext.analyze().struct.field("completeness") == "truncated").collect()
    assert cut["page"].to_list() == [
        source for source, verdict in zip(SOURCES, expected()["clean_completeness"], strict=True) if verdict == "truncated"
    ]
