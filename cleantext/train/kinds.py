"""Learning the kinds of pages: a linear model on numbers and words of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cleantext.extract.kinds import KINDS, KindModel, standardised

FEWEST: Final = 12
"""A word must occur on so many pages."""

STRENGTH: Final = 0.3
"""How much a number or a word can say, against the regularisation."""

REGULARISATION: Final = 0.03

UNSEEN: Final = -20
"""The log-odds of a kind of which there was no page."""


def learn_kinds(numbers: NDArray[np.float32], words: Sequence[frozenset[str]], kinds: Sequence[str]) -> KindModel:
    """A model from the numbers (pages, features) and words of pages of known kinds."""
    mean, scale = numbers.mean(0), numbers.std(0)
    scale = np.where(scale > 0, scale, 1).astype(np.float32)
    common = Counter(word for page in words for word in page)
    vocabulary = {word: row for row, word in enumerate(sorted(word for word, pages in common.items() if pages >= FEWEST))}
    dense = STRENGTH * standardised(numbers, mean, scale)
    data = sparse.hstack([sparse.csr_matrix(dense), STRENGTH * _occurrences(words, vocabulary)]).tocsr()
    present = sorted({KINDS.index(kind) for kind in kinds})
    weights = np.zeros((data.shape[1], len(KINDS)), np.float32)
    intercept = np.full(len(KINDS), UNSEEN, np.float32)
    intercept[present] = 0
    if len(present) > 1:  # of a single kind there is nothing to learn
        fitted = LogisticRegression(C=REGULARISATION, max_iter=500).fit(data, [KINDS.index(kind) for kind in kinds])
        told = present if len(present) > 2 else present[1:]  # of two kinds the odds of the second
        weights[:, told] = STRENGTH * fitted.coef_.T
        intercept[told] = fitted.intercept_
    split = numbers.shape[1]
    return KindModel(mean, scale, weights[:split], vocabulary, weights[split:], intercept)


def _occurrences(words: Sequence[frozenset[str]], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    rows = [[vocabulary[word] for word in sorted(page) if word in vocabulary] for page in words]
    ends = np.cumsum([0, *map(len, rows)])
    return sparse.csr_matrix(
        (np.ones(ends[-1], np.float32), np.concatenate(rows).astype(int), ends), (len(rows), len(vocabulary))
    )
