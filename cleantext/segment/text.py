"""Plain text to segments: a line is a block, unless lines were wrapped; then the paragraph is."""

from __future__ import annotations

import re
from itertools import pairwise

from cleantext.segment.segment import Segment, Segmentation

BREAKS = re.compile(r"(\n(?:[^\S\n]*+\n)*+)")
"""A line break, and the blank lines after it. Both repeats are possessive: nothing is read twice."""
MIXED_BREAKS = re.compile(r"([\r\n](?:[^\S\r\n]*+[\r\n])*+)")
"""The same for texts with carriage returns; `BREAKS` finds its first character three times as fast."""

BULLET = re.compile(r"\s*(?:[-*•·–—]|\d{1,3}[.)])\s")
SENTENCE_ENDS = tuple(".!?…:;。！？\"'”’»")
SINGLE_BREAKS = frozenset({"\n", "\r\n", "\r"})
WIDTHS = range(45, 121)
"""Columns at which people and mail programs wrap text."""


def segment_text(source: str) -> Segmentation:
    r"""Cut a text into blocks that tile it: each block's text and the white space after it, nothing between.

    >>> [(s.text, s.after) for s in segment_text("Title\n\nFirst line.\nSecond line.\n").segments]
    [('Title', '\n\n'), ('First line.', '\n'), ('Second line.', '\n')]
    """
    segments = []
    start = 0
    for text, after in zip(*split_text(source), strict=True):
        segments.append(Segment(text, start, after))
        start += len(text) + len(after)
    return Segmentation(segments)


def split_text(source: str) -> tuple[list[str], list[str]]:
    """The blocks of a text, and the white space after each.

    A line is a block; lines that were hard-wrapped become one, since a sentence may run across them. A run of lines was
    wrapped if the first word of each line would not have fitted on the line before.
    """
    parts = (MIXED_BREAKS if "\r" in source else BREAKS).split(source)
    texts, afters = parts[::2], [*parts[1::2], ""]
    if len(texts) > 1 and (not texts[-1] or texts[-1].isspace()):
        afters.pop()
        afters[-1] += texts.pop()
    elif not source:
        return [], []
    return (texts, afters) if SINGLE_BREAKS.isdisjoint(afters) else _unwrap(texts, afters)


def texts_of(source: str) -> list[str]:
    """The blocks of a text."""
    return split_text(source)[0]


def _unwrap(texts: list[str], afters: list[str]) -> tuple[list[str], list[str]]:
    """Join the lines of each wrapped paragraph."""
    joined: list[str] = []
    ends: list[str] = []
    first = 0
    for i, after in enumerate(afters, 1):
        if after in SINGLE_BREAKS and i < len(afters):
            continue
        if i - first > 1 and _wrapped(texts[first:i]):
            joined.append("".join(map(str.__add__, texts[first : i - 1], afters[first : i - 1])) + texts[i - 1])
            ends.append(after)
        else:
            joined += texts[first:i]
            ends += afters[first:i]
        first = i
    return joined, ends


def may_wrap(line: str, gap: str, following: str) -> bool:
    """Could these stand in one hard-wrapped paragraph, whatever lines are around them?"""
    widest = max(len(line), len(following))
    return gap in SINGLE_BREAKS and widest < WIDTHS.stop and _fills(line, following, max(widest, WIDTHS.start))


def _fills(line: str, following: str, width: int) -> bool:
    """Is there no room in a line for the first word of the next?"""
    return len(line) + 1 + len(following.split(None, 1)[0] if following.strip() else "") > width


def _wrapped(lines: list[str]) -> bool:
    width = max(map(len, lines))
    if width not in WIDTHS or any(BULLET.match(line) for line in lines):
        return False
    if not all(_fills(line, following, width) for line, following in pairwise(lines)):
        return False
    ended = sum(line.rstrip().endswith(SENTENCE_ENDS) for line in lines[:-1])
    return ended * 2 < len(lines) - 1 or (ended == 0 and len(lines) == 2)
