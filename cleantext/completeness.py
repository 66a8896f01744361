"""Is the article all there? A verdict on what was kept and removed; `unknown` unless the text itself tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleantext.document import Block, Completeness, Label
from cleantext.segment.segment import Head

ENDS = re.compile(r"[.!?…。！？।؟:;)\]\"'”’»›」』]\W*$")
CUT = re.compile(r"(?:\w|,|\.\.\.|…|\[(?:…|\.\.\.)\])\s*$")
"""How a text ends that was cut: in a word, after a comma, or with an ellipsis."""

WORD = re.compile(r"\w+")
CLOSING = frozenset({Label.CREDIT, Label.CORRECTION, Label.BYLINE, Label.DATELINE, Label.CAPTION, Label.HEADING, Label.TITLE})
PROSE = 60
"""Characters. A shorter last line is a heading or a credit as often as a sentence that was cut."""


def assess(blocks: Sequence[Block], gates: Sequence[int], head: Head | None) -> Completeness:
    """Judge a document by its blocks; `gates` are the numbers of removed blocks that say that the text stops there.

    `truncated` needs a gate, and a body that stops before it in mid-sentence or does not go on after it. A metering notice
    under a full article is no gate. A publisher's claim (`head.free`) is reported and decides nothing: it says gated, not cut.
    `complete` needs a publisher's own word count that the text reaches, or a claim that it is free and a proper ending.
    """
    body = [i for i, block in enumerate(blocks) if block.keep and block.label not in CLOSING and block.text.strip()]
    found = sum(len(WORD.findall(blocks[i].text)) for i in body) if head and head.declared_words else 0
    last = blocks[body[-1]].text.rstrip() if body else ""
    mid_sentence = len(last) >= PROSE and not ENDS.search(last[-20:]) and CUT.search(last[-20:]) is not None
    gate = next((i for i in gates if not body or i > body[-1]), None)
    verdict = "unknown"
    if gate is not None:
        verdict = "truncated"
    elif head is not None and not mid_sentence and _whole(head, found):
        verdict = "complete"
    return Completeness(
        verdict=verdict,  # type: ignore[arg-type]
        gate=blocks[gate].text[:200] if gate is not None else "",
        ends_mid_sentence=mid_sentence,
        free=head.free if head else None,
        declared_words=head.declared_words if head else None,
        found_words=found,
    )


def _whole(head: Head, found: int) -> bool:
    if head.declared_words:
        return found >= 0.9 * head.declared_words
    return False
