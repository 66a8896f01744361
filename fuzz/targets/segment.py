"""Cutting text, Markdown and pages into segments, and the look that is taken at a page before a parser is."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from typing import Final

from cleantext.segment import prescan
from cleantext.segment.html import segment_html
from cleantext.segment.markdown import segment_markdown
from cleantext.segment.segment import Segment
from cleantext.segment.text import segment_text
from fuzz.claims import is_encodable, is_subsequence
from fuzz.drawing import Drawn

LONGEST: Final = 800
"""Bytes of an input."""


def check(data: bytes) -> None:
    """Text and Markdown are tiled by their segments; those of a page are made of its characters, and a quick look at it errs on no page."""
    drawn = Drawn(data)
    kind = drawn.one_of(("text", "markdown", "html", "html"))
    source = drawn.text
    if kind == "html":
        _check_survey(source)
        page = segment_html(source, links=drawn.one_of((False, True)), url=drawn.one_of((None, "https://a.example/sea", "//[")))
        _check_page(page.segments)
        _check_words(drawn.one_of(page.segments or [Segment("")]), source)
    else:
        _check_tiles((segment_text if kind == "text" else segment_markdown)(source).segments, source)


def _check_tiles(segments: Sequence[Segment], source: str) -> None:
    position = 0
    for segment in segments:
        assert segment.start == position
        assert source.startswith(segment.text + segment.after, position)
        assert not segment.after.replace("\ufeff", "").strip()
        position += len(segment.text) + len(segment.after)
    assert position == len(source)


def _check_survey(source: str) -> None:
    found = prescan.survey(source)
    assert 0 <= found.cut <= len(source)
    # The quick look must agree with the careful one.
    if prescan._orderly(source):
        assert prescan._careful(source) == found


def _check_words(segment: Segment, source: str) -> None:
    if segment.origin == "dom":
        page = html.unescape(source)
        signs = list(filter(str.isalnum, segment.text))
        moved = "<table" in source.lower()  # what stands in a table outside of its cells is shown before it
        assert not Counter(signs) - Counter(page) if moved else is_subsequence(signs, page), segment.text


def _check_page(segments: Sequence[Segment]) -> None:
    for segment in segments:
        text = segment.text
        assert text.strip()
        assert is_encodable(text)
        assert not set(text) & {"\0", "\x7f", "\x1b"}
        at = 0
        for link in segment.links:
            assert at <= link.start < link.end <= len(text)
            at = link.end
            assert not text[link.start].isspace()
            assert not set(link.target) & set(" \"'<>\\|\n\t\0")
