"""Blocks of a Markdown source without the markers that say what they are: for an output that says it in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from cleantext.document import Block, Shape

_QUOTE: Final = re.compile(r"[ \t]*>[ ]?")
_ITEM: Final = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)")
_HEADING: Final = re.compile(r"[ \t]*#{1,6}(?=[ \t]|$)")
_CLOSING: Final = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_UNDERLINE: Final = re.compile(r"\n[ \t]*(?:=+|-+)[ \t]*$")
_FENCE: Final = re.compile(r"([ \t]*)(?:`{3,}|~{3,})[ \t]*([\w+#-]*)")
_PIPE: Final = re.compile(r"(?<!\\)\|")


def bare_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The kept blocks without their markers. Signs within a line (emphasis, links) stay as they are written.

    >>> from cleantext.segment.markdown import segment_markdown
    >>> found = segment_markdown("## Lamps\\n\\n> - oil\\n").segments
    >>> [block.text for block in bare_blocks(Block(segment.text, shape=segment.shape) for segment in found)]
    ['Lamps', 'oil']
    """
    number = group = 0  # of the last item, and of the last list that is in no other
    for serial, block in enumerate(blocks, 1):
        if not block.keep:
            continue
        shape, text = block.shape, _unquoted(block.text, block.shape.quote)
        if shape.role == "item":
            if marker := _ITEM.match(text):
                number, text = serial, text[marker.end() :]
                group = shape.group if shape.level <= 1 else group
                shape = replace(shape, item=number, group=group)
            else:  # a further line of the item
                shape = Shape(quote=shape.quote, item=number)
        elif shape.role == "code":
            text, shape = _code(text, shape)
        elif shape.role != "front_matter":
            text = {"heading": _heading, "row": _cells}.get(shape.role, str.strip)(text)
        yield replace(block, text=text if shape.role in ("code", "row") else text.strip(), shape=shape)


def _unquoted(text: str, depth: int) -> str:
    if not depth:
        return text
    lines = text.split("\n")
    for i, line in enumerate(lines):
        for _ in range(depth):
            if not (mark := _QUOTE.match(line)):
                break
            line = line[mark.end() :]
        lines[i] = line
    return "\n".join(lines)


def _heading(text: str) -> str:
    if opening := _HEADING.match(text):
        return _CLOSING.sub("", text[opening.end() :])
    return _UNDERLINE.sub("", text)


def _cells(text: str) -> str:
    """A row as a page's rows are: cells parted by tabs, without the line of dashes."""
    row = text.split("\n", 1)[0].strip().removeprefix("|")
    cells = _PIPE.split(row[:-1] if row.endswith("|") and not row.endswith("\\|") else row)
    return "\t".join(" ".join(cell.replace("\\|", "|").split()) for cell in cells)


def _code(text: str, shape: Shape) -> tuple[str, Shape]:
    """Code without its fence or its indentation."""
    lines = text.split("\n")
    if not (fence := _FENCE.match(lines[0])):
        return _outdented(lines, 4), shape
    mark = lines[0].strip()[:3]
    end = -1 if len(lines) > 1 and lines[-1].strip().startswith(mark) and not lines[-1].strip().strip(mark[0]) else len(lines)
    return _outdented(lines[1:end], len(fence[1])), replace(shape, language=fence[2])


def _outdented(lines: list[str], most: int) -> str:
    """The lines with so much less indentation at most."""
    return "\n".join(line[min(most, len(line) - len(line.lstrip(" "))) :] for line in lines)
