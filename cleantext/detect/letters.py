"""Letters to readers that no rule opens, by all the words of their paragraphs taken together.

A letter argues for pages like an article ("Last year we had to cut a million from our budget ..."), and no sentence of it need be worn. What gives it
away is what all of its paragraphs speak of, and how: readers, journalism, gifts, we and you. `lines.letters.tsv` holds what such words weigh, to be
read, as `lines.tsv` holds phrases; `python -m cleantext.train lines` makes both (`lines.md` is the card). A stretch of lines goes whose paragraphs together weigh
enough, if it stands below the article's first paragraphs, is no longer than the article, and the article's own paragraphs don't speak so: those of a
story on newspapers do, and those of a column that says "we" and "you".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import sqrt
from statistics import median
from typing import Final, NamedTuple

from cleantext.detect.finding import Finding
from cleantext.detect.keys import Keys
from cleantext.detect.normalise import normalise
from cleantext.detect.phrases import NUMBER, SPACELESS, TOKEN, Phrases, phrases_beside, runs_of
from cleantext.detect.prompts import stems
from cleantext.detect.walk import NOBODY, PROMPTS, QUOTE, SPEECH, Asked, Asking, Walk, is_wide
from cleantext.document import Label, Reason
from cleantext.segment.text import BULLET

SUFFIX: Final = ".letters.tsv"

MOST_CHARS: Final = 1_200
MOST_WORDS: Final = 150
"""What is read of a paragraph."""
WEIGHTY: Final = 1.0
"""What a line's weightiest words weigh together, by the root of its characters, if it's worth a look: in 4 of 100 paragraphs of articles."""
SHORTEST: Final = 60
"""Characters of a line that says enough to be weighed; half of it in scripts without spaces."""

NEUTRAL: Final = -2.7
"""The log-odds at which a paragraph says nothing: those of as many paragraphs of letters as of articles are as high."""
CONTRAST: Final = 3.0
"""How much more it takes, in log-odds, than half of the article's paragraphs have: columns speak as "we", and of journalism stories tell."""
MOST: Final = 5.0
LEAST: Final = -6.0
"""How much one paragraph can weigh at most, either way."""
SHORT: Final = -0.3
"""What a line weighs that is too short to say anything: a heading, a button."""
FOUND: Final = 0.7
MOST_FOUND: Final = 3
"""What a prompt among its lines weighs, or next to them, and how many count."""
WORTH: Final = 2.0
"""What the weightiest paragraph of a letter weighs, at least."""
ENOUGH: Final = 7.0
"""What a letter weighs, at least."""
BEFORE: Final = 2
"""Paragraphs of the article above a letter, at least."""
SAYS: Final = re.compile(rf"[^\W\d_]{{2}}|[{SPACELESS}] [{SPACELESS}]")
"""A word, or two signs of a script without spaces: numbers, and single letters and signs, say nothing."""
SPEAKER: Final = re.compile(r"[^\W\d_a-z]{2}[^a-z:]{0,40}:")
"""How a transcript names who speaks."""
TOLD: Final = 5
"""Words that speak for a letter, at least, and those that an explanation names: one or two may mean anything."""


class Letter(NamedTuple):
    """A stretch of lines from `start` to before `end`, and what it weighs."""

    weight: float
    start: int
    end: int


NO_LETTER: Final = Letter(ENOUGH, 0, 0)


class Letters:
    """What words weigh, and the keys to the documents that may hold a letter."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self._keys = Keys(phrases)

    def asking(self, texts: Sequence[str]) -> Asking:
        """Which lines of a document may be a letter's, and how all of them speak that are long enough."""
        long = [i for i, text in enumerate(texts) if is_long(text)]
        speaks = Spoken(self.phrases, texts, long)
        weighty = [i for i, weight in self._keys.weigh(texts, long).items() if weight >= WEIGHTY * sqrt(_size(texts[i]))]
        suspects = [i for i in sorted(weighty) if speaks[i].odds >= NEUTRAL + WORTH]
        return Asking(suspects, speaks) if suspects else NOBODY


class Spoken(Mapping[int, Asked]):
    """How the lines of a document speak. Most texts have no letter, and few of their lines are looked at."""

    def __init__(self, phrases: Phrases, texts: Sequence[str], long: Sequence[int]) -> None:
        self._phrases = phrases
        self._texts = texts
        self._known: dict[int, Asked | None] = dict.fromkeys(long)

    def __getitem__(self, i: int) -> Asked:
        asked = self._known[i]
        if asked is None:
            asked = self._known[i] = self._asked(self._texts[i])
        return asked

    def __iter__(self) -> Iterator[int]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def _asked(self, text: str) -> Asked:
        words = words_of(text)
        odds = self._phrases.score_of(words)
        if odds <= NEUTRAL:
            return Asked(odds, "")
        told = [name for name, _ in self._phrases.spoken_of(words)[:TOLD]]
        return Asked(odds if len(told) == TOLD else NEUTRAL, ", ".join(told))


def extend_letters(walk: Walk) -> bool:
    """Find letters among the lines that stay; says whether there were any. What goes without the prompts around it goes now: there are none when
    the text is cleaned again.
    """
    changed = False
    while found := _letters(walk, FOUND) or _letters(walk, 0.0):
        for letter in found:
            for i in range(letter.start, letter.end):
                if walk.lines[i].open:
                    words = walk.asking.speaks[i].words if i in walk.asking.speaks else ""
                    reason = Reason("model", "letters", words, round(letter.weight, 1))
                    walk.lines[i].finding = Finding(Label.APPEAL, 1.0, (reason,))
        walk.count()
        changed = True
    return changed


