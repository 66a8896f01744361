"""Clean a crawl with Spark: read Parquet or WARC, learn each site's own boilerplate, clean, write Parquet.

    python examples/spark_at_scale.py INPUT OUTPUT [--sample 500]

INPUT is a folder (or file) of Parquet with the columns `url` and `page`, or of WARC files on disks that all workers see. OUTPUT gets
`sites` (a row for each site with what was learned of it, as the text of a site file) and `pages` (all columns but `page`, and the results).
Of each site at most `--sample` pages are learned from, always the same ones: that bounds the memory of a group, since one process learns
a site. On a cluster, `spark-submit` it, with the package installed on the workers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F  # noqa: N812  # as Spark's users write it

from cleantext import Cleaner
from cleantext.integrations.sites import learn_site, rules_of
from cleantext.integrations.spark import clean_frame
from cleantext.sites.match import host_of


def main() -> None:
    """Read, learn, clean, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--sample", type=int, default=500, help="pages of a site to learn from, at most")
    given = parser.parse_args()
    spark = SparkSession.builder.getOrCreate()
    pages = read(spark, given.input)

    learn(pages, given.sample).write.mode("overwrite").parquet(f"{given.output}/sites")
    learned = [row["rules"] for row in spark.read.parquet(f"{given.output}/sites").collect()]

    cleaner = Cleaner(site_rules=rules_of(learned))  # goes to the workers with its rules: they need no file
    clean_frame(pages, "page", url="url", cleaner=cleaner).drop("page").write.mode("overwrite").parquet(f"{given.output}/pages")
    print(f"{len(learned)} sites with boilerplate of their own; {spark.read.parquet(f'{given.output}/pages').count()} pages")


def read(spark: SparkSession, path: str) -> DataFrame:
    """The pages: a task for each WARC file, or as Parquet is split."""
    from cleantext.integrations.warc import archives, page_batches

    if not (files := archives(path)):
        return spark.read.parquet(path)

    def records(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return page_batches(file for batch in batches for file in batch["file"].to_pylist())

    names = spark.createDataFrame([(file,) for file in files], "file string").repartition(len(files))
    return names.mapInArrow(records, "url string, page binary")


def learn(pages: DataFrame, sample: int) -> DataFrame:
    """A row for each site that has boilerplate of its own. A site is a host."""

    @F.pandas_udf("string")
    def host(urls: pd.Series) -> pd.Series:
        return urls.fillna("").map(host_of)

    def learn_group(group: pd.DataFrame) -> pd.DataFrame:
        site = group["site"].iloc[0]
        return pd.DataFrame({"site": [site], "rules": [learn_site(site, group["page"], group["url"])]})

    first = Window.partitionBy("site").orderBy(F.xxhash64("url"))
    sampled = pages.withColumn("site", host("url")).where("site <> ''").withColumn("place", F.row_number().over(first))
    groups = sampled.where(F.col("place") <= sample).groupBy("site")
    return groups.applyInPandas(learn_group, "site string, rules string").where("rules <> ''")


if __name__ == "__main__":
    main()
