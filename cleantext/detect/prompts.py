"""Learned words of prompts, for what no rule knows: a linear model over the beginnings of words, and of their runs, in a line.

`lines.prompts.tsv` holds them, as `lines.tsv` holds phrases; `python -m cleantext.train lines` makes both (`lines.md` is the card). Words are cut
after five letters ("abonn-"), so that all forms of a word, and its compounds, are one. Paragraphs are left to the rules. Of other
lines those with a word that is typical of prompts are looked at: an automaton finds these in one pass. What a line says counts by itself if it is beyond doubt, and else as a weak rule does: it needs a neighbour,
a rule, or a place after the article's last paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Final

import ahocorasick_rs as ahocorasick

from cleantext.detect.normalise import normalise
from cleantext.detect.phrases import BEGIN, END, NUMBER, SPACELESS, TOKEN, Phrase, Phrases, phrases_beside, runs_of
from cleantext.detect.rules import SURROGATE
from cleantext.detect.walk import QUOTE, Said, is_prose
from cleantext.document import Label, Reason
from cleantext.segment.text import BULLET

SUFFIX: Final = ".prompts.tsv"

STEM: Final = 5
"""Letters of a word that count."""
MOST_CHARS: Final = 160
MOST_WORDS: Final = 24
"""A prompt says what it wants at its beginning."""
KEY: Final = 2.0
"""The weight from which on a word, or in scripts without spaces two signs, makes a line worth a look."""
EVIDENCE_ODDS: Final = 1.5
ENOUGH_ODDS: Final = 4.0
"""The log-odds at which a line's words are evidence, and at which they are enough."""
WORDS: Final = 2
"""Words that speak for a prompt, at least: a single one may mean anything."""
COLONS: Final = (":", "：")
"""A line that ends so belongs to what follows."""
TOLD: Final = 3
"""Words that an explanation names."""
SPACE: Final = " "
BETWEEN: Final = "\n "
WIDE: Final = re.compile(f"[{SPACELESS}]+")
"""Signs that are words by themselves."""


class Prompts:
    """Words, and the automaton that finds the lines which have some that matter."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        keys = {key: name for name, phrase in phrases.weights.items() if phrase.weight >= KEY and (key := _key(name))}
        self._whole = [key[0] == SPACE and not name.endswith("-") for key, name in keys.items()]
        self._automaton = ahocorasick.AhoCorasick(keys, implementation=ahocorasick.Implementation.ContiguousNFA)

    def said(self, texts: Sequence[str]) -> dict[int, Said]:
        """What the blocks say whose words are evidence, by the block's number. A block says the same wherever it stands."""
        short = [i for i, text in enumerate(texts) if len(text) <= MOST_CHARS and not is_prose(text)]
        found: dict[int, Said] = {}
        for i in self._with_keys(texts, short):
            text = texts[i]
            if BULLET.match(text) or text.rstrip().endswith(COLONS) or QUOTE.search(text):
                continue
            words = words_of(text)
            score = self.phrases.score_of(words)
            spoken = self.phrases.spoken_of(words) if score >= EVIDENCE_ODDS else []
            if sum(SPACE not in name for name, _ in spoken) >= WORDS:
                found[i] = _said(spoken, score)
        return found

    def _with_keys(self, texts: Sequence[str], chosen: Sequence[int]) -> Iterator[int]:
        """Those of the chosen texts in which a key stands: a word, the beginning of a longer one or, in scripts without spaces, two signs."""
        lines = [texts[i] for i in chosen]
        starts = list(accumulate((len(line) + len(BETWEEN) for line in lines), initial=0))
        joined = BETWEEN.join(("", *lines, "")).replace("İ", "i").lower()  # of all letters this one becomes longer
        try:
            matches = self._automaton.find_matches_as_indexes(joined, overlapping=True)
        except UnicodeEncodeError:  # half a character; no UTF-8, and so no automaton, has it
            matches = self._automaton.find_matches_as_indexes(SURROGATE.sub("?", joined), overlapping=True)
        following = 0  # where the line after the last one that was found begins
        for number, start, end in matches:
            if start >= following and not (self._whole[number] and joined[end].isalpha()):
                line = bisect_right(starts, start) - 1
                yield chosen[line]
                following = starts[line + 1]


def _said(spoken: Sequence[tuple[str, Phrase]], score: float) -> Said:
    votes: defaultdict[Label, float] = defaultdict(float)
    for _, phrase in spoken:
        votes[phrase.label] += phrase.weight
    label = max(votes, key=lambda label: (votes[label], label))
    weight = 1.0 if score >= ENOUGH_ODDS else 0.5
    told = ", ".join(name for name, _ in spoken[:TOLD])
    return Said(label, weight, (Reason("model", "prompts", told, weight),))


def _key(name: str) -> str:
    """How a phrase is looked for, if it is a single word, or two signs of a script without spaces."""
    if len(pair := name.replace(" ", "")) == 2 and WIDE.fullmatch(pair):
        return pair
    return SPACE + name.rstrip("-") if len(name) > 1 and name[0].isalpha() and " " not in name else ""


def words_of(text: str) -> list[str]:
    """The words of a line's beginning as they are counted, and their runs of two and three; in these its beginning is a word, and its end.

    >>> words_of("Subscribe for 3 months")[:6]
    ['subsc-', 'for', '0', 'month-', '^ subsc-', 'subsc- for']
    """
    tokens = TOKEN.findall(NUMBER.sub("0", normalise(text[:MOST_CHARS])))
    words = [token[:STEM] + "-" if len(token) > STEM else token for token in tokens[:MOST_WORDS]]
    ended = [END] if len(text) <= MOST_CHARS and len(tokens) <= MOST_WORDS else []
    return words + runs_of([BEGIN, *words, *ended])


@cache
def prompts(line_model: str | None = None) -> Prompts:
    """The words that lie beside a line model's file, or those that come with the package.

    Raises:
        ModelError: it cannot be read, or is no such table.
    """
    return Prompts(phrases_beside(line_model, SUFFIX))
