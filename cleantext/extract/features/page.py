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

Numbers = NDArray[np.int32]

WORDS: Final = 30
"""So many words of a segment are read; a block shows what it is at its beginning."""

WORD_CHARS: Final = 300
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Elements:
    """The elements around segments, each after its parent, as arrays.

    `parent[e]` is an element's parent (-1 for the root), `holder[e]` the innermost block element that it is or lies in, `above[e]` the
    block element that holds its parent (itself for the root). Segments `first[e]` to `last[e]` lie in element e.
    """

    frames: list[Frame]
    parent: Numbers
    holder: Numbers
    above: Numbers
    depth: Numbers
    first: Numbers
    last: Numbers


@dataclass(slots=True)
class Page:
    """`n` segments and the elements around them (see `Elements`).

    `element[i]` is the innermost element around segment i and `holder[i]` the innermost block element. What is said of elements by name
    is worked out once for each spelling: `tags` are the distinct names of elements and `tag[e]` says which an element has; so do `names`
    and `name[e]` for the words of class, id and the like. Elements of one `look[e]` differ at most in the digits of these.
    """

    segments: Sequence[Segment]
    head: Head
    words: list[list[str]]
    frames: list[Frame]
    tags: list[str]
    tag: Numbers
    names: list[str]
    name: Numbers
    look: Numbers
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
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    text = text.lower()
    for digit in "123456789":  # ten times as fast as a pattern
        text = text.replace(digit, "0")
    return text


def first_words(texts: Sequence[str]) -> list[list[str]]:
    """The first words of each text, spelled as `all_words` does."""
    joined = "\0".join([text[:WORD_CHARS].replace("\0", " ") for text in texts])
    return [_WORD.findall(text)[:WORDS] for text in _folded(joined).split("\0")]


def read_page(segments: Sequence[Segment], head: Head | None) -> Page:
    """Arrays for segments of an HTML page. Segments without markup stand in the root."""
    numbers, elements = _elements([segment.markup.element if segment.markup else None for segment in segments])
    element = np.array(numbers, np.int32)
    tags, tag = distinct([frame.tag for frame in elements.frames])
    names, name = distinct([frame.names for frame in elements.frames])
    masked, without_digits = distinct([_DIGITS.sub("", words) for words in names])
    return Page(
        segments=segments,
        head=head or Head(),
        words=first_words([segment.text for segment in segments]),
        frames=elements.frames,
        tags=tags,
        tag=tag,
        names=names,
        name=name,
        look=tag * len(masked) + without_digits[name],
        element=element,
        holder=elements.holder[element],
        parent=elements.parent,
        above=elements.above,
        depth=elements.depth,
        first=elements.first,
        last=elements.last,
    )


def distinct(values: Sequence[Any]) -> tuple[list[Any], Numbers]:
    """The distinct values, in order, and for each value which of them it is.

    >>> values, numbers = distinct(["p", "div", "p"])
    >>> values, numbers.tolist()
    (['p', 'div'], [0, 1, 0])
    """
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(numbers), np.fromiter(map(numbers.__getitem__, values), np.int32, len(values))


def _elements(innermost: Sequence[Frame | None]) -> tuple[list[int], Elements]:
    """For each segment the number of its innermost element, and all elements around segments."""
    numbers = {Frame("html", {}, None, 0, block=True): 0}
    element: list[int] = []
    parent, holder, above, depth = [-1], [0], [0], [0]
    first, last = [0], [len(innermost) - 1]
    for i, inner in enumerate(innermost):
        if inner is None:
            element.append(0)
            continue
        new: list[Frame] = []
        frame: Frame | None = inner
        while frame is not None and frame not in numbers:
            new.append(frame)
            frame = frame.parent
        for below in reversed(new):
            number = len(parent)
            mother = numbers[below.parent] if below.parent is not None else -1
            numbers[below] = number
            parent.append(mother)
            holder.append(number if below.block or mother < 0 else holder[mother])
            above.append(holder[mother] if mother >= 0 else number)
            depth.append(depth[mother] + 1 if mother >= 0 else 0)
            first.append(i)
            last.append(i)
        element.append(numbers[inner])
        last[element[-1]] = i
    for number in range(len(parent) - 1, 0, -1):
        if (mother := parent[number]) >= 0 and last[number] > last[mother]:
            last[mother] = last[number]
    arrays = [np.array(column, np.int32) for column in (parent, holder, above, depth, first, last)]
    return element, Elements(list(numbers), *arrays)
