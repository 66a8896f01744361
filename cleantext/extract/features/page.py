"""A page as the features read it: its segments, and the elements around them, as arrays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleantext.segment.frames import Frame
from cleantext.segment.segment import Head, Segment

Column = NDArray[Any]  # numbers or truth values, one for each segment
Numbers = NDArray[np.int32]

WORDS: Final = 30
"""So many words of a segment are read; a block shows what it is at its beginning."""

WORD_CHARS: Final = 300
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile("[1-9]")


@dataclass(slots=True)
class Page:
    """`n` segments and `m` elements; the elements are those around a segment, each after its parent.

    `element[i]` is the innermost element around segment i and `holder[i]` the innermost block element; `parent[e]` is an
    element's parent (-1 for the root), `above[e]` the block element that holds it (itself for the root). Segments
    `first[e]` to `last[e]` lie in element e.
    """

    segments: Sequence[Segment]
    head: Head
    words: list[list[str]]
    frames: list[Frame]
    names: list[str]
    element: Numbers
    holder: Numbers
    parent: Numbers
    above: Numbers
    depth: Numbers
    first: Numbers
    last: Numbers

    @property
    def n(self) -> int:
        """The number of segments."""
        return len(self.segments)


def all_words(text: str) -> list[str]:
    """The words of a text, in lower case, digits masked.

    >>> all_words("Read 3 of 15 articles_")
    ['read', '0', 'of', '00', 'articles']
    """
    return _WORD.findall(_DIGIT.sub("0", text.lower()))


def first_words(texts: Sequence[str]) -> list[list[str]]:
    """The first words of each text, spelled as `all_words` does."""
    joined = "\0".join([text[:WORD_CHARS].replace("\0", " ") for text in texts])
    return [_WORD.findall(text)[:WORDS] for text in _DIGIT.sub("0", joined.lower()).split("\0")]


def read_page(segments: Sequence[Segment], head: Head | None) -> Page:
    """Arrays for segments of an HTML page. Segments without markup stand in the root."""
    innermost = [segment.markup.element if segment.markup else None for segment in segments]
    numbers, first, last = _elements(innermost)
    frames = list(numbers)
    parent = [numbers[frame.parent] if frame.parent is not None else -1 for frame in frames]
    holder = [numbers[frame.holder] for frame in frames]
    depth: list[int] = []
    above: list[int] = []
    for number, mother in enumerate(parent):
        depth.append(depth[mother] + 1 if mother >= 0 else 0)
        above.append(holder[mother] if mother >= 0 else number)
    element = [numbers[frame] if frame is not None else 0 for frame in innermost]
    return Page(
        segments=segments,
        head=head or Head(),
        words=first_words([segment.text for segment in segments]),
        frames=frames,
        names=_without_digits(frames),
        element=np.array(element, np.int32),
        holder=np.array([holder[number] for number in element], np.int32),
        parent=np.array(parent, np.int32),
        above=np.array(above, np.int32),
        depth=np.array(depth, np.int32),
        first=np.array(first, np.int32),
        last=np.array(last, np.int32),
    )


def _elements(innermost: Sequence[Frame | None]) -> tuple[dict[Frame, int], list[int], list[int]]:
    """All elements around segments, parents first, with their numbers, and the first and last segment in each."""
    numbers = {Frame("html", {}, None, 0, block=True): 0}
    first, last = [0], [len(innermost) - 1]
    for i, inner in enumerate(innermost):
        if inner is None:
            continue
        new: list[Frame] = []
        frame: Frame | None = inner
        while frame is not None and frame not in numbers:
            new.append(frame)
            frame = frame.parent
        for below in reversed(new):
            numbers[below] = len(first)
            first.append(i)
            last.append(i)
        last[numbers[inner]] = i
    for frame, number in reversed(numbers.items()):
        if frame.parent is not None:
            mother = numbers[frame.parent]
            last[mother] = max(last[mother], last[number])
    return numbers, first, last


def _without_digits(frames: Sequence[Frame]) -> list[str]:
    """The elements' names as those of one tile, post or paragraph among many: without their numbers."""
    spelled = {names: _DIGITS.sub("", names) for names in {frame.names for frame in frames}}
    return [spelled[frame.names] for frame in frames]
