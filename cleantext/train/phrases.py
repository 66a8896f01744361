"""Learning phrases: a logistic regression over words and their runs that several publishers have, pruned to the weightiest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import normalize

from cleantext.detect.phrases import Phrase, Phrases, phrases_of
from cleantext.document import ARTICLE_LABELS, Label

MOST: Final = 20_000
"""Phrases that are kept."""
LINES: Final = 3
PUBLISHERS: Final = 2
"""Lines and publishers that a phrase was met in, at least: one publisher's wording is for its site rules."""
LEAST: Final = 0.05
"""Lighter phrases are left out."""
ALPHA: Final = 2e-6
LANGUAGE_SHARE: Final = 0.2
"""A phrase is listed under the languages that have this share of its lines."""


class Line(NamedTuple):
    """A line, what it is, whose it is, and its weight in the fit."""

    text: str
    label: Label
    publisher: str
    language: str
    weight: float


def learn_phrases(lines: Sequence[Line], features: Callable[[str], list[str]] = phrases_of, alpha: float = ALPHA) -> Phrases:
    """Phrases from labelled lines; `features` gives those of a line, `alpha` says how much large weights cost."""
    vectorizer = CountVectorizer(analyzer=features, binary=True, min_df=LINES)
    met = vectorizer.fit_transform([line.text for line in lines]).tocsr()
    names = np.array(vectorizer.get_feature_names_out())
    shared = np.flatnonzero(_publishers(met, lines) >= PUBLISHERS)
    met, names = met[:, shared], names[shared]
    first = _fitted(met, lines, alpha).coef_[0]
    heaviest = np.argsort(-np.abs(first), kind="stable")[:MOST]
    met, names = met[:, heaviest], names[heaviest]
    model = _fitted(met, lines, alpha)
    labels, languages = _met_in(met, lines)
    weights = {
        str(name): Phrase(round(float(weight), 2), labels[i] if weight > 0 else Label.BODY, languages[i])
        for i, (name, weight) in enumerate(zip(names, model.coef_[0], strict=True))
        if abs(weight) >= LEAST
    }
    return Phrases(weights, round(float(model.intercept_[0]), 3))


def _fitted(met: csr_matrix, lines: Sequence[Line], alpha: float) -> SGDClassifier:
    model = SGDClassifier(loss="log_loss", alpha=alpha, max_iter=12, tol=None, random_state=0)
    unwanted = np.array([line.label not in ARTICLE_LABELS for line in lines])
    return model.fit(normalize(met.astype(np.float32)), unwanted, sample_weight=np.array([line.weight for line in lines]))


def _publishers(met: csr_matrix, lines: Sequence[Line]) -> np.ndarray:
    """The number of publishers that have each phrase."""
    number = {name: i for i, name in enumerate(sorted({line.publisher for line in lines}))}
    rows = [number[line.publisher] for line in lines]
    of = csr_matrix((np.ones(len(rows), np.int32), (rows, np.arange(len(rows)))), shape=(len(number), len(rows)))
    return np.asarray(((of @ met) > 0).sum(0)).ravel()


def _met_in(met: csr_matrix, lines: Sequence[Line]) -> tuple[list[Label], list[tuple[str, ...]]]:
    """For each phrase the label that most of its unwanted lines have, and the languages of its lines."""
    labels: defaultdict[int, Counter[Label]] = defaultdict(Counter)
    languages: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for line, start, end in zip(lines, met.indptr, met.indptr[1:], strict=False):
        for phrase in met.indices[start:end].tolist():
            languages[phrase][line.language or "und"] += 1
            if line.label not in ARTICLE_LABELS:
                labels[phrase][line.label] += 1
    count = met.shape[1]
    return [_most(labels[i]) for i in range(count)], [_often(languages[i]) for i in range(count)]


def _most(labels: Counter[Label]) -> Label:
    known = {label: count for label, count in labels.items() if label is not Label.OTHER} or labels
    return max(known, key=lambda label: (known[label], label)) if known else Label.OTHER


def _often(languages: Counter[str]) -> tuple[str, ...]:
    total = languages.total()
    return tuple(sorted(name for name, count in languages.items() if count >= LANGUAGE_SHARE * total))
