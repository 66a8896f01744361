"""The rule engine, and what is concluded along a document."""

from __future__ import annotations

from typing import Final

from cleantext.detect.rules import rule_set
from cleantext.detect.sequence import find
from cleantext.detect.tails import find_tails, spare_stories
from fuzz.drawing import Drawn

LONGEST: Final = 600
"""Bytes of an input."""


def check(data: bytes) -> None:
    """A rule says the same of a block wherever it stands; findings and prompts at the ends of paragraphs lie within the document."""
    drawn = Drawn(data)
    rules = rule_set(drawn.one_of((None, None, "en", "de", "xx")))
    texts = drawn.text.split("\n")
    matches = rules.match(texts)
    assert not matches.limits
    assert all(matches.hits.values())
    for i in {drawn.one_of(range(len(texts))), drawn.one_of(sorted(matches.hits) or [0])}:
        assert rules.match([texts[i]]).hits.get(0) == matches.hits.get(i), texts[i]
    findings = find(texts, matches, rules)
    left, tails = spare_stories(texts, findings, rules, None)
    tails = find_tails({i: text for i, text in enumerate(texts) if i not in left}, tails, rules)
    assert left.keys() <= findings.keys() <= set(range(len(texts)))
    assert all(0 <= finding.score <= 1 and finding.reasons for finding in findings.values())
    for i, (start, finding) in tails.items():
        assert 0 < start < len(texts[i])
        assert finding.reasons
