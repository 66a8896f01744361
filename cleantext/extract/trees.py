"""Boosted oblivious decision trees, evaluated with numpy.

In an oblivious tree all nodes of a level ask the same question, so that a tree of depth d is d comparisons and a table of 2^d
values (Kohavi 1994; Prokhorenkova et al., CatBoost, 2018): whole pages are judged by a few operations on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

CHUNK: Final = 1_024
"""So many columns are judged at a time, which bounds the memory of a page of any size."""


@dataclass(frozen=True, slots=True)
class Trees:
    """`feature` and `border` have the shape (trees, depth), `leaves` (trees, 2^depth): the value of a leaf is added to `bias`.

    Bit d of the leaf's number is whether feature d of the tree exceeds its border.
    """

    feature: NDArray[np.int16]
    border: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float

    def scores(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """For `values` of the shape (features, n) the n log-odds."""
        scores = np.empty(values.shape[1], np.float32)
        for start in range(0, len(scores), CHUNK):
            scores[start : start + CHUNK] = self._scores(values[:, start : start + CHUNK])
        return scores

    def _scores(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        trees, depth = self.feature.shape
        exceeds = values[self.feature.ravel()] > self.border.reshape(-1, 1)
        bits = exceeds.view(np.uint8).reshape(trees, depth, -1)
        leaf = bits[:, -1].astype(np.uint16)  # small numbers: most of the time goes into moving them
        for level in reversed(range(depth - 1)):
            leaf <<= 1
            leaf |= bits[:, level]
        found = self.leaves.ravel().take((np.arange(trees, dtype=np.int32) << depth)[:, None] + leaf)
        return np.asarray(found.sum(0, dtype=np.float32) + np.float32(self.bias))
