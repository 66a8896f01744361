"""Every rule of every pack: its own examples, and its time on hostile text. `pytest -k de.paywall.weiterlesen` runs one rule's."""

import math
import time
from functools import cache, partial

import pytest
import regex

from cleantext import PackError
from cleantext.detect.normalise import normalise
from cleantext.detect.pack import Pack, Rule, compiled, languages, load
from cleantext.detect.rules import MAX_LINE, RuleSet
from tests.attacks import RATIO, Attack, attacks, growth

EXPECTED = "ar cs da de el en es fi fr hi hu id it ja ko nl no pl pt ro ru sv tr uk und vi zh".split()
EVERY_LANGUAGE_HAS = {"paywall", "appeal", "newsletter", "register", "app", "related", "share", "cookie", "legal"}

SCREEN = 5_000
"""Characters: a dozen times what rules are given. Only what is slow on so many is looked at closely."""

INSTANT = 0.005
"""Seconds. What takes no longer for that many is not slow: were it quadratic, it would take 0.03 ms on 400."""

HOPELESS = 10
"""Seconds after which a pattern is given up: by the clock, which other work on the machine lets run on."""

WORST = 2
"""How many of a rule's slowest texts are looked at closely."""


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
    assert max(map(len, rule.lines), default=0) <= MAX_LINE, "a line that no block is compared with"
    assert superlinear(rule) is None


def superlinear(rule: Rule) -> Attack | None:
    """A text on which the rule's time grows faster than the text does, if one of its slowest is one."""
    if rule.pattern is None:
        return None
    pattern = compiled(rule.pattern)
    times = {attack: seconds(pattern, attack.text(SCREEN)) for attack in dict.fromkeys(attacks(rule.pattern))}
    slowest = sorted(times, key=times.__getitem__)[-WORST:]
    return next(
        (attack for attack in slowest if times[attack] > INSTANT and growth(partial(seconds, pattern), attack) > RATIO), None
    )


def seconds(pattern: regex.Pattern[str], text: str) -> float:
    """The processor's time for a search through a text."""
    start = time.process_time()
    try:
        pattern.search(text, timeout=HOPELESS)
    except TimeoutError:
        return math.inf
    return time.process_time() - start
