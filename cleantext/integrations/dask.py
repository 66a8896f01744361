"""Dask: the frame of `cleantext.integrations.pandas`, partition by partition. Extra: `dask`."""

from __future__ import annotations

from typing import Any

import dask.dataframe as dd
import pandas as pd

from cleantext.integrations import pandas as of_pandas
from cleantext.integrations.step import Step


def clean_frame(frame: dd.DataFrame, column: str, **settings: Any) -> dd.DataFrame:
    """The frame with the results beside its columns, lazily; `settings` are those of `Step`.

    >>> frame = dd.from_pandas(pd.DataFrame({"text": ["It rained.\\n\\nDownload our app", None]}), npartitions=2)
    >>> clean_frame(frame, "text")["clean_text"].compute(scheduler="synchronous").tolist()
    ['It rained.', '']

    Cleaning is Python's work: use the processes of `dask.distributed` or `scheduler="processes"`, since threads take turns.

    Raises:
        ValueError: a column is missing, or has the name of a new one.
    """
    step = Step(column, **settings)
    step.check(frame.columns)
    new = {name: pd.Series(dtype=kind) for name, kind in of_pandas.dtypes(removed=step.removed, prefix=step.prefix).items()}
    meta = pd.concat([frame._meta, pd.DataFrame(new, index=frame._meta.index)], axis=1)  # noqa: SLF001  # Dask's name for "no rows"
    return frame.map_partitions(of_pandas.clean_frame, column, meta=meta, **settings)
