"""Parquet: cutting files into records, past row groups that are damaged (pyarrow)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from cleantext.batch.extras import require
from cleantext.batch.inputs import open_regular
from cleantext.batch.raw import Raw
from cleantext.errors import InputError

ROWS: Final = 64
"""Rows that are read at once: they may hold long pages."""


def read_parquet(file: BinaryIO, name: str) -> Iterator[Raw]:
    """The rows of a Parquet file. What follows damage in a row group is one failure; the next row groups are read.

    Raises:
        InputError: pyarrow is not installed.
    """
    pa, parquet = _pyarrow()
    errors = (OSError, ValueError, pa.ArrowException)
    try:
        table = parquet.ParquetFile(file)
        groups = table.num_row_groups
    except errors as error:
        yield Raw(name, "row 1", "row", failure=f"no Parquet file: {error}")
        return
    before = 0
    for group in range(groups):
        rows = table.metadata.row_group(group).num_rows
        read = 0
        try:
            for batch in table.iter_batches(batch_size=ROWS, row_groups=[group], use_threads=False):
                for row in batch.to_pylist():
                    read += 1
                    yield Raw(name, f"row {before + read:,}", "row", row)
        except errors as error:
            lost = f"rows {before + read + 1:,} to {before + rows:,} can't be read: {error}"
            yield Raw(name, f"row {before + read + 1:,}", "row", failure=lost)
        before += rows


def schema_of(paths: Sequence[str]) -> Any:
    """The schema that holds the columns of all of some Parquet files.

    Raises:
        InputError: a file can't be read, or the files contradict each other.
    """
    pa, parquet = _pyarrow()
    schemas = []
    for path in paths:
        try:
            with open_regular(path) as file:
                schemas.append(parquet.read_schema(file).remove_metadata())
        except (OSError, pa.ArrowException):
            continue  # its records will fail, each with the reason
    try:
        return pa.unify_schemas(schemas) if schemas else None
    except (ValueError, pa.ArrowException) as error:
        raise InputError(f"the Parquet files have different columns: {error}; '--to jsonl' can take them") from None


def _pyarrow() -> tuple[Any, Any]:
    require("pyarrow", "Parquet")
    import pyarrow as pa
    from pyarrow import parquet

    return pa, parquet
