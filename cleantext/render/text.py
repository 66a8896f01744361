"""Kept blocks as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cleantext.document import Block, Link
from cleantext.render.places import Place, is_tight, place_blocks
from cleantext.segment.text import SINGLE_BREAKS, may_wrap

INDENT = "  "
"""Stands before the items of a list within a list, once for each list around it."""


def join_source(pieces: Iterable[tuple[str, str, bool]], split: Callable[[str], Sequence[str]] | None = None) -> str:
    r"""The kept blocks of a text or Markdown source, with the source's own white space between and at the end.

    A piece is a block's text, the white space after it, and whether it is kept. Where blocks between two kept ones went, the
    widest white space of those that stood there parts them, so that no two paragraphs run together; where the end went,
    the source's own last white space closes the text.

    >>> join_source([("A", "\n", True), ("You've read 3 of 5.", "\n\n", False), ("B", "", True)])
    'A\n\nB'

    `split` is how blocks were cut out of such a source. Where lines that come to stand together would be one hard-wrapped paragraph for it,
    a second break parts them.
    """
    parts: list[str] = []
    joints: list[int] = []
    gap = after = ""
    removed = False
    for text, after, keep in pieces:
        if not keep:
            gap, removed = max(gap, after, key=_breaks), True
            continue
        if removed and parts:
            joints.append(len(parts) - 1)
            parts[-1] = gap
        parts += (text, after)
        gap, removed = after, False
    if removed and parts:
        parts[-1] = after
    joined = "".join(parts)
    if split and any(may_wrap(*parts[i - 1 : i + 2]) for i in joints) and list(split(joined)) != parts[::2]:
        for i in joints:
            parts[i] *= 1 + (parts[i] in SINGLE_BREAKS)
        joined = "".join(parts)
    return joined


def _breaks(space: str) -> int:
    return space.count("\n") or space.count("\r")


def join_page(blocks: Iterable[Block]) -> str:
    """The kept blocks of a page: paragraphs parted by a blank line, items of a list and rows of a table by a line break.

    Nothing but white space is added to the blocks' text. The items of a list within a list are indented, as they have no markers.
    """
    parts: list[str] = []
    for gap, indent, block in _laid_out(blocks):
        parts += (gap, indent, block.text.replace("\n", f"\n{indent}"))
    return "".join(parts)


def page_links(blocks: Iterable[Block]) -> tuple[Link, ...]:
    r"""The links of the kept blocks, by where they stand in the text that `join_page` makes of these.

    >>> blocks = [Block("Tides"), Block("See the map", links=(Link(4, 11, "/map"),))]
    >>> page_links(blocks), join_page(blocks)[11:18]
    ((Link(start=11, end=18, target='/map'),), 'the map')
    """
    links: list[Link] = []
    start = 0  # of a block
    for gap, indent, block in _laid_out(blocks):
        start += len(gap) + len(indent)
        for link in block.links:
            above = len(indent) * block.text.count("\n", 0, link.start)
            within = len(indent) * block.text.count("\n", link.start, link.end)
            links.append(Link(start + above + link.start, start + above + within + link.end, link.target))
        start += len(block.text) + len(indent) * block.text.count("\n")
    return tuple(links)


def _laid_out(blocks: Iterable[Block]) -> Iterator[tuple[str, str, Block]]:
    """The kept blocks, each with the line breaks before it and what its lines begin with."""
    previous: Place | None = None
    for place in place_blocks(blocks):
        gap = "" if previous is None else "\n" if is_tight(previous, place) else "\n\n"
        yield gap, INDENT * (place.lists - 1) if place.opens else "", place.block
        previous = place
