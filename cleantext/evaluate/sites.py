"""What site rules would do: learn from half of each site's documents, and show what they remove from the other half.

`python -m cleantext.evaluate.sites FILE.jsonl.xz --site-field publisher`. Every second document of a site is learned from, then the
others. It prints the lines that only the site rules remove, to be read by a person: nothing else can tell a body line that was lost.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleantext.cleaner import Cleaner
from cleantext.document import Block
from cleantext.options import Options
from cleantext.sites.learn import learn
from cleantext.sites.match import SiteRules
from cleantext.sites.observe import SiteDocument
from cleantext.sites.pack import Site
from cleantext.sites.reading import Fields, read_records

Removed = tuple[str, Block]
"""The site, and a block that only its rules removed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A site learned from one half of its documents, and the blocks that it removes from the other half."""

    site: Site
    documents: int
    touched: int
    removed: tuple[Block, ...]


def halves(documents: Iterable[SiteDocument]) -> tuple[list[SiteDocument], list[SiteDocument]]:
    """Every second document of each site, and the others."""
    counts: Counter[str] = Counter()
    parts: tuple[list[SiteDocument], list[SiteDocument]] = ([], [])
    for document in documents:
        parts[counts[document.site] % 2].append(document)
        counts[document.site] += 1
    return parts


def try_sites(documents: Iterable[SiteDocument]) -> Iterator[Trial]:
    """Two trials of each site, by name: of the second half's documents, and of the first's."""
    first, second = halves(documents)
    of_second = {site.name: site for site in learn(second)}
    for site in learn(first):
        yield _trial(site, second)
        if site.name in of_second:
            yield _trial(of_second[site.name], first)


def _trial(site: Site, documents: Iterable[SiteDocument]) -> Trial:
    own = [document for document in documents if document.site == site.name]
    found = [only_by_site(document, site) for document in own]
    return Trial(site, len(own), sum(map(bool, found)), tuple(block for blocks in found for block in blocks))


def only_by_site(document: SiteDocument, site: Site) -> list[Block]:
    """The blocks that are removed with the site's rules, and kept without."""
    url = document.url or None
    without = Cleaner().analyze(document.source, url=url).blocks
    with_rules = Cleaner(Options(), SiteRules([site])).analyze(document.source, url=url).blocks
    return [after for before, after in zip(without, with_rules, strict=True) if before.keep and not after.keep]


def _show(trial: Trial) -> None:
    site = trial.site
    print(f"\n== {site.name}: {site.documents} documents read, {len(site.templates)} templates")
    for entry in site.templates:
        company = ", in company" if entry.company else ""
        print(f"  {entry.documents:4} {entry.label:10} {entry.where}{company}: {_short(entry.examples[0])}")
    print(f"   {len(trial.removed)} lines removed by them only, in {trial.touched} of {trial.documents} other documents")


def _show_removed(trials: Sequence[Trial], most: int) -> None:
    lines = [(trial.site.name, block) for trial in trials for block in trial.removed]
    chosen = sorted(random.Random(0).sample(range(len(lines)), min(most, len(lines))))  # noqa: S311  # a sample to read, no secret
    print(f"\n{len(chosen)} of {len(lines)} lines that only site rules removed:")
    for i in chosen:
        name, block = lines[i]
        print(f"  {name} | {block.label} | {block.reasons[0].id.removeprefix(name + '.')} | {_short(block.text)}")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else flat[:199] + "…"


def main() -> None:
    """Print what was learned of each site, and a sample of what went."""
    parser = argparse.ArgumentParser(prog="python -m cleantext.evaluate.sites", description=__doc__)
    parser.add_argument("file", help="JSON Lines, plain or as .gz or .xz")
    parser.add_argument("--site-field", "--publisher-field", default="", help="the field with the site (default: the URL's host)")
    parser.add_argument("--content-field", default="", help="the field with the text or page (default: html or text)")
    parser.add_argument("--url-field", default="url")
    parser.add_argument("--site", action="append", help="only this site (repeatable)")
    parser.add_argument("--show", type=int, default=200, metavar="N", help="show so many of the removed lines (default: 200)")
    given = parser.parse_args()
    fields = Fields(given.content_field, given.url_field, given.site_field)
    documents = (one for one in read_records(given.file, fields) if not given.site or one.site in given.site)
    trials = []
    for trial in try_sites(documents):
        _show(trial)
        trials.append(trial)
    _show_removed(trials, given.show)


if __name__ == "__main__":
    main()
