"""Links in Markdown. While a text is escaped, signs that no page's text holds stand for the links' brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cleantext.document import Block, Link

OPEN: Final = "\ufdd0"
CLOSE: Final = "\ufdd1"
"""Non-characters, which the segmenter of pages takes out; to the rules of escaping they are signs like any bracket."""

_LINK = re.compile(f"(!?){OPEN}([^{OPEN}{CLOSE}]*+){CLOSE}")
_BRACKET = re.compile(r"\\[!-/:-@\[-`{-~]|[\[\]]")
_REFERENCE = re.compile(r"&(?=#?[A-Za-z0-9]{1,40};)")
_PARENTHESIS = re.compile(r"[()]")
_BALANCED = re.compile(r"[^()]*+(?:\([^()]*+\)[^()]*+)*+")


def mark_links(block: Block) -> str:
    """The text of a block, with the signs where its links begin and end."""
    if not block.links:
        return block.text
    parts: list[str] = []
    position = 0
    for link in block.links:
        parts += (block.text[position : link.start], OPEN, block.text[link.start : link.end], CLOSE)
        position = link.end
    return "".join([*parts, block.text[position:]])


def write_links(text: str, links: Sequence[Link]) -> str:
    r"""The escaped text of a block, with the links' markup in place of the signs.

    >>> print(write_links(f"Look!{OPEN}Map [2]{CLOSE}", [Link(5, 12, "/a_(b)")]))
    Look\![Map \[2\]](/a_(b))
    """
    rest = iter(links)

    def markup(found: re.Match[str]) -> str:
        before = "\\!" if found[1] else ""  # else it would be an image
        return f"{before}[{_BRACKET.sub(_escaped, found[2])}]({_destination(next(rest).target)})"

    return _LINK.sub(markup, text) if links else text


def _escaped(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else f"\\{found[0]}"


def _destination(target: str) -> str:
    """A target as Markdown has it: parentheses in pairs stay as they are."""
    target = _REFERENCE.sub(r"\\&", target)
    return target if _BALANCED.fullmatch(target) else _PARENTHESIS.sub(r"\\\g<0>", target)