def _letters(walk: Walk, prompt: float) -> list[Letter]:
    """The stretches of lines that weigh enough, below paragraphs of the article, as long as these are more than half of what stays.

    `prompt` is what a prompt weighs that was found among the lines.
    """
    suspects = [i for i in walk.asking.suspects if walk.lines[i].open]
    if not _may_be(walk, suspects, MOST_FOUND * prompt):
        return []
    staying = {i: asked.odds for i, asked in walk.asking.speaks.items() if not walk.lines[i].unwanted}
    neutral = max(NEUTRAL, median(staying.values()) + CONTRAST)
    weights = {i: _weight(walk, i, odds - neutral) for i, odds in staying.items()}
    taken, left = [], len(weights)
    for letter in sorted(_stretches(walk, weights, prompt), reverse=True):
        inside = sum(i in weights for i in range(letter.start, letter.end))
        lines = _from_we_to_you(walk, letter)
        if inside * 2 <= left and any(walk.lines[i].open for i in lines):
            taken.append(Letter(letter.weight, lines.start, lines.stop))
            left -= inside
    return taken


def _stretches(walk: Walk, weights: Mapping[int, float], prompt: float) -> Iterator[Letter]:
    """The heaviest beginnings of the stretches whose lines together weigh more than nothing; those that weigh enough."""
    best = NO_LETTER
    start, total, worth, found = 0, 0.0, False, 0
    for i, line in enumerate(walk.lines):
        if total <= 0:
            if best is not NO_LETTER:
                yield best
            best = NO_LETTER
            start, total, worth, found = i, 0.0, False, 0
        weight = MOST
        if line.open:
            weight = weights.get(i, SHORT)
            total += weight
            worth |= line.prose and weight >= WORTH
        elif line.finding and line.finding.label in PROMPTS and found < MOST_FOUND:
            total, found = total + prompt, found + 1
        if weight > 0 and worth and total >= best.weight and walk.before[start] >= BEFORE:
            best = Letter(total, start, i + 1)
    if best is not NO_LETTER:
        yield best


def _may_be(walk: Walk, suspects: Sequence[int], prompts: float) -> bool:
    """Does one of them weigh enough with the lines around it, if the article around them is left aside?"""
    above, below = _beside(walk, suspects, -1), _beside(walk, suspects[::-1], 1)
    return any(above[i] + _weight_at_most(walk, i) + below[i] + prompts >= ENOUGH for i in suspects)


def _beside(walk: Walk, suspects: Sequence[int], step: int) -> dict[int, float]:
    """The most that the lines from each suspect on, that way, weigh together, as far as they don't weigh nearly nothing. The suspects come in the
    other way's order: what lies behind one is known when the next one's lines reach it, and no line is looked at twice.
    """
    most: dict[int, float] = {}
    end = len(walk.lines) if step > 0 else -1
    for i in suspects:
        run = best = 0.0
        for j in range(i + step, end, step):
            run += _weight_at_most(walk, j)
            best = max(best, run + most.get(j, 0.0))
            if j in most or run <= -ENOUGH:
                break
        most[i] = best
    return most


def _weight_at_most(walk: Walk, i: int) -> float:
    """What a line weighs in an article whose own paragraphs say nothing."""
    if not walk.lines[i].open:
        return 0.0
    return _weight(walk, i, walk.asking.speaks[i].odds - NEUTRAL) if i in walk.asking.speaks else SHORT


def _weight(walk: Walk, i: int, odds: float) -> float:
    return min(max(odds, LEAST), MOST if _may_ask(walk.lines[i].text) else 0.0)


def _from_we_to_you(walk: Walk, letter: Letter) -> range:
    """A letter from the first of its lines to the last that says "we" or "you" in some language: a paragraph of the story next to it may share its
    words, but tells.
    """
    ends = [i for i in range(letter.start, letter.end) if not walk.lines[i].open or walk.addressed_in_any(walk.lines[i])]
    return range(ends[0], ends[-1] + 1) if ends else range(0)


def _may_ask(text: str) -> bool:
    """Can a line be the publication's own word to its reader? Quotations, what speakers say in a transcript, and items of a list are not."""
    return not (QUOTE.search(text) or SPEECH.match(text) or SPEAKER.match(text) or BULLET.match(text))


def is_long(text: str) -> bool:
    """Does a line say enough to be weighed?"""
    return len(text) >= SHORTEST or (2 * len(text) >= SHORTEST and is_wide(text))


def _size(text: str) -> int:
    """Characters; those of scripts without spaces say as much as two."""
    return len(text) * (1 + is_wide(text))


def words_of(text: str) -> list[str]:
    """The words of a paragraph as they are counted, and their runs of two and three.

    >>> words_of("Readers fund us")
    ['reade-', 'fund', 'us', 'reade- fund', 'fund us', 'reade- fund us']
    """
    words = stems(TOKEN.findall(NUMBER.sub("0", normalise(text[:MOST_CHARS])))[:MOST_WORDS])
    return words + runs_of(words)


def telling_words_of(text: str) -> list[str]:
    """Those that may be learned from."""
    return [name for name in words_of(text) if SAYS.search(name)]


@cache
def letters(line_model: str | None = None) -> Letters:
    """What lies beside a line model's file, or comes with the package.

    Raises:
        ModelError: it cannot be read, or is no such table.
    """
    return Letters(phrases_beside(line_model, SUFFIX))
