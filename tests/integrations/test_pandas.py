"""pandas: index and other columns stay, types never depend on the content."""

from typing import Any

import pytest

from tests.integrations.rows import SOURCES, TEXT, URLS, expected, names

pd = pytest.importorskip("pandas")

from cleantext.integrations.pandas import clean_frame, clean_series, dtypes  # noqa: E402  # the host must be there


def frame() -> Any:
    return pd.DataFrame(
        {"number": range(len(SOURCES)), "page": SOURCES, "url": URLS}, index=[10 * n for n in range(len(SOURCES))]
    )


@pytest.mark.parametrize("removed", [False, True])
def test_results_stand_beside_the_columns(removed: bool) -> None:
    given = frame()
    cleaned = clean_frame(given, "page", url="url", removed=removed)
    assert list(cleaned.columns) == ["number", "page", "url", *names(removed=removed)]
    assert cleaned[["number", "page", "url"]].equals(given)
    assert list(given.columns) == ["number", "page", "url"]
    for name, column in expected(removed=removed).items():
        assert [None if value is pd.NA else value for value in cleaned[name]] == column, name
    assert {name: str(cleaned[name].dtype) for name in names(removed=removed)} == dict(dtypes(removed=removed))


def test_no_rows_have_the_same_types() -> None:
    few = clean_frame(frame()[:0], "page")
    assert list(few.dtypes.astype(str)) == list(clean_frame(frame(), "page").dtypes.astype(str))


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_missing_sources_are_empty(missing: object) -> None:
    series = pd.Series([TEXT, missing], index=["a", "b"], dtype=object)
    assert clean_series(series).tolist() == [TEXT.replace("\n\nYou've read 3 of 5 free articles. Subscribe to continue.", ""), ""]
    assert clean_series(series.astype("string")).index.tolist() == ["a", "b"]


def test_repeated_labels_of_rows_do_no_harm() -> None:
    given = frame().set_index(pd.Index([0] * len(SOURCES)))
    assert clean_frame(given, "page")["clean_text"].tolist() == expected()["clean_text"]


def test_names_are_looked_at() -> None:
    with pytest.raises(ValueError, match="the table has 'url' already"):
        clean_frame(frame(), "page", prefix="")
    with pytest.raises(TypeError, match="row 0: source is int"):
        clean_frame(frame(), "number")
