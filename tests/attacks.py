"""Hostile texts for a pattern, made from the pattern itself, and how its time grows on them."""

import math
import re._constants as ops  # the standard library's own parser of patterns; there is no public one
import re._parser as parser
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

SIZES = (10_000, 20_000)
"""Characters: times are taken on so many and on four times as many,"""

RATIO = 8
"""and this is what four times the text may cost; 4 is linear, 16 quadratic."""

TRIES = 3
"""How often a ratio is taken before it counts: a busy machine lengthens one time and not the other, but seldom so often."""


class Attack(NamedTuple):
    """A hostile text: a beginning, and what is repeated after it."""

    head: str
    unit: str

    def text(self, size: int) -> str:
        return (self.head + self.unit * (size // len(self.unit) + 1))[:size]


Seconds = Callable[[str], float]
"""The processor's time that a text takes; infinite if it is given up."""


def growth(seconds: Seconds, attack: Attack, sizes: Iterable[int] = SIZES) -> float:
    """What four times the text costs: the least of some tries. The larger sizes decide where the smaller leave a doubt.

    Only the shorter time is taken twice: were it too long by chance, a ratio would pass that should not.
    """
    ratio = math.inf
    for size in tuple(sizes) * TRIES:
        whole = seconds(attack.text(4 * size))
        if whole == math.inf:
            return whole
        short = attack.text(size)
        ratio = min(ratio, whole / min(seconds(short), seconds(short)))
        if ratio <= RATIO:
            break
    return ratio


def attacks(pattern: str, flags: int = 0) -> Iterator[Attack]:
    """Single characters that the pattern knows, its words, and texts that nearly match it."""
    tree = parser.parse(pattern, flags)
    least, more = sample(tree, 0), sample(tree, 3)
    words = sorted(set(literals(tree)), key=lambda word: (-len(word), word))
    units = [*" a1-", *sorted(set(more))[:4], " ".join(words)[:500]]
    units += [word + space for word in (*words[:2], *words[-1:]) for space in ("", " ")]
    for text in filter(None, (least, more)):
        units += [text + " ", text[:-1] or text, text[: len(text) // 2 + 1], f"{text[:-1]} x"]
    yield from (Attack("", unit) for unit in units if unit)
    for head in filter(None, (least[: len(least) // 2 + 1], *words[:1])):
        yield from (Attack(head, run) for run in (" ", "a", "a "))


def sample(items: Iterable[tuple[Any, Any]], repeats: int) -> str:
    """A text that the pattern, or a part of it, matches but for what it looks ahead or back for."""
    return "".join(_sample(op, argument, repeats) for op, argument in items)


def _sample(op: Any, argument: Any, repeats: int) -> str:
    if op is ops.LITERAL:
        return chr(argument)
    if op is ops.IN:
        return _member(argument)
    if op is ops.ANY or op is ops.NOT_LITERAL:
        return "a" if op is ops.ANY or argument != ord("a") else "b"
    if op is ops.SUBPATTERN:
        return sample(argument[-1], repeats)
    if op is ops.ATOMIC_GROUP:
        return sample(argument, repeats)
    if op is ops.BRANCH:
        return sample(argument[1][repeats % len(argument[1])], repeats)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, inner = argument
        return sample(inner, repeats) * min(max(least, repeats), int(most), 50)
    return ""


def _member(members: list[tuple[Any, Any]]) -> str:
    """A character of a class."""
    for op, argument in members:
        if op is ops.LITERAL:
            return chr(argument)
        if op is ops.RANGE:
            return chr(argument[0])
        if op is ops.CATEGORY:
            return {ops.CATEGORY_DIGIT: "1", ops.CATEGORY_SPACE: " ", ops.CATEGORY_WORD: "a"}.get(argument, "-")
        if op is ops.NEGATE:
            return "a"
    return "a"


def literals(items: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """The runs of plain characters, on all levels."""
    run = ""
    for op, argument in items:
        if op is ops.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield run
        run = ""
        if op is ops.BRANCH:
            yield from (word for branch in argument[1] for word in literals(branch))
        elif op is ops.SUBPATTERN:
            yield from literals(argument[-1])
        elif op is ops.ATOMIC_GROUP:
            yield from literals(argument)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            yield from literals(argument[2])
    if run:
        yield run
