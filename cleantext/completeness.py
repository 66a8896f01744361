"""Is the article all there? A verdict on what was kept and removed; `unknown` unless the text itself tells.

Facts first, then `RULES`, a table from facts to verdicts. The costly mistake is `truncated` on a whole article: a wall, a meter or an
offer under an article is no proof, since most stand under whole ones; nor is a publisher's claim that it is not free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from cleantext.detect.rules import RuleSet
from cleantext.document import Block, Completeness, Label, Verdict
from cleantext.segment.embedded import plain_paragraphs
from cleantext.segment.segment import Segmentation

WINDOW: Final = 12
"""Blocks after the body's end among which its wall stands. Further down they are pop-ups, and belong to no place."""
PAGER_WINDOW: Final = 3
"""Blocks after the body's end among which the link to its next page stands; further down it leads to other stories or comments."""

STOP = re.compile(r"[.!?。！？।॥؟۔։።]['\"’”»›)\]）」』】*_\s]*(?:\[?\d{0,3}\]?)$")
"""How a sentence ends, its closing quotes, brackets and a footnote's number included."""
BREAK = re.compile(r"[^\W\d_][)\]]*$|,$")
"""How a paragraph ends that broke off: in a word or after a comma."""
TRAILING = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…)\])$")
"""How a paragraph ends whose rest was left out, or left to the reader's mind."""
CONTINUED = re.compile(
    r"(?:[(（]\s*接?下一?[页頁]\s*[)）]|[(（]?\bcontinued (?:on|at) (?:the )?next page\b\W{0,3}|\.\.\. ?contd\.?|\[\+\d{1,7} chars\])\s*$",
    re.IGNORECASE,
)
"""What ends a text that says itself that it goes on elsewhere."""

PAGES = re.compile(r"^\s*(?:1[\s|]{1,4}2(?:[\s|]{1,4}3)?(?:[\s|]{1,4}4)?|12(?:\s3)(?:\s4)?|12(?=\s*[>›»]))\s*[>›»]?\s*$")
"""Page numbers alone, right under a text that goes on there. Five or ten are a scale to vote on, and `12` by itself is a count."""

PROSE: Final = 60
"""Characters. A shorter last line is a heading or a credit as often as a sentence that was cut."""
PROSE_WIDE: Final = 25
"""The same where a sign is a syllable or a word."""
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
GATE: Final = 200
"""Characters of a wall that are reported."""
ENDING: Final = 30
"""Characters at the end of a text that are looked at."""

WHOLE: Final = 0.9
"""The share of the declared words that makes a text whole; counts of words differ by that much."""
SHORT: Final = 0.6
"""Less than that share above a wall is a beginning. Without a wall it is a count of other things, and some publishers count characters."""

WORD = re.compile(r"\w+")
NO_LETTER = re.compile(r"[\W_]+")
CLOSING_TAGS = re.compile(r"(?:\s|</?[a-z]{1,10}\s?/?>){1,50}$", re.IGNORECASE)

DECLARED: Final = 800
"""Characters. A shorter `articleBody` is a teaser as often as the article."""
TAIL: Final = 25
"""Letters at the end of a declared text by which it is found."""


class Gate(NamedTuple):
    """A block after the body: may it stand where the text was cut off (`cuts`), does it say so (`rest`), is it about paying (`wall`)?"""

    block: int
    cuts: bool
    rest: bool
    wall: bool


class Facts(NamedTuple):
    """What the verdict rests on; the fields of `Completeness`, and what only the rules need."""

    body: bool
    cuts: bool
    says_rest: bool
    wall: bool
    mid_sentence: bool
    continued: bool
    paid_body: bool
    declared: int
    words: int
    chars: int
    declared_text: bool

    @property
    def short(self) -> bool:
        """Is it a small part of the declared words, and are these not rather its characters?"""
        return self.words < SHORT * self.declared and not WHOLE <= self.chars / self.declared <= 1 / WHOLE

    @property
    def whole(self) -> bool:
        """Does it reach the declared words?"""
        return 0 < WHOLE * self.declared <= self.words


RULES: Final[tuple[tuple[str, Verdict, Callable[[Facts], bool]], ...]] = (
    ("nothing-left", "unknown", lambda f: not f.body),
    ("says-it-goes-on", "truncated", lambda f: f.continued),
    ("declared-words-found", "complete", lambda f: f.whole and not f.says_rest and not f.mid_sentence),
    ("declared-text-found", "complete", lambda f: f.declared_text and not (f.cuts or f.wall or f.mid_sentence)),
    ("paid-body-in-page", "unknown", lambda f: f.paid_body and not f.mid_sentence),
    ("gate-says-rest", "truncated", lambda f: f.says_rest),
    ("stops-at-gate", "truncated", lambda f: f.cuts and f.mid_sentence),
    ("short-of-declared-words-at-wall", "truncated", lambda f: f.wall and f.short),
)
"""The first that holds gives the verdict."""


