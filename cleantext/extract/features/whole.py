"""Features of the page as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from cleantext.extract.features.elements import Containers
from cleantext.extract.features.measures import Measures
from cleantext.extract.features.page import Page
from cleantext.extract.features.text import ROLES
from cleantext.learned.characters import Column

TYPES: Final = tuple(
    "article product question discussion itemlist collection faq recipe breadcrumb webpage service organization howto video event "
    "software apireference localbusiness review website profile".split()
)
"""Looked for in the types that the page's JSON-LD declares."""

URLS: Final = {
    "forum": re.compile(r"forum|thread|topic|discussion|question|/t/|/q/|viewtopic|showthread|community"),
    "product": re.compile(r"product|/dp/|/p/|item|/shop"),
    "collection": re.compile(r"collection|category|/c/|shop|/tag/"),
    "documentation": re.compile(r"docs?[./]|documentation|reference|guide|manual|/api|wiki|help"),
    "article": re.compile(r"blog|news|article|/20\d\d/"),
    "file": re.compile(r"\.html?$"),
}
"""Looked for in the address that the page declares as its own."""

_MOST = 5


MEANS: Final = ("text.money", "text.spaceless", "shape.linked", "shape.hidden", *(f"shape.{role}" for role in ROLES))


def page_features(page: Page, measures: Measures, containers: Containers, columns: Mapping[str, Column]) -> dict[str, float]:
    """Size, links, headings, prices, and what the page declares itself to be. `columns` are the features of its segments."""
    words = max(float(measures.words.sum()), 1.0)
    long_words = max(float(measures.long_words.sum()), 1.0)
    tags = dict(zip(page.tags, np.bincount(page.tag).tolist(), strict=True))
    found = {
        "segments": np.log1p(page.n),
        "words": np.log1p(words),
        "long_words": np.log1p(long_words),
        "long_share": long_words / words,
        "link": float(containers.linked[0]) / words,
        "hidden_words": float((measures.words * measures.hidden).sum()) / words,
        "longest": np.log1p(float(measures.long_words.max())),
        "longest_share": float(np.sort(measures.long_words)[-_MOST:].sum()) / long_words,
        "long": np.log1p(float(measures.long.sum())),
        "elements": np.log1p(len(page.frames)),
        "articles": min(tags.get("article", 0), 20),
        "mains": tags.get("main", 0),
        "declared_text": np.log1p(sum(map(len, page.head.bodies))),
    }
    means = {f"mean.{name.partition('.')[2]}": float(np.mean(columns[name])) for name in MEANS}
    return found | means | _declared(page)


def _declared(page: Page) -> dict[str, float]:
    head = page.head
    address = head.metadata.url.lower()
    path = address.split("//")[-1].partition("/")[2]
    return {
        **{f"type.{name}": min(sum(name in kind for kind in head.types), _MOST) for name in TYPES},
        "og.article": "article" in head.og_type,
        "og.product": "product" in head.og_type,
        "og.website": "website" in head.og_type,
        "og.any": bool(head.og_type),
        **{f"url.{name}": bool(pattern.search(address)) for name, pattern in URLS.items()},
        "url.depth": min(len([step for step in path.split("/") if step]), 8),
        "url.dashes": min(path.count("-"), 12),
        "url.any": bool(address),
    }
