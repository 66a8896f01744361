"""Kept blocks as plain text."""

from __future__ import annotations

from collections.abc import Iterable

from cleantext.document import Block
from cleantext.render.places import Place, is_tight, place_blocks

INDENT = "  "
"""Stands before the items of a list within a list, once for each list around it."""


def join_source(pieces: Iterable[tuple[str, str, bool]]) -> str:
    r"""The kept blocks of a text or Markdown source, with the source's own white space between and at the end.

    A piece is a block's text, the white space after it, and whether it is kept. Where blocks between two kept ones went, the
    widest white space of those that stood there parts them, so that no two paragraphs run together; where the end went,
    the source's own last white space closes the text.

    >>> join_source([("A", "\n", True), ("You've read 3 of 5.", "\n\n", False), ("B", "", True)])
    'A\n\nB'
    """
    parts: list[str] = []
    gap = after = ""
    removed = False
    for text, after, keep in pieces:
        if not keep:
            gap, removed = max(gap, after, key=_breaks), True
            continue
        if removed and parts:
            parts[-1] = gap
        parts += (text, after)
        gap, removed = after, False
    if removed and parts:
        parts[-1] = after
    return "".join(parts)


def _breaks(space: str) -> int:
    return space.count("\n") or space.count("\r")


def join_page(blocks: Iterable[Block]) -> str:
    """The kept blocks of a page: paragraphs parted by a blank line, items of a list and rows of a table by a line break.

    Nothing but white space is added to the blocks' text. The items of a list within a list are indented, as they have no markers.
    """
    parts: list[str] = []
    previous: Place | None = None
    for place in place_blocks(blocks):
        if previous is not None:
            parts.append("\n" if is_tight(previous, place) else "\n\n")
        indent = INDENT * (place.lists - 1) if place.opens else ""
        parts.append(indent + place.block.text.replace("\n", f"\n{indent}"))
        previous = place
    return "".join(parts)
