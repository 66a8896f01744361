"""Hugging Face datasets: a batched `map` whose results are found in the cache again. Extra: `datasets`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from datasets import Dataset

from cleantext.cleaner import Cleaner
from cleantext.integrations.arrow import ROWS, CleanTable
from cleantext.integrations.settings import identity, plain
from cleantext.options import Options


class CleanBatch:
    """A function for `dataset.with_format("arrow").map(..., batched=True)`; `settings` are those of `Step` but the cleaner.

    datasets looks for results in its cache by a checksum of the pickled function. This one pickles to its settings, in a fixed order,
    with a name for the package's version and the contents of the files that the options name: so the checksum is the same in each
    process, before and after use, and another one when results may differ.
    """

    def __init__(self, column: str, options: Options | None = None, **settings: Any) -> None:
        self._options = options or Options()
        self._settings = {"column": column, **settings}
        self._clean = CleanTable(cleaner=Cleaner(self._options), **self._settings)

    def __call__(self, table: pa.Table) -> pa.Table:
        """The table with the results beside its columns."""
        return self._clean(table)

    def __reduce__(self) -> tuple[Callable[..., CleanBatch], tuple[str, str]]:
        state = json.dumps([self._settings, plain(self._options)], sort_keys=True)
        return _read_back, (state, identity(self._options))


def clean_dataset(
    dataset: Dataset,
    column: str,
    *,
    options: Options | None = None,
    num_proc: int | None = None,
    batch_size: int = ROWS,
    **settings: Any,
) -> Dataset:
    """The dataset with the results beside its columns; `settings` are those of `Step` but the cleaner.

    >>> dataset = Dataset.from_dict({"text": ["It rained.\\n\\nDownload our app", None]})
    >>> clean_dataset(dataset, "text")["clean_text"][:]
    ['It rained.', '']

    All columns are shown, in the dataset's format (numpy, torch, ...).

    Raises:
        ValueError: a column is missing, or has the name of a new one.
    """
    clean = CleanBatch(column, options, **settings)
    cleaned = dataset.with_format("arrow").map(clean, batched=True, batch_size=batch_size, num_proc=num_proc)
    given = dataset.format
    return cleaned.with_format(given["type"], **given["format_kwargs"])


def _read_back(state: str, _identity: str) -> CleanBatch:
    settings, options = json.loads(state)
    return CleanBatch(options=Options(**options), **settings)
