"""The collections' own metrics. A document gives each figure a part and a whole; a figure is the sum of parts over that of wholes.

A mean over documents is such a figure too: its whole is 1 each time. So all figures can be resampled in one way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from cleantext.document import ARTICLE_LABELS, Label
from cleantext.evaluate.benchmark.truth import Content, Lines, Snippets, Truth
from cleantext.evaluate.lines import CORE, kept_lines

WORD: Final = re.compile(r"\w+")
SPACE: Final = re.compile(r"\s+")
SHINGLE: Final = 4
"""Words in a shingle."""
LABEL: Final = "label."
"""Figures that begin so are shown by the label, not as columns: the share of its lines that were removed."""

Share = tuple[float, float]
Shares = dict[str, Share]


@dataclass(frozen=True, slots=True)
class Figure:
    """A column. `of`, if given: it is the harmonic mean of two other figures. `less` is better for some."""

    key: str
    title: str
    less: bool = False
    of: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """How outputs are judged: the first figure is the one by which systems are ordered and compared."""

    name: str
    meaning: str
    figures: tuple[Figure, ...]
    judge: Callable[[Truth, str], Shares]

    @property
    def first(self) -> Figure:
        """The figure that stands for the metric."""
        return self.figures[0]


def figures(metric: Metric, shares: Iterable[Mapping[str, Share]]) -> dict[str, float | None]:
    """The figures of all documents together; None where there is nothing to divide by.

    >>> round(figures(WORDS, [words_of(Content(("rain again",)), "Rain!")])["f1"], 3)
    0.667
    """
    sums: dict[str, list[float]] = {}
    for document in shares:
        for key, (part, whole) in document.items():
            total = sums.setdefault(key, [0.0, 0.0])
            total[0] += part
            total[1] += whole
    found = {key: part / whole if whole else None for key, (part, whole) in sums.items()}
    for figure in metric.figures:
        if figure.of:
            found[figure.key] = harmonic(found.get(figure.of[0]), found.get(figure.of[1]))
    return found


def harmonic(one: float | None, other: float | None) -> float | None:
    """The harmonic mean; 0 if both are."""
    if one is None or other is None:
        return None
    return 2 * one * other / (one + other) if one + other else 0.0


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return WORD.findall(text.lower())


def agreement(output: str, wanted: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over bags of words; all 1 if both have none, 0 if one has.

    >>> agreement("Rain, rain again, sir", "Rain again and again")
    (0.5, 0.5, 0.5)
    """
    found, gold = words(output), words(wanted)
    if not found or not gold:
        return (float(found == gold),) * 3
    overlap = (Counter(found) & Counter(gold)).total()
    precision, recall = overlap / len(found), overlap / len(gold)
    return precision, recall, (2 * precision * recall / (precision + recall) if overlap else 0.0)


def words_of(truth: Truth, output: str) -> Shares:
    """Precision, recall and F1 of a page's words."""
    assert isinstance(truth, Content)
    precision, recall, f1 = agreement(output, "\n".join(truth.texts))
    return {"f1": (f1, 1), "precision": (precision, 1), "recall": (recall, 1)}


def paragraphs_of(truth: Truth, output: str) -> Shares:
    """The same, and which paragraphs came out without a gap, white space, case and punctuation aside."""
    assert isinstance(truth, Content)
    flat = " ".join(words(output))
    texts, whole = truth.texts, truth.whole
    if truth.titled and len(texts) > 1 and " ".join(words(texts[0])) not in flat:
        texts, whole = texts[1:], whole[1:]
    must = [text for text in whole if WORD.search(text)]
    missing = [text for text in must if " ".join(words(text)) not in flat]
    return words_of(Content(texts), output) | {
        "paragraphs": (len(must) - len(missing), len(must)),
        "pages": (float(all(text in truth.standfirst for text in missing)), 1),
        "pages_standfirst": (float(not missing), 1),
    }


def shingles_of(truth: Truth, output: str) -> Shares:
    """Precision and recall over runs of four words, in the case they are written in."""
    assert isinstance(truth, Content)
    found, gold = _shingles(output), _shingles("\n".join(truth.texts))
    both = float((found & gold).total())
    shares: Shares = {"accuracy": (float(found == gold), 1)}
    if found:
        shares["precision"] = (both / found.total(), 1)
    if gold:
        shares["recall"] = (both / gold.total(), 1)
    return shares


