"""The links of a page, found while its text is read: which part of a block's text leads where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from cleantext.document import Link
from cleantext.segment.frames import Frame
from cleantext.segment.head import HeadReader
from cleantext.segment.paragraphs import Piece
from cleantext.segment.targets import Targets
from cleantext.segment.walk import Walker

MOST_CHARS: Final = 8_000_000
"""The targets of a page have so many characters in all; further links are plain text. One over many blocks counts for each."""

_WORD = re.compile(r"\S+")
_NO_SIGN = re.compile("[\\s\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]+")  # white space, and what `printable` takes out


class LinkWalker(Walker):
    """A walk that also notes where the links of each block stand. Of links within links, the inner ones count."""

    def __init__(self, head: HeadReader, targets: Targets) -> None:
        super().__init__(head)
        self.targets = targets
        self.known: dict[int, str] = {}  # the targets by the numbers of their elements
        self.left = MOST_CHARS

    def _enter(self, node: LexborNode, tag: str, parent: Frame) -> Frame:
        frame = super()._enter(node, tag, parent)
        if tag == "a" and self.left > 0:
            if target := self.targets.of(node.attributes.get("href") or ""):
                self.known[frame.number] = target
                self.left -= len(target)
            elif parent.link in self.known:
                frame.link = parent.link
        return frame

    def _flush(self) -> None:
        pieces, first = self.pieces, len(self.segments)
        super()._flush()
        if self._holds_links(first, pieces):
            segments = self.segments[first:]
            for segment, links in zip(segments, find_links(pieces, [s.text for s in segments], self.known), strict=True):
                segment.links = self._affordable(links)

    def _add_row(self, cells: list[list[Piece]], frame: Frame) -> None:
        pieces, first = [piece for cell in cells for piece in cell], len(self.segments)
        super()._add_row(cells, frame)
        if self._holds_links(first, pieces):
            links: list[Link] = []
            start = 0
            texts = self.segments[first].text.split("\t")
            for text, found in zip(texts, find_links(pieces, texts, self.known), strict=True):
                links += [Link(start + link.start, start + link.end, link.target) for link in found]
                start += len(text) + 1
            self.segments[first].links = self._affordable(links)

    def _holds_links(self, first: int, pieces: Iterable[Piece]) -> bool:
        """Was a segment made of these pieces, which is not code, and is one of them a link's?"""
        if len(self.segments) == first or not self.known or self.segments[first].shape.role == "code":
            return False
        return any(number in self.known for _, number in pieces)

    def _affordable(self, links: Sequence[Link]) -> tuple[Link, ...]:
        self.left -= sum([len(link.target) for link in links])
        return tuple(links) if self.left > 0 else ()


def find_links(pieces: Iterable[Piece], texts: Iterable[str], targets: Mapping[int, str]) -> Iterator[tuple[Link, ...]]:
    r"""The links in each of some texts, all of which were made of the pieces, in order.

    >>> pieces = [("Oil  and ", 0), (" salt ", 3), ("\n", 0), ("fish", 3), (".", 0)]
    >>> list(find_links(pieces, ["Oil and", "salt fish."], {3: "/fish"}))
    [(), (Link(start=0, end=9, target='/fish'),)]

    White space was collapsed and text cut since, but no sign was lost or moved (a sign is a character that is not white space): so
    places are found by counting signs. A link that stands in several texts has a part in each.
    """
    spans = _spans(pieces, targets)
    span = next(spans, None)
    before = 0  # signs of the texts so far
    for text in texts:
        found: list[Link] = []
        places = _Places(text)
        after = before + places.signs
        while span is not None and before < after and span.first < after:
            start = places.of(max(span.first, before) - before)
            end = places.of(min(span.end, after) - before - 1) + 1
            found.append(Link(start, end, span.target))
            if span.end > after:
                break
            span = next(spans, None)
        yield tuple(found)
        before = after


class _Span(NamedTuple):
    """A link by the numbers of its first sign, and of the one after its last."""

    first: int
    end: int
    target: str


def _spans(pieces: Iterable[Piece], targets: Mapping[int, str]) -> Iterator[_Span]:
    """The links in the pieces; what has no sign does not part a link."""
    first = signs = current = 0
    for text, number in pieces:
        count = len(_NO_SIGN.sub("", text))
        if count and number != current:
            if current in targets:
                yield _Span(first, signs, targets[current])
            first, current = signs, number
        signs += count
    if current in targets:
        yield _Span(first, signs, targets[current])


class _Places:
    """Where the signs of a text stand, by their numbers."""

    def __init__(self, text: str) -> None:
        self.signs = 0
        self._starts: list[int] = []  # of words
        self._before: list[int] = []  # signs before each word
        for word in _WORD.finditer(text):
            self._starts.append(word.start())
            self._before.append(self.signs)
            self.signs += word.end() - word.start()

    def of(self, sign: int) -> int:
        """The offset of a sign."""
        word = bisect_right(self._before, sign) - 1
        return self._starts[word] + sign - self._before[word]
