"""Scores of words: how often is what they stand in main content?

For each page and word the mean label of the segments that the word describes, so that a page counts once however often it says
"Reply"; over pages these means are added up. Sums can be subtracted again, which leaves a site out without counting anew.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.evidence import SHORT_TEXT, Evidence, phrases
from cleantext.extract.features.page import Page
from cleantext.segment.frames import split_names

FEWEST: Final = 4
"""A word must occur on so many pages."""

CAUTION: Final = 4.0
"""A word's mean is drawn to the mean of all as if so many pages more had shown that."""

MEAN: Final = 0.45
"""The share of main content in which words stand, roughly; the score of such a share is 0."""

FAINT: Final = 0.1
"""Scores nearer to 0 are left out of the file."""

NAME_TABLES: Final = ("own", "near", "path")
WORD_TABLES: Final = ("word", "short")
_HEAVIEST = 60  # a segment weighs as many words as it has, up to this, in the mean of a name

Key = tuple[str, str]
Counts = dict[Key, NDArray[np.float64]]


def page_means(page: Page, labels: NDArray[np.float32], words: NDArray[np.float32]) -> dict[Key, float]:
    """By table and word, the mean label of the segments on a page that the word describes."""
    sums: defaultdict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for i, label in enumerate(labels.tolist()):
        weight = min(max(float(words[i]), 1.0), _HEAVIEST)
        for key in _name_keys(page, i):
            sums[key][0] += weight * label
            sums[key][1] += weight
        markup = page.segments[i].markup
        if markup is None or not markup.hidden:
            for key in _text_keys(page.words[i]):
                sums[key][0] += label
                sums[key][1] += 1
    return {key: total / count for key, (total, count) in sums.items()}


def _name_keys(page: Page, i: int) -> set[Key]:
    """Names of the holder and of what is inside it, of the two elements above it, and of all: as the features read them."""
    keys: set[Key] = set()
    element, holder = int(page.element[i]), int(page.holder[i])
    above = {int(page.above[holder])}
    above |= {int(page.above[number]) for number in above}
    while element >= 0:
        for word in split_names(page.frames[element].names):
            keys.add(("path", word))
            if element >= holder:
                keys.add(("own", word))
            elif element in above:
                keys.add(("near", word))
        element = int(page.parent[element])
    return keys


def _text_keys(words: list[str]) -> set[Key]:
    keys = {("phrase", phrase) for phrase in phrases(words)}
    keys |= {("word", word) for word in words}
    return keys | {("short", word) for word in words} if len(words) <= SHORT_TEXT else keys


def count(means: Iterable[Mapping[Key, float]], folds: Iterable[int], number: int) -> Counts:
    """By key and fold, the sum of the pages' means and the number of pages: arrays of the shape (folds, 2)."""
    counts: Counts = {}
    for page, fold in zip(means, folds, strict=True):
        for key, mean in page.items():
            if key not in counts:
                counts[key] = np.zeros((number, 2))
            counts[key][fold] += mean, 1
    return {key: sums for key, sums in counts.items() if sums[:, 1].sum() >= FEWEST}


def learn(counts: Counts, without: frozenset[int] = frozenset()) -> Evidence:
    """The scores that all folds show together, but for those left out."""
    tables: dict[str, dict[str, float]] = {name: {} for name in (*NAME_TABLES, *WORD_TABLES, "phrase")}
    for (table, word), sums in counts.items():
        total, pages = sums.sum(0) - sum((sums[fold] for fold in without), np.zeros(2))
        if pages < FEWEST - bool(without):
            continue
        share = (total + CAUTION * MEAN) / (pages + CAUTION)
        score = math.log(share / (1 - share)) - math.log(MEAN / (1 - MEAN))
        if abs(score) >= FAINT:
            tables[table][word] = round(score, 3)
    return Evidence(_joined(tables, NAME_TABLES), _joined(tables, WORD_TABLES), tables["phrase"])


def _joined(tables: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> dict[str, Any]:
    """Several scores for each word, 0 where a table has none."""
    words = sorted(set().union(*(tables[name] for name in names)))
    return {word: tuple(tables[name].get(word, 0.0) for name in names) for word in words}
