"""Arrow tables, which Parquet files, DuckDB, Spark, Ray and Hugging Face datasets are made of. Extra: `arrow`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from cleantext.columns import arrow_schema
from cleantext.integrations.step import Step

ROWS = 256
"""Rows that are cleaned at a time: a batch of ten thousand pages need not come out in one piece."""


class CleanTable(Step):
    """A function from a table to the same table with the results beside its columns. Its parameters are those of `Step`.

    >>> table = pa.table({"text": ["It rained.\\n\\nDownload our app", None]})
    >>> cleaned = CleanTable("text")(table)
    >>> cleaned.column_names[:3], cleaned["clean_text"].to_pylist()
    (['text', 'clean_text', 'clean_kind'], ['It rained.', ''])
    """

    def __call__(self, table: pa.Table) -> pa.Table:
        """The table with the results beside its columns."""
        schema = self.schema(table.schema)
        results = self.results(lambda name: table[name].to_pylist())
        new = pa.Table.from_pydict(results, schema=arrow_schema(removed=self.removed, prefix=self.prefix))
        return pa.Table.from_arrays([*table.columns, *new.columns], schema=schema)

    def batches(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The same for a stream of batches, in bounded memory."""
        for batch in batches:
            for start in range(0, max(1, batch.num_rows), ROWS):
                yield from self(pa.Table.from_batches([batch.slice(start, ROWS)])).to_batches()

    def schema(self, given: pa.Schema) -> pa.Schema:
        """The schema of the result.

        Raises:
            ValueError: a column is missing, or has the name of a new one.
        """
        self.check(given.names)
        return pa.schema([*given, *arrow_schema(removed=self.removed, prefix=self.prefix)], metadata=given.metadata)
