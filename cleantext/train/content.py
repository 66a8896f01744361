"""Learning main content: from pages with gold text to a content model, with honest scores on the way.

All that is learned in stages is cross-fitted: what the trees are shown of a page (scores of words, kind of page) comes from models that
have not seen its site, as it will be for pages that nobody has seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.evidence import Evidence
from cleantext.extract.features.matrix import Described, describe, matrix
from cleantext.extract.features.page import read_page
from cleantext.extract.kinds import KindModel, page_numbers, page_words
from cleantext.extract.model import ContentModel
from cleantext.extract.trees import Trees
from cleantext.ingest.decode import decode
from cleantext.learned.network import Network
from cleantext.segment.html import segment_html
from cleantext.train.boost import Boosting, fit_trees
from cleantext.train.collection import Example, fold_of
from cleantext.train.evidence import Counts, count, learn, page_means
from cleantext.train.kinds import learn_kinds
from cleantext.train.labels import label_segments
from cleantext.train.network import Learning, fit_network

NO_EVIDENCE: Final = Evidence({}, {}, {})
ALSO_WORDLESS: Final = 2
"""So many pages of four are shown twice, the second time without words."""

SIZE_WEIGHT: Final = 0.7
"""A segment weighs as its words to this power, by its page's words to this power: pages count alike, as in the mean F1 over pages."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What training needs of a page."""

    example: Example
    fold: int
    described: Described
    labels: NDArray[np.float32]
    numbers: NDArray[np.float32]
    words: frozenset[str]

    @property
    def kind(self) -> str:
        """The kind of page; a collection that does not say it is one of articles."""
        return self.example.kind or "article"

    @property
    def weights(self) -> NDArray[np.float32]:
        """The weights of the segments."""
        words = np.maximum(self.described.measures.words, 1)
        return np.asarray(words**SIZE_WEIGHT / words.sum() ** SIZE_WEIGHT, np.float32)


def read_sheets(examples: Iterable[Example], folds: int) -> list[Sheet]:
    """Segment, describe and label all pages; those that can't be parsed, or have no text, are left out."""
    sheets = []
    for example in examples:
        page = segment_html(decode(example.source, None).text)
        if page.limits or not page.segments:
            continue
        described = describe(read_page(page.segments, page.head))
        sheets.append(
            Sheet(
                example,
                fold_of(example.site, folds),
                described,
                label_segments(page.segments, example.gold),
                page_numbers(described),
                frozenset(page_words(described)),
            )
        )
    return sheets


def count_evidence(sheets: Sequence[Sheet], folds: int) -> Counts:
    """What `learn` learns from, for all folds."""
    means = (page_means(sheet.described.page, sheet.labels, sheet.described.measures.words) for sheet in sheets)
    return count(means, [sheet.fold for sheet in sheets], folds)


@dataclass(frozen=True, slots=True)
class Table:
    """What models are fitted to: `values` of the shape (segments, features), with the features' names; `sizes` are the numbers of segments
    of the pages that stand there one after another.
    """

    names: tuple[str, ...]
    values: NDArray[np.float32]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]
    words: NDArray[np.float32]
    sizes: tuple[int, ...]

    def trees(self, settings: Boosting, without: tuple[str, ...] = ()) -> Trees:
        """Trees that don't ask for features whose names begin with one of `without`."""
        used = [number for number, name in enumerate(self.names) if not (without and name.startswith(without))]
        return fit_trees(self.values, self.labels, self.weights, used, settings)

    def network(self, settings: Learning, without: tuple[str, ...] = ()) -> Network:
        """A network that doesn't know the features whose names begin with one of `without`."""
        known = np.array([not (without and name.startswith(without)) for name in self.names], np.float32)
        return fit_network(self.values * known, self.labels, self.words, self.sizes, settings)


@dataclass(frozen=True, slots=True)
class Settings:
    """How trees and network are fitted."""

    trees: Boosting = Boosting()
    network: Learning = Learning()


def assemble(sheets: Sequence[Sheet], counts: Counts, left_out: frozenset[int] = frozenset()) -> Table:
    """The features of all pages but those of the folds left out, each page's by what the other folds teach.

    Most training pages are English; so half of the pages stand there once more as if nothing were known of their words, or of
    these and of their class names: that is how a page in a language that training lacks looks.
    """
    included = sorted((sheet for sheet in sheets if sheet.fold not in left_out), key=lambda sheet: sheet.fold)
    names: tuple[str, ...] = ()
    parts, labels, weights, words = [], [], [], []
    for fold, pages in groupby(included, key=lambda sheet: sheet.fold):
        evidence, kinds = learn_stages(included, counts, left_out | {fold})
        wordless = Evidence(evidence.names, {}, {})
        for sheet in pages:
            views = [(evidence, True)]
            if (chance := crc32(sheet.example.id.encode()) % 4) < ALSO_WORDLESS:
                views.append((wordless if chance else NO_EVIDENCE, False))
            for known, spoken in views:
                names, values = matrix(sheet.described, kinds.probabilities(sheet.described, words=spoken), known)
                parts.append(values.T)
                labels.append(sheet.labels)
                weights.append(sheet.weights)
                words.append(sheet.described.measures.words)
    sizes = tuple(len(page) for page in labels)
    return Table(names, np.concatenate(parts), np.concatenate(labels), np.concatenate(weights), np.concatenate(words), sizes)


def fit(
    sheets: Sequence[Sheet],
    counts: Counts,
    settings: Settings,
    *,
    left_out: frozenset[int] = frozenset(),
    without: tuple[str, ...] = (),
) -> ContentModel:
    """A model from all pages but those of the folds left out; `without` names groups of features not to use."""
    table = assemble(sheets, counts, left_out)
    trees, network = table.trees(settings.trees, without), table.network(settings.network, without)
    return ContentModel(table.names, trees, network, *learn_stages(sheets, counts, left_out))


def learn_stages(sheets: Sequence[Sheet], counts: Counts, left_out: frozenset[int]) -> tuple[Evidence, KindModel]:
    """What comes before the trees: the scores of words, and the kinds of pages."""
    known = [sheet for sheet in sheets if sheet.fold not in left_out]
    twice = [*known, *known]  # with their words and without
    words = [*(sheet.words for sheet in known), *([frozenset[str]()] * len(known))]
    kinds = learn_kinds(np.stack([sheet.numbers for sheet in twice]), words, [sheet.kind for sheet in twice])
    return learn(counts, left_out), kinds
