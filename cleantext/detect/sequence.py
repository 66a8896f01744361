"""From hits on single blocks to findings along a document.

A block is unwanted if its evidence reaches 1. A strong rule or an anchor weighs 1, a weak one 0.5; what counts besides
is where the block stands and what was found beside it. Then runs: an anchor opens one, and it reaches as far as the
text keeps the anchor's kind (a letter goes on addressing its reader, a list of stories goes on being titles).

Evidence only grows as blocks are found unwanted: the region at the end reaches further up, and neighbours lend weight. So the
rounds below end in one fixed point, and a second cleaning, which starts from there, finds nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from cleantext.detect.finding import Finding
from cleantext.detect.pack import Rule, compiled
from cleantext.detect.rules import Hit, Matches, RuleSet
from cleantext.document import ARTICLE_LABELS, Label, Reason

WEIGHTS = {"strong": 1.0, "anchor": 1.0, "weak": 0.5}
NEIGHBOUR = 0.5
"""What a found neighbour of the same family adds to a weak hit."""

PROMPTS = frozenset({Label.PAYWALL, Label.APPEAL, Label.NEWSLETTER, Label.REGISTER, Label.APP})
LISTS = frozenset({Label.RELATED, Label.NAV, Label.SHARE, Label.COMMENTS, Label.AD, Label.AUTHOR_BIO, Label.OTHER})

HEAD_PROSE = 2
TAIL_PROSE = 2
"""How many paragraphs of kept prose may stand before a block in the head, after one in the tail."""

MENTION_PROSE = 1
MENTION_START = 40
"""Characters before a hit, and paragraphs around its block, from which on it may be a mere mention."""

LETTER_LINES = 60
"""Lines of the longest letter, and of whatever stands under it."""
INSERT_GAP = 2
"""Short lines that may stand between two prompts of a run without a rule speaking."""

LIST_PROSE = 3
"""Paragraphs before a list, from which on it stands under the article's title."""
LIST_LENGTH = 12
LIST_CHARS = 160
CROSSHEAD_CHARS = 60
"""A line of a list that is no longer than this and stands right above a paragraph may be that paragraph's heading."""

SENTENCE = regex.compile(r"[.!?。！？।؟…](?:[\"'”’»)\]]|\s|$)")
TEASER_CHARS = 300
TEASER_LINES = 60
REPEATED_CHARS = 30
CLOSING = "\"'”’»)] \t"
FULL_STOP = (".", "。", "।", "؟", ":", ";", ",")
QUOTES = ('"', "“", "”", "„", "«", "»", "「", "」", "『", "』")
SINGLE_QUOTE = regex.compile(r"(?:^|\s)['‘]\w?$")
QUOTED = 0.25
"""A hit's weight in a quotation."""
MAX_ROUNDS = 8


@dataclass(slots=True)
class Line:
    """What the rounds know of one block."""

    text: str
    hits: Sequence[Hit] = ()
    finding: Finding | None = None
    prose: bool = False
    protected: bool = False


@dataclass(slots=True)
class Walk:
    """The document during the rounds: its blocks, those that rules spoke about, and how much kept prose stands before each."""

    lines: list[Line]
    spoken: list[int]
    address: dict[str, str | None]
    before: list[int] = field(default_factory=list)

    def count(self) -> None:
        """Count the kept prose before each block anew."""
        total, self.before = 0, []
        for line in self.lines:
            self.before.append(total)
            total += line.prose and (line.finding is None or line.protected)
        self.before.append(total)

    def stands(self, i: int, rule: Rule) -> bool:
        """Does block `i` stand where the rule may judge?"""
        if rule.where == "head":
            return self.before[i] <= HEAD_PROSE
        if rule.where == "tail":
            return self.before[-1] - self.before[i + 1] <= TAIL_PROSE
        return True


def is_prose(text: str) -> bool:
    """A paragraph of running text: long, or shorter with a sentence in it. Scripts without spaces say as much in half the length."""
    length = len(text)
    if not 40 <= length < 160:
        return length >= 160
    wide = text.count(" ") * 20 < length
    return (wide and length >= 80) or ((wide or length >= 90) and SENTENCE.search(text) is not None)


def find(texts: Sequence[str], matches: Matches, rules: RuleSet) -> dict[int, Finding]:
    """The unwanted blocks of a document, by number, and those that a rule names as a part of the article."""
    if not any(map(_tells, matches.hits.values())):
        return {}
    lines = [Line(text, matches.hits.get(i, ()), prose=is_prose(text)) for i, text in enumerate(texts)]
    walk = Walk(lines, sorted(matches.hits), rules.address)
    _protect(walk)
    for _ in range(MAX_ROUNDS):
        walk.count()
        if not (_judge(walk) | _letters(walk) | _lists(walk)):
            break
    return {i: line.finding for i, line in enumerate(walk.lines) if line.finding}


def _tells(hits: Sequence[Hit]) -> bool:
    """Can these hits alone decide about their block? Weak ones by themselves need a found neighbour, so another block's."""
    return len(hits) > 1 or hits[0].rule.strength != "weak"


