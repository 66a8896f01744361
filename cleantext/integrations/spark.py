"""Spark: a data frame with the results beside its columns, by `mapInArrow`; and a pandas UDF. Extra: `spark`; bring Spark yourself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
from pyspark.sql import Column, DataFrame
from pyspark.sql.functions import pandas_udf
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from cleantext.cleaner import Cleaner
from cleantext.columns import arrow_schema
from cleantext.integrations.arrow import CleanTable
from cleantext.integrations.pandas import clean_series


def clean_frame(frame: DataFrame, column: str, **settings: Any) -> DataFrame:
    """The frame with the results beside its columns; `settings` are those of `cleantext.integrations.step.Step`.

    >>> from pyspark.sql import SparkSession
    >>> spark = SparkSession.builder.master("local[1]").getOrCreate()
    >>> frame = spark.createDataFrame([("It rained.\\n\\nDownload our app",)], ["text"])
    >>> clean_frame(frame, "text").select("clean_text", "clean_removed_by_label").collect()
    [Row(clean_text='It rained.', clean_removed_by_label=['app:1'])]

    No page fails its partition. The package must be installed on the workers; rules and models load once in each of their processes.

    Raises:
        ValueError: a column is missing, or has the name of a new one.
    """
    step = CleanTable(column, **settings)
    step.check(frame.columns)
    new = from_arrow_schema(arrow_schema(removed=step.removed, prefix=step.prefix))
    return frame.mapInArrow(step.batches, StructType([*frame.schema.fields, *new.fields]))


def clean_udf(cleaner: Cleaner | None = None) -> Callable[..., Column]:
    """A function of a column of pages or texts (strings or binary) that gives the articles.

    >>> from pyspark.sql import SparkSession
    >>> spark = SparkSession.builder.master("local[1]").getOrCreate()
    >>> frame = spark.createDataFrame([("It rained.\\n\\nDownload our app",)], ["text"])
    >>> frame.select(clean_udf()("text").alias("text")).collect()
    [Row(text='It rained.')]
    """

    def clean(sources: Iterator[pd.Series]) -> Iterator[pd.Series]:
        for series in sources:
            yield clean_series(series, cleaner)

    clean.__annotations__ = {"sources": Iterator[pd.Series], "return": Iterator[pd.Series]}  # Spark reads them as they are
    return pandas_udf(clean, "string")  # type: ignore[no-any-return]
