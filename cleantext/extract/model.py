"""The content model: how probable is it that a segment is main content, and where to cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.errors import ModelError
from cleantext.extract.features.evidence import Evidence
from cleantext.extract.features.matrix import describe, matrix
from cleantext.extract.features.page import read_page
from cleantext.extract.kinds import KINDS, KindModel
from cleantext.extract.trees import Trees
from cleantext.learned.network import Network
from cleantext.segment.segment import Head, Segment

STRETCH: Final = 20_000
"""Longer pages are judged in stretches of so many segments."""

LEAST_CUT: Final = 0.15
"""What is less probable is never taken: expected F1 trusts low probabilities too much."""

PROSE: Final = ("article", "forum")
"""Kinds of page on which most of what is doubtful is not main content: probabilities are sharpened for them before the cut is chosen."""

CLEAR: Final = 0.5
"""A kind of page with this probability is clear."""

NOTHING: Final = 0.35
FEW_WORDS: Final = 60
"""A page without a segment of this probability, and with so few words of main content to be expected, has none: scripts would fill it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities of main content by segment; from `cut` on a segment is taken. `kinds` are the probabilities of the page's kinds.

    `expected_f1` is the F1 (by words) that the probabilities themselves promise for this cut.
    """

    probabilities: tuple[float, ...]
    cut: float
    expected_f1: float
    kinds: dict[str, float]

    @property
    def kind(self) -> str:
        """The most probable kind of page."""
        return max(self.kinds, key=self.kinds.__getitem__)

    @property
    def is_clear(self) -> bool:
        """Is it clear what kind of page this is?"""
        return self.kinds[self.kind] >= CLEAR


@dataclass(frozen=True, slots=True)
class ContentModel:
    """Trees and a network over all features, among them the evidence of words and the kind of page; their log-odds are averaged."""

    features: tuple[str, ...]
    trees: Trees
    network: Network
    evidence: Evidence
    kinds: KindModel

    def judge(self, segments: Sequence[Segment], head: Head | None) -> Judgement:
        """A judgement on the segments of one page."""
        parts = [self._probabilities(segments[at : at + STRETCH], head) for at in range(0, len(segments), STRETCH)]
        if not parts:
            return Judgement((), 1.0, 0.0, dict.fromkeys(KINDS, 1 / len(KINDS)))
        probabilities = np.concatenate([part[0] for part in parts])
        words = np.concatenate([part[1] for part in parts])
        kinds = parts[0][2]
        cut, expected = best_cut(probabilities, words, sharpness(kinds))
        return Judgement(tuple(probabilities.tolist()), cut, expected, kinds)

    def _probabilities(
        self, segments: Sequence[Segment], head: Head | None
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], dict[str, float]]:
        described = describe(read_page(segments, head))
        kinds = self.kinds.probabilities(described)
        names, values = matrix(described, kinds, self.evidence)
        if names != self.features:
            raise ModelError("the content model was trained on other features than this version computes: train it again")
        words = described.measures.words
        odds = self.trees.scores(values) + self.network.scores(values, words)
        return probabilities_of(odds / np.float32(2)), words, kinds


def probabilities_of(odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


def sharpness(kinds: Mapping[str, float]) -> float:
    """The power of probabilities that the cut is chosen by: 1 on pages that are surely lists or shops, 2 on those that are surely prose."""
    return 1 + sum(kinds[kind] for kind in PROSE)


def best_cut(probabilities: NDArray[np.float32], words: NDArray[np.float32], power: float = 1.0) -> tuple[float, float]:
    """The cut with the best expected F1 by words, and that F1; a cut of 1 if there is nothing to take.

    With probabilities p and words w, taking a set S is expected to give F1 = 2 sum_S(p w) / (sum_S(w) + sum(p w)): the best S of each
    size holds the most probable (Lewis 1995; Ye et al. 2012). Here p is the probability to a power.

    >>> cut, f1 = best_cut(np.array([0.9, 0.8, 0.05], np.float32), np.array([50, 30, 20], np.float32))
    >>> round(cut, 2), round(f1, 2)
    (0.8, 0.92)
    """
    if probabilities.max(initial=0) < NOTHING and float(probabilities @ words) < FEW_WORDS:
        return 1.0, 0.0
    order = np.argsort(-probabilities, kind="stable")
    ranked, weights = probabilities[order], words[order]
    right = np.cumsum(ranked**power * weights, dtype=np.float64)
    expected = 2 * right / (np.cumsum(weights, dtype=np.float64) + right[-1] + 1e-9)
    cut = max(float(ranked[np.argmax(expected)]), LEAST_CUT)
    taken = int(np.searchsorted(-ranked, -cut, side="right"))
    return cut, float(expected[taken - 1]) if taken else 0.0
