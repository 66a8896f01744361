"""Where the words that a reason names stand in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import regex

from cleantext.document import Reason

_REST_OF_WORD: Final = regex.compile(
    r"(?: \p{M} | (?<= [\w--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{M}]] \p{M}*) \w )*", regex.VERBOSE | regex.V1
)

Span = tuple[int, int]
"""From a character to the one behind the last."""


def spans_of(reasons: Iterable[Reason], text: str) -> list[Span]:
    """Where the words of these reasons stand, in order; what overlaps is one span.

    >>> spans_of([Reason("rule", "en.appeal.dear-reader", "dear reader")], "My Dear  Reader, ...")
    [(3, 15)]
    """
    return merged(span for reason in reasons if (span := span_of(reason, text)))


def span_of(reason: Reason, text: str) -> Span | None:
    """Where a reason's words stand in the text, as whole words. The evidence of markup is class names, not words of the text.

    >>> span_of(Reason("rule", "ar.paywall.limit", "وصلت إلى الحد"), "وصلت إلى الحدّ")
    (0, 14)
    """
    words = reason.evidence.split()
    if not words or reason.source in ("structure", "trafilatura"):
        return None
    evidence = " ".join(words)
    if (at := text.find(evidence)) >= 0:
        return at, _REST_OF_WORD.match(text, at + len(evidence)).end()
    match = regex.search(r"\s*".join(map(regex.escape, words)), text, regex.IGNORECASE)
    return (match.start(), _REST_OF_WORD.match(text, match.end()).end()) if match else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
