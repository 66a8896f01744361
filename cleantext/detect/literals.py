"""What a pattern cannot match without: the strings that decide which rules look at a block at all.

The method is that of the prefilters of RE2 and of other engines: follow the pattern's syntax tree, multiply out what can be
written as a few strings, and of all the sets of which every match must contain a member take the most telling one.
"""

from __future__ import annotations

import re._constants as ops  # the standard library's own parser of patterns; there is no public one
import re._parser as parser
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, fsum
from typing import Any

Strings = frozenset[str]

BEGINNING = (ops.AT, ops.AT_BEGINNING)
EMPTY: Strings = frozenset({""})
MOST_STRINGS = 160
"""Strings that one set may have."""
LEAST_WEIGHT = 3
"""A string that weighs less tells nothing."""
MOST_TRIED = 24
"""Strings of a further set; a larger one costs more to try than the pattern."""
LONGEST = 24
"""Characters after which a string tells enough."""

SPACELESS = range(0x2E80, 0xD7FF)
"""Scripts in which two characters say as much as a word."""

REPEATS = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}


RARELY_LEADING = 0.1
"""How much rarer a string is at the beginning of a block than anywhere."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """Strings of which a match contains at least one; `leading`: as the first words of the block.

    `also` are further such sets, to be tried before the pattern is; `anchored` matches begin where the block does.
    """

    strings: Strings
    leading: bool = False
    also: tuple[tuple[str, ...], ...] = ()
    anchored: bool = False

    def met(self, text: str) -> bool:
        """Does the text hold a member of every further set?"""
        for strings in self.also:
            for string in strings:
                if string in text:
                    break
            else:
                return False
        return True


def requirements(pattern: str) -> tuple[Requirement, ...]:
    r"""What a match of `pattern` requires: one `Requirement` for each of its alternatives, the most telling there is.

    A requirement without strings says that none tells enough. White space (`\s`) counts as one space, as `normalise` leaves it.

    >>> [sorted(one.strings) for one in requirements(r"(?:subscribe|register)\s++(?:now\s++)?to\s++\w+|unlock\s++\d")]
    [['register now to ', 'register to ', 'subscribe now to ', 'subscribe to '], ['unlock ']]
    >>> requirements(r"^\W*share\s++this")[0].leading
    True
    """
    return tuple(_requirement(items) for items in _alternatives(list(parser.parse(pattern))))


def _alternatives(items: list[tuple[Any, Any]]) -> list[list[tuple[Any, Any]]]:
    """The alternatives of a pattern; the parser has put a `^` that all have before them."""
    if items and items[-1][0] is ops.BRANCH and all(op is ops.AT for op, _ in items[:-1]):
        return [[*items[:-1], *branch] for branch in items[-1][1][1]]
    return [items]


def _requirement(items: list[tuple[Any, Any]]) -> Requirement:
    before = _before_first_word(items)
    telling = [Requirement(offer) for offer in _telling(_offers(items[before:]))]
    if before and _tells(prefixes := _prefixes(items[before:])):
        telling.append(Requirement(_shortest(prefixes, str.startswith), leading=True))
    if not telling:
        return Requirement(frozenset())
    best = min(telling, key=_cost)
    also = [tuple(sorted(sorted(one.strings), key=len)) for one in telling if one is not best and len(one.strings) <= MOST_TRIED]
    also.sort(key=len)  # the quickest to try comes first
    return Requirement(best.strings, best.leading, tuple(also), anchored=items[0] == BEGINNING)


def _before_first_word(items: Sequence[tuple[Any, Any]]) -> int:
    """How many parts of a pattern only say that it begins at a block's first word (`^\\W*`); 0 if it does not."""
    if not items or items[0] != BEGINNING:
        return 0
    if len(items) > 1 and items[1][0] in REPEATS:
        part = items[1][1][2]
        if len(part) == 1 and part[0][0] is ops.IN and _no_word(part[0][1]):
            return 2
    return 1 if len(items) > 1 and items[1][0] in (ops.LITERAL, ops.SUBPATTERN, ops.BRANCH, ops.ATOMIC_GROUP) else 0


def _no_word(members: Sequence[tuple[Any, Any]]) -> bool:
    """Does a character class hold no letter or digit?"""
    negated = (ops.NEGATE, None) in members and (ops.CATEGORY, ops.CATEGORY_WORD) in members
    return negated or list(members) == [(ops.CATEGORY, ops.CATEGORY_NOT_WORD)]


def _cost(one: Requirement) -> float:
    return _frequency(one.strings) * (RARELY_LEADING if one.leading else 1)


def _offers(items: Iterable[tuple[Any, Any]]) -> list[Strings]:
    """The sets that a sequence offers: each stretch of it that can be multiplied out, and what its other parts require."""
    offers: list[Strings] = []
    stretch = EMPTY
    for item in items:
        strings = _exact(*item)
        if strings is not None and len(stretch) * len(strings) <= MOST_STRINGS:
            stretch = frozenset(head + tail for head in stretch for tail in strings)
            continue
        offers.append(stretch)
        stretch = EMPTY if strings is None else strings
        if strings is None:
            offers += _inside(*item)
    return [*offers, stretch]


