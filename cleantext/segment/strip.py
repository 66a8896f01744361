"""The way out for markup that no parser can be trusted with: the text between the tags, in linear time."""

from __future__ import annotations

import html

from cleantext.document import PARAGRAPH, Shape
from cleantext.segment.elements import BLOCKS, HEADINGS, SEPARATORS, SKIPPED, collapse, printable
from cleantext.segment.prescan import RAW, scan_tags
from cleantext.segment.segment import Markup, Segment

_BREAKS = BLOCKS | SEPARATORS | {"br"}


def strip_markup(source: str) -> list[Segment]:
    """All text outside of tags, cut at the tags of blocks; what never ends (a comment, a script) hides nothing.

    >>> [segment.text for segment in strip_markup("<div>One<p>two <b>three</b><script>x()</script>four<!-- five")]
    ['One', 'two threefour', 'five']
    """
    segments: list[Segment] = []
    pieces: list[str] = []
    position, tag = 0, ""
    for start, end, name, content_end, unclosed in scan_tags(source):
        if start > position:
            pieces.append(source[position:start])
        position = content_end if name in SKIPPED and name in RAW else end
        name = name.removeprefix("/")
        if name in _BREAKS or unclosed:
            if pieces:  # millions of tags may stand side by side
                _add(segments, pieces, tag)
                pieces = []
            tag = name
    pieces.append(source[position:])
    _add(segments, pieces, tag)
    return segments


def _add(segments: list[Segment], pieces: list[str], tag: str) -> None:
    text = printable(collapse(html.unescape("".join(pieces)))).strip()
    if text:
        level = HEADINGS.get(tag, 0)
        shape = Shape("heading", level=level) if level else PARAGRAPH
        segments.append(Segment(text, shape=shape, origin="dom", markup=Markup(tag=tag)))
