"""Is a table row data, or only a means of layout?"""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

from cleantext.segment.elements import SKIPPED

_LAYOUT = frozenset("table ul ol dl h1 h2 h3 h4 h5 h6 blockquote pre figure article section form textarea select".split())
LONG_CELL: Final = 400
"""A cell with more text than this is prose that was put into a table."""


def is_data_row(row: LexborNode) -> bool:
    """Two cells or more, each with a little text and no structure of its own. Looks at each node of the row once at most."""
    cells = [node for node in _children(row) if node.tag in ("td", "th")]
    if not cells or (len(cells) == 1 and not _is_data(cells[0], 100)):
        return False
    return all(_is_data(cell, LONG_CELL) for cell in cells)


def is_header_row(row: LexborNode) -> bool:
    """Only head cells."""
    cells = [node.tag for node in _children(row) if node.tag in ("td", "th")]
    return bool(cells) and "td" not in cells


def _children(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _is_data(cell: LexborNode, limit: int) -> bool:
    stack, paragraphs, length = _children(cell), 0, 0
    while stack:
        node = stack.pop()
        tag = node.tag or ""
        if tag in _LAYOUT:
            return False
        if tag == "-text":
            length += len((node.text_content or "").strip())
        elif tag not in SKIPPED:
            paragraphs += tag == "p"
            stack.extend(_children(node))
        if length > limit or paragraphs > 1:
            return False
    return True
