"""Kept blocks as HTML: the article's structure and text, and nothing else of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from cleantext.document import Block, Shape


def to_html(blocks: Iterable[Block]) -> str:
    """An `<article>` of headings, paragraphs, lists, tables, code and quotations; all text is escaped."""
    kept = [block for block in blocks if block.keep and block.text.strip()]
    lines = ["<article>"]
    for quote, run in groupby(kept, key=lambda block: block.shape.quote):
        lines += ["<blockquote>"] * quote
        for (role, _), group in groupby(run, key=lambda block: _group(block.shape)):
            lines += _group_lines(role, list(group))
        lines += ["</blockquote>"] * quote
    return "\n".join([*lines, "</article>"])


def _group(shape: Shape) -> tuple[str, int]:
    return shape.role, shape.group


def _group_lines(role: str, blocks: list[Block]) -> Iterator[str]:
    if role == "row":
        yield "<table>"
        yield from (_row(block) for block in blocks)
        yield "</table>"
    elif role == "item":
        yield from _list(blocks)
    else:
        for block in blocks:
            tag = {"heading": f"h{min(max(block.shape.level, 1), 6)}", "code": "pre", "front_matter": "pre"}.get(role, "p")
            text = escape(block.text, quote=False)
            yield f"<{tag}>{text if tag == 'pre' else text.replace(chr(10), '<br>')}</{tag}>"


def _row(block: Block) -> str:
    tag = "th" if block.shape.header else "td"
    return "<tr>" + "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in block.text.split("\t")) + "</tr>"


def _list(items: list[Block]) -> Iterator[str]:
    """Items as nested lists; an item stays open until one of its own or a lesser depth follows."""
    open_lists: list[str] = []
    for item in items:
        tag = "ol" if item.shape.ordinal else "ul"
        level = max(item.shape.level, 1)
        while len(open_lists) > level:
            yield f"</li></{open_lists.pop()}>"
        if len(open_lists) == level:
            yield "</li>"
        while len(open_lists) < level:
            open_lists.append(tag)
            yield f"<{tag}>" if len(open_lists) == level else f"<{tag}><li>"
        yield f"<li>{escape(item.text, quote=False)}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"
