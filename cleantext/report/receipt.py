"""A document's blocks as HTML: kept text plain, removed text tinted, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import Final

from cleantext.document import Block, Document, Reason
from cleantext.options import MARKED_APART
from cleantext.report.evidence import Span, spans_of
from cleantext.report.markup import quoted, shown
from cleantext.report.portion import BLOCK_CHARACTERS, cut, portion_of
from cleantext.report.terminal import counted

CHUNK: Final = 24
"""Runs that a browser lays out together, or passes over together while they are out of sight."""

FOLDED: Final = 4
SHORT: Final = 80
"""A run of this many blocks whose mean length is below that many characters is furniture, as a menu; it is shown folded."""

HINT: Final = 60
"""Characters of a folded run that its line shows."""

SOURCES: Final = {
    "rule": "rule",
    "model": "model",
    "site": "site rule",
    "structure": "markup",
    "trafilatura": "trafilatura",
}


def receipt(document: Document, anchor: str) -> str:
    """The source as it was, block by block; `anchor` begins the ids of its elements."""
    portion = portion_of(document.blocks)
    parts = [*_chunks(portion.head, f"{anchor}a")]
    if portion.left_out:
        parts += [_gap(portion.left_out), *_chunks(portion.tail, f"{anchor}z")]
    return "".join(parts)


def _gap(blocks: Sequence[Block]) -> str:
    removed = Counter(str(block.label) for block in blocks if not block.keep)
    what = ", ".join(f"{label} {number:,}" for label, number in removed.most_common())
    size = sum(len(block.text) for block in blocks)
    return (
        f'<p class="gap" role="note">{counted(len(blocks), "block")} ({counted(size, "character")}) '
        f"not shown here, {removed.total():,} of them removed{': ' if what else ''}{what}. "
        "The clean text is whole in the program&#39;s output.</p>"
    )


def _chunks(blocks: Iterable[Block], anchor: str) -> Iterator[str]:
    runs = groupby(enumerate(blocks), lambda item: (item[1].keep, "" if item[1].keep else str(item[1].label)))
    pieces = (_piece(list(group), label, anchor) for (_, label), group in runs)
    whole = chain.from_iterable(pieces)
    while chunk := "".join(islice(whole, CHUNK)):
        yield f'<div class="chunk">{chunk}</div>'


def _piece(members: Sequence[tuple[int, Block]], label: str, anchor: str) -> list[str]:
    """What a run of neighbours comes to: kept blocks one by one, removed ones in a frame that names their label."""
    if not label:
        return [f'<div class="{_classes(block)}" dir="auto">{_text(block.text, [])}</div>' for _, block in members]
    inside = "".join(_removed(block, f"{anchor}{number}") for number, block in members)
    return [_frame([block for _, block in members], label, inside)]


def _frame(blocks: Sequence[Block], label: str, inside: str) -> str:
    number = f" <span>{counted(len(blocks), 'block')}</span>" if len(blocks) > 1 else ""
    apart = " <span>set apart</span>" if label in MARKED_APART else ""
    tag = f"<b>{_words(label)}</b>{apart}{number}"
    size = sum(len(block.text) for block in blocks)
    if len(blocks) >= FOLDED and size < SHORT * len(blocks):
        hint = shown(" · ".join(" ".join(block.text.split()) for block in blocks)[:HINT])
        return (
            f'<details class="run" data-label="{label}"><summary class="tag">{tag} '
            f'<bdi class="hint">{hint} …</bdi></summary>{inside}</details>'
        )
    return f'<div class="run" data-label="{label}"><p class="tag">{tag}</p>{inside}</div>'


def _removed(block: Block, name: str) -> str:
    text = _text(block.text, spans_of(block.reasons, block.text[:BLOCK_CHARACTERS]))
    return (
        f'<div class="{_classes(block)} out" role="group" aria-label="removed: {_words(block.label)}" aria-describedby="{name}" '
        f'tabindex="0"><div dir="auto">{text}</div><div class="why" id="{name}">{_why(block)}</div></div>'
    )


def _why(block: Block) -> str:
    """Label, score and reasons of a block: what the card shows, and the printed page."""
    reasons = "".join(map(_reason, sorted(dict.fromkeys(block.reasons), key=lambda reason: -reason.weight)))
    path = f'<p class="path"><bdi>{shown(block.path[-200:])}</bdi></p>' if block.path else ""
    return f'<p class="verdict"><b>{_words(block.label)}</b> <span>score {block.score:.2f}</span></p><dl>{reasons}</dl>{path}'


def _reason(reason: Reason) -> str:
    words = " ".join(reason.evidence.split())
    words = words if len(words) <= 300 else words[:300] + " …"
    quote = "span" if reason.id in words or reason.source == "structure" else "q"  # not the text's own words
    evidence = f"<{quote}><bdi>{shown(words)}</bdi></{quote}>" if words else ""
    return (
        f"<dt>{SOURCES[reason.source]} <code>{shown(reason.id)}</code> <span>{reason.weight:.2f}</span></dt><dd>{evidence}</dd>"
    )


def _text(text: str, spans: Sequence[Span]) -> str:
    """A block's text with marks around the spans; of a very long one the begin and the end."""
    head, missing, tail = cut(text, BLOCK_CHARACTERS)
    out, at = [], 0
    for start, end in spans:
        if end > len(head):
            break
        out += [shown(head[at:start]), "<mark>", shown(head[start:end]), "</mark>"]
        at = end
    gap = f'<span class="gap">{counted(missing, "character")} not shown here</span>' if missing else ""
    return "".join([*out, shown(head[at:]), gap, shown(tail)])


def _classes(block: Block) -> str:
    shape = block.shape
    classes = ["block", quoted(shape.role.replace("_", "-"))]
    if shape.role == "heading":
        classes.append(f"level-{min(max(shape.level, 1), 6)}")
    if shape.quote:
        classes.append("quote")
    if block.after.count("\n") == 1:
        classes.append("tight")
    return " ".join(classes)


def _words(label: str) -> str:
    return label.replace("_", " ")
