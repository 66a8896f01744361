"""A small network that reads a page's segments in their order, evaluated with numpy.

Residual convolutions with growing gaps (dilation; Yu and Koltun 2016) let each segment see some thirty to either side, and the mean over the
page: runs of main content are judged as runs, where trees judge each segment by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.learned.algebra import Matrix, product, weighted

EXTREME: Final = 6.0
"""Standardised features end here."""

POOLING: Final = 0.7
"""In the mean over the page a segment weighs as its words to this power."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """What is done to features before anything else; each array has one value for each feature.

    A feature is cut to [low, high]; where `long_tailed`, its logarithm is taken; then it is measured in units of its spread.
    """

    low: Matrix
    high: Matrix
    long_tailed: NDArray[np.bool_]
    mean: Matrix
    spread: Matrix

    def __call__(self, rows: Matrix) -> Matrix:
        """Rows of features, scaled."""
        return np.asarray(np.clip((self.tailed(rows) - self.mean) / self.spread, -EXTREME, EXTREME), np.float32)

    def tailed(self, rows: Matrix) -> Matrix:
        """Rows of features, cut, with logarithms."""
        cut = np.clip(rows, self.low, self.high)
        tailed = cut[:, self.long_tailed]
        cut[:, self.long_tailed] = np.copysign(np.log1p(np.abs(tailed)), tailed)
        return cut


@dataclass(frozen=True, slots=True)
class Layer:
    """Of the shapes (inputs, outputs) and (outputs,)."""

    weights: Matrix
    bias: Matrix

    def __call__(self, rows: Matrix) -> Matrix:
        """The layer's linear part."""
        return product(rows, self.weights) + self.bias


@dataclass(frozen=True, slots=True)
class Convolution:
    """`seen` reads a segment and those `gap` before and behind it, `added` is what becomes of that."""

    gap: int
    seen: Layer
    added: Matrix

    def __call__(self, hidden: Matrix) -> Matrix:
        """What is to be added to the hidden values."""
        rows = normalised(hidden)
        seen = self.seen(np.concatenate((_shifted(rows, self.gap), rows, _shifted(rows, -self.gap)), 1))
        return product(active(seen), self.added)


@dataclass(frozen=True, slots=True)
class Network:
    """Features -> entry -> convolutions -> (convolved, entry, mean of the page) -> joined -> score."""

    scaling: Scaling
    entry: Layer
    convolutions: tuple[Convolution, ...]
    joined: Layer
    final: Layer

    def scores(self, values: Matrix, words: Matrix) -> Matrix:
        """The log-odds of n segments, from `values` of the shape (features, n) and the segments' numbers of words."""
        first = hidden = active(self.entry(self.scaling(values.T)))
        for convolution in self.convolutions:
            hidden = hidden + convolution(hidden)
        weights = (np.maximum(words, 1) ** POOLING).astype(np.float32)
        page = normalised((weighted(hidden.T, weights) / weights.sum())[None])
        rows = np.concatenate((normalised(hidden), normalised(first), np.broadcast_to(page, hidden.shape)), 1)
        return np.asarray(self.final(active(self.joined(rows)))[:, 0])


def active(values: Matrix) -> Matrix:
    """The rectifier."""
    return np.maximum(values, 0)


def normalised(rows: Matrix) -> Matrix:
    """Each row with mean 0 and variance 1 (layer normalisation)."""
    centred = rows - rows.mean(1, keepdims=True)
    return np.asarray(centred / np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / rows.shape[1] + np.float32(1e-5)))


def _shifted(rows: Matrix, by: int) -> Matrix:
    """The rows moved down (or up) by so many, with zeros where none come from."""
    moved = np.zeros_like(rows)
    if by > 0:
        moved[by:] = rows[:-by]
    else:
        moved[:by] = rows[-by:]
    return moved
