"""Features of what stands before and after a segment, and of its place on the page."""

from __future__ import annotations

from typing import Final

import numpy as np

from cleantext.extract.features.measures import Measures, Sums, shifted
from cleantext.extract.features.page import Page
from cleantext.learned.characters import Column

NEAR: Final = (-3, -2, -1, 1, 2, 3)
NEXT: Final = (-2, -1, 1, 2)
WINDOWS: Final = (3, 8, 25)
_FAR = 500
_NO_HEADING = 7  # the level of what stands under no heading


def neighbour_features(page: Page, measures: Measures) -> dict[str, Column]:
    """The segments next to this one, and the stretches around it."""
    depth = page.depth[page.holder].astype(np.float32)
    container = page.above[page.holder].astype(np.float32)
    told = (np.log1p(measures.words), measures.links, measures.ends, measures.money, measures.heading, depth, container)
    near = {by: shifted(np.stack(told), by) for by in NEAR}
    found: dict[str, Column] = {}
    for by in NEAR:
        found[f"{by:+}.words"], found[f"{by:+}.link"] = near[by][:2]
    for by in NEXT:
        ends, money, heading, its_depth, its_container = near[by][2:]
        found[f"{by:+}.ends"] = ends
        found[f"{by:+}.money"] = money
        found[f"{by:+}.heading"] = heading
        found[f"{by:+}.deeper"] = its_depth - depth
        found[f"{by:+}.same"] = its_container == container
    linked = measures.words * measures.links
    sums = Sums(
        np.stack([np.ones(page.n), measures.words, linked, measures.long_words, measures.long, measures.heading, measures.money])
    )
    for size in WINDOWS:
        count, words, linked, long_words, long, headings, money = sums.window(size, size)
        found[f"{size}.long_words"] = np.log1p(np.maximum(long_words, 0))
        found[f"{size}.link"] = linked / np.maximum(words, 1)
        found[f"{size}.long_rate"] = long / count
        found[f"{size}.headings"] = headings
        found[f"{size}.money"] = money
    return found


def place_features(page: Page, measures: Measures) -> dict[str, Column]:
    """Where the segment stands: on the page, in its long text, under its headings, before or after the title."""
    at = np.arange(page.n)
    long_before = np.cumsum(measures.long_words, dtype=np.float64)
    since, until = _distances(measures.long > 0)
    heading = np.maximum.accumulate(np.where(measures.heading > 0, at, -1))
    levels = np.array([segment.shape.level for segment in page.segments])
    return {
        "since_long": np.log1p(since),
        "until_long": np.log1p(until),
        "long_before": (long_before - measures.long_words) / max(long_before[-1], 1),
        "share_of_page": at / page.n,
        "from_start": np.log1p(at),
        "to_end": np.log1p(page.n - at),
        "share_of_words": np.cumsum(measures.words) / max(float(measures.words.sum()), 1.0),
        "since_heading": np.log1p(np.where(heading >= 0, at - heading, 200)),
        "heading_level": np.where(heading >= 0, levels[np.maximum(heading, 0)], _NO_HEADING),
        "after_title": _after(page, [segment.hint == "title" for segment in page.segments]),
        "after_h1": _after(page, [s.shape.role == "heading" and s.shape.level == 1 for s in page.segments]),
    }


def _distances(marked: Column) -> tuple[Column, Column]:
    """How many segments it is since the last and until the next marked one."""
    at = np.arange(len(marked))
    since = at - np.maximum.accumulate(np.where(marked, at, -_FAR - len(at)))
    until = np.minimum.accumulate(np.where(marked, at, len(at) + _FAR + len(at))[::-1])[::-1] - at
    return np.minimum(since, _FAR), np.minimum(until, _FAR)


def _after(page: Page, marked: list[bool]) -> Column:
    """The signed distance from the first marked segment, in logarithms; -9 if none is marked."""
    if not any(marked):
        return np.full(page.n, -9.0, np.float32)
    distance = np.arange(page.n) - marked.index(True)
    return np.sign(distance) * np.log1p(np.abs(distance))
