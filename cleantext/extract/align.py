"""Whose words are these? A monotone alignment of two sequences of words, in nearly linear time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[^\W_{_SPACELESS}]+|[{_SPACELESS}]")
_GRAMS: Final = (8, 3, 1)

Region = tuple[int, int, int, int]


def words_of(text: str) -> list[str]:
    """The words of a text; in scripts without spaces, its characters.

    >>> words_of("Don't stop 2nd 東京へ")
    ['don', 't', 'stop', '2nd', '東', '京', 'へ']
    """
    return _WORD.findall(text.casefold())


def matched(ours: list[str], theirs: list[str]) -> bytearray:
    """A flag for each of our words: does it stand in their sequence, in the same order?

    Runs of words that occur once on both sides are anchors (patience diff); between anchors shorter runs are tried; each
    anchor grows in both directions. What recurs on our side is given to its first occurrence.
    """
    flags = bytearray(len(ours))
    regions: list[Region] = [(0, len(ours), 0, len(theirs))]
    for size in _GRAMS:
        left: list[Region] = []
        for region in regions:
            left += _fit(ours, theirs, region, size, flags, unique=True)
        regions = left
        if size > 1:
            left = []
            for region in regions:
                left += _fit(ours, theirs, region, size, flags, unique=False)
            regions = left
    return flags


def _fit(ours: list[str], theirs: list[str], region: Region, size: int, flags: bytearray, *, unique: bool) -> list[Region]:
    """Match what can be matched in a region; the regions that are left between the matches."""
    a, a_end, b, b_end = region
    if a >= a_end or b >= b_end:
        return []
    left: list[Region] = []
    for i, j in _anchors(ours, theirs, region, size, unique=unique):
        if i < a or j < b:
            continue
        start_a, start_b = i, j
        while start_a > a and start_b > b and ours[start_a - 1] == theirs[start_b - 1]:
            start_a, start_b = start_a - 1, start_b - 1
        left.append((a, start_a, b, start_b))
        while i < a_end and j < b_end and ours[i] == theirs[j]:
            i, j = i + 1, j + 1
        flags[start_a:i] = b"\1" * (i - start_a)
        a, b = i, j
    left.append((a, a_end, b, b_end))
    return [(a, a2, b, b2) for a, a2, b, b2 in left if a < a2 and b < b2]


def _anchors(ours: list[str], theirs: list[str], region: Region, size: int, *, unique: bool) -> list[tuple[int, int]]:
    a, a_end, b, b_end = region
    here = _positions(ours, a, a_end, size)
    there = _positions(theirs, b, b_end, size)
    if unique:
        pairs = [(at[0], there[gram][0]) for gram, at in here.items() if len(at) == 1 and len(there.get(gram, ())) == 1]
        return _rising(sorted(pairs))
    pairs, least = [], a
    for j in range(b, b_end - size + 1):
        at = here.get(tuple(theirs[j : j + size]))
        if at and (k := bisect_left(at, least)) < len(at):
            pairs.append((at[k], j))
            least = at[k] + 1
    return pairs


def _positions(words: list[str], start: int, end: int, size: int) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for gram, at in zip(zip(*(words[start + n : end] for n in range(size)), strict=False), range(start, end), strict=False):
        found.setdefault(gram, []).append(at)
    return found


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence that rises in both numbers."""
    tails: list[int] = []
    ends: list[int] = []
    items = list(pairs)
    before: list[int] = []
    for n, (_, j) in enumerate(items):
        at = bisect_left(tails, j)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(j)
            ends.append(n)
        else:
            tails[at], ends[at] = j, n
    chain: list[tuple[int, int]] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        chain.append(items[n])
        n = before[n]
    return chain[::-1]
