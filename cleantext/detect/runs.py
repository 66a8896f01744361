"""Runs: what an anchor opens, and how far it reaches.

A letter goes on addressing its reader, a wall goes on being a wall, a list of stories goes on being titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleantext.detect.finding import Finding
from cleantext.detect.pack import Rule
from cleantext.detect.rules import Hit
from cleantext.detect.walk import LISTS, PROMPTS, QUOTED, Line, Walk, is_sentence, is_wide
from cleantext.document import Label, Reason
from cleantext.segment.text import BULLET

OPENING = 60
"""Characters before the words of an anchor, at most."""
LETTER_ODDS = 0.5
"""The log-odds by its first words above which a letter's next paragraph need not address the reader."""
SALUTATION = 60
"""Characters of the longest line that only greets."""
GREETING = (",", ":", "،", "，", "、")
"""How a line ends that greets."""
ADVICE = 3
"""An article of which one paragraph in so many addresses the reader gives advice."""
GOES_ON = 2
"""Paragraphs and sentences that say nothing to the reader after a letter's last that does, from which on they are the story's; at the text's end one."""
LETTER_LINES = 60
"""Lines of the longest letter, and of whatever stands under it, or within a list."""
STORY_LINES = 2 * LETTER_LINES
"""Lines above a letter that tell whom the story speaks to."""

LIST_PROSE = 3
OPENING_PROSE = 6
"""Paragraphs before a list, from which on it stands under the article's title; and how many it takes where most of the article follows."""
LIST_LENGTH = 12
LIST_CHARS = 160
"""Lines of a list after its heading, and the characters of the longest title in it; in scripts without spaces, and in Hangul, they count twice."""
FULL_WIDTH = "\u1100"
"""The first character of those that are as wide as two."""
CROSSHEAD_CHARS = 60
"""A line of a list that is no longer than this and stands right above a paragraph may be that paragraph's heading."""
TEASERS = 2
TEASER_CHARS = 300
TEASER_LINES = 60
"""Paragraphs under titles in a list that has such, at least; the characters of one, and the list's lines, at most."""
REPEATED_CHARS = 30
"""A shorter line may well stand in a text twice."""

PLAYING = re.compile(r"\d:\d\d\s*$")

CLOSING = "\"'”’“»)] \t\u00a0\u202f"
ASK = ("?", "？", "؟")
FULL_STOP = (".", "。", "।", "؟", ":", ";", ",")


def extend_prompts(walk: Walk) -> bool:
    """Take whole letters to readers, and extend other prompts that an anchor opened, from hit to hit."""
    changed = False
    reached = -1
    for i in walk.spoken:
        line = walk.lines[i]
        salutation = next((hit.rule for hit in line.hits if _opens_letter(hit)), None)
        if salutation and (letter := _letter(walk, i, salutation)):
            return walk.take([j for j in letter if not walk.lines[j].finding], salutation) or changed
        if i > reached and line.finding and (rule := _anchor(line)) and rule.label in PROMPTS:
            taken, reached = _extend(walk, i, rule)
            changed |= taken
    return changed


def _opens_letter(hit: Hit) -> bool:
    return hit.rule.label is Label.APPEAL and _opens(hit)


def _opens(hit: Hit) -> bool:
    """Does a run begin here? Deep in a paragraph stands at most a prompt by itself."""
    return hit.rule.strength == "anchor" and hit.start <= OPENING


