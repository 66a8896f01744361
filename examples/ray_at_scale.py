"""Clean a crawl with Ray Data: read Parquet or WARC, learn each site's own boilerplate, clean, write Parquet.

    python examples/ray_at_scale.py INPUT OUTPUT [--sample 500] [--actors 2]

INPUT is a folder (or file) of Parquet with the columns `url` and `page`, or of WARC files on disks that all workers see. OUTPUT gets
`sites` (a row for each site with what was learned of it, as the text of a site file) and `pages` (all columns but `page`, and the results).
Of each site about `--sample` pages are learned from, always the same ones: that bounds the memory of a group, since one process learns
a site. Leave Ray some cores beside the actors, which hold theirs until the end.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from hashlib import blake2b

import pyarrow as pa
import ray
from ray.data import Dataset

from cleantext import Cleaner
from cleantext.integrations.ray import clean_dataset
from cleantext.integrations.sites import learn_site, rules_of
from cleantext.sites.match import host_of


def main() -> None:
    """Read, learn, clean, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--sample", type=int, default=500, help="pages of a site to learn from, about")
    parser.add_argument("--actors", type=int, default=2, help="processes that clean")
    given = parser.parse_args()
    ray.init(ignore_reinit_error=True)
    pages = read(given.input)

    sites = learn(pages, given.sample).materialize()
    sites.write_parquet(f"{given.output}/sites")
    learned = [row["rules"] for row in sites.take_all() if row["rules"]]

    cleaner = Cleaner(site_rules=rules_of(learned))  # goes to the actors with its rules: they need no file
    cleaned = clean_dataset(pages, "page", url="url", cleaner=cleaner, actors=(1, given.actors))
    cleaned.drop_columns(["page"]).write_parquet(f"{given.output}/pages")
    print(f"{len(learned)} sites with boilerplate of their own; {ray.data.read_parquet(f'{given.output}/pages').count()} pages")


def read(path: str) -> Dataset:
    """The pages: a task for each WARC file, or as Parquet is split."""
    from cleantext.integrations.warc import archives, page_batches

    def records(batch: pa.Table) -> Iterator[pa.Table]:
        for pages in page_batches(batch["item"].to_pylist()):
            yield pa.Table.from_batches([pages])

    if not (files := archives(path)):
        return ray.data.read_parquet(path)
    return ray.data.from_items(files, override_num_blocks=len(files)).map_batches(records, batch_size=1, batch_format="pyarrow")


def learn(pages: Dataset, sample: int) -> Dataset:
    """A row for each site, whose rules are empty if it has no boilerplate of its own. A site is a host."""
    sites = pages.map_batches(with_site, batch_format="pyarrow")
    counts = {row["site"]: row["count()"] for row in sites.groupby("site").count().take_all()}
    sampled = sites.map_batches(some, fn_kwargs={"counts": counts, "sample": sample}, batch_format="pyarrow")
    return sampled.groupby("site").map_groups(learn_group, batch_format="pyarrow")


def with_site(table: pa.Table) -> pa.Table:
    """The table with a column for the host."""
    return table.append_column("site", pa.array([host_of(url or "") for url in table["url"].to_pylist()], pa.string()))


def some(table: pa.Table, counts: Mapping[str, int], sample: int) -> pa.Table:
    """The rows whose number, made of their address, is among those of a sample of their site; none without an address."""
    rows = zip(table["site"].to_pylist(), table["url"].to_pylist(), strict=True)
    return table.filter(pa.array([bool(site) and number(url) * counts[site] < sample for site, url in rows], pa.bool_()))


def number(url: str) -> float:
    """A number from 0 to 1, another one for each address, the same in each process."""
    return int.from_bytes(blake2b(url.encode("utf-8", "replace"), digest_size=4).digest(), "big") / 2**32


def learn_group(group: pa.Table) -> pa.Table:
    """What one site repeats."""
    site = group["site"][0].as_py()
    return pa.table({"site": [site], "rules": [learn_site(site, group["page"].to_pylist(), group["url"].to_pylist())]})


if __name__ == "__main__":
    main()
