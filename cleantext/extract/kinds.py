"""What kind of page it is: an article, documentation, a forum's thread, a product, a list of links.

A linear model over the page's own features, the means of its segments' features, and the words that occur in it and in its
class and id attributes. The kinds are those of WCXB (Foley, 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.errors import ModelError
from cleantext.extract.features.matrix import Described
from cleantext.learned.algebra import weighted
from cleantext.segment.frames import split_names

KINDS: Final = ("article", "documentation", "service", "forum", "product", "listing", "collection")

MENU_TEXT: Final = 8
"""Words of texts up to so many words are read: buttons, labels and menus tell the kind of a page."""

_EXTREME = 4.0


@dataclass(frozen=True, slots=True)
class KindModel:
    """`mean`, `scale` and `dense` (features, kinds) for the numbers of a page; `words` (a row each, by `vocabulary`) for its words."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    dense: NDArray[np.float32]
    vocabulary: Mapping[str, int]
    words: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def probabilities(self, described: Described, *, words: bool = True) -> dict[str, float]:
        """The probability of each kind; on request by the page's numbers alone."""
        numbers = page_numbers(described)
        if len(numbers) != len(self.mean):
            raise ModelError("the content model was trained on other features than this version computes: train it again")
        known = self.vocabulary.keys() & page_words(described) if words else ()
        rows = sorted([self.vocabulary[word] for word in known])  # in one order, as sums depend on it
        scores = standardised(numbers, self.mean, self.scale) @ self.dense + self.words[rows].sum(0) + self.intercept
        exponentials = np.exp(scores - scores.max())
        return dict(zip(KINDS, (exponentials / exponentials.sum()).tolist(), strict=True))


def page_numbers(described: Described) -> NDArray[np.float32]:
    """The page's features, and the means of its segments' features: over segments, and weighted by words."""
    values, weights = described.values, described.measures.words + 0.5
    means = (values.mean(1), weighted(values, weights) / weights.sum())
    return np.asarray(np.concatenate([list(described.whole.values()), *means]), np.float32)


def standardised(numbers: NDArray[np.float32], mean: NDArray[np.float32], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    """Numbers in units of their spread, extremes cut off."""
    return np.asarray(np.clip((numbers - mean) / scale, -_EXTREME, _EXTREME), np.float32)


def page_words(described: Described) -> set[str]:
    """The words of short texts, and those of class and id attributes with a dot before them."""
    short = [words for words in described.page.words if len(words) <= MENU_TEXT]
    names = set().union(*map(split_names, described.page.names))
    return set().union(*short, [f".{word}" for word in names])
