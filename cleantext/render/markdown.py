"""Kept blocks as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleantext.document import Block
from cleantext.render.text import belong

ESCAPED = re.compile(r"([\\`*_\[\]<])")
OPENING = re.compile(r"^(\s*)([#>+-]|\d{1,9}[.)]|~{3,}|={3,}|\|)", re.MULTILINE)
"""What would begin a heading, a quotation, a list, a fence or a table at the start of a line."""


def to_markdown(blocks: Iterable[Block]) -> str:
    """Write blocks of a page as Markdown; their text is escaped, so that it reads as it did on the page."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if not block.keep or not block.text:
            continue
        tight = previous is not None and belong(previous, block)
        if previous is not None:
            parts.append("\n" if tight else "\n\n")
        parts.append(_quoted(_block(block, first=not tight), block.shape.quote))
        previous = block
    return "".join(parts)


def _block(block: Block, *, first: bool) -> str:
    shape = block.shape
    if shape.role == "code":
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", block.text)), 3)
        return f"{fence}\n{block.text}\n{fence}"
    if shape.role == "row":
        return _row(block.text, first=first)
    text = _escape(block.text)
    if shape.role == "heading":
        return f"{'#' * min(max(shape.level, 1), 6)} {' '.join(text.split())}"
    if shape.role == "item":
        indent = "    " * max(shape.level - 1, 0)
        marker = f"{shape.ordinal}." if shape.ordinal else "-"
        return f"{indent}{marker} " + text.replace("\n", f"\n{indent}{' ' * (len(marker) + 1)}")
    return text.replace("\n", "  \n")


def _row(text: str, *, first: bool) -> str:
    cells = [_escape(" ".join(cell.split())).replace("|", "\\|") for cell in text.split("\t")]
    line = f"| {' | '.join(cells)} |"
    return f"{line}\n|{' --- |' * len(cells)}" if first else line


def _escape(text: str) -> str:
    return OPENING.sub(r"\1\\\2", ESCAPED.sub(r"\\\1", text))


def _quoted(text: str, depth: int) -> str:
    prefix = "> " * depth
    return "\n".join(prefix + line for line in text.split("\n")) if depth else text
