"""What is known of a template that recurs: in which documents, where it stands, what rules say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nsmallest
from itertools import accumulate
from typing import Final
from zlib import crc32

from cleantext.detect.walk import HEAD_PROSE, TAIL_PROSE
from cleantext.document import ARTICLE_LABELS
from cleantext.sites.mask import mask, mask_numbers
from cleantext.sites.store import StoredBlock, StoredDocument

SAMPLE: Final = 40
"""Documents of a template that are compared with each other."""
EXAMPLES: Final = 3
SPELLINGS: Final = 8
"""Texts under one mask that are told apart before they count as many."""
COUNTED: Final = ("head", "tail", "near_head", "near_tail", "beside", "bodied", "same")
ALIKE: Final = 0.85
"""How much of their text two templates share that are variants of one."""


@dataclass(slots=True)
class Candidate:
    """A template, or several that are variants of one.

    Counted are documents: `head`, with nothing of the article before the block; `tail`, with nothing of it after; `near_head` and
    `near_tail`, with no more than rules allow for such places; `beside`, next to another block that is none of the article's;
    `bodied`, with something of an article somewhere; `same`, in the commonest wording, numbers and addresses aside. The `sample` holds fingerprint and number of documents.
    """

    templates: list[str]
    documents: int = 0
    head: int = 0
    tail: int = 0
    near_head: int = 0
    near_tail: int = 0
    beside: int = 0
    bodied: int = 0
    same: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    sample: list[tuple[int, int]] = field(default_factory=list)

    def merge(self, other: Candidate) -> None:
        """Take in a variant. Documents that have both are counted once where the sample shows them."""
        both = len(set(self.sample) & set(other.sample))
        self.templates += other.templates
        self.documents += other.documents - both
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.labels += other.labels
        self.examples = _first(EXAMPLES, {*self.examples, *other.examples})
        self.sample = nsmallest(SAMPLE, {*self.sample, *other.sample})


def gather(documents: Iterable[StoredDocument], numbers: Collection[int]) -> list[Candidate]:
    """One pass over a site's documents: the candidates among their templates, the commonest first."""
    found: dict[int, Candidate] = {}
    for document in documents:
        _count(document, found, numbers)
    for candidate in found.values():
        candidate.same = max(candidate.spellings.values())
        candidate.spellings.clear()
    return sorted(found.values(), key=lambda candidate: (-candidate.documents, candidate.templates))


def _count(document: StoredDocument, found: dict[int, Candidate], numbers: Collection[int]) -> None:
    blocks = document.blocks
    recurs = [block.template in numbers for block in blocks]
    foreign = [again or block.label not in ARTICLE_LABELS for again, block in zip(recurs, blocks, strict=True)]
    prose = [0, *accumulate(block.prose and not out for block, out in zip(blocks, foreign, strict=True))]
    for i, block in enumerate(blocks):
        if not recurs[i] or not block.first:
            continue
        assert block.template is not None
        assert block.text is not None
        candidate = found.get(block.template)
        if candidate is None:
            candidate = found[block.template] = Candidate([mask(block.text)])
        before, after = prose[i], prose[-1] - prose[i + 1]
        candidate.head += before == 0
        candidate.tail += after == 0
        candidate.near_head += before <= HEAD_PROSE
        candidate.near_tail += after <= TAIL_PROSE
        candidate.beside += any(foreign[max(i - 1, 0) : i] + foreign[i + 1 : i + 2])
        candidate.bodied += not all(foreign)
        _note(candidate, document, block, block.text)


def _note(candidate: Candidate, document: StoredDocument, block: StoredBlock, text: str) -> None:
    """Count the label and the spelling; keep what is to be shown, the same in whatever order documents come."""
    candidate.documents += 1
    candidate.labels[block.label] += 1
    spelling = mask_numbers(text)
    if spelling in candidate.spellings or len(candidate.spellings) < SPELLINGS:
        candidate.spellings[spelling] += 1
    if text not in candidate.examples:
        candidate.examples = _first(EXAMPLES, [*candidate.examples, text])
    candidate.sample = _smallest([*candidate.sample, (document.fingerprint, document.id)])


def _smallest(sample: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return sample if len(sample) <= SAMPLE else nsmallest(SAMPLE, sample)


def _first(most: int, texts: Iterable[str]) -> list[str]:
    """A choice of texts that doesn't depend on their order."""
    return nsmallest(most, texts, key=lambda text: (crc32(text.encode("utf-8", "replace")), text))


def merge_variants(candidates: Sequence[Candidate], mergeable: Callable[[Candidate], bool]) -> list[Candidate]:
    """The candidates with near-duplicates as one. Compared are those that share one of their rarest words, commonest first."""
    counts = Counter(word for candidate in candidates for word in set(candidate.templates[0].split()))
    heads: dict[str, list[Candidate]] = {}
    merged = []
    for candidate in candidates:
        keys = nsmallest(3, set(candidate.templates[0].split()), key=lambda word: (counts[word] == 1, counts[word], word))
        near = {id(head): head for key in keys for head in heads.get(key, ())}
        same = next((head for head in near.values() if mergeable(candidate) and _alike(head, candidate)), None)
        if same is not None:
            same.merge(candidate)
            continue
        merged.append(candidate)
        if mergeable(candidate):
            for key in set(candidate.templates[0].split()):
                heads.setdefault(key, []).append(candidate)
    return merged


def _alike(one: Candidate, other: Candidate) -> bool:
    a, b = one.templates[0].split(), other.templates[0].split()
    if min(len(a), len(b)) < ALIKE * max(len(a), len(b)):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE
