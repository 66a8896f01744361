"""Arrow tables: other columns stay, types never depend on the content."""

import pickle

import pytest

from cleantext import Cleaner, Options
from cleantext.columns import arrow_schema
from tests.integrations.rows import SOURCES, TEXT, URLS, expected, names

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

from cleantext.integrations.arrow import ROWS, CleanTable  # noqa: E402  # the host must be there

TABLE = pa.table({"number": list(range(len(SOURCES))), "page": SOURCES, "url": URLS}).replace_schema_metadata({"made": "by hand"})


@pytest.mark.parametrize("removed", [False, True])
def test_results_stand_beside_the_columns(removed: bool, tmp_path: object) -> None:
    clean = CleanTable("page", url="url", removed=removed)
    cleaned = clean(TABLE)
    assert cleaned.column_names == ["number", "page", "url", *names(removed=removed)]
    assert cleaned.select(TABLE.column_names) == TABLE
    assert {name: cleaned[name].to_pylist() for name in names(removed=removed)} == expected(removed=removed)
    assert cleaned.schema == clean.schema(TABLE.schema)
    assert cleaned.schema.metadata == {b"made": b"by hand"}
    parquet.write_table(cleaned, f"{tmp_path}/cleaned.parquet")
    assert parquet.read_table(f"{tmp_path}/cleaned.parquet") == cleaned


@pytest.mark.parametrize("kind", ["string", "large_string", "binary", "dictionary"])
def test_sources_may_be_of_any_string_type(kind: str) -> None:
    column = pa.chunked_array([[TEXT], [None]], pa.string())
    types = {"string": pa.string(), "large_string": pa.large_string(), "binary": pa.binary()}
    column = column.dictionary_encode() if kind == "dictionary" else column.cast(types[kind])
    cleaned = CleanTable("page", prefix="")(pa.table({"page": column}))
    assert [text.count("\n\n") for text in cleaned["text"].to_pylist()] == [1, 0]


def test_batches_stay_small_and_keep_their_order() -> None:
    rows = ROWS + 3
    batch = pa.record_batch({"page": [f"Row {n}." for n in range(rows)]})
    batches = list(CleanTable("page").batches(iter([batch, batch.slice(0, 0)])))
    assert [one.num_rows for one in batches] == [ROWS, 3]
    assert [text for one in batches for text in one["clean_text"].to_pylist()] == batch["page"].to_pylist()


def test_no_rows_have_the_same_types() -> None:
    cleaned = CleanTable("page", prefix="")(pa.table({"page": pa.array([], pa.string())}))
    assert cleaned.schema == pa.schema([("page", pa.string()), *arrow_schema()])


def test_a_step_can_be_pickled_with_its_cleaner() -> None:
    clean = CleanTable("page", cleaner=Cleaner(Options(keep=frozenset({"paywall"}))))  # type: ignore[arg-type]
    assert pickle.loads(pickle.dumps(clean))(TABLE) == clean(TABLE)
    assert clean(TABLE)["clean_text"][0].as_py() == TEXT


def test_names_are_looked_at() -> None:
    with pytest.raises(ValueError, match="no column 'text'"):
        CleanTable("text")(TABLE)
    with pytest.raises(ValueError, match="the table has 'url' already"):
        CleanTable("page", prefix="")(TABLE)
    with pytest.raises(TypeError, match="row 0: source is int"):
        CleanTable("number")(TABLE)
