"""Features of the elements around a segment: their names, what they hold, and what else looks like this segment."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.measures import SHORT, Measures, Sums
from cleantext.extract.features.page import Numbers, Page, distinct
from cleantext.learned.characters import Column

OWN: Final = tuple("p li div span a td h1 h2 h3 h4 button dt dd label section article strong summary".split())
AROUND: Final = tuple(
    "nav header footer aside main article section form ul ol table figure blockquote details dialog button select a dl li td th p pre "
    "label tr option h1 h2 h3".split()
)
UP: Final = 6
"""So many containers are looked at, the innermost first."""

FINE_UP: Final = 4
"""Of these everything is told, of the others the main figures."""

COARSE: Final = 10
"""So many figures are the main ones."""

MAIN_SHARES: Final = (0.4, 0.6, 0.8)
"""The main container is the innermost element with this share of the page's long text."""

_OWN_NUMBERS = {tag: number for number, tag in enumerate(OWN)}
_IS = tuple(f"is.{tag}" for tag in OWN)
_IN = tuple(f"in.{tag}" for tag in AROUND)
_BITS = {tag: 1 << bit for bit, tag in enumerate(AROUND)}


def tag_features(page: Page) -> dict[str, Column]:
    """The names of the segment's own elements and of those around it."""
    bits = [_BITS.get(tag, 0) for tag in page.tags]
    masks: list[int] = []
    for tag, mother in zip(page.tag.tolist(), page.parent.tolist(), strict=True):
        masks.append((masks[mother] if mother >= 0 else 0) | bits[tag])
    own = np.array([_OWN_NUMBERS.get(tag, -1) for tag in page.tags], np.int8)[page.tag]
    numbers = np.arange(len(OWN), dtype=np.int8)[:, None]
    is_own = (own[page.element] == numbers) | (own[page.holder] == numbers)
    around = np.array(masks, np.uint64)[page.element]
    lies_in = (around >> np.arange(len(AROUND), dtype=np.uint64)[:, None]) & np.uint64(1)
    return {
        **dict(zip(_IS, is_own, strict=True)),
        **dict(zip(_IN, lies_in, strict=True)),
        "depth": page.depth[page.holder],
        "inline": page.element != page.holder,
    }


class Containers:
    """What each element holds, by sums over its stretch of the page."""

    def __init__(self, page: Page, measures: Measures) -> None:
        self._page = page
        hints = [segment.hint in ("byline", "dateline") for segment in page.segments]
        columns = (
            np.ones(page.n),
            measures.words,
            measures.words * measures.links,
            measures.long_words,
            measures.long,
            measures.heading,
            measures.ends,
            measures.words <= SHORT,
            measures.digits,
            np.array(hints),
            measures.money,
        )
        (
            self.segments,
            self.words,
            self.linked,
            self.long_words,
            self.long,
            self.headings,
            self.ends,
            self.short,
            self.digits,
            self.signed,
            self.money,
        ) = Sums(np.stack(columns)).between(page.first, page.last)
        self.repeats = _repeats(page)

    def main(self, share: float) -> int:
        """The innermost element with this share of the long text; the first of several."""
        enough = np.flatnonzero(self.long_words >= share * max(self.long_words[0], 1))
        return int(enough[np.argmax(self._page.depth[enough])]) if len(enough) else 0


def _repeats(page: Page) -> Column:
    """How often each element occurs in its parent, by its look: the tiles of a shop, the posts of a thread. In logarithms."""
    looks = (page.parent + 1) * (page.look.max() + 1) + page.look.astype(np.int64)
    _, group, counts = np.unique(looks, return_inverse=True, return_counts=True)
    return np.log(counts.astype(np.float32))[group]


def container_features(page: Page, containers: Containers) -> dict[str, Column]:
    """What the main containers and those around the segment hold, and where in them it stands."""
    at = np.arange(page.n)
    depth = page.depth[page.holder]
    found: dict[str, Column] = {}
    for share in MAIN_SHARES:
        main = containers.main(share)
        name = f"main{round(100 * share)}"
        found[name] = (at >= page.first[main]) & (at <= page.last[main])
        found[f"{name}.below"] = depth - page.depth[main]
        if share == MAIN_SHARES[1]:
            extent = max(int(page.last[main] - page.first[main]) + 1, 1)
            found[f"{name}.place"] = np.clip((at - page.first[main]) / extent, -3, 4)
            found[f"{name}.segments"] = np.full(page.n, np.log1p(containers.segments[main]))
            found[f"{name}.words"] = np.full(page.n, containers.words[main] / max(containers.words[0], 1))
    names, held = _holds(containers)
    up = page.holder
    for step in range(1, UP + 1):
        up = page.above[up]
        told = names if step <= FINE_UP else names[:COARSE]
        found |= zip((f"up{step}.{name}" for name in told), held[: len(told), up], strict=True)
        if step <= FINE_UP:
            found[f"up{step}.place"] = (at - page.first[up]) / np.maximum(page.last[up] - page.first[up], 1)
    return found


def _holds(containers: Containers) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """What each element holds: the names of the figures, those of all steps first, and the figures (a row each)."""
    words = containers.words
    segments = np.maximum(containers.segments, 1)
    figures = {
        "segments": np.log1p(containers.segments),
        "words": np.log1p(words),
        "share": words / max(words[0], 1),
        "link": containers.linked / np.maximum(words, 1),
        "long_share": containers.long_words / max(containers.long_words[0], 1),
        "long_rate": containers.long / segments,
        "mean_words": np.log1p(words / segments),
        "ends": containers.ends / segments,
        "money": containers.money / segments,
        "repeats": containers.repeats,
        "headings": containers.headings / segments,
        "short": containers.short / segments,
        "signed": np.minimum(containers.signed, 5),
        "long": np.minimum(containers.long, 30),
        "digits": containers.digits / segments,
    }
    return tuple(figures), np.array(list(figures.values()), np.float32)


def alike_features(page: Page, measures: Measures) -> dict[str, Column]:
    """Segments in elements of the same names, as tiles and posts are: how many, how long, how far apart."""
    holder = page.holder
    mother = page.parent[holder]
    grandmother = page.parent[mother]
    near = np.stack([page.look[holder], page.tag[mother]])
    far = np.stack([page.look[holder], page.look[mother], page.look[grandmother]])
    found: dict[str, Column] = {}
    for name, keys in (("near", near), ("far", far)):
        numbers, group = distinct(list(zip(*keys.tolist(), strict=True)))
        found |= {f"{name}.{figure}": values for figure, values in _group_features(group, len(numbers), measures).items()}
    return found


def _group_features(group: Numbers, count: int, measures: Measures) -> dict[str, Column]:
    def total(values: Column) -> Column:
        return np.bincount(group, values, minlength=count)

    size = np.bincount(group, minlength=count)
    words = total(measures.words)
    mean = words / np.maximum(size, 1)
    spread = np.sqrt(np.maximum(total(measures.words**2) / np.maximum(size, 1) - mean**2, 0)) / (mean + 1)
    at = np.arange(len(group))
    first, last = np.empty(count, np.int64), np.empty(count, np.int64)
    first[group[::-1]] = at[::-1]
    last[group] = at
    figures = {
        "segments": np.log1p(size),
        "mean_words": np.log1p(mean),
        "link": total(measures.words * measures.links) / np.maximum(words, 1),
        "long_rate": total(measures.long) / np.maximum(size, 1),
        "spread": spread,
        "gap": np.log1p((last - first + 1) / np.maximum(size, 1)),
        "share": words / max(words.sum(), 1),
    }
    return {name: values[group].astype(np.float32) for name, values in figures.items()}
