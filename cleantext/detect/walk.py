"""A document while it is judged: its blocks, the weight of what was said of each, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import regex

from cleantext.detect.finding import Finding, Where
from cleantext.detect.pack import NO_WORD, Rule, compiled
from cleantext.detect.phrases import Phrases
from cleantext.detect.rules import Hit
from cleantext.document import ARTICLE_LABELS, Label, Reason

WEIGHTS = {"strong": 1.0, "anchor": 1.0, "weak": 0.5}

PROMPTS = frozenset({Label.PAYWALL, Label.APPEAL, Label.NEWSLETTER, Label.REGISTER, Label.APP})
LISTS = frozenset({Label.RELATED, Label.NAV, Label.SHARE, Label.COMMENTS, Label.AD, Label.AUTHOR_BIO, Label.OTHER})
"""The two families of what is unwanted; a label belongs with its own."""

HEAD_PROSE = 2
TAIL_PROSE = 2
"""How many paragraphs of kept prose may stand before a block in the head, after one in the tail."""

MENTION_PROSE = 1
MENTION_START = 40
"""Characters before a hit, and paragraphs around its block, from which on it may be a mere mention."""
MENTION_ODDS = -0.9
"""The log-odds by a paragraph's first words up to which it is one: with the phrases that it was chosen for, 21 of the 23 gold paragraphs
(of 153,000) with a rule's words so deep had such odds. Phrases that are learned anew shift it to where as many gold paragraphs lie above."""
STORY_ODDS = -3.5
"""The same for the article's first and last paragraphs, among which prompts stand."""

SENTENCE = regex.compile(r"[.!?。！？।؟…](?:[\"'”’»)\]]|\s|$)")
QUOTES = ('"', "“", "”", "„", "«", "»", "「", "」", "『", "』")
QUOTE = regex.compile(f"[{''.join(QUOTES)}]")
NESTED = ("「『", "」』")
SINGLE_QUOTE = regex.compile(r"(?:^|\s)['‘]\w?$")
SPEECH = regex.compile(r"\s*[–—―] ?\p{Lu}")
"""How a paragraph of somebody's words begins in many languages."""
SENTENCE_CHARS = 60
"""Of a sentence that the article may go on with, at least."""
REPORT_CHARS = 300
"""From a hit on, within which its sentence says who says so."""
QUOTED = 0.1
"""A hit's weight in a quotation, or in such a sentence."""


class Said(NamedTuple):
    """What a block's own words say that it is by the learned ones, how much that weighs, and which words they are."""

    label: Label
    weight: float
    reasons: tuple[Reason, ...]


class Asked(NamedTuple):
    """How much a block speaks as a letter to readers does, in log-odds, and the words that say so."""

    odds: float
    words: str


class Asking(NamedTuple):
    """The blocks that speak as letters do, and how all speak that are long enough, worked out when it is asked for."""

    suspects: Sequence[int] = ()
    speaks: Mapping[int, Asked] = MappingProxyType({})


NOBODY = Asking()


@dataclass(slots=True)
class Line:
    """What the rounds know of one block."""

    text: str
    hits: Sequence[Hit] = ()
    finding: Finding | None = None
    said: Said | None = None
    prose: bool = False
    addresses: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def unwanted(self) -> bool:
        """Was it found not to belong to the article?"""
        return self.finding is not None and self.finding.label not in ARTICLE_LABELS

    @property
    def open(self) -> bool:
        """Was nothing found of it yet? What is left of a paragraph whose end went has no reasons, and stands as it would without them."""
        return self.finding is None or (self.finding.label is Label.BODY and not self.finding.reasons)


