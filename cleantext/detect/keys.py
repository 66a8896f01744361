"""Which blocks are worth a look: an automaton over the weightiest words of a table of phrases."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

import ahocorasick_rs as ahocorasick

from cleantext.detect.phrases import SPACELESS, Phrases
from cleantext.detect.rules import SURROGATE

KEY: Final = 2.0
"""The weight from which on a word, or in scripts without spaces two signs, makes a block worth a look."""
SPACE: Final = " "
BETWEEN: Final = "\n "
WIDE: Final = re.compile(f"[{SPACELESS}]+")
"""Signs that are words by themselves."""


class Keys:
    """The words of a table that weigh most, and the automaton that finds them in one pass."""

    def __init__(self, phrases: Phrases) -> None:
        keys = {key: name for name, phrase in phrases.weights.items() if phrase.weight >= KEY and (key := _key(name))}
        self._whole = [key[0] == SPACE and not name.endswith("-") for key, name in keys.items()]
        self._weights = [phrases.weights[name].weight for name in keys.values()]
        self._automaton = ahocorasick.AhoCorasick(keys, implementation=ahocorasick.Implementation.ContiguousNFA)

    def find(self, texts: Sequence[str], chosen: Sequence[int]) -> Iterator[int]:
        """Those of the chosen texts in which a key stands: a word, the beginning of a longer one or, in scripts without spaces, two signs."""
        latest = -1
        for i, _ in self._matches(texts, chosen):
            if i != latest:
                yield i
                latest = i

    def weigh(self, texts: Sequence[str], chosen: Sequence[int]) -> dict[int, float]:
        """What the keys weigh that stand in those of the chosen texts that have any, each key once."""
        found = set(self._matches(texts, chosen))
        weights: defaultdict[int, float] = defaultdict(float)
        for i, key in found:
            weights[i] += self._weights[key]
        return weights

    def _matches(self, texts: Sequence[str], chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The text of each match, and the key's number, in order."""
        lines = [texts[i] for i in chosen]
        starts = list(accumulate((len(line) + len(BETWEEN) for line in lines), initial=0))
        joined = BETWEEN.join(("", *lines, "")).replace("İ", "i").lower()  # of all letters this one becomes longer
        try:
            matches = self._automaton.find_matches_as_indexes(joined, overlapping=True)
        except UnicodeEncodeError:  # half a character; no UTF-8, and so no automaton, has it
            matches = self._automaton.find_matches_as_indexes(SURROGATE.sub("?", joined), overlapping=True)
        line, following = 0, 0
        for number, start, end in matches:
            if self._whole[number] and joined[end].isalpha():
                continue
            if start >= following:
                line = bisect_right(starts, start) - 1
                following = starts[line + 1]
            yield chosen[line], number


def _key(name: str) -> str:
    """How a phrase is looked for, if it is a single word, or two signs of a script without spaces."""
    if len(pair := name.replace(" ", "")) == 2 and WIDE.fullmatch(pair):
        return pair
    return SPACE + name.rstrip("-") if len(name) > 1 and name[0].isalpha() and " " not in name else ""
