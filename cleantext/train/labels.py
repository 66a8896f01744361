"""Labels from gold: the share of each segment's words that stand in a page's main content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.align import matched, words_of
from cleantext.segment.segment import Segment

ENOUGH: Final = 0.95
"""If visible text explains so much of the gold, hidden text is not asked."""


def label_segments(segments: Sequence[Segment], gold: str) -> NDArray[np.float32]:
    """For each segment the share of its words in the gold text, in [0, 1], by one alignment of both word sequences.

    The gold is sought in visible text first; what is not found there (a text behind a soft wall, the panel of a tab) in hidden text.
    """
    theirs = words_of(gold)
    words = [words_of(segment.text) for segment in segments]
    hidden = [bool(segment.markup and segment.markup.hidden) for segment in segments]
    visible = [[] if hide else own for own, hide in zip(words, hidden, strict=True)]
    labels = _shares(visible, theirs)
    if any(hidden):
        found = matched(theirs, [word for own in visible for word in own])
        missing = [word for word, flag in zip(theirs, found, strict=True) if not flag]
        if len(missing) > (1 - ENOUGH) * len(theirs):
            concealed = [own if hide else [] for own, hide in zip(words, hidden, strict=True)]
            labels = np.where(hidden, _shares(concealed, missing), labels)
    return labels


def _shares(words: Sequence[Sequence[str]], theirs: list[str]) -> NDArray[np.float32]:
    flags = matched([word for own in words for word in own], theirs)
    shares = np.zeros(len(words), np.float32)
    at = 0
    for i, own in enumerate(words):
        shares[i] = sum(flags[at : at + len(own)]) / max(len(own), 1)
        at += len(own)
    return shares
