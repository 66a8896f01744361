"""The scores of a model on pages that it was not trained on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean

from cleantext.train.collection import Example

_WORD = re.compile(r"\w+")


def word_f1(text: str, gold: str) -> float:
    """F1 over bags of lower-cased words, the measure of WCXB; 1 if both have none.

    >>> word_f1("Rain again", "rain, rain again")
    0.8
    """
    found, wanted = (Counter(_WORD.findall(side.lower())) for side in (text, gold))
    if not found or not wanted:
        return float(found == wanted)
    return 2 * (found & wanted).total() / (found.total() + wanted.total())


def by_kind(examples: Sequence[Example], texts: Mapping[str, str]) -> dict[str, tuple[int, float]]:
    """The number of pages and the mean F1 of each kind of page, and of `all`."""
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for example in examples:
        score = word_f1(texts[example.id], example.gold)
        scores["all"].append(score)
        if example.kind:
            scores[example.kind].append(score)
    return {kind: (len(found), fmean(found)) for kind, found in scores.items()}
