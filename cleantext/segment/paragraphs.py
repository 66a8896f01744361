"""The text of a block, put together from its inline pieces and cut at its line breaks."""

from __future__ import annotations

from typing import Final

from cleantext.segment.elements import collapse

Piece = tuple[str, int]
"""Text, and the number of the `a` element that it stands in, or 0."""
BREAK: Final = "\0"
"""Stands for a `<br>`; the parser lets no NUL through."""

LONG_LINE: Final = 100
"""A line of so many characters next to a single `<br>` is a paragraph, not a verse or a line of an address."""

LONGEST_VERSE: Final = 2_000
"""Short lines are put together up to so many characters."""


def paragraphs(pieces: list[Piece]) -> list[tuple[str, int]]:
    """The paragraphs with the number of their characters that are links.

    Two line breaks part paragraphs, and one does beside a long line; between short lines a break stays a newline.

    >>> paragraphs([("1 Quay St", 0), (BREAK, 0), ("Hull", 0), (BREAK, 0), (BREAK, 0), ("Call us", 7)])
    [('1 Quay St\\nHull', 0), ('Call us', 7)]
    """
    lines = _lines(pieces)
    if len(lines) == 1:
        return lines if lines[0][0] else []
    result: list[tuple[str, int]] = []
    after_gap, previous = True, 0
    for text, links in lines:
        if not text:
            after_gap = True
            continue
        if after_gap or max(len(text), previous) >= LONG_LINE or len(result[-1][0]) > LONGEST_VERSE:
            result.append((text, links))
        else:
            before, links_before = result[-1]
            result[-1] = (f"{before}\n{text}", links_before + links)
        after_gap, previous = False, len(text)
    return result


def _lines(pieces: list[Piece]) -> list[tuple[str, int]]:
    pieces = [piece for piece in pieces if piece[0]]
    if len(pieces) == 1:
        text = collapse(pieces[0][0])
        return [(text, len(text) if pieces[0][1] else 0)]
    text = "".join([text for text, _ in pieces])
    if BREAK not in text:
        return [(collapse(text), sum([len(collapse(text)) for text, linked in pieces if linked]))]
    lines: list[tuple[str, int]] = []
    texts: list[str] = []
    links = 0
    for text, linked in pieces:
        if text == BREAK:
            lines.append((collapse("".join(texts)), links))
            texts, links = [], 0
        elif text:
            texts.append(text)
            if linked:
                links += len(collapse(text))
    lines.append((collapse("".join(texts)), links))
    return lines