def _protect(walk: Walk) -> None:
    """Blocks that a strong rule names as part of the article are found to be that, and nothing else removes them."""
    for i in walk.spoken:
        line = walk.lines[i]
        own = [hit for hit in line.hits if hit.rule.label in ARTICLE_LABELS]
        if strong := [hit for hit in own if hit.rule.strength == "strong"]:
            line.finding = Finding(strong[0].rule.label, 0.0, tuple(_reason(hit, 1.0) for hit in strong))
            line.protected, line.hits = True, ()
        elif own:
            line.hits = [hit for hit in line.hits if hit not in own]


def _judge(walk: Walk) -> bool:
    """Find the blocks whose own evidence, with their neighbours', reaches 1."""
    changed = False
    for i in walk.spoken:
        line = walk.lines[i]
        if line.finding or not line.hits:
            continue
        hits = [hit for hit in line.hits if walk.stands(i, hit.rule)]
        if not hits:
            continue
        reasons = [_reason(hit, _weight(walk, i, hit)) for hit in hits]
        score = _score(hits, reasons)
        if score < 1 and not line.prose and (neighbour := _neighbour(walk, i, hits[0].rule)):
            score += NEIGHBOUR
            reasons.append(Reason("structure", "neighbour", neighbour, NEIGHBOUR))
        if score >= 1:
            best = max(hits, key=lambda hit: WEIGHTS[hit.rule.strength])
            line.finding = Finding(best.rule.label, 1.0, tuple(reasons), any(hit.rule.cuts for hit in hits))
            changed = True
    return changed


def _score(hits: Sequence[Hit], reasons: Sequence[Reason]) -> float:
    """The weights' sum; of two languages' rules that share a word only one language's count."""
    by_language: dict[str, float] = defaultdict(float)
    for hit, reason in zip(hits, reasons, strict=True):
        by_language[hit.rule.language] += reason.weight
    neutral = by_language.pop("und", 0.0)
    return neutral + max(by_language.values(), default=0.0)


def _weight(walk: Walk, i: int, hit: Hit) -> float:
    """A hit's weight where it stands. Words in a quotation are somebody's, not the publication's; and a paragraph that has a
    prompt's words far from its beginning, among other paragraphs, only mentions them.
    """
    line = walk.lines[i]
    if hit.rule.pattern is None:
        return WEIGHTS[hit.rule.strength]
    if _in_quotation(line.text[: hit.start + 1]):
        return QUOTED
    inside = min(walk.before[i], walk.before[-1] - walk.before[i + 1]) > MENTION_PROSE
    if line.prose and inside and hit.start > MENTION_START:
        return WEIGHTS["weak"]
    return WEIGHTS[hit.rule.strength]


def _in_quotation(text: str) -> bool:
    """Does a quotation stand open at the end of `text`? Any sign of one opens it and the next closes it."""
    return sum(map(text.count, QUOTES)) % 2 == 1 or SINGLE_QUOTE.search(text) is not None


def _neighbour(walk: Walk, i: int, rule: Rule) -> str:
    """The label of a found block of the rule's family and language right before or after block `i`, if there is one."""
    family = PROMPTS if rule.label in PROMPTS else LISTS
    for j in (i - 1, i + 1):
        if 0 <= j < len(walk.lines) and (finding := walk.lines[j].finding) and finding.label in family:
            if finding.reasons[0].id.partition(".")[0] in (rule.language, "und"):
                return str(finding.label)
    return ""


def _letters(walk: Walk) -> bool:
    """Take whole letters to readers, and extend other prompts that an anchor opened, from hit to hit."""
    changed = False
    reached = -1
    for i in walk.spoken:
        line = walk.lines[i]
        salutation = next((hit.rule for hit in line.hits if _opens_letter(hit.rule)), None)
        if salutation and _letter(walk, i, salutation):
            rest = [j for j in range(i, len(walk.lines)) if not walk.lines[j].finding]
            return _take(walk, rest, salutation) or changed
        if i > reached and line.finding and (rule := _anchor(line)) and rule.label in PROMPTS:
            taken, reached = _extend(walk, i, rule)
            changed |= taken
    return changed


def _opens_letter(rule: Rule) -> bool:
    return rule.label is Label.APPEAL and rule.strength == "anchor"


def _letter(walk: Walk, opening: int, rule: Rule) -> bool:
    """Is all that follows a letter to readers? An anchor of an appeal opened it, the body stands before it, and nearly all of
    its paragraphs address the reader; half of them suffice if another prompt speaks in it.
    """
    if len(walk.lines) - opening > LETTER_LINES:
        return False
    before = walk.before[opening]
    after = [line for line in walk.lines[opening + 1 :] if line.prose and not line.finding]
    if before < 2 or before * 2 < len(after):
        return False
    addressed = sum(_addressed(walk, line, rule) for line in after)
    spoken = any(_spoken(walk, i, rule.language) for i in range(opening + 1, len(walk.lines)))
    return addressed * 4 >= len(after) * (2 if spoken else 3)


