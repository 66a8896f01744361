"""Polars: expressions. Importing this module adds `.cleantext` to them. Extra: `polars`."""

from __future__ import annotations

import polars as pl

from cleantext.cleaner import Cleaner
from cleantext.columns import Types, clean_columns, column_types

TYPES = {
    "string": pl.String(),
    "bool": pl.Boolean(),
    "int64": pl.Int64(),
    "double": pl.Float64(),
    "list<string>": pl.List(pl.String()),
}


@pl.api.register_expr_namespace("cleantext")
class CleanExpression:
    """What `.cleantext` offers on an expression of pages or texts (strings or binary).

    >>> frame = pl.DataFrame({"text": ["It rained.\\n\\nDownload our app", None]})
    >>> frame.select(pl.col("text").cleantext.clean()).to_series().to_list()
    ['It rained.', '']
    >>> rows = frame.lazy().select(pl.col("text").cleantext.analyze().struct.unnest())
    >>> rows.select("status", "removed_by_label").collect().rows()
    [('ok', ['app:1']), ('empty', [])]
    """

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def clean(self, cleaner: Cleaner | None = None) -> pl.Expr:
        """The articles."""
        return self._expression.map_batches(
            lambda sources: pl.Series(sources.name, clean_columns(sources.to_list(), cleaner=cleaner)["text"], dtype=pl.String()),
            return_dtype=pl.String(),
            is_elementwise=True,
        )

    def analyze(
        self,
        *,
        url: pl.Expr | None = None,
        language: pl.Expr | None = None,
        cleaner: Cleaner | None = None,
        removed: bool = False,
    ) -> pl.Expr:
        """All columns of `cleantext.columns`, as a struct; `url` and `language` say what is known of each source."""

        def analyze(rows: pl.Series) -> pl.Series:
            sources, urls, languages = (rows.struct.field(name).to_list() for name in ("source", "url", "language"))
            columns = clean_columns(sources, urls=urls, languages=languages, cleaner=cleaner, removed=removed)
            return pl.DataFrame(columns, schema=schema(removed=removed)).to_struct(rows.name)

        unknown = pl.lit(None, dtype=pl.String())
        rows = pl.struct(
            self._expression.alias("source"),
            (unknown if url is None else url).alias("url"),
            (unknown if language is None else language).alias("language"),
        )
        return rows.map_batches(analyze, return_dtype=pl.Struct(schema(removed=removed)), is_elementwise=True)


def schema(*, removed: bool = False) -> dict[str, pl.DataType]:
    """The names and types of the columns."""
    return {name: _type(kind) for name, kind in column_types(removed=removed).items()}


def _type(kind: str | Types) -> pl.DataType:
    if isinstance(kind, str):
        return TYPES[kind]
    return pl.List(pl.Struct({name: _type(of) for name, of in kind.items()}))
