"""How many stories do some documents tell? Copies and updates of one story are counted once.

A document's sketch is the set of its words with the smallest checksums, so that two documents are compared by the same sample of their
vocabularies (a bottom-k sketch: Broder, "On the resemblance and containment of documents", 1997). Words count by their rarity among
the site's documents: names of a story weigh much, words of the site's boilerplate next to nothing.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import combinations
from math import log
from typing import Final
from zlib import crc32

SIZE: Final = 128
"""Words of a sketch."""
SAME_STORY: Final = 0.3
"""The share of the smaller sketch's weight that two documents of one story have in common. Of two news stories of one publisher it is
0.06 on average, and more than 0.25 for one pair in a thousand; versions of one story begin at about 0.3 (five publishers, 2012-20)."""

WORD: Final = re.compile(r"\w{4,}")
SPACELESS: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that write words without spaces between them: their words are taken to be three characters long."""

Sketch = frozenset[int]


def sketch(texts: Iterable[str]) -> bytes:
    """The sketch of a document's blocks, packed."""
    words = {word for text in texts for word in WORD.findall(text.lower())}
    if any(not word.isascii() and SPACELESS.search(word) for word in words):
        words = {part for word in words for part in _parts(word)}
    sums = {crc32(word.encode("utf-8", "replace")) for word in words}
    return array("I", nsmallest(SIZE, sums)).tobytes()


def unpack(packed: bytes) -> Sketch:
    """The checksums of a packed sketch."""
    return frozenset(array("I", packed))


def rarity(sketches: Sequence[Sketch]) -> dict[int, float]:
    """The weight of each word that stands in some of the sketches."""
    counts = Counter(word for one in sketches for word in one)
    return {word: log(len(sketches) / count) for word, count in counts.items()}


def stories(sketches: Sequence[Sketch], weights: Mapping[int, float]) -> int:
    """How many groups the documents fall into; any two that tell one story are in one group.

    >>> ferry, update, seal = ({1, 2, 3, 4}, {1, 2, 3, 5}, {6, 7, 8, 9})
    >>> stories([frozenset(ferry), frozenset(update), frozenset(seal)], dict.fromkeys(range(10), 1.0))
    2
    """
    most = max(weights.values(), default=1.0)
    sums = [sum(weights.get(word, most) for word in one) for one in sketches]
    group = list(range(len(sketches)))
    for i, j in combinations(range(len(sketches)), 2):
        if group[i] != group[j]:
            common = sum(weights.get(word, most) for word in sketches[i] & sketches[j])
            if common >= SAME_STORY * min(sums[i], sums[j]):
                old, new = group[j], group[i]
                group = [new if one == old else one for one in group]
    return len(set(group))


def _parts(word: str) -> Iterable[str]:
    if not SPACELESS.search(word):
        return (word,)
    return (word[i : i + 3] for i in range(max(1, len(word) - 2)))