@dataclass(slots=True)
class Walk:
    """The document during the rounds: its blocks, those that rules spoke about, and how much kept prose stands before each.

    `phrases` gives the learned phrases, which are not loaded before they are needed; `asking` is how
    blocks speak as letters to readers do.
    """

    lines: list[Line]
    spoken: list[int]
    address: dict[str, str | None]
    phrases: Callable[[], Phrases] | None = None
    asking: Asking = NOBODY
    says: Mapping[str, str] = field(default_factory=dict)
    before: list[int] = field(default_factory=list)
    over: int = 0

    def count(self) -> None:
        """Count the body's prose before each block anew; credits and the like, which a profile may leave out, don't count."""
        total, self.before = 0, []
        for line in self.lines:
            self.before.append(total)
            total += line.prose and (line.finding is None or line.finding.label is Label.BODY)
        self.before.append(total)
        self.over = next((i + 1 for i in range(len(self.lines) - 1, -1, -1) if self._goes_on(self.lines[i])), 0)

    def _goes_on(self, line: Line) -> bool:
        """Does the article go on with it?"""
        if line.finding and not line.open:
            return line.finding.label is Label.BODY
        return line.prose or (line.said is None and is_sentence(line.text))

    def stands(self, i: int, where: Where) -> bool:
        """Does block `i` stand where a rule may judge?"""
        if where == "head":
            return self.before[i] <= HEAD_PROSE
        if where == "tail":
            return self.before[i] > 0 and self.later(i) <= TAIL_PROSE
        return True

    def weight(self, i: int, hit: Hit) -> float:
        """A hit's weight where it stands. Words in a quotation, or in a sentence that says whose they are, are not the publication's; and a
        paragraph that has a prompt's words far from its beginning, among other paragraphs, only mentions them, unless it begins as prompts do.
        """
        line = self.lines[i]
        if hit.rule.pattern is None:
            if line.text.lstrip().startswith(QUOTES):
                return QUOTED
            named = hit.rule.language == "und" and self._between_paragraphs(i)  # "Pinterest" may be a button or a heading
            return WEIGHTS[hit.rule.strength] / 2 if named else WEIGHTS[hit.rule.strength]
        if _in_quotation(line.text, hit) or (line.prose and SPEECH.match(line.text)) or self._reported(line.text, hit):
            return QUOTED
        if line.prose and hit.start > MENTION_START:
            inside = min(self.before[i], self.later(i)) > MENTION_PROSE
            if not self.speaks(line.text, MENTION_ODDS if inside else STORY_ODDS, unknown=not inside):
                return WEIGHTS[hit.rule.strength] / 2
        return WEIGHTS[hit.rule.strength]

    def _reported(self, text: str, hit: Hit) -> bool:
        """Does the sentence in which a hit begins go on to name somebody whose words it gives? Who writes is what a line on an author tells."""
        says, stop = self.says.get(hit.rule.language), SENTENCE.search(text, hit.start, hit.start + REPORT_CHARS)
        if not says or not stop or hit.rule.label is Label.AUTHOR_BIO:
            return False
        return compiled(says).search(text[hit.start : stop.end()].lower()) is not None

    def later(self, i: int) -> int:
        """How many paragraphs of the article stand after block `i`."""
        return self.before[-1] - self.before[i + 1]

    def last(self, i: int) -> bool:
        """Is the article over: does no paragraph of it follow block `i`, nor a sentence that says nothing of a prompt?"""
        return i >= self.over

    def opens(self, i: int) -> bool:
        """Does most of the article follow block `i`? Then its title may stand here, under somebody else's text."""
        return self.before[i] < self.later(i)

    def heads(self, i: int) -> bool:
        """Could block `i` be the heading of the paragraph of the article that follows it?"""
        below = self.lines[i + 1] if i + 1 < len(self.lines) else None
        return not self.lines[i].prose and below is not None and below.prose and not below.unwanted

    def _between_paragraphs(self, i: int) -> bool:
        above = self.lines[i - 1] if i else None
        return above is not None and above.prose and not above.unwanted and self.heads(i)

    def speaks(self, text: str, odds: float, *, unknown: bool = False) -> bool:
        """Does a text begin as prompts do, with more than these log-odds by the learned phrases? `unknown` is the answer without them, and in
        scripts without spaces, of which they know single characters.
        """
        return unknown if self.phrases is None or is_wide(text) else self.phrases().score(text) > odds

    def addressed(self, line: Line, language: str) -> bool:
        """Does the line address its reader, or say "we", in that language and not in a quotation?"""
        return bool(self.addresses(line, language))

    def addressed_in_any(self, line: Line) -> bool:
        """The same in any language that the document may be in."""
        return any(self.addresses(line, language) for language in self.address)

    def addresses(self, line: Line, language: str) -> frozenset[str]:
        """The words by which it does. They are looked for once, as many letters may stand around a line."""
        if language not in line.addresses:
            words = self.address.get(language)
            line.addresses[language] = frozenset(_address_words(line.text, words) if words else ())
        return line.addresses[language]

    def take(self, blocks: Iterable[int], rule: Rule) -> bool:
        """Give blocks the label of the rule that opened their run; says whether there were any."""
        taken = False
        for i in blocks:
            line = self.lines[i]
            reasons = (
                *(reason(hit, 0.5) for hit in line.hits),
                Reason("rule", rule.id, f"in the run that {rule.id} opened", 1.0),
            )
            line.finding = Finding(rule.label, 1.0, reasons)
            taken = True
        return taken


