"""pandas: a column of pages or texts, cleaned. Extra: `pandas`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns, column_types
from cleantext.integrations.step import Step

DTYPES = {"string": "string", "bool": "bool", "int64": "int64", "double": "float64"}
NULLABLE = {"free": "boolean", "declared_words": "Int64"}


def clean_frame(frame: pd.DataFrame, column: str, **settings: Any) -> pd.DataFrame:
    """The frame with the results beside its columns; `settings` are those of `Step`. Types don't depend on the content.

    >>> frame = pd.DataFrame({"text": ["It rained.\\n\\nDownload our app", None]}, index=[7, 8])
    >>> clean_frame(frame, "text")[["clean_text", "clean_status"]]
       clean_text clean_status
    7  It rained.           ok
    8                    empty
    """
    step = Step(column, **settings)
    step.check(frame.columns)
    results = step.results(lambda name: _present(frame[name]))
    types = dtypes(removed=step.removed, prefix=step.prefix)
    new = {name: pd.Series(values, index=frame.index, dtype=types[name]) for name, values in results.items()}
    return pd.concat([frame, pd.DataFrame(new, index=frame.index)], axis=1)


def clean_series(series: pd.Series, cleaner: Cleaner | None = None) -> pd.Series:
    """The article of each page or text; the index and the name stay.

    >>> clean_series(pd.Series(["It rained.\\n\\nDownload our app"], name="page"))
    0    It rained.
    Name: page, dtype: string
    """
    texts = clean_columns(_present(series), cleaner=cleaner)["text"]
    return pd.Series(texts, index=series.index, name=series.name, dtype="string")


def dtypes(*, removed: bool = False, prefix: str = "clean_") -> Mapping[str, str]:
    """The type of each new column; lists are objects."""
    types = column_types(removed=removed).items()
    return {prefix + name: NULLABLE.get(name) or DTYPES.get(str(kind), "object") for name, kind in types}


def _present(series: pd.Series) -> list[Any]:
    """The values, with None for each of the ways in which pandas says that one is missing."""
    return [None if gone else value for value, gone in zip(series, series.isna(), strict=True)]
