"""Counts of kinds of characters in many texts at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleantext.learned.algebra import product, weighted

Column = NDArray[Any]  # numbers or truth values, one for each text
LETTER, NUMBER, CAPITAL, STOP, COMMA, PUNCTUATION, SPACELESS, FOREIGN, MONEY, BAR, COLON, SIGN, QUOTE, KNOWN = (
    1 << i for i in range(14)
)

_STOPS: Final = frozenset(".!?。！？…।؟۔;")
_COMMAS: Final = frozenset(",，、،;")
_BARS: Final = frozenset("|»›→«•·/>")
_COLONS: Final = frozenset(":：")
_SIGNS: Final = frozenset("©®™@")
_QUOTES: Final = frozenset("\"“”„«»'‘’")
_SPACELESS_SCRIPTS: Final = ((0xE00, 0xEFF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0x20000, 0x3FFFF))

_SHARE_OF_WORD: Final = 0.6
"""A character of a script without spaces counts as so much of a word."""

_number_of = np.zeros(0x110000, np.uint8)  # the class of each character, filled as characters are met; 0: not met yet
_classes: list[int] = [0]  # by number, the kinds that the characters of a class are of


class Characters:
    """The characters of texts, by kind. All counts have one number for each text, in order."""

    def __init__(self, texts: Sequence[str]) -> None:
        classes = _classes_of(np.frombuffer("\0".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32))
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        start = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]]).astype(np.int64)
        self._kinds = np.array(_classes, np.uint16)
        shape = len(texts), len(self._kinds)
        cells = np.repeat(np.arange(shape[0]) * shape[1], lengths + 1)[: len(classes)] + classes
        bits = (self._kinds[:, None] >> np.arange(KNOWN.bit_length())) & 1  # by class, is it of each kind?
        self._counts = (product(_table(cells, shape), bits.astype(np.float32))).T
        inside = (self._kinds & (LETTER | NUMBER)) != 0
        letters = inside[classes]
        begins = letters.copy()
        begins[1:] &= ~letters[:-1]
        self._begins = _table(cells[begins], shape)
        self.lengths = np.maximum(lengths, 1).astype(np.float32)
        last = max(len(classes) - 1, 0)
        self.first, self.last = (
            self._kinds[classes[np.clip(at, 0, last)]] if len(classes) else np.zeros(len(texts), np.uint16)
            for at in (start, start + lengths - 1)
        )

    def count(self, kind: int) -> Column:
        """How many characters of a kind."""
        return np.asarray(self._counts[kind.bit_length() - 1])

    def words(self) -> tuple[Column, Column]:
        """How many words, and how many of them begin with a capital."""
        spaceless = (self._kinds & SPACELESS) != 0
        capital = ((self._kinds & CAPITAL) != 0).astype(np.float32)
        words = weighted(self._begins, (~spaceless).astype(np.float32)) + np.float32(_SHARE_OF_WORD) * self.count(SPACELESS)
        return words, weighted(self._begins, capital)


def _table(cells: NDArray[np.int64], shape: tuple[int, int]) -> NDArray[np.float32]:
    """How many characters of each class each text has, of the shape (texts, classes); `cells` are the characters' places in it."""
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float32)


def _classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    classes = _number_of[codes]
    if len(codes) and not classes.all():
        for code in np.unique(codes[classes == 0]).tolist():
            kinds = _kind(code)
            if kinds not in _classes:
                _classes.append(kinds)
            _number_of[code] = _classes.index(kinds)
        classes = _number_of[codes]
    return classes


def _kind(code: int) -> int:
    character = chr(code)
    category = unicodedata.category(character)
    tests = (
        (LETTER, category[0] == "L"),
        (NUMBER, category[0] == "N"),
        (CAPITAL, category in ("Lu", "Lt")),
        (STOP, character in _STOPS),
        (COMMA, character in _COMMAS),
        (PUNCTUATION, category[0] in "PS"),
        (SPACELESS, any(low <= code <= high for low, high in _SPACELESS_SCRIPTS)),
        (FOREIGN, code > 127),
        (MONEY, category == "Sc"),
        (BAR, character in _BARS),
        (COLON, character in _COLONS),
        (SIGN, character in _SIGNS),
        (QUOTE, character in _QUOTES),
    )
    return KNOWN | sum(kind for kind, holds in tests if holds)