def _letter(walk: Walk, opening: int, rule: Rule) -> range:
    """The lines of a letter to readers, if all that follows is one (if it greets, all up to its end).

    An anchor of an appeal opened it, the story stands before it, its next paragraph addresses the reader, and so do nearly all; half of them suffice
    if another prompt speaks in it. If the anchor is a line by itself ("Dear reader,"), half suffice too, so long as one of the first two addresses the
    reader and it ends so. What is longer than all that is told before it (twice as long, if a line by itself opened it) is the story, under a letter
    above it or in its midst; and where the story itself addresses its reader, as advice does, all that does not greet must speak as prompts do.
    A letter has more than one word for its reader and itself: a single one, in several paragraphs, may be a name, or of another language.
    """
    if len(walk.lines) - opening > LETTER_LINES:
        return range(0)
    end = _letter_end(walk, opening, rule)
    above = [line for line in walk.lines[max(opening - STORY_LINES, 0) : opening] if line.prose and not line.finding]
    told = sum(not walk.addressed(line, rule.language) for line in above)
    opener = walk.lines[opening].text.rstrip()
    short, greeting = len(opener) <= SALUTATION, opener.endswith(GREETING)
    after = [line for line in walk.lines[opening + 1 : end if greeting else None] if line.prose and not line.finding]
    if not after or told < 2 or told * (2 if short else 1) < len(after):
        return range(0)
    advice = not greeting and (len(above) - told) * ADVICE >= len(above)
    if len(after) > 1 and len({word for line in after for word in walk.addresses(line, rule.language)}) == 1:
        return range(0)
    addressed = [walk.speaks(line.text, LETTER_ODDS) if advice else walk.addressed(line, rule.language) for line in after]
    if short and len(after) > 1 and any(addressed[:2]) and (addressed[-1] or _signs_off(walk, rule)):
        needed = 2
    elif addressed[0] or walk.speaks(after[0].text, LETTER_ODDS):
        needed = 2 if any(_spoken(walk, i, rule.language) for i in range(opening + 1, len(walk.lines))) else 3
    else:
        return range(0)
    return range(opening, end if sum(addressed) * 4 >= len(after) * needed else opening)


def _letter_end(walk: Walk, opening: int, rule: Rule) -> int:
    """Where a letter ends: with the document, unless the story goes on: with paragraphs or sentences that say nothing to the reader, or an
    interview's next question under who signed it.
    """
    last, told = opening, 0
    for i, line in enumerate(walk.lines[opening + 1 :], opening + 1):
        if _asks(walk, i) and not walk.lines[i - 1].prose:
            return i
        if line.unwanted or walk.addressed(line, rule.language):
            last, told = i, 0
        elif not line.finding and (line.prose or is_sentence(line.text)):
            told += 1
            if told == GOES_ON:
                return last + 1
    return last + 1 if told else len(walk.lines)


def _asks(walk: Walk, i: int) -> bool:
    """Is it a question by itself, above a paragraph?"""
    line, below = walk.lines[i], walk.lines[i + 1 : i + 2]
    return not line.finding and not line.prose and line.text.rstrip().endswith(ASK) and any(under.prose for under in below)


def _signs_off(walk: Walk, rule: Rule) -> bool:
    """Does a line under the last paragraph address the reader, or was it found to be a prompt?"""
    last = max(i for i, line in enumerate(walk.lines) if line.prose and not line.finding)
    return any(
        walk.addressed(line, rule.language) or (line.finding is not None and line.finding.label is Label.APPEAL)
        for line in walk.lines[last + 1 :]
    )


def _extend(walk: Walk, anchor: int, rule: Rule) -> tuple[bool, int]:
    """Take the lines right under an anchor in which a further prompt speaks. Gives back whether any was taken, and the last line of the run."""
    last = anchor
    changed = False
    for i in range(anchor + 1, len(walk.lines)):
        line = walk.lines[i]
        if _spoken(walk, i, rule.language) and (line.finding or not line.prose):
            if not line.finding:
                changed |= walk.take([i], rule)
            last = i
        elif not line.finding:
            break
    return changed, last


def _spoken(walk: Walk, i: int, language: str) -> bool:
    """Does a prompt of that language, or of none, speak in block `i`, where it may, and not in a quotation only? Weak words above the
    first paragraph, or most of the article, say nothing: a title may have them.
    """
    return any(
        hit.rule.label in PROMPTS
        and hit.rule.language in (language, "und")
        and (hit.rule.strength != "weak" or (walk.before[i] and not walk.opens(i)))
        and walk.stands(i, hit.rule.where)
        and walk.weight(i, hit) > QUOTED
        for hit in walk.lines[i].hits
    )


def extend_lists(walk: Walk) -> bool:
    """Extend lists that a heading opened ("Related stories") over the titles under it, and find titles that stand there twice.

    Above the article's paragraphs a list is left alone: the last title in it may be the article's.
    """
    changed = False
    for i in walk.spoken:
        line = walk.lines[i]
        least = OPENING_PROSE if walk.opens(i) else LIST_PROSE
        if line.finding and (rule := _anchor(line)) and rule.label in LISTS and walk.before[i] >= least:
            run = _teasers(walk, i + 1) or _titles(walk.lines, i + 1)
            changed |= walk.take([j for j in run if not walk.lines[j].finding], rule)
    return _repeated(walk) or changed