def is_prose(text: str) -> bool:
    """A paragraph of running text: long, or shorter with a sentence in it. Scripts without spaces say as much in half the length."""
    length = len(text)
    if not 40 <= length < 160:
        return length >= 160
    wide = is_wide(text)
    return (wide and length >= 80) or ((wide or length >= 90) and SENTENCE.search(text) is not None)


def is_sentence(text: str) -> bool:
    """A sentence that the article may go on with, though it is no paragraph."""
    return len(text) >= SENTENCE_CHARS and SENTENCE.search(text) is not None


def is_wide(text: str) -> bool:
    """Is it in a script without spaces?"""
    return text.count(" ") * 20 < len(text)


def _in_quotation(text: str, hit: Hit) -> bool:
    """Does a quotation stand open at the first word of a hit? Any sign opens one, the next ends it."""
    word = hit.start + len(hit.evidence) - len(NO_WORD.sub("", hit.evidence, 1))
    return SINGLE_QUOTE.search(text[: hit.start + 1]) is not None or quotes_open(text[:word])


def _address_words(text: str, words: str) -> Iterator[str]:
    """What addresses the reader, or speaks of the publication, in no quotation; "US" is a country."""
    if SPEECH.match(text):
        return
    quotations = Quotations(text)
    shouted = text.isupper()
    for found in compiled(words).finditer(text.lower()):
        named = not shouted and text[found.start() : found.end()].isupper()
        if not named and not quotations.open_at(found.start() + 1):
            yield found.group()


class Quotations:
    """Whether a quotation has begun in a text that has not ended, from place to place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._nested = 0
        self._others = 0

    def open_at(self, place: int) -> bool:
        """Is one open before that place? Japanese ones stand in one another; of all others any sign begins one or ends it. Places come in order."""
        read = self._text[self._place : place]
        begun, ended = (sum(map(read.count, signs)) for signs in NESTED)
        self._nested += begun - ended
        self._others += sum(map(read.count, QUOTES)) - begun - ended
        self._place = place
        return self._nested > 0 or self._others % 2 == 1


def quotes_open(before: str) -> bool:
    """Is a quotation open at a text's end?

    >>> quotes_open("彼は「『続きを"), quotes_open("He said: “Go"), quotes_open("「海」 “Go")
    (True, True, True)
    """
    return Quotations(before).open_at(len(before))


def reason(hit: Hit, weight: float) -> Reason:
    """A hit as a reason that a person can look up."""
    return Reason("rule", hit.rule.id, hit.evidence, weight)
