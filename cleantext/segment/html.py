"""HTML, cut into segments in reading order.

The parser is Lexbor (selectolax), with `scripting` on, as a browser has it. On 100 pages of 295 KB on average a walk over all
nodes with names, attributes and text takes 2.8 ms a page with Lexbor, 6.1 ms with lxml, 18.1 ms with resiliparse. lxml also
loses what stands deeper than about 250 elements; Lexbor loses nothing but is quadratic on a few hostile shapes, which
`prescan` finds beforehand and gives to `strip`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from cleantext.segment.elements import encodable
from cleantext.segment.embedded import embedded_segments, open_templates
from cleantext.segment.head import HeadReader
from cleantext.segment.links import LinkWalker
from cleantext.segment.prescan import survey
from cleantext.segment.segment import Segmentation
from cleantext.segment.strip import strip_markup
from cleantext.segment.targets import Targets
from cleantext.segment.titles import mark_title
from cleantext.segment.walk import Walker

FEW_LETTERS: Final = 200
"""A page with so little text may keep its text in templates, which scripts would show."""

_WITHOUT_EVENTS: Final = 1  # the tree as the source has it: no copies of options into <selectedcontent>

# Both are linear: no character is passed over from two beginnings. A tag ends before the next one begins, and the content
# of a template before the next template's tag, so that nested templates stay out.
_NOSCRIPT = re.compile(r"</?noscript(?=[\s/>])[^<>]*+>", re.IGNORECASE)
_TEMPLATE = re.compile(r"<template(\s[^<>]*+)>((?:[^<]++|<(?!/?template\b))*+)</template\s*+>", re.IGNORECASE)
_SHADOW_ROOT = re.compile(r"\bshadowrootmode\b", re.IGNORECASE)


def segment_html(source: str, *, links: bool = False, url: str | None = None) -> Segmentation:
    """The visible text of a page, block by block, and what its head declares; on request also its links, read at `url`.

    >>> page = segment_html("<title>Tides</title><h1>Tides</h1><p>One <b>t</b>wo<br><br>three<ul><li>four</ul>")
    >>> [segment.text for segment in page.segments]
    ['Tides', 'One two', 'three', 'four']
    >>> segment_html("<p>See <a href=/tides> the tides</a>.", links=True, url="https://a.example/sea").segments[0].links
    (Link(start=4, end=13, target='https://a.example/tides'),)

    Never raises, whatever the markup. Where a parser cannot be trusted with it, the text between the tags is cut into lines, and
    `limits` says why; that text has no links.
    """
    source = encodable(source)
    walker = partial(_link_walker, url=url) if links else _walker
    page, unscripted = _read(_with_shadow(source), walker)
    if unscripted and unscripted > _letters(page):  # a page that scripts would fill: what it says without them is its text
        page, _ = _read(_NOSCRIPT.sub("", source), walker)
    if "<template" in source and _letters(page) < FEW_LETTERS:
        opened, _ = _read(open_templates(source), walker)
        page = opened if _letters(opened) > 2 * _letters(page) else page
    return page


def _walker(_: LexborHTMLParser, reader: HeadReader) -> Walker:
    return Walker(reader)


def _link_walker(tree: LexborHTMLParser, reader: HeadReader, url: str | None) -> Walker:
    base = tree.css_first("base[href]")
    return LinkWalker(reader, Targets(url or "", (base.attributes.get("href") or "") if base else ""))


def _read(source: str, walker_of: Callable[[LexborHTMLParser, HeadReader], Walker]) -> tuple[Segmentation, int]:
    """The page, and the number of letters in its `noscript` elements."""
    found = survey(source)
    if not found.parseable:
        return Segmentation(strip_markup(source), HeadReader().head(), found.limits), 0
    reader = HeadReader()
    try:
        tree = LexborHTMLParser(source[: found.cut], options=_WITHOUT_EVENTS, scripting=True)
    except SelectolaxError:  # it reads anything, if it can have the memory
        raise MemoryError from None
    walker = walker_of(tree, reader)
    walker.walk(tree.root)
    segments = walker.segments
    if found.cut < len(source):
        segments += strip_markup(source[found.cut :])
    mark_title(segments, reader.titles())
    segments += embedded_segments(reader.objects, segments)
    unscripted = sum(len(segment.text) for text in walker.unscripted for segment in strip_markup(text))
    return Segmentation(segments, reader.head(), found.limits), unscripted


def _letters(page: Segmentation) -> int:
    return sum(len(s.text) for s in page.segments if s.origin == "dom" and not (s.markup and s.markup.hidden))


def _with_shadow(source: str) -> str:
    """Declarative shadow trees, which readers see, as ordinary elements; other templates stay templates."""
    if "shadowrootmode" not in source:
        return source
    return _TEMPLATE.sub(lambda found: f"<div{found[1]}>{found[2]}</div>" if _SHADOW_ROOT.search(found[1]) else found[0], source)
