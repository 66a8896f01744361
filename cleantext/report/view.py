"""One document as HTML: what is known of it, its labels, the source as it was, and the clean text beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Final

from cleantext.document import Document
from cleantext.report.facts import VERDICTS, completeness_facts, summary_of
from cleantext.report.markup import language_of, quoted, shown
from cleantext.report.portion import CHARACTERS, cut
from cleantext.report.receipt import receipt
from cleantext.report.strip import strip_of
from cleantext.report.terminal import counted

KINDS: Final = {"html": "HTML", "markdown": "Markdown", "text": "plain text"}
PIECE: Final = 4_000
"""Characters of clean text, to the next line break, that a browser lays out together."""


def view(document: Document, name: str, anchor: str = "d", *, listed: bool = False) -> str:
    """The document as an element with the id `anchor`; a `listed` one leads back to the index."""
    title = document.metadata.title
    language = quoted(language_of(document.language))
    back = '<p class="back"><a href="#index">All documents</a></p>' if listed else ""
    heading = title or os.path.basename(name) or name
    eyebrow = f'<p class="name"><bdi>{shown(name)}</bdi></p>' if heading != name else ""
    return (
        f'<article class="document" id="{anchor}" tabindex="-1" aria-labelledby="{anchor}-title"><header>{back}{eyebrow}'
        f'<h1 id="{anchor}-title" dir="auto" lang="{language if title else ""}">{shown(heading)}</h1>'
        f"{strip_of(document.blocks)}{_facts(document)}</header>"
        f'<div class="bench">{_switches(document)}{_views(anchor)}'
        f'<section class="source" id="{anchor}-source" aria-label="As it was" lang="{language}"><h2 lang="en">As it was</h2>'
        f"{receipt(document, anchor)}</section>"
        f'<section class="clean" id="{anchor}-clean" aria-label="Clean text" lang="{language}"><h2 lang="en">Clean text</h2>'
        f'<div class="text">{"".join(_clean(document.text))}</div></section></div></article>\n'
    )


def _facts(document: Document) -> str:
    summary = summary_of(document, "")
    source = [KINDS[document.kind], document.page_kind, language_of(document.language), document.metadata.site]
    lines = [
        f"<b>{len(document.removed):,}</b> of {counted(len(document.blocks), 'block')} removed",
        f"<b>{summary.share:.0%}</b> of the characters",
        *(f"<bdi>{shown(fact)}</bdi>" for fact in source if fact),
    ]
    facts = "".join(
        f"<div><dt>{what}</dt><dd><bdi>{shown(said)}</bdi></dd></div>" for what, said in completeness_facts(document.completeness)
    )
    verdict = f'<p class="verdict-{document.completeness.verdict}">{VERDICTS[document.completeness.verdict]}</p>'
    status = "".join(f"<li>{shown(limit)}</li>" for limit in document.limits) or f"<li>status {document.status}</li>"
    warning = f'<ul class="limits">{status}</ul>' if document.status != "ok" else ""
    return (
        f'<p class="counts">{"".join(f"<span>{line}</span>" for line in lines)}</p>{warning}'
        f'<div class="completeness">{verdict}{f"<dl>{facts}</dl>" if facts else ""}</div>'
    )


def _switches(document: Document) -> str:
    removed = summary_of(document, "").removed
    switches = "".join(
        f'<li><button type="button" role="switch" aria-checked="true" data-switch="{label}" data-label="{label}">'
        f'<i class="swatch" aria-hidden="true"></i>{label.replace("_", " ")} <span>{number:,}</span></button></li>'
        for label, number in sorted(removed.items(), key=lambda item: (-item[1], item[0]))
    )
    if not switches:
        return '<div class="labels"><p class="none">Nothing was removed.</p></div>'
    both = '<li><button type="button" data-all>Hide all</button></li>' if len(removed) > 1 else ""
    return f'<div class="labels" role="group" aria-label="Show what was removed"><ul>{switches}{both}</ul></div>'


def _views(anchor: str) -> str:
    """Where there is no room for both texts side by side: which of them is shown."""
    buttons = "".join(
        f'<button type="button" aria-pressed="{pressed}" data-view="{which}" aria-controls="{anchor}-{which}">{words}</button>'
        for which, words, pressed in (("source", "As it was", "true"), ("clean", "Clean text", "false"))
    )
    return f'<div class="views" role="group" aria-label="Text">{buttons}</div>'


def _clean(text: str) -> Iterator[str]:
    """The clean text in pieces that end in a line break, so that together they are the text."""
    head, missing, tail = cut(text, CHARACTERS)
    yield from _pieces(head)
    if missing:
        yield f'<p class="gap" role="note">{counted(missing, "character")} not shown here</p>'
        yield from _pieces(tail)


def _pieces(text: str) -> Iterator[str]:
    for match in re.finditer(rf"(?s).{{1,{PIECE}}}[^\n]{{0,{PIECE}}}\n?", text):
        yield f"<div>{shown(match[0])}</div>"
