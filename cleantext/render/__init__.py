"""A document's kept blocks in the form asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cleantext.document import Block, Document, Kind
from cleantext.options import Output
from cleantext.render.bare import bare_blocks
from cleantext.render.html import to_html
from cleantext.render.markdown import to_markdown
from cleantext.render.text import join_page, join_source
from cleantext.segment.markdown import segment_markdown
from cleantext.segment.text import texts_of


def render_blocks(blocks: Sequence[Block], kind: Kind, output: Output) -> str:
    """The kept blocks as text, Markdown or HTML; a text or Markdown source stays as it is written, except for HTML."""
    if output == "html":
        return to_html(bare_blocks(blocks) if kind == "markdown" else blocks)
    if kind != "html":
        return join_source(
            ((block.text, block.after, block.keep) for block in blocks), texts_of if kind == "text" else _markdown_texts
        )
    return to_markdown(blocks) if output == "markdown" else join_page(blocks)


def _markdown_texts(source: str) -> list[str]:
    return [segment.text for segment in segment_markdown(source).segments]


def to_json(document: Document) -> str:
    """`Document.to_dict()` as one line of JSON."""
    return json.dumps(document.to_dict(), ensure_ascii=False)
