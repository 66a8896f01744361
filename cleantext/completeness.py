"""Is the article all there? A verdict on what was kept and removed; `unknown` unless the text itself tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleantext.document import Block, Completeness, Label, Verdict
from cleantext.segment.segment import Head

CUT = re.compile(r"(?:\w|,|\.\.\.|…|\[(?:…|\.\.\.)\])\s*$")
"""How a text ends that was cut: in a word, after a comma, or with an ellipsis."""

LEFT = re.compile(r"\d\s*[%％٪]|\d\s*(?:文字|字)")
"""How much is left to read: a share, or a number of characters."""

WHOLE = 0.9
"""The share of the declared words that makes a text whole; counts of words differ by that much."""

WORD = re.compile(r"\w+")
CLOSING = frozenset({Label.CREDIT, Label.CORRECTION, Label.BYLINE, Label.DATELINE, Label.CAPTION, Label.HEADING, Label.TITLE})
PROSE = 60
"""Characters. A shorter last line is a heading or a credit as often as a sentence that was cut."""


def assess(blocks: Sequence[Block], gates: Sequence[int], head: Head | None) -> Completeness:
    """Judge a document by its blocks; `gates` are the numbers of removed blocks that say that the text stops there.

    `truncated` needs a gate after the last of the body, and a body that stops before it in mid-sentence or a gate that says how
    much is left. A metering notice under a full article is no gate. A publisher's claim (`head.free`) is reported and decides
    nothing: it says gated, not cut. `complete` needs a publisher's own word count that the text reaches.
    """
    body = [i for i, block in enumerate(blocks) if block.keep and block.label not in CLOSING and block.text.strip()]
    found = sum(len(WORD.findall(blocks[i].text)) for i in body) if head and head.declared_words else 0
    last = blocks[body[-1]].text.rstrip() if body else ""
    mid_sentence = len(last) >= PROSE and CUT.search(last[-20:]) is not None
    gate = next((i for i in gates if not body or i > body[-1]), None)
    verdict: Verdict = "unknown"
    if gate is not None and (mid_sentence or LEFT.search(blocks[gate].text)):
        verdict = "truncated"
    elif gate is None and not mid_sentence and head and head.declared_words and found >= WHOLE * head.declared_words:
        verdict = "complete"
    return Completeness(
        verdict=verdict,
        gate=blocks[gate].text[:200] if gate is not None else "",
        ends_mid_sentence=mid_sentence,
        free=head.free if head else None,
        declared_words=head.declared_words if head else None,
        found_words=found,
    )
