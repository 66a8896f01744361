"""The whole way: from a source to the clean text and its receipt."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Final, get_args

from cleantext import Cleaner, Document, Label, Options
from cleantext.options import Extractor, Output, Profile, Source
from fuzz.claims import is_encodable, is_subsequence
from fuzz.drawing import Drawn

_URLS: Final = (None, "https://a.example/sea/ferry")
_TAGS: Final = frozenset("article h1 h2 h3 h4 h5 h6 p br ul ol li table tr th td pre code blockquote a".split())
_TAG: Final = re.compile(r"</?([^\s>]*)")
LONGEST: Final = 800
"""Bytes of an input."""


def check(data: bytes) -> None:
    """Nothing raises; both calls agree; what was kept and what was removed are the source; once is enough."""
    drawn = Drawn(data)
    kind: Source = drawn.one_of(get_args(Source))
    profile: Profile = drawn.one_of(get_args(Profile))
    shape = drawn.one_of(range(64))
    output: Output = get_args(Output)[shape % 4]
    cleaner = _cleaner(kind, profile, output, bool(shape & 4), "none" if shape & 24 else "auto")
    url = _URLS[shape >> 5]
    last = drawn.one_of(range(16))
    source: str | bytes = drawn.text if last & 1 else drawn.rest
    document = cleaner.analyze(source, url=url)
    said = json.dumps(document.to_dict(), ensure_ascii=False)
    if last & 2:
        assert cleaner.clean(source, url=url) == (said if output == "json" else document.text)
    if isinstance(source, bytes):
        assert is_encodable(said)
    _check_receipt(document)
    if document.kind == "html":
        assert is_encodable(said)
    elif output != "html":
        _check_text(document, source)
        if last & 4 and kind in ("text", "markdown"):
            _check_twice(document, cleaner)
    if output == "html":
        assert set(_TAG.findall(document.text)) <= _TAGS, document.text


@cache
def _cleaner(kind: Source, profile: Profile, output: Output, links: bool, extractor: Extractor) -> Cleaner:
    include = frozenset({Label.TITLE, Label.CAPTION}) if links else frozenset[Label]()
    return Cleaner(Options(kind=kind, profile=profile, output=output, links=links, extractor=extractor, include=include))


def _check_receipt(document: Document) -> None:
    for block in document.blocks:
        assert block.keep or block.reasons, "a removal without a reason"
        assert 0 <= block.score <= 1
        assert block.text.strip() or document.kind != "html"
    kept = [block.text for block in document.blocks if block.keep]
    assert (document.status in ("ok", "partial", "limit")) or not "".join(kept).strip()
    for link in document.links:
        assert 0 <= link.start < link.end <= len(document.text)


def _check_twice(document: Document, cleaner: Cleaner) -> None:
    """Cleaning again changes nothing, unless lines that now stand by themselves are read as one hard-wrapped paragraph."""
    again = cleaner.analyze(document.text)
    if [block.text for block in again.blocks] == [block.text for block in document.blocks if block.keep]:
        assert again.text == document.text, "cleaning twice is not cleaning once"


def _check_text(document: Document, source: str | bytes) -> None:
    whole = document.restore()
    assert isinstance(source, bytes) or whole == source
    assert is_subsequence("".join(document.text.split()), whole)
    assert all(whole[block.start : block.end] == block.text for block in document.blocks)
