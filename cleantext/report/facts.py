"""What there is to say of a document in a few words: counts, doubt, and is it complete?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cleantext.document import Completeness, Document

VERDICTS = {
    "complete": "Complete",
    "truncated": "Cut off",
    "unknown": "Complete or not: the text doesn't tell",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """One document in numbers.

    `removed` counts blocks by label; `share` is that of the characters which went; for `doubt` see `doubt_of`.
    """

    name: str
    title: str
    kind: str
    language: str
    blocks: int
    removed: Counter[str]
    share: float
    doubt: float
    verdict: str
    status: str


def summary_of(document: Document, name: str) -> Summary:
    """The summary of a document."""
    whole = sum(len(block.text) for block in document.blocks)
    gone = sum(len(block.text) for block in document.removed)
    return Summary(
        name=name,
        title=document.metadata.title,
        kind=document.kind,
        language=document.language,
        blocks=len(document.blocks),
        removed=Counter(str(block.label) for block in document.removed),
        share=gone / whole if whole else 0.0,
        doubt=doubt_of(document),
        verdict=document.completeness.verdict,
        status=document.status,
    )


def doubt_of(document: Document) -> float:
    """How much a person should look at this document, in [0, 1].

    The share of the characters that went on uncertain evidence: each removed block counts by what its score lacks to 1. Where
    not all of the source could be looked at it is at least a half, and 1 where nothing is left.
    """
    if document.status == "empty":
        return 1.0
    whole = sum(len(block.text) for block in document.blocks)
    weak = sum(len(block.text) * max(0.0, 1 - block.score) for block in document.removed)
    return max(weak / whole if whole else 0.0, 0.0 if document.status == "ok" else 0.5)


def completeness_facts(completeness: Completeness) -> Iterator[tuple[str, str]]:
    """The facts behind the verdict that hold for this document, each with its words."""
    if completeness.because:
        yield "Because of", completeness.because
    if completeness.gate:
        yield "After the body stands", completeness.gate
    if completeness.gate_says_rest:
        yield "Its words", "say that something is missing"
    if completeness.ends_mid_sentence:
        yield "The last paragraph", "breaks off within a sentence"
    if completeness.free is not None:
        yield "The publisher says", "free to read" if completeness.free else "not free to read"
    if completeness.paid_body:
        yield "The paid part", "is in the page"
    if completeness.declared_words is not None:
        yield "Words", f"{completeness.declared_words:,} declared, {completeness.found_words:,} found"
    if completeness.declared_text_found:
        yield "The declared text", "was found, to its end"
