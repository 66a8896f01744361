"""What each part of the content model brings: scores without it, cross-validated over sites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.matrix import matrix
from cleantext.extract.model import best_cut, probabilities_of, sharpness
from cleantext.train.content import Settings, Sheet, assemble, learn_stages
from cleantext.train.evidence import Counts
from cleantext.train.scores import by_kind

TREES: Final = 200
"""A table of many fits is made with fewer trees than the model has, and without the network."""

ONE_CUT: Final = 0.35
"""The cut for all pages, where that is tried."""

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


@dataclass(frozen=True, slots=True)
class Unseen:
    """A page of the fold left out, with its features (features, segments) and the probabilities of its kinds."""

    sheet: Sheet
    values: NDArray[np.float32]
    kinds: Mapping[str, float]

    @property
    def words(self) -> NDArray[np.float32]:
        """The segments' numbers of words."""
        return self.sheet.described.measures.words

    def text(self, odds: NDArray[np.float32], *, one_cut: bool = False, sharpened: bool = True) -> str:
        """What is taken by log-odds."""
        probabilities = probabilities_of(odds)
        cut = ONE_CUT if one_cut else best_cut(probabilities, self.words, sharpness(self.kinds) if sharpened else 1.0)[0]
        kept = zip(self.sheet.described.page.segments, probabilities.tolist(), strict=True)
        return "\n".join(segment.text for segment, probability in kept if probability >= cut)


def ablate(
    sheets: Sequence[Sheet], counts: Counts, settings: Settings, folds: int, progress: Callable[[str], None]
) -> Iterator[Scores]:
    """Mean word F1 by kind of page without each group of features, and without the cut per page; of the folds so far, after each."""
    few = replace(settings.trees, trees=min(TREES, settings.trees.trees))
    texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for fold in range(folds):
        table = assemble(sheets, counts, frozenset({fold}))
        unseen = _unseen(sheets, counts, fold)
        progress(f"fold {fold + 1} of {folds}, network")
        network = table.network(settings.network)
        by_network = {page.sheet.example.id: network.scores(page.values, page.words) for page in unseen}
        texts["nothing"] |= {}  # the first line of the table
        texts["trees"] |= {page.sheet.example.id: page.text(by_network[page.sheet.example.id]) for page in unseen}
        for name, without in {"network": (), **GROUPS}.items():
            progress(f"fold {fold + 1} of {folds}, without {name}")
            trees = table.trees(few, without)
            for page in unseen:
                key, odds = page.sheet.example.id, trees.scores(page.values)
                texts[name if name == "network" else f"network; {name}"][key] = page.text(odds)
                if name == "network":
                    both = (odds + by_network[key]) / np.float32(2)
                    texts["nothing"][key] = page.text(both)
                    texts["the cut per page"][key] = page.text(both, one_cut=True)
                    texts["sharpened probabilities"][key] = page.text(both, sharpened=False)
        examples = [sheet.example for sheet in sheets if sheet.example.kind and sheet.fold <= fold]
        yield {name: by_kind(examples, found) for name, found in texts.items()}


def _unseen(sheets: Sequence[Sheet], counts: Counts, fold: int) -> list[Unseen]:
    evidence, model = learn_stages(sheets, counts, frozenset({fold}))
    pages = ((sheet, model.probabilities(sheet.described)) for sheet in sheets if sheet.fold == fold)
    return [Unseen(sheet, matrix(sheet.described, kinds, evidence)[1], kinds) for sheet, kinds in pages]
