"""Learned evidence: what the words of a segment, and of the class and id attributes around it, say on other pages.

Each word has a score: the log-odds of main content where it occurs, against the log-odds over all (`cleantext.train.evidence`
learns them). A segment is described by sums, extremes and means of the scores of its words and of its elements' names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.measures import Measures, Sums, shifted
from cleantext.extract.features.page import Page
from cleantext.learned.characters import Column
from cleantext.segment.frames import split_names

SHORT_TEXT: Final = 6
"""Texts of so many words have scores of their own for their words."""

WHOLE_TEXT: Final = 5
"""Texts of so many words have a score as a whole."""

FADING: Final = 0.7
"""In `fading`, an element's names count so much less for each element between it and the segment."""

_OTHERS: Final = 0.3

Starts = NDArray[np.int64]


class Scores:
    """The scores of words, of one or several kinds, as arrays."""

    def __init__(self, scores: Mapping[str, tuple[float, ...]], kinds: int) -> None:
        self._rows = {word: row for row, word in enumerate(scores, 1)}
        self._scores = np.zeros((kinds, len(scores) + 1), np.float32)  # the first column is that of all other words
        if scores:
            self._scores[:, 1:] = np.array(list(scores.values()), np.float32).T

    def of(self, texts: Sequence[Sequence[str]]) -> tuple[NDArray[np.float32], Starts]:
        """The scores of all words of all texts, one after the other, 0 for those without one and at the end; where the texts start.

        There is a start more than there are texts: that of the 0 at the end.
        """
        starts = [0, *accumulate(map(len, texts))]
        words = chain.from_iterable([*texts, ("",)])
        rows = np.fromiter(map(self._rows.get, words, repeat(0)), np.int32, starts[-1] + 1)
        return self._scores.take(rows, axis=1), np.array(starts)


@dataclass(frozen=True)
class Evidence:
    """Scores by word.

    `names` are words of class and id attributes, with three scores: on the segment's own element, on the two around it, anywhere above.
    `words` are words of segments, with two: in any, and in one of few words. `phrases` are whole short texts (`=read more`) and first
    words (`^sign up`), with one.
    """

    names: Mapping[str, tuple[float, float, float]]
    words: Mapping[str, tuple[float, float]]
    phrases: Mapping[str, float]

    @cached_property
    def name_scores(self) -> Scores:
        """Those of `names`."""
        return Scores(self.names, 3)

    @cached_property
    def word_scores(self) -> Scores:
        """Those of `words`."""
        return Scores(self.words, 2)


def phrases(words: Sequence[str]) -> list[str]:
    """The keys of a text among `Evidence.phrases`.

    >>> phrases(["read", "0", "comments"]), phrases(["share"])
    (['=read 0 comments', '^read 0'], ['=share'])
    """
    found = [f"={' '.join(words)}"] if 0 < len(words) <= WHOLE_TEXT else []
    return [*found, f"^{words[0]} {words[1]}"] if len(words) > 1 else found


def evidence_features(page: Page, measures: Measures, evidence: Evidence) -> dict[str, Column]:
    """What is known of the words of all segments and of the names around them."""
    names = _name_features(page, measures, evidence)
    texts = _text_features(page, evidence)
    text = texts["words.mean"] + texts["words.short"]
    name = names["names.sum"]
    sums = Sums(np.stack([np.ones(page.n), text, name]))
    found = names | texts
    for size in (3, 10):
        count, texts_around, names_around = sums.window(size, size)
        found[f"words.{size}"] = texts_around / count
        found[f"names.{size}"] = names_around / count
    said = texts["words.mean"] + texts["words.whole"]
    both = np.stack([said, name])
    for by in (-2, -1, 1, 2):
        found[f"words.{by:+}"], found[f"names.{by:+}"] = shifted(both, by, 0.0)
    container = page.above[page.holder]
    total, counts = np.bincount(container, text), np.bincount(container)
    found["words.siblings"] = (total / np.maximum(counts, 1))[container]
    heading = np.maximum.accumulate(np.where(measures.heading > 0, np.arange(page.n), -1))
    found["words.heading"] = np.where(heading >= 0, said[np.maximum(heading, 0)], 0)
    return found


def _name_features(page: Page, measures: Measures, evidence: Evidence) -> dict[str, Column]:
    own, near, path = _element_scores(page, evidence)
    total, least, most, fading = (np.array(scores, np.float32) for scores in _down(path.tolist(), page.parent.tolist()))
    up1 = page.above[page.holder]
    up2 = page.above[up1]
    up3 = page.above[up2]
    found = {
        "names.own": own[page.holder],
        "names.inline": own[page.element],
        "names.up1": near[up1],
        "names.up2": near[up2],
        "names.up3": path[up3],
        "names.sum": total[page.holder],
        "names.least": least[page.holder],
        "names.most": most[page.holder],
        "names.fading": fading[page.holder],
    }
    found["names.against_page"] = found["names.sum"] - np.average(found["names.sum"], weights=np.maximum(measures.words, 0.1))
    return found


def _element_scores(page: Page, evidence: Evidence) -> NDArray[np.float32]:
    """For each element the scores of its names: on the segment's own element, near it, anywhere above.

    The score of several words is the strongest, and a part of the sum.
    """
    scores, starts = evidence.name_scores.of([sorted(split_names(names)) for names in page.names])
    total, least, most = _reduced(scores, starts)
    combined = np.where(most >= -least, most, least) + np.float32(_OTHERS) * total
    return np.asarray(combined[:, page.name])


def _reduced(scores: NDArray[np.float32], starts: Starts) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """For each text the sum, the least and the most of its words' scores."""
    some = starts[1:] > starts[:-1]
    total, least, most = (
        np.where(some, reduce.reduceat(scores, starts[:-1], axis=1), 0) for reduce in (np.add, np.minimum, np.maximum)
    )
    return total, least, most


def _down(path: list[float], parents: list[int]) -> tuple[list[float], ...]:
    """Sum, least, most and fading sum of the scores from the root to each element."""
    total, least, most, fading = path[:], path[:], path[:], path[:]
    for number, (score, mother) in enumerate(zip(path, parents, strict=True)):
        if mother >= 0:
            total[number] = score + total[mother]
            fading[number] = score + FADING * fading[mother]
            if least[mother] < score:
                least[number] = least[mother]
            if most[mother] > score:
                most[number] = most[mother]
    return total, least, most, fading


def _text_features(page: Page, evidence: Evidence) -> dict[str, Column]:
    """Means and extremes of the scores of each segment's words; those without a score count as 0 in the extremes only."""
    scores, starts = evidence.word_scores.of(page.words)
    total, least, most = _reduced(scores, starts)
    known = Sums(scores[0] != 0).between(starts[:-1], starts[1:] - 1)
    sizes = np.diff(starts)
    filled = np.maximum(sizes, 1)
    single = evidence.phrases
    whole = [single.get(f"={' '.join(words)}", 0.0) if len(words) <= WHOLE_TEXT else 0.0 for words in page.words]
    first = [single.get(f"^{words[0]} {words[1]}", 0.0) if len(words) > 1 else 0.0 for words in page.words]
    return {
        "words.mean": total[0] / np.maximum(known, 1),
        "words.least": least[0],
        "words.most": most[0],
        "words.sum": total[0],
        "words.known": known / filled,
        "words.short": np.where(sizes <= SHORT_TEXT, total[1] / filled, 0),
        "words.whole": np.array(whole, np.float32),
        "words.first": np.array(first, np.float32),
    }
