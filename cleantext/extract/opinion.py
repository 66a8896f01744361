"""From lines of text that somebody took for the main content to segments of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleantext.extract.align import matched, words_of
from cleantext.segment.segment import Segment

MOSTLY: Final = 0.5
"""A segment is taken if this share of its words is."""

PARTLY: Final = 8
"""A paragraph of which so many words and a quarter are taken is taken whole."""


def kept_by_lines(segments: Sequence[Segment], lines: Sequence[str]) -> list[bool]:
    """Which segments the lines consist of. Hidden segments count only if the visible ones explain less than half of the lines."""
    theirs = [word for line in lines for word in words_of(line)]
    words = [words_of(segment.text) for segment in segments]
    visible = [not (segment.markup and segment.markup.hidden) for segment in segments]
    for choice in (visible, [True] * len(segments)):
        counts = _matched_words(words, theirs, choice)
        if 2 * sum(counts) >= len(theirs):
            break
    return [_is_taken(count, len(own)) for count, own in zip(counts, words, strict=True)]


def _matched_words(words: list[list[str]], theirs: list[str], choice: list[bool]) -> list[int]:
    ours = [word for own, chosen in zip(words, choice, strict=True) if chosen for word in own]
    flags = matched(ours, theirs)
    counts, at = [], 0
    for own, chosen in zip(words, choice, strict=True):
        size = len(own) if chosen else 0
        counts.append(sum(flags[at : at + size]))
        at += size
    return counts


def _is_taken(count: int, size: int) -> bool:
    return count > 0 and (count >= MOSTLY * size or (count >= PARTLY and 4 * count >= size))


def prose_outside_apparatus(segments: Sequence[Segment]) -> list[bool]:
    """All visible segments outside of navigation, headers, footers and asides, if they aren't mostly links."""
    apparatus = {"nav", "footer", "aside", "button", "select", "form"}
    return [
        not (segment.markup and (segment.markup.hidden or apparatus.intersection(segment.markup.tags)))
        and 2 * (segment.markup.links if segment.markup else 0) <= len(segment.text)
        for segment in segments
    ]
