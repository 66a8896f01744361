"""Dask: what is computed has the names and types that were promised."""

import pytest

from tests.integrations.rows import SOURCES, URLS, expected, names

dd = pytest.importorskip("dask.dataframe")
pd = pytest.importorskip("pandas")

from cleantext.integrations.dask import clean_frame  # noqa: E402  # the host must be there

FRAME = pd.DataFrame({"page": SOURCES, "url": URLS})


@pytest.mark.parametrize("scheduler", ["synchronous", "threads", "processes"])
def test_partitions_are_cleaned(scheduler: str) -> None:
    lazy = clean_frame(dd.from_pandas(FRAME, npartitions=3), "page", url="url", removed=True)
    assert list(lazy.columns) == ["page", "url", *names(removed=True)]
    cleaned = lazy.compute(scheduler=scheduler)
    assert list(cleaned.dtypes.astype(str)) == list(lazy.dtypes.astype(str))
    for name in ("clean_text", "clean_status", "clean_title", "clean_found_words"):
        assert cleaned[name].tolist() == expected()[name]


def test_names_are_looked_at_at_once() -> None:
    with pytest.raises(ValueError, match="no column 'text'"):
        clean_frame(dd.from_pandas(FRAME, npartitions=1), "text")