def assess(blocks: Sequence[Block], rules: RuleSet, segmentation: Segmentation, *, no_article: bool = False) -> Completeness:
    """Judge a document by its blocks, after removal; `rules` know what a wall says, `segmentation` what the source declares.

    Only what stands at the body's end and after it counts; short lines after the last paragraph may be leftovers. A page that is
    `no_article` has no gates: a forum has pages, and a shop has accounts.
    """
    body = [i for i, block in enumerate(blocks) if block.keep and block.label is Label.BODY and block.text.strip()]
    prose = [i for i in body if _is_prose(blocks[i].text)] or body
    gates = _gates(blocks, prose[-1], rules, segmentation) if prose and not no_article else []
    gate = min(gates, key=lambda gate: (not gate.rest, not gate.cuts, gate.block), default=None)
    head = segmentation.head
    declared = head.declared_words if head else None
    facts = Facts(
        body=bool(body),
        cuts=any(gate.cuts for gate in gates),
        says_rest=any(gate.rest for gate in gates),
        wall=any(gate.wall for gate in gates),
        mid_sentence=bool(body) and _breaks_off([blocks[i] for i in body]),
        continued=_is_continued(blocks, body),
        paid_body=bool(prose) and _is_paid(segmentation, prose[-1]),
        declared=declared or 0,
        words=sum(len(WORD.findall(blocks[i].text)) for i in body) if declared else 0,
        chars=sum(len(blocks[i].text) for i in body) if declared else 0,
        declared_text=head is not None and _holds([blocks[i].text for i in body], head.bodies),
    )
    because, verdict = next(((name, verdict) for name, verdict, holds in RULES if holds(facts)), ("", "unknown"))
    return Completeness(
        verdict=verdict,
        because=because,
        gate=blocks[gate.block].text.strip()[:GATE] if gate else "",
        gate_says_rest=facts.says_rest,
        ends_mid_sentence=facts.mid_sentence,
        free=head.free if head else None,
        paid_body=facts.paid_body,
        declared_words=declared,
        found_words=facts.words,
        declared_text_found=facts.declared_text,
    )


def _gates(blocks: Sequence[Block], last: int, rules: RuleSet, segmentation: Segmentation) -> list[Gate]:
    """What the blocks say that a reader sees right after the body's end, be they removed or kept as leftovers."""
    near = range(last + 1, min(len(blocks), last + 1 + 4 * WINDOW))
    shown = (i for i in near if blocks[i].text.strip() and not _is_hidden(segmentation, i))
    after = list(islice(shown, WINDOW))
    hits = rules.match([blocks[i].text for i in after]).hits
    gates = [Gate(i, cuts=True, rest=True, wall=False) for i in after[:PAGER_WINDOW] if PAGES.search(blocks[i].text[:ENDING])]
    for place in sorted(hits):
        for rule in (hit.rule for hit in hits[place] if hit.rule.strength != "weak"):
            wall = rule.label is Label.PAYWALL
            if wall or (rule.cuts and (rule.label is not Label.NAV or place < PAGER_WINDOW)):
                gates.append(Gate(after[place], rule.cuts, rule.rest, wall))
    return gates


def _is_hidden(segmentation: Segmentation, i: int) -> bool:
    markup = segmentation.segments[i].markup
    return markup is not None and markup.hidden


def _is_continued(blocks: Sequence[Block], body: Sequence[int]) -> bool:
    """Does a paragraph say that it goes on elsewhere, and the body not go on right after it? Later paragraphs may be leftovers."""
    kept = frozenset(i for i in body if not PAGES.search(blocks[i].text[:ENDING]))
    return any(CONTINUED.search(blocks[i].text.rstrip()[-ENDING:]) for i in body if i + 1 not in kept)


def _breaks_off(body: Sequence[Block]) -> bool:
    """Does the last paragraph stop within a sentence, though the text's paragraphs end with full stops, or with an ellipsis?"""
    text = body[-1].text.rstrip()
    if body[-1].shape.role != "paragraph" or not _is_prose(text):
        return False
    if TRAILING.search(text[-ENDING:]):
        return True
    others = [block.text.rstrip() for block in body[:-1] if block.shape.role == "paragraph" and _is_prose(block.text)]
    stops = sum(STOP.search(other[-ENDING:]) is not None for other in others)
    return BREAK.search(text[-ENDING:]) is not None and 4 * stops >= 3 * len(others)


def _holds(body: Sequence[str], declared: Sequence[str]) -> bool:
    """Does the body end as a text that the publisher declares, and is as long? That text must be long, and end with a full stop."""
    if not any(len(text) >= DECLARED and STOP.search(_stripped(text)[-ENDING:]) for text in declared):
        return False
    letters = _letters("".join(body))
    for text in declared:
        if len(text) >= DECLARED and STOP.search(_stripped(text)[-ENDING:]):
            whole = _letters("".join(plain_paragraphs(text)))
            if letters.endswith(whole[-TAIL:]) and len(letters) >= WHOLE * len(whole):
                return True
    return False


def _stripped(text: str) -> str:
    return CLOSING_TAGS.sub("", text).rstrip()


def _letters(text: str) -> str:
    return NO_LETTER.sub("", text.casefold())


def _is_prose(text: str) -> bool:
    return len(text) >= PROSE or (len(text) >= PROSE_WIDE and 2 * len(WIDE.findall(text)) > len(text))


def _is_paid(segmentation: Segmentation, last: int) -> bool:
    """Does the body's last block stand in an element that the publisher marks as paid?"""
    head, markup = segmentation.head, segmentation.segments[last].markup
    return bool(head and head.paid and markup and head.paid & markup.tokens)