def _extend(walk: Walk, anchor: int, rule: Rule) -> tuple[bool, int]:
    """Take further prompts after an anchor and, once there is a second, up to `INSERT_GAP` short lines before the next.

    Above the first paragraph no other line is taken: a title or a byline may stand between two prompts. Gives back whether
    anything was taken, and the last block of the run.
    """
    gap: list[int] = []
    prompts, last = 1, anchor
    changed = False
    for i in range(anchor + 1, len(walk.lines)):
        line = walk.lines[i]
        if _spoken(walk, i, rule.language) and (line.finding or not line.prose):
            changed |= _take(walk, [*gap, *([] if line.finding else [i])], rule)
            gap, prompts, last = [], prompts + 1, i
        elif not line.finding and not line.prose and len(line.text) <= LIST_CHARS:
            if prompts < 2 or len(gap) == INSERT_GAP or not walk.before[anchor]:
                break
            gap.append(i)
        elif not line.finding:
            break
    return changed, last


def _spoken(walk: Walk, i: int, language: str) -> bool:
    """Does a prompt of that language, or of none, speak in block `i`, and not in a quotation only?"""
    return any(
        hit.rule.label in PROMPTS and hit.rule.language in (language, "und") and _weight(walk, i, hit) > QUOTED
        for hit in walk.lines[i].hits
    )


def _addressed(walk: Walk, line: Line, rule: Rule) -> bool:
    words = walk.address.get(rule.language)
    return words is not None and compiled(words).search(line.text.lower()) is not None


def _lists(walk: Walk) -> bool:
    """Extend lists that a heading opened ("Related stories") over the titles under it, and find titles that stand there twice.

    Above the article's paragraphs a list is left alone: the last title in it may be the article's.
    """
    changed = False
    for i in walk.spoken:
        line = walk.lines[i]
        if line.finding and (rule := _anchor(line)) and rule.label in LISTS and walk.before[i] >= LIST_PROSE:
            run = _teasers(walk, i + 1) or _titles(walk.lines, i + 1)
            changed |= _take(walk, [j for j in run if not walk.lines[j].finding], rule)
    return _repeated(walk) or changed


def _titles(lines: Sequence[Line], first: int) -> list[int]:
    """The lines from `first` on that can be titles of other stories: no paragraphs, no sentences, no heading of what follows."""
    run: list[int] = []
    for j in range(first, min(first + LIST_LENGTH, len(lines))):
        if not lines[j].finding and not _like_title(lines[j].text):
            if run and not lines[run[-1]].finding and len(lines[run[-1]].text) <= CROSSHEAD_CHARS:
                run.pop()
            break
        run.append(j)
    return run


def _like_title(text: str) -> bool:
    return len(text) <= LIST_CHARS and not text.rstrip(CLOSING).endswith(FULL_STOP)


def _teasers(walk: Walk, first: int) -> list[int]:
    """All that follows, if it is a list of titles each with a short paragraph: after the body, never two paragraphs in a row."""
    if len(walk.lines) - first > TEASER_LINES:
        return []
    rest = walk.lines[first:]
    paragraphs = [line for line in rest if not line.finding and not _like_title(line.text)]
    if not paragraphs or len(rest) < len(paragraphs) + 2 or walk.before[first] < max(5, 2 * len(paragraphs)):
        return []
    alternating = not any(_is_teaser(a) and _is_teaser(b) for a, b in zip(rest, rest[1:], strict=False))
    short = all(len(line.text) <= TEASER_CHARS for line in paragraphs)
    return list(range(first, len(walk.lines))) if alternating and short and not _is_teaser(rest[0]) else []


def _is_teaser(line: Line) -> bool:
    return not line.finding and not _like_title(line.text)


def _repeated(walk: Walk) -> bool:
    """Find further copies of a line that stood in a list: bodies do not repeat their sentences, pages repeat their links."""
    first: dict[str, Finding] = {}
    changed = False
    if not any(walk.lines[i].finding for i in walk.spoken):
        return False
    for line in walk.lines:
        if len(line.text) < REPEATED_CHARS or line.protected:
            continue
        if line.finding:
            if line.finding.label in LISTS:
                first.setdefault(line.text, line.finding)
        elif original := first.get(line.text):
            line.finding = Finding(original.label, 1.0, (Reason("structure", "repeated", line.text), *original.reasons))
            changed = True
    return changed


def _anchor(line: Line) -> Rule | None:
    """The rule that opened a run at this line, if one did."""
    assert line.finding
    spoke = {reason.id for reason in line.finding.reasons}
    return next((hit.rule for hit in line.hits if hit.rule.strength == "anchor" and hit.rule.id in spoke), None)


def _take(walk: Walk, blocks: Iterable[int], rule: Rule) -> bool:
    taken = False
    for i in blocks:
        line = walk.lines[i]
        reasons = (*(_reason(hit, 0.5) for hit in line.hits), Reason("rule", rule.id, f"in the run that {rule.id} opened", 1.0))
        line.finding = Finding(rule.label, 1.0, reasons)
        taken = True
    return taken


def _reason(hit: Hit, weight: float) -> Reason:
    return Reason("rule", hit.rule.id, hit.evidence, weight)
