"""The report: what any document's words come to in a page."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from cleantext.document import Block, Completeness, Document, Label, Metadata, Reason, Shape
from cleantext.report.facts import summary_of
from cleantext.report.page import Page
from cleantext.report.strip import strip_of
from cleantext.report.terminal import diff, explain
from cleantext.report.view import view
from fuzz.claims import is_encodable
from fuzz.drawing import Drawn

MOST: Final = 12
"""Blocks of a document: more cost time and show nothing new."""

TAGS: Final = frozenset(
    "html head meta title style script body main article header p a h1 h2 section div span b bdi i ul ol li button dl dt dd code q mark details "
    "summary nav table caption thead tbody tr th td svg rect -text".split()
)
"""The elements of reports."""
_STEERS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONGEST: Final = 600
"""Bytes of an input."""


def check(data: bytes) -> None:
    """Words of a document are text in its report and nothing else: it has the elements that every report has, and no others."""
    drawn = Drawn(data)
    kinds: tuple[Label, ...] = tuple(Label)
    whole = not drawn.one_of(range(16))
    labels = [kinds[byte % len(kinds)] for byte in drawn.rest[:4]] or [Label.BODY]
    pieces = drawn.text.split("\n")[:MOST]
    document = _document(labels, pieces)
    name = pieces[0]
    shown = _page(document, name) if whole else view(document, name, "d1", listed=True)
    assert is_encodable(shown)
    page = LexborHTMLParser(shown)
    for node in page.root.traverse() if page.root else ():
        assert node.tag in TAGS, node.tag
        assert not any(attribute.startswith("on") or attribute in ("style", "srcdoc", "src") for attribute in node.attributes)
        assert (node.attributes.get("href") or "#").startswith("#")
    clean = page.css_first(".clean .text")
    assert clean
    assert list(filter(str.isalnum, clean.text())) == list(filter(str.isalnum, document.text))
    _check_terminal(document, name)


def _check_terminal(document: Document, name: str) -> None:
    for text in (explain(document, name), *([diff(document, name, terminal=True)] if len(document.blocks) < 9 else [])):
        assert not _STEERS.search(text), text


def _document(labels: list[Label], pieces: list[str]) -> Document:
    blocks, at = [], 0
    for i, piece in enumerate(pieces):
        label = labels[i % len(labels)] if labels else Label.BODY
        reasons = (Reason("rule", piece[:20], piece[2:9], 0.5), Reason("site", pieces[-1], piece, 1.0))
        keep = label is Label.BODY
        shape = Shape("paragraph") if i % 3 else Shape("heading", level=i % 7)
        blocks.append(Block(piece, label, keep, 0.5, () if keep else reasons, at, at + len(piece), "\n", shape, piece))
        at += len(piece) + 1
    first = pieces[0]
    return Document(
        text="\n".join(block.text for block in blocks if block.keep),
        kind="text",
        language=first[:5],
        blocks=tuple(blocks),
        completeness=Completeness("truncated", first, pieces[-1]),
        status="partial",
        limits=(first, pieces[-1]),
        metadata=Metadata(title=pieces[-1], site=first),
    )


def _page(document: Document, name: str) -> str:
    file = BytesIO()
    page = Page(file, name, several=True)
    page.add(summary_of(document, name), view(document, name, "d1", listed=True), "d1", strip_of(document.blocks))
    page.fail(name, name)
    page.close()
    text = file.getvalue().decode("utf-8")
    assert text.count("<script") == 1
    return text
