"""What all groups of features build on: words, links, long text; and sums over stretches of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.page import Page
from cleantext.learned.characters import MONEY, NUMBER, STOP, Characters, Column

LONG: Final = 12
"""A segment of so many words, not mostly links and not hidden, is long text."""

SHORT: Final = 4


@dataclass(slots=True)
class Measures:
    """Numbers of each segment: words, the share of its characters in links, its words if it is long text, and so on."""

    letters: Characters
    words: Column
    capitals: Column
    links: Column
    long: Column
    long_words: Column
    heading: Column
    digits: Column
    money: Column
    ends: Column
    hidden: NDArray[np.bool_]


def measure(page: Page) -> Measures:
    """Read all texts of a page once."""
    letters = Characters([segment.text for segment in page.segments])
    words, capitals = letters.words()
    linked = np.array([segment.markup.links if segment.markup else 0 for segment in page.segments], np.float32)
    links = np.minimum(linked / letters.lengths, 1)
    hidden = np.array([bool(segment.markup and segment.markup.hidden) for segment in page.segments])
    long = ((words >= LONG) & (links < 0.5) & ~hidden).astype(np.float32)
    return Measures(
        letters=letters,
        words=words,
        capitals=capitals,
        links=links,
        long=long,
        long_words=words * long,
        heading=np.array([segment.shape.role == "heading" for segment in page.segments], np.float32),
        digits=letters.count(NUMBER) / letters.lengths,
        money=np.minimum(letters.count(MONEY), 1),
        ends=((letters.last & STOP) != 0).astype(np.float32),
        hidden=hidden,
    )


class Sums:
    """Sums of a column, or of each row of several, over any stretches of the page, each in constant time."""

    def __init__(self, values: Column) -> None:
        self._n = values.shape[-1]
        self._sums = np.zeros((*values.shape[:-1], self._n + 1))
        np.cumsum(values, axis=-1, dtype=np.float64, out=self._sums[..., 1:])

    def between(self, first: NDArray[np.integer], last: NDArray[np.integer]) -> Column:
        """The sums from segments `first` to segments `last`, both included."""
        return np.asarray(self._sums[..., last + 1] - self._sums[..., first], np.float32)

    def window(self, before: int, after: int) -> Column:
        """For each segment, the sum from `before` segments before it to `after` after it."""
        at = np.arange(self._n)
        return self.between(np.maximum(at - before, 0), np.minimum(at + after, self._n - 1))


def shifted(values: Column, by: int, fill: float = -1.0) -> Column:
    """The values of a column, or of each row of several, `by` segments further on; `fill` where the page ends.

    >>> shifted(np.array([1, 2, 3], np.float32), 1).tolist()
    [2.0, 3.0, -1.0]
    """
    result = np.full(values.shape, fill, np.float32)
    n = values.shape[-1]
    if 0 < by < n:
        result[..., :-by] = values[..., by:]
    elif 0 < -by < n:
        result[..., -by:] = values[..., :by]
    return result
