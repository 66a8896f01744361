"""DuckDB: the SQL functions `clean(page)` and `clean_document(page, url)`. Extra: `duckdb`."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from cleantext.cleaner import Cleaner
from cleantext.columns import Types, arrow_schema, clean_columns, column_types

TYPES = {"string": "VARCHAR", "bool": "BOOLEAN", "int64": "BIGINT", "double": "DOUBLE", "list<string>": "VARCHAR[]"}


def register(
    connection: duckdb.DuckDBPyConnection, cleaner: Cleaner | None = None, *, prefix: str = "", removed: bool = False
) -> None:
    """Give a connection two functions over pages and texts (VARCHAR): the article, and all columns of `cleantext.columns` as a struct.

    The second takes the page's address, too, or NULL. `prefix` goes before the functions' names, for connections that have such names,
    or for several cleaners.

    >>> connection = duckdb.connect()
    >>> register(connection)
    >>> _ = connection.execute("CREATE TABLE pages AS SELECT 'It rained.' || chr(10) || chr(10) || 'Download our app' AS page")
    >>> connection.sql("SELECT clean(page), clean_document(page, NULL).removed_by_label FROM pages").fetchall()
    [('It rained.', ['app:1'])]
    """
    schema = arrow_schema(removed=removed)

    def clean(pages: pa.ChunkedArray) -> pa.Array:
        return pa.array(clean_columns(pages.to_pylist(), cleaner=cleaner)["text"], pa.string())

    def analyze(pages: pa.ChunkedArray, urls: pa.ChunkedArray) -> pa.Array:
        columns = clean_columns(pages.to_pylist(), urls=urls.to_pylist(), cleaner=cleaner, removed=removed)
        return pa.StructArray.from_arrays([pa.array(columns[field.name], field.type) for field in schema], fields=list(schema))

    text = connection.type("VARCHAR")
    struct = connection.type(_type(column_types(removed=removed)))
    for name, function, parameters, result in (("clean", clean, [text], text), ("clean_document", analyze, [text, text], struct)):
        connection.create_function(prefix + name, function, parameters, result, type="arrow", null_handling="special")


def _type(kind: str | Types) -> str:
    """A type in SQL; records within a row come as a list."""
    if isinstance(kind, str):
        return TYPES[kind]
    fields = (f'"{name}" {_type(of) + ("" if isinstance(of, str) else "[]")}' for name, of in kind.items())
    return f"STRUCT({', '.join(fields)})"
