"""What each part of the content model brings: scores without it, cross-validated over sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.matrix import matrix
from cleantext.extract.model import LEAST_CUT, MOST_CUT, best_cut
from cleantext.extract.trees import Trees
from cleantext.train.boost import Boosting
from cleantext.train.content import Sheet, assemble, learn_stages
from cleantext.train.evidence import Counts
from cleantext.train.scores import by_kind

TREES: Final = 200
"""A table of many fits is made with fewer trees than the model has."""

GROUPS: Final = {
    "the text itself": ("text.", "shape."),
    "tags": ("tag.",),
    "containers": ("container.",),
    "alike segments": ("alike.",),
    "neighbours and place": ("near.", "place."),
    "learned words": ("learned.words",),
    "learned names of class and id": ("learned.names",),
    "what the page declares": ("declared.", "page.type", "page.og", "page.url", "page.declared"),
    "the page as a whole": ("page.",),
    "the kind of page": ("kind.",),
}

Scores = dict[str, dict[str, tuple[int, float]]]


def ablate(sheets: Sequence[Sheet], counts: Counts, settings: Boosting, folds: int, progress: Callable[[str], None]) -> Scores:
    """Mean word F1 by kind of page without each group of features, and without the cut per page."""
    few = replace(settings, trees=min(TREES, settings.trees))
    texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for fold in range(folds):
        table = assemble(sheets, counts, frozenset({fold}))
        unseen = _unseen(sheets, counts, fold)
        for name, without in {"nothing": (), **GROUPS}.items():
            progress(f"fold {fold + 1} of {folds}, without {name}")
            trees = table.fit(few, without)
            texts[name] |= _texts(trees, unseen)
            if name == "nothing":
                texts["the cut per page"] |= _texts(trees, unseen, (LEAST_CUT + MOST_CUT) / 2)
    examples = [sheet.example for sheet in sheets if sheet.example.kind]
    return {name: by_kind(examples, found) for name, found in texts.items()}


def _unseen(sheets: Sequence[Sheet], counts: Counts, fold: int) -> list[tuple[Sheet, NDArray[np.float32]]]:
    evidence, kinds = learn_stages(sheets, counts, frozenset({fold}))
    pages = [sheet for sheet in sheets if sheet.fold == fold]
    return [(page, matrix(page.described, kinds.probabilities(page.described), evidence)[1]) for page in pages]


def _texts(trees: Trees, pages: Sequence[tuple[Sheet, NDArray[np.float32]]], cut: float | None = None) -> dict[str, str]:
    texts = {}
    for sheet, values in pages:
        probabilities = trees.probabilities(values)
        threshold = best_cut(probabilities, sheet.described.measures.words)[0] if cut is None else cut
        kept = (s.text for s, p in zip(sheet.described.page.segments, probabilities.tolist(), strict=True) if p >= threshold)
        texts[sheet.example.id] = "\n".join(kept)
    return texts
