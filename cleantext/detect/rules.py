"""The rule engine: which rules speak about which block. It says what it sees; what follows from it is decided elsewhere.

One automaton over the literals of all rules passes once over the document; only blocks that hold such a literal are
looked at by `regex`, and only by the rules whose literal it was.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import ahocorasick_rs as ahocorasick
import regex

from cleantext.detect.normalise import normalise
from cleantext.detect.pack import Pack, Rule, languages, line_key, load_all

MAX_JUDGED = 2_000
"""Characters. Longer blocks are prose whatever they contain, and bounded blocks keep every pattern's time bounded."""

MAX_LINE = 120
"""Characters. Longer blocks are not compared with the whole lines that rules name."""

BETWEEN = regex.compile(r"[\s|/·•,:;>»-]++")
MAX_PHRASE = 6
"""Words in the longest named line that is looked for in a row of them."""

TIMEOUT = 0.5
"""Seconds for one pattern on one block; none comes near it. One that does has not matched, and the document says so."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched a block, the words that it matched, and how many characters stand before them."""

    rule: Rule
    evidence: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """The hits of each block that has any, by the block's number, and what ran out of time: a rule on a block, or all of it."""

    hits: dict[int, list[Hit]]
    limits: tuple[str, ...] = ()


class RuleSet:
    """The rules of some packs, compiled to be matched together. Holds no state between documents."""

    def __init__(self, packs: Sequence[Pack], off: frozenset[str] = frozenset()) -> None:
        self.rules = [rule for pack in packs for rule in pack.rules if rule.id not in off]
        self.address = {pack.language: pack.address for pack in packs}
        self._by_line: dict[str, list[Rule]] = defaultdict(list)
        by_literal: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            for line in rule.lines:
                self._by_line[line].append(rule)
            for literal in rule.literals:
                by_literal[literal].append(rule)
        self._first_words = {line.partition(" ")[0] for line in self._by_line}
        self._by_literal = list(by_literal.values())
        self._automaton = ahocorasick.AhoCorasick(by_literal, implementation=ahocorasick.Implementation.DFA)

    def match(self, texts: Sequence[str], deadline: float | None = None) -> Matches:
        """Which rules speak about which block; `texts` are the blocks in order, `deadline` a time of `time.monotonic`."""
        texts = [text if len(text) <= MAX_JUDGED else "" for text in texts]
        folded = normalise("\n".join(texts))
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        if len(folded) + 1 != starts[-1]:
            texts = [normalise(text) for text in texts]
            folded = " ".join(texts)
            starts = [0, *accumulate(len(text) + 1 for text in texts)]
        candidates = self._candidates(folded, starts)
        hits: dict[int, list[Hit]] = defaultdict(list)
        limits = []
        for i in sorted(candidates):
            if deadline and time.monotonic() > deadline:
                limits.append(f"timeout: no rule was tried from block {i} on")
                break
            block = folded[starts[i] : starts[i + 1] - 1]
            for rule in candidates[i]:
                try:
                    if hit := _look(rule, block, texts[i]):
                        hits[i].append(hit)
                except TimeoutError:
                    limits.append(f"timeout: rule {rule.id}")
        return Matches(dict(hits), tuple(dict.fromkeys(limits)))

    def _candidates(self, folded: str, starts: Sequence[int]) -> dict[int, dict[Rule, None]]:
        """The rules worth trying on each block: those of whose literals it holds one, and those it is a line of."""
        candidates: dict[int, dict[Rule, None]] = defaultdict(dict)
        for literal, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            candidates[bisect_right(starts, start) - 1].update(dict.fromkeys(self._by_literal[literal]))
        for i, (start, following) in enumerate(zip(starts, starts[1:], strict=False)):
            if following - start <= MAX_LINE and (rules := self._named(line_key(folded[start : following - 1]))):
                candidates[i].update(dict.fromkeys(rules))
        return candidates

    def _named(self, line: str) -> Sequence[Rule]:
        """The rules that name a line, or each part of it: "Facebook | Copy link | E-mail" is three lines in a row."""
        if rules := self._by_line.get(line):
            return rules
        if line.partition(" ")[0] not in self._first_words:
            return ()
        words = [word for word in BETWEEN.split(line) if word]
        found: Sequence[Rule] = ()
        i = 0
        while i < len(words):
            for j in range(min(len(words), i + MAX_PHRASE), i, -1):
                if rules := self._by_line.get(" ".join(words[i:j])):
                    found, i = found or rules, j
                    break
            else:
                return ()
        return found


@cache
def rule_set(language: str | None = None, off: frozenset[str] = frozenset()) -> RuleSet:
    """The compiled rules of one language and of none (`und`), or of all languages; without those named in `off`."""
    only = {language, "und"} & set(languages()) if language else ()
    return RuleSet(load_all(sorted(only)), off)


def _look(rule: Rule, folded: str, text: str) -> Hit | None:
    if len(folded) > rule.max_chars:
        return None
    if rule.pattern is None:
        return Hit(rule, text.strip())
    match = rule.pattern.search(folded, timeout=TIMEOUT)
    if match is None:
        return None
    evidence = text[match.start() : match.end()] if len(text) == len(folded) else match[0]
    return Hit(rule, evidence, match.start())
