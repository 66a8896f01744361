"""Where the words that a reason names stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleantext.document import Reason

Span = tuple[int, int]
"""From a character to the one behind the last."""


def spans_of(reasons: Iterable[Reason], text: str) -> list[Span]:
    """Where the words of these reasons stand, in order; what overlaps is one span.

    >>> spans_of([Reason("rule", "en.appeal.dear-reader", "dear reader")], "My Dear  Reader, ...")
    [(3, 15)]
    """
    return merged(span for reason in reasons if (span := span_of(reason, text)))


def span_of(reason: Reason, text: str) -> Span | None:
    """Where a reason's words stand in the text. The evidence of markup is class names, not words of the text."""
    words = reason.evidence.split()
    if not words or reason.source in ("structure", "trafilatura"):
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE)
    return match.span() if match else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