def _titles(lines: Sequence[Line], first: int) -> list[int]:
    """The lines from `first` on that can be titles of other stories: no paragraphs, no sentences, no heading of what follows; items, if the
    first is one.
    """
    run: list[int] = []
    if list_goes_on(lines, first):
        return run
    items = first < len(lines) and BULLET.match(lines[first].text)
    for j in range(first, min(first + LIST_LENGTH, len(lines))):
        if items and not lines[j].finding and not BULLET.match(lines[j].text):
            break
        if not lines[j].finding and not like_title(lines[j].text):
            if run and not lines[run[-1]].finding and len(lines[run[-1]].text) <= CROSSHEAD_CHARS:
                run.pop()
            break
        run.append(j)
    return run


def list_goes_on(lines: Sequence[Line], first: int) -> bool:
    """Is the line an item, as is the last one above it that was not found? Then the list is the article's, and goes on under an insert, which is
    no longer than a letter.
    """
    if first >= len(lines) or not BULLET.match(lines[first].text):
        return False
    above = next((line for line in reversed(lines[max(first - LETTER_LINES, 0) : first]) if not line.unwanted), None)
    return above is not None and BULLET.match(above.text) is not None


def like_title(text: str) -> bool:
    """Is it short, and no sentence? The stop of Chinese and Japanese, unlike others, ends nothing but sentences."""
    size = len(text) * 2 if is_wide(text) else len(text) + sum(map(FULL_WIDTH.__le__, text))
    return size <= LIST_CHARS and "。" not in text and not text.rstrip(CLOSING).endswith(FULL_STOP)


def _teasers(walk: Walk, first: int) -> list[int]:
    """All that follows, if it is a list of titles each with a short paragraph: after the body, never two paragraphs in a row.

    One paragraph alone, under some titles, is more likely the story's, which goes on after an insert.
    """
    if len(walk.lines) - first > TEASER_LINES:
        return []
    rest = walk.lines[first:]
    paragraphs = [line for line in rest if _is_teaser(line)]
    if len(paragraphs) < TEASERS or len(rest) < len(paragraphs) + 2 or walk.before[first] < max(5, 2 * len(paragraphs)):
        return []
    alternating = not any(_is_teaser(a) and _is_teaser(b) for a, b in pairwise(rest))
    short = all(len(line.text) <= TEASER_CHARS for line in paragraphs)
    opening = next((line for line in rest if not line.finding), rest[0])  # after another prompt, too, a title comes first
    return list(range(first, len(walk.lines))) if alternating and short and not _is_teaser(opening) else []


def _is_teaser(line: Line) -> bool:
    return not line.finding and not like_title(line.text)


def gaps_between(lines: Sequence[Line]) -> Iterator[range]:
    """The stretches of lines between two that were found unwanted, after the article's first paragraph.

    Elsewhere a line may be a caption, a crosshead, a credit, or the title under somebody else's letter.
    """
    body = False
    last = len(lines)
    for i, line in enumerate(lines):
        if line.unwanted:
            if body and last + 1 < i <= last + LETTER_LINES:
                yield range(last + 1, i)
            last = i if body else last
        body = body or (line.prose and not line.unwanted)


def _repeated(walk: Walk) -> bool:
    """Find further copies of a line that stood in a list, and of a player's title: pages repeat their links, bodies not their sentences."""
    if not any(walk.lines[i].finding for i in walk.spoken):
        return False
    listed = [
        line for line in walk.lines if line.finding and line.finding.label in LISTS and line.finding.reasons[0].source != "model"
    ]
    first = {line.text[:REPEATED_CHARS]: line for line in reversed(listed) if len(line.text) >= REPEATED_CHARS}
    changed = False
    for number, line in enumerate(walk.lines):
        if line.finding or len(line.text) < REPEATED_CHARS:
            continue
        original = first.get(line.text[:REPEATED_CHARS])
        if original and original.finding and (original.text == line.text or (number and _is_player(original.text, line.text))):
            reasons = (Reason("structure", "repeated", line.text), *original.finding.reasons)
            line.finding = Finding(original.finding.label, 1.0, reasons)
            changed = True
    return changed


def _is_player(text: str, title: str) -> bool:
    """Is the text the title, and how long it plays?"""
    return text.startswith(title) and PLAYING.search(text, len(title)) is not None


def _anchor(line: Line) -> Rule | None:
    """The rule that opened a run at this line, if one did."""
    assert line.finding
    spoke = {reason.id for reason in line.finding.reasons}
    return next((hit.rule for hit in line.hits if _opens(hit) and hit.rule.id in spoke), None)
