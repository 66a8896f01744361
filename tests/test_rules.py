"""Every rule of every pack: its own examples, and its time on hostile text. `pytest -k de.paywall.weiterlesen` runs one rule's."""

import math
import re._constants as ops  # the standard library's own parser of patterns; there is no public one
import re._parser as parser
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
import regex

from cleantext import PackError
from cleantext.detect.normalise import normalise
from cleantext.detect.pack import Pack, Rule, compiled, languages, load
from cleantext.detect.rules import RuleSet

EXPECTED = "ar cs da de el en es fi fr hi hu id it ja ko nl no pl pt ro ru sv tr uk und vi zh".split()
EVERY_LANGUAGE_HAS = {"paywall", "appeal", "newsletter", "register", "app", "related", "share", "cookie", "legal"}

SCREEN = 5_000
"""Characters: a dozen times what rules are given. Only what is slow on so many is looked at closely,"""

SIZES = (10_000, 20_000)
"""on so many, and on four times as many."""

INSTANT = 0.005
"""Seconds. What takes no longer for that many is not slow: were it quadratic, it would take 0.03 ms on 400."""

RATIO = 8
"""What four times the text may cost; 4 is linear, 16 quadratic."""

HOPELESS = 10
"""Seconds after which a pattern is given up: by the clock, which other work on the machine lets run on."""

TRIES = 3
"""How often a ratio is taken before it counts: a busy machine lengthens one time and not the other, but seldom so often."""

WORST = 2
"""How many of a rule's slowest texts are looked at closely."""


class Attack(NamedTuple):
    """A hostile text: a beginning, and what is repeated after it."""

    head: str
    unit: str


@cache
def pack(language: str) -> Pack | None:
    """The pack, or None where it cannot be loaded: `test_pack` says why, and other packs are tested none the less."""
    try:
        return load(language)
    except PackError:
        return None


@cache
def rules_of(language: str) -> RuleSet:
    found = pack(language)
    assert found
    return RuleSet([found])


RULES = [rule for found in map(pack, languages()) if found for rule in found.rules]


@pytest.mark.parametrize("language", sorted({*EXPECTED, *languages()}))
def test_pack(language: str) -> None:
    found = load(language)
    labels = {str(rule.label) for rule in found.rules}
    assert found.name
    if language != "und":
        assert found.address, "a letter to readers is told by its words for `we` and `you`"
        assert labels >= EVERY_LANGUAGE_HAS, f"no rule for {', '.join(sorted(EVERY_LANGUAGE_HAS - labels))}"


def test_packs_are_found() -> None:
    assert set(languages()) >= set(EXPECTED)


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule(rule: Rule) -> None:
    """One test for all that a rule promises, so that a rule's id names one test."""
    texts = [*rule.removes, *rule.keeps]
    hits = rules_of(rule.language).match(texts).hits
    hit = [any(found.rule.id == rule.id for found in hits.get(i, ())) for i in range(len(texts))]
    assert [text for text, taken in zip(texts, hit, strict=True) if taken] == list(rule.removes)
    assert min(len(normalise(text)) for text in rule.keeps) <= rule.max_chars, "every `keeps` is too long to be judged"
    assert superlinear(rule) is None


def superlinear(rule: Rule) -> Attack | None:
    """A text on which the rule's time grows faster than the text does, if one of its slowest is one."""
    if rule.pattern is None:
        return None
    pattern = compiled(rule.pattern)
    times = {attack: seconds(pattern, attack, SCREEN) for attack in dict.fromkeys(attacks(rule.pattern))}
    slowest = sorted(times, key=times.__getitem__)[-WORST:]
    return next((attack for attack in slowest if times[attack] > INSTANT and growth(pattern, attack) > RATIO), None)


def seconds(pattern: regex.Pattern[str], attack: Attack, size: int, tries: int = 1) -> float:
    """The processor's time for a search through an attack: the least of some tries, since a busy machine only ever adds."""
    text = (attack.head + attack.unit * (size // len(attack.unit) + 1))[:size]
    least = math.inf
    for _ in range(tries):
        start = time.process_time()
        try:
            pattern.search(text, timeout=HOPELESS)
        except TimeoutError:
            return math.inf
        least = min(least, time.process_time() - start)
    return least


def growth(pattern: regex.Pattern[str], attack: Attack) -> float:
    """What four times the text costs: the least of some tries. The larger sizes decide where the smaller leave a doubt.

    Only the shorter time is taken twice: were it too long by chance, a ratio would pass that should not.
    """
    ratio = math.inf
    for size in SIZES * TRIES:
        whole = seconds(pattern, attack, 4 * size)
        if whole == math.inf:
            return whole
        ratio = min(ratio, whole / seconds(pattern, attack, size, tries=2))
        if ratio <= RATIO:
            break
    return ratio


def attacks(pattern: str) -> Iterator[Attack]:
    """Single characters that the pattern knows, its words, and texts that nearly match it."""
    tree = parser.parse(pattern)
    least, more = sample(tree, 0), sample(tree, 3)
    words = sorted(set(literals(tree)), key=len, reverse=True)
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
