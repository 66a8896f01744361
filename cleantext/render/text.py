"""Kept blocks as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleantext.document import Block

TIGHT = {"item", "row"}


def join_source(blocks: Sequence[Block]) -> str:
    r"""The kept blocks of a text or Markdown source, with the source's own white space between and at the end.

    Where blocks between two kept ones went, the widest white space of those that stood there parts them, so that no two
    paragraphs run together; where the end went, the source's own last white space closes the text.
    """
    parts: list[str] = []
    gap, closing = "", ""
    removed = False
    for block in blocks:
        if block.keep:
            if removed and parts:
                parts[-1] = gap
            parts += (block.text, block.after)
            gap, removed = block.after, False
        else:
            gap, removed = max(gap, block.after, key=_breaks), True
    if removed and parts:
        closing = blocks[-1].after
        parts[-1] = closing
    return "".join(parts)


def _breaks(space: str) -> int:
    return space.count("\n") or space.count("\r")


def join_page(blocks: Iterable[Block]) -> str:
    """The kept blocks of a page: paragraphs parted by a blank line, items of a list and rows of a table by a line break."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if not block.keep:
            continue
        if previous is not None:
            parts.append("\n" if _belong(previous, block) else "\n\n")
        parts.append(block.text)
        previous = block
    return "".join(parts)


def _belong(block: Block, following: Block) -> bool:
    return block.shape.role in TIGHT and block.shape.role == following.shape.role and block.shape.group == following.shape.group
