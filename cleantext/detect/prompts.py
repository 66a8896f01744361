"""Learned words of prompts, for what no rule knows: a linear model over the beginnings of words, and of their runs, in a line.

`lines.prompts.tsv` holds them, as `lines.tsv` holds phrases; `python -m cleantext.train lines` makes both (`lines.md` is the card). Words are cut
after five letters ("abonn-"), so that all forms of a word, and its compounds, are one. Paragraphs are left to the rules. Of other
lines those with a word that is typical of prompts are looked at: an automaton finds these in one pass. What a line says counts by itself if it is beyond doubt, and else as a weak rule does: it needs a neighbour,
a rule, or a place after the article's last paragraph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from cleantext.detect.keys import SPACE, Keys
from cleantext.detect.normalise import normalise
from cleantext.detect.phrases import BEGIN, END, NUMBER, TOKEN, Phrase, Phrases, phrases_beside, runs_of
from cleantext.detect.walk import QUOTE, Said, is_prose
from cleantext.document import Label, Reason
from cleantext.segment.text import BULLET

SUFFIX: Final = ".prompts.tsv"

STEM: Final = 5
"""Letters of a word that count."""
MOST_CHARS: Final = 160
MOST_WORDS: Final = 24
"""A prompt says what it wants at its beginning."""
EVIDENCE_ODDS: Final = 1.5
ENOUGH_ODDS: Final = 4.0
"""The log-odds at which a line's words are evidence, and at which they are enough."""
WORDS: Final = 2
"""Words that speak for a prompt, at least: a single one may mean anything."""
COLONS: Final = (":", "：")
"""A line that ends so belongs to what follows."""
TOLD: Final = 3
"""Words that an explanation names."""


class Prompts:
    """Words, and the keys to the lines which have some that matter."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self._keys = Keys(phrases)

    def said(self, texts: Sequence[str]) -> dict[int, Said]:
        """What the blocks say whose words are evidence, by the block's number. A block says the same wherever it stands."""
        short = [i for i, text in enumerate(texts) if len(text) <= MOST_CHARS and not is_prose(text)]
        found: dict[int, Said] = {}
        for i in self._keys.find(texts, short):
            text = texts[i]
            if BULLET.match(text) or text.rstrip().endswith(COLONS) or QUOTE.search(text):
                continue
            words = words_of(text)
            score = self.phrases.score_of(words)
            spoken = self.phrases.spoken_of(words) if score >= EVIDENCE_ODDS else []
            if sum(SPACE not in name for name, _ in spoken) >= WORDS:
                found[i] = _said(spoken, score)
        return found


def _said(spoken: Sequence[tuple[str, Phrase]], score: float) -> Said:
    votes: defaultdict[Label, float] = defaultdict(float)
    for _, phrase in spoken:
        votes[phrase.label] += phrase.weight
    label = max(votes, key=lambda label: (votes[label], label))
    weight = 1.0 if score >= ENOUGH_ODDS else 0.5
    told = ", ".join(name for name, _ in spoken[:TOLD])
    return Said(label, weight, (Reason("model", "prompts", told, weight),))


def words_of(text: str) -> list[str]:
    """The words of a line's beginning as they are counted, and their runs of two and three; in these its beginning is a word, and its end.

    >>> words_of("Subscribe for 3 months")[:6]
    ['subsc-', 'for', '0', 'month-', '^ subsc-', 'subsc- for']
    """
    tokens = TOKEN.findall(NUMBER.sub("0", normalise(text[:MOST_CHARS])))
    words = stems(tokens[:MOST_WORDS])
    ended = [END] if len(text) <= MOST_CHARS and len(tokens) <= MOST_WORDS else []
    return words + runs_of([BEGIN, *words, *ended])


def stems(words: Iterable[str]) -> list[str]:
    """Words cut after five letters, so that all forms of one, and its compounds, are the same."""
    return [word[:STEM] + "-" if len(word) > STEM else word for word in words]


@cache
def prompts(line_model: str | None = None) -> Prompts:
    """The words that lie beside a line model's file, or those that come with the package.

    Raises:
        ModelError: it cannot be read, or is no such table.
    """
    return Prompts(phrases_beside(line_model, SUFFIX))
