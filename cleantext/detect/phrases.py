"""Learned phrases: words and runs of two or three words that speak for an unwanted line, or against it.

`lines.tsv` holds them, to be read: phrase, weight (log-odds; above 0 for unwanted), the label that lines with it mostly have, and the
languages in which it was met. `python -m cleantext.train lines` makes it (`lines.md` is its card).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import isfinite, sqrt
from pathlib import Path
from typing import Final, NamedTuple

from cleantext.document import Label
from cleantext.errors import ModelError
from cleantext.packaged import content_of

SPACELESS: Final = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
"""The characters of scripts without spaces, as a pattern's class has them."""
TOKEN: Final = re.compile(rf"[{SPACELESS}]|0|[^\W\d_{SPACELESS}]+|[!?]")
"""A word, a number (masked), a character of a script without spaces, or a mark that prompts like."""

SUFFIX: Final = ".tsv"
LINES: Final = "detect/lines"
"""The line model that comes with the package, and what lies beside it, without their endings."""

MOST_TOKENS: Final = 12
MOST_CHARS: Final = 100
"""A prompt says what it wants at its beginning."""

BEGIN, END = "^", "$"
NUMBER: Final = re.compile(r"\d+")


class Phrase(NamedTuple):
    """What one phrase says: `label` is that of most of the unwanted lines which have it."""

    weight: float
    label: Label
    languages: tuple[str, ...] = ()


class Phrases:
    """A linear model over phrases. A text's score is the sum of its phrases' weights, by the root of their number, and the bias."""

    def __init__(self, weights: Mapping[str, Phrase], bias: float = 0.0) -> None:
        self.weights = weights
        self.bias = bias
        self._numbers = {name: phrase.weight for name, phrase in weights.items()}

    def score(self, text: str) -> float:
        """The log-odds that a line is unwanted, by its words alone.

        >>> Phrases({"subscribe": Phrase(2.0, Label.PAYWALL)}, bias=-1.0).score("Subscribe now")
        1.0
        """
        return self.score_of(phrases_of(text))

    def score_of(self, phrases: Sequence[str]) -> float:
        """The same for the phrases of a line."""
        found = [weight for weight in map(self._numbers.get, phrases) if weight is not None]
        return float(self.bias + sum(found) / sqrt(len(found) or 1))

    def spoken(self, text: str) -> list[tuple[str, Phrase]]:
        """The phrases in a text that speak for an unwanted line, the weightiest first."""
        return self.spoken_of(phrases_of(text))

    def spoken_of(self, phrases: Sequence[str]) -> list[tuple[str, Phrase]]:
        """The same for the phrases of a line."""
        found = {name: phrase for name in phrases if (phrase := self.weights.get(name)) and phrase.weight > 0}
        return sorted(found.items(), key=lambda item: (-item[1].weight, item[0]))


def phrases_of(text: str) -> list[str]:
    """The words of a text's beginning and their runs, in lower case, with its ends marked and numbers masked.

    >>> phrases_of("Read 3 more")[:7]
    ['^', 'read', '0', 'more', '$', '^ read', 'read 0']
    """
    words = TOKEN.findall(NUMBER.sub("0", text[:MOST_CHARS].lower()))
    tokens = [BEGIN, *words[:MOST_TOKENS]]
    if len(words) <= MOST_TOKENS and len(text) <= MOST_CHARS:
        tokens.append(END)
    return tokens + runs_of(tokens)


def runs_of(words: Sequence[str]) -> list[str]:
    """The runs of two words, and then those of three."""
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return pairs + [f"{pair} {third}" for pair, third in zip(pairs, words[2:], strict=False)]


@cache
def shipped_phrases() -> Phrases:
    """The phrases of the model that comes with the package."""
    return phrases_beside(None, SUFFIX)


def beside(line_model: str, suffix: str) -> str:
    """The file of phrases or words that lies beside a line model's.

    >>> beside("own.npz", SUFFIX)
    'own.tsv'
    """
    return str(Path(line_model).with_suffix(suffix))


def phrases_beside(line_model: str | None, suffix: str) -> Phrases:
    """What such a file holds; without a line model of one's own, that of the one which comes with the package.

    Raises:
        ModelError: it cannot be read, or is no such table.
    """
    file, shipped = beside(line_model, suffix) if line_model else None, f"{LINES}{suffix}"
    return parse_phrases(content_of(file, shipped), file or shipped)


def parse_phrases(content: bytes, file: str) -> Phrases:
    """The phrases of a file's content; `file` is what messages call it.

    Raises:
        ModelError: it is no such table.
    """
    try:
        return read_phrases(content.decode("utf-8"))
    except ValueError as error:
        raise ModelError(f"{file}: no table of phrases: {error}") from None


def read_phrases(table: str) -> Phrases:
    """The phrases of a table as `write_phrases` writes it.

    Raises:
        ValueError: a line of it has another form, or a weight that is no number.
    """
    head, *rows = table.split("\n")
    weights = {}
    labels = {str(label): label for label in Label}
    met: dict[str, tuple[str, ...]] = {}  # few different ones stand in many rows
    for row in filter(None, rows):
        name, weight, label, languages = row.split("\t")
        if label not in labels:
            raise ValueError(f"{label!r} is no label")
        weights[name] = Phrase(
            float(weight), labels[label], met.get(languages) or met.setdefault(languages, tuple(languages.split()))
        )
    bias = float(head.rpartition("\t")[2])
    if not isfinite(bias + sum(phrase.weight for phrase in weights.values())):
        raise ValueError("a weight is infinite, or none")
    return Phrases(weights, bias)


def write_phrases(phrases: Phrases) -> str:
    """A table that `read_phrases` reads: the bias, then a line a phrase, the weightiest first."""
    rows = sorted(phrases.weights.items(), key=lambda item: (-item[1].weight, item[0]))
    lines = (f"{name}\t{p.weight:.2f}\t{p.label}\t{' '.join(p.languages)}" for name, p in rows)
    return "\n".join((f"bias\t{phrases.bias:.3f}", *lines)) + "\n"
