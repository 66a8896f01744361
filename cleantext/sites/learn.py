"""From a site's documents to its templates: observe, count, gather, merge, choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from cleantext.sites.candidate import SAMPLE, Candidate, gather, merge_variants
from cleantext.sites.choose import eligible, least_stories, stands, template_of
from cleantext.sites.observe import SiteDocument, observe
from cleantext.sites.pack import Site, Template
from cleantext.sites.sketch import rarity, stories
from cleantext.sites.store import Store

VOCABULARY: Final = 2_000
"""Documents of a site from whose words it is known which are rare."""
VARIANT: Final = 2
"""Variants are merged that each have this part of the documents that a template needs."""


def learn(documents: Iterable[SiteDocument]) -> tuple[Site, ...]:
    """The sites of these documents, by name, each with the templates that were learned.

    >>> town = "Hull Yarm Ely Bath York Leek Diss Rye Bude Looe".split()
    >>> texts = [f"{name} {name.lower()}ers {name[::-1]}.\\n\\nCall our desk in the harbour if your lamp goes out." for name in town]
    >>> site, = learn(SiteDocument("courier", text) for text in texts)
    >>> [(one.id, str(one.label), one.where, one.documents) for one in site.templates]
    [('call-our-desk-in-the-harbour', 'other', 'tail', 10)]
    """
    with Store() as store:
        for document in documents:
            store.add(observe(document))
        return learned(store)


def carry_over(old: Iterable[Site], new: Iterable[Site]) -> tuple[Site, ...]:
    """What was learned anew, with the entries that a person had set to `keep`; these take the place of entries for the same lines."""
    kept = {site.name: [entry for entry in site.templates if entry.keep] for site in old}
    return tuple(replace(site, templates=_with_kept(site.templates, kept.get(site.name, []))) for site in new)


def _with_kept(entries: Sequence[Template], kept: Sequence[Template]) -> tuple[Template, ...]:
    lines = {line for entry in kept for line in entry.templates}
    ids = {entry.id for entry in kept}
    others = [entry for entry in entries if entry.id not in ids and lines.isdisjoint(entry.templates)]
    return (*others, *kept)


def learned(store: Store) -> tuple[Site, ...]:
    """The sites of a filled store."""
    return tuple(_learn_site(store, *site) for site in store.sites())


def _learn_site(store: Store, number: int, name: str, host: str, documents: int) -> Site:
    return Site(name, tuple(_templates(store, number, documents)), host, documents)


def _templates(store: Store, site: int, documents: int) -> list[Template]:
    least = least_stories(documents)
    if not least:
        return []
    numbers = store.candidates(site, max(2, least // VARIANT))
    candidates = merge_variants(gather(store.documents(site), numbers), eligible)
    weights = rarity(store.sample(site, VOCABULARY))
    entries: list[Template] = []
    for candidate in candidates:
        if eligible(candidate) and stands(candidate, _stories(store, candidate, weights), documents):
            entries.append(template_of(candidate, documents, {entry.id for entry in entries}))
    return entries


def _stories(store: Store, candidate: Candidate, weights: dict[int, float]) -> int:
    """In how many stories a template stands; of many documents a sample is compared."""
    sketches = store.sketches([number for _, number in candidate.sample])
    told = stories(sketches, weights)
    return told if candidate.documents <= SAMPLE else told * candidate.documents // len(sketches)
