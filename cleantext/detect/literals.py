"""What a pattern cannot match without: the words that decide which rules look at a block at all."""

from __future__ import annotations

import re._constants as ops  # the standard library's own parser of patterns; there is no public one
import re._parser as parser
from collections.abc import Iterable
from typing import Any

Literals = frozenset[str]

NONE: Literals = frozenset()
SPACELESS = range(0x2E80, 0xD7FF)
"""Scripts in which two characters say as much as a word."""

GROUPED = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}


def required_literals(pattern: str) -> Literals:
    r"""A set of strings of which every match of `pattern` contains at least one; empty if there is no telling set.

    >>> sorted(required_literals(r"(?:subscribe|register)\s++(?:now\s++)?to\s++\w+"))
    ['register', 'subscribe']
    """
    return _best(_sequence(parser.parse(pattern)))


def _sequence(items: Iterable[tuple[Any, Any]]) -> list[Literals]:
    """The literal sets that a sequence offers: its runs of plain characters, and what its parts require."""
    offers: list[Literals] = []
    run = ""
    for op, argument in items:
        if op is ops.LITERAL:
            run += chr(argument)
            continue
        if run:
            offers.append(frozenset({run}))
            run = ""
        offers += _part(op, argument)
    return [*offers, frozenset({run})] if run else offers


def _part(op: Any, argument: Any) -> list[Literals]:
    if op is ops.SUBPATTERN:
        return _sequence(argument[-1])
    if op is ops.ATOMIC_GROUP:
        return _sequence(argument)
    if op is ops.BRANCH:
        branches = [_best(_sequence(branch)) for branch in argument[1]]
        return [frozenset().union(*branches)] if all(branches) else []
    if op in GROUPED and argument[0] >= 1:
        return _sequence(argument[2])
    return []


def _best(offers: list[Literals]) -> Literals:
    """The set whose weakest member tells most; none if that member is too short to tell anything."""
    telling = [offer for offer in offers if all(weight(literal) >= 3 for literal in offer)]
    return max(telling, key=lambda offer: (min(map(weight, offer)), -len(offer)), default=NONE)


def weight(literal: str) -> int:
    """How rare a literal is, roughly: its length; a sign of a spaceless script counts double, one like `@` or `©` triple."""
    return sum(_rarity(char) for char in literal)


def _rarity(char: str) -> int:
    if ord(char) in SPACELESS:
        return 2
    return 3 if char == "@" or (char >= "\x80" and not char.isalpha()) else 1
