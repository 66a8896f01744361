"""What the learned model is told of a document's lines: their form, their place, what rules found, what phrases say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.detect.phrases import NUMBER, Phrases
from cleantext.detect.runs import ASK
from cleantext.detect.walk import Line
from cleantext.document import ARTICLE_LABELS, Label
from cleantext.learned import characters as ch
from cleantext.learned.characters import Characters, Column

UNWANTED: Final = tuple(label for label in Label if label not in ARTICLE_LABELS)
NUMBERS: Final = dict.fromkeys(ARTICLE_LABELS, len(UNWANTED)) | {label: i for i, label in enumerate(UNWANTED)}
"""Of unwanted labels; all others have one number more."""

COUNTED: Final = (
    (ch.STOP, 10), (ch.COMMA, 10), (ch.MONEY, 2), (ch.BAR, 3), (ch.COLON, 3), (ch.SIGN, 1), (ch.QUOTE, 4),
)  # fmt: skip
"""Kinds of characters, and up to how many count."""
SHARES: Final = (ch.NUMBER, ch.PUNCTUATION, ch.SPACELESS)
ENDS: Final = (ch.STOP, ch.COLON, ch.LETTER | ch.NUMBER)
BEGINS: Final = (ch.CAPITAL, ch.NUMBER, ch.PUNCTUATION)
EXCLAIM = ("!", "！")

SHORT: Final = 60
LEAD: Final = 120
"""The characters of a paragraph that say what it is about."""
LONG_WORD: Final = 4
"""Letters of a word that two lines have in common by their topic, not by their language."""
EXTREME: Final = 5.0
"""Phrases count up to these log-odds: what else speaks is to be heard, too."""


def in_reach(lines: Sequence[Line], paragraphs: int) -> list[int]:
    """The lines that may be found unwanted: so many paragraphs at most stand between them and a line that was, or an end."""
    near = [False] * len(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        passed = 0
        for i in order:
            line = lines[i]
            passed = 0 if line.unwanted else passed + line.prose
            if passed <= paragraphs:
                near[i] = True
    return [i for i, is_near in enumerate(near) if is_near]


def line_features(lines: Sequence[Line], chosen: Sequence[int], phrases: Phrases) -> NDArray[np.float32]:
    """One row a feature, one column a line of those that are chosen."""
    own = [lines[i] for i in chosen]
    texts = [line.text.strip() for line in own]
    columns = [
        *form_features(texts),
        *finding_features(own),
        *place_features(lines)[:, np.asarray(chosen, np.intp)],
        _alike(texts),
        _shared(own, lines),
        np.clip(list(map(phrases.score, texts)), -EXTREME, EXTREME),
    ]
    found = np.empty((len(columns), len(own)), np.float32)
    for row, column in enumerate(columns):
        found[row] = column
    return found


def form_features(texts: Sequence[str]) -> list[Column | list[bool]]:
    """Length, kinds of characters, how a line begins and ends, how often it stands there."""
    letters = Characters(texts)
    words, capitals = letters.words()
    size, count = letters.lengths, letters.count
    copies = Counter(texts)
    return [
        np.log1p(size),
        np.log1p(words),
        *(np.minimum(count(kind), most) for kind, most in COUNTED),
        *(count(kind) / size for kind in SHARES),
        count(ch.CAPITAL) / np.maximum(count(ch.LETTER), 1),
        capitals / np.maximum(words, 1),
        *((letters.last & kinds) != 0 for kinds in ENDS),
        *((letters.first & kinds) != 0 for kinds in BEGINS),
        [text.endswith(EXCLAIM) for text in texts],
        [text.endswith(ASK) for text in texts],
        ["://" in text or "www." in text or "@" in text for text in texts],
        np.log1p([copies[text] - 1 for text in texts]),
    ]


def place_features(lines: Sequence[Line]) -> NDArray[np.float32]:
    """Is it prose? How many lines, and paragraphs of prose, stand before a line and after it?"""
    count = len(lines)
    at = np.arange(count)
    prose = np.array([line.prose for line in lines], np.float32)
    passed = np.cumsum(prose)
    total = passed[-1] if count else 0
    counts = np.log1p([at, count - 1 - at, passed - prose, total - passed, np.full(count, count)])
    return np.vstack((prose, counts, np.full(count, total / max(count, 1)))).astype(np.float32)


def finding_features(lines: Sequence[Line]) -> list[Column]:
    """What rules found, by label, and hits that were not enough."""
    found = np.array([NUMBERS[line.finding.label] if line.finding else -1 for line in lines], np.int64)
    of_article = found == len(UNWANTED)
    hits = np.array([0 if line.finding else min(len(line.hits), 3) for line in lines], np.float32)
    return [(found >= 0) & ~of_article, of_article, hits, *(found == np.arange(len(UNWANTED))[:, None])]


def _alike(texts: Sequence[str]) -> list[float]:
    """The logarithm of how many other short lines have a line's form: dates, bylines, "Report from ..." under each title of a list."""
    forms = [_form(text) if len(text) <= SHORT else "" for text in texts]
    count = Counter(forms)
    return [log1p(count[form] - 1) if form else 0.0 for form in forms]


def _form(text: str) -> str:
    """A line's first and last words, its numbers masked, and how many words it has.

    >>> _form("Published 23 May 2024 13:31") == _form("Published 4 May 2025 9:05")
    True
    """
    words = NUMBER.sub("0", text).split()
    return f"{words[0]} {words[-1]} {len(words)}" if words else ""


def _shared(chosen: Sequence[Line], lines: Sequence[Line]) -> list[float]:
    """The share of a short line's longer words that stand at the beginning of paragraphs; a half where there are none."""
    topic = frozenset(" ".join([line.text[:LEAD] for line in lines if line.prose]).lower().split())
    shares = []
    for line in chosen:
        words = [] if line.prose else [word for word in line.text.lower().split() if len(word) >= LONG_WORD]
        shares.append(sum(word in topic for word in words) / len(words) if words else 0.5)
    return shares