def snippets_of(truth: Truth, output: str) -> Shares:
    """Which of the wanted and unwanted snippets are in the output, white space aside."""
    assert isinstance(truth, Snippets)
    flat = _spaced(output)
    right = sum(_spaced(text) in flat for text in truth.wanted)
    wrong = sum(_spaced(text) in flat for text in truth.unwanted)
    missed = len(truth.wanted) - right
    all_snippets = len(truth.wanted) + len(truth.unwanted)
    return {
        "f1": (2 * right, 2 * right + wrong + missed),
        "precision": (right, right + wrong),
        "recall": (right, len(truth.wanted)),
        "accuracy": (right + len(truth.unwanted) - wrong, all_snippets),
    }


def lines_of(truth: Truth, output: str) -> Shares:
    """Which lines came out, by their labels; and whether the document has its body, or is just as it should be."""
    assert isinstance(truth, Lines)
    total: Counter[Label] = Counter()
    gone: Counter[Label] = Counter()
    for number, (label, kept) in enumerate(zip(truth.labels, kept_lines(truth.lines, output), strict=True)):
        if number not in truth.ambiguous:
            total[label] += 1
            gone[label] += not kept
    others = set(Label) - ARTICLE_LABELS - CORE - {Label.RELATED}
    lost = any(gone[label] for label in ARTICLE_LABELS)
    left = {label for label in set(Label) - ARTICLE_LABELS if gone[label] < total[label]}
    return {
        "exact_core": (float(not lost and not left & CORE), 1),
        "core": _share(gone, total, CORE),
        "related": _share(gone, total, {Label.RELATED}),
        "others": _share(gone, total, others),
        "body_lost": _share(gone, total, {Label.BODY}),
        "kept_lost": _share(gone, total, ARTICLE_LABELS),
        "intact": (float(not gone[Label.BODY]), 1),
        "exact": (float(not lost and not left), 1),
    } | {f"{LABEL}{label}": (float(gone[label]), float(total[label])) for label in Label if total[label]}


def _share(gone: Counter[Label], total: Counter[Label], labels: Iterable[Label]) -> Share:
    chosen = list(labels)
    return float(sum(gone[label] for label in chosen)), float(sum(total[label] for label in chosen))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = WORD.findall(text)
    runs = (tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def _spaced(text: str) -> str:
    return SPACE.sub(" ", text).strip()


_F1 = Figure("f1", "F1")
_PRECISION, _RECALL = Figure("precision", "P"), Figure("recall", "R")

WORDS: Final = Metric(
    "words",
    "Precision, recall and F1 over bags of lower-cased words, the mean over pages (the metric of WCXB).",
    (_F1, _PRECISION, _RECALL),
    words_of,
)
PARAGRAPHS: Final = Metric(
    "paragraphs",
    "Words as in WCXB; the share of gold paragraphs that come out whole; of pages on which all do, the standfirst aside, and with it.",
    (
        _F1,
        _PRECISION,
        _RECALL,
        Figure("paragraphs", "paragraphs whole"),
        Figure("pages", "pages whole"),
        Figure("pages_standfirst", "with standfirst"),
    ),
    paragraphs_of,
)
PLAIN_PARAGRAPHS: Final = replace(
    PARAGRAPHS,
    meaning="Words as in WCXB; the share of gold paragraphs that come out whole, and of pages on which all do. The title, in or out, is right.",
    figures=PARAGRAPHS.figures[:-1],
)
"""Of pages without standfirsts."""
SHINGLES: Final = Metric(
    "shingles",
    "Precision and recall over runs of four words, means over pages; F1 is their harmonic mean (article-extraction-benchmark).",
    (Figure("f1", "F1", of=("precision", "recall")), _PRECISION, _RECALL, Figure("accuracy", "exact")),
    shingles_of,
)
SNIPPETS: Final = Metric(
    "snippets",
    "Wanted and unwanted snippets found in the output, white space aside, summed over all pages (trafilatura's evaluation).",
    (_F1, _PRECISION, _RECALL, Figure("accuracy", "accuracy")),
    snippets_of,
)
LINES: Final = Metric(
    "lines",
    "Labelled lines: a line counts as kept if it comes out verbatim, in order. Exact core: every kept label stays and every line of "
    f"{', '.join(sorted(CORE))} goes. Pages of systems that read only HTML hold each line as a paragraph.",
    (
        Figure("exact_core", "exact core"),
        Figure("core", "core removed"),
        Figure("related", "related removed"),
        Figure("others", "others removed"),
        Figure("body_lost", "body lost", less=True),
        Figure("kept_lost", "article lines lost", less=True),
        Figure("intact", "bodies intact"),
        Figure("exact", "exact"),
    ),
    lines_of,
)