def _prefixes(items: Iterable[tuple[Any, Any]]) -> Strings:
    """Strings with one of which every match of a sequence begins; with the empty one among them if that cannot be said."""
    strings = EMPTY
    for op, argument in items:
        part = _exact(op, argument)
        if part is not None and len(strings) * len(part) <= MOST_STRINGS:
            strings = frozenset(head + tail for head in strings for tail in part)
            continue
        if "" in strings and op in (ops.SUBPATTERN, ops.ATOMIC_GROUP, ops.BRANCH):
            return strings - EMPTY | _prefixes_inside(op, argument)
        break
    return strings


def _prefixes_inside(op: Any, argument: Any) -> Strings:
    if op is ops.BRANCH:
        return frozenset().union(*map(_prefixes, argument[1]))
    return _prefixes(argument[-1] if op is ops.SUBPATTERN else argument)


def _exact(op: Any, argument: Any) -> Strings | None:
    """All strings that a part can match, if they are few; a look-around or an anchor matches the empty one."""
    if op is ops.LITERAL:
        return frozenset({chr(argument)})
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return EMPTY
    if op is ops.IN:
        return _members(argument)
    if op is ops.SUBPATTERN:
        return _product(argument[-1])
    if op is ops.ATOMIC_GROUP:
        return _product(argument)
    if op is ops.BRANCH:
        return _union(argument[1])
    if op in REPEATS:
        return _repeated(*argument)
    return None


def _members(items: Sequence[tuple[Any, Any]]) -> Strings | None:
    if all(op is ops.LITERAL for op, _ in items) and len(items) <= 6:
        return frozenset(chr(argument) for _, argument in items)
    return frozenset({" "}) if items == [(ops.CATEGORY, ops.CATEGORY_SPACE)] else None


def _product(items: Iterable[tuple[Any, Any]]) -> Strings | None:
    strings = EMPTY
    for item in items:
        part = _exact(*item)
        if part is None or len(strings) * len(part) > MOST_STRINGS:
            return None
        strings = frozenset(head + tail for head in strings for tail in part)
    return strings


def _union(branches: Iterable[Any]) -> Strings | None:
    strings: Strings = frozenset()
    for branch in branches:
        part = _product(branch)
        if part is None:
            return None
        strings |= part
    return strings if len(strings) <= MOST_STRINGS else None


def _repeated(least: int, most: int, items: Any) -> Strings | None:
    part = _product(items)
    if part is None:
        return None
    if part == {" "}:  # a run of white space is one space
        return part if least else part | EMPTY
    if (least, most) == (0, 1):
        return part | EMPTY
    return part if (least, most) == (1, 1) else None


def _inside(op: Any, argument: Any) -> list[Strings]:
    """What a part that cannot be multiplied out requires all the same."""
    if op is ops.SUBPATTERN:
        return _offers(argument[-1])
    if op is ops.ATOMIC_GROUP:
        return _offers(argument)
    if op is ops.BRANCH:
        branches = [min(_telling(_offers(branch)), key=_frequency, default=EMPTY) for branch in argument[1]]
        return [frozenset().union(*branches)]
    if op in REPEATS and argument[0] >= 1:
        return _offers(argument[2])
    return []


def _tells(strings: Strings) -> bool:
    """Is each string a word's worth? One sign of a spaceless script is not."""
    return bool(strings) and all(weight(s) >= LEAST_WEIGHT and not (len(s) == 1 and ord(s) in SPACELESS) for s in strings)


def _telling(offers: Iterable[Strings]) -> list[Strings]:
    return [offer for offer in map(_shortest, offers) if _tells(offer)]


def _shortest(strings: Strings, covers: Callable[[str, str], bool] = str.__contains__) -> Strings:
    """The same requirement with fewer strings: none that contains another, or, where it leads, begins with one."""
    kept: list[str] = []
    for string in sorted({string[:LONGEST] for string in strings}, key=len):
        if not any(covers(string, shorter) for shorter in kept):
            kept.append(string)
    return frozenset(kept)


def _frequency(strings: Strings) -> float:
    """How often one of the strings is met in ordinary text, roughly: each character more makes a string rarer."""
    return fsum(exp(-0.8 * weight(string)) for string in strings)  # of any order of them the same


def weight(string: str) -> int:
    """How telling a string is: its length; a sign of a spaceless script, or one like `@` or `©`, counts triple, one of
    money five times.
    """
    return sum(map(_rarity, string))


@cache
def _rarity(char: str) -> int:
    if ord(char) in SPACELESS:
        return 3
    if char in "$€£₹":
        return 5
    return 3 if char == "@" or (char >= "\x80" and not char.isalpha()) else 1
