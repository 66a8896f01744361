"""The rule engine: which rules speak about which block. It says what it sees; what follows from it is decided elsewhere.

One automaton over the literals of all rules passes once over the document; only blocks that hold such a literal are
looked at by `regex`, and only by the rules whose literal it was.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import inf

import ahocorasick_rs as ahocorasick
import regex

from cleantext.detect.literals import Requirement
from cleantext.detect.normalise import normalise
from cleantext.detect.pack import NO_WORD, Pack, Rule, compiled, languages, line_key, load_all, primary_language

MAX_JUDGED = 5_000
"""Characters. Longer blocks, if not whole texts on one line, are prose whatever they contain: forms with the world's countries are shorter."""

LONG = 300
OPENING = 120
"""Characters. Of a block that is longer than `LONG` rules see the beginning: further on, a paragraph only mentions their words."""
PARAGRAPH = 1_000
"""Characters. Of a block that is longer than most paragraphs they see as much as of a short one; few rules speak of such blocks."""

MAX_LINE = 200
"""Characters. Longer blocks are not compared with the whole lines that rules name."""

BETWEEN = regex.compile(r"(?:[\s|/·•,:;>»]|(?<=\s)-)++")
MAX_PHRASE = 6
"""Words in the longest named line that is looked for in a row of them."""

SURROGATE = re.compile("[\ud800-\udfff]")
SEPARATOR = "\x1e"
"""Stands between blocks while they are one string; the "record separator" of ASCII."""

MAX_UNTIMED = 400
"""Characters. On shorter blocks no pattern can take long, and a time limit would cost more than the search."""
MOST_SETS = 32
"""Compiled sets of rules that are kept: one for each language, and a few with rules switched off."""
TIMEOUT = 0.5
"""Seconds for one pattern on one block; none comes near it. One that does has not matched, and the document says so."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched a block, the words that it matched, and how many characters stand before them."""

    rule: Rule
    evidence: str
    start: int = 0


Call = tuple[Rule, Requirement]
"""A rule, and the requirement by which a string calls it."""


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
        self.says = {pack.language: pack.says for pack in packs}
        self._by_line: dict[str, list[Rule]] = defaultdict(list)
        calls: dict[str, list[Call]] = defaultdict(list)
        for rule in self.rules:
            for line in rule.lines:
                self._by_line[line].append(rule)
            for required in rule.requirements:
                for string in required.strings:
                    for spelling in _spellings(string, leading=required.leading):
                        calls[spelling].append((rule, required))
        self._last_words = {line.rpartition(" ")[2] for line in self._by_line}
        for line in self._by_line:
            calls[SEPARATOR + line] += ()
        self._calls = list(calls.values())
        self._longest = [max((rule.max_chars for rule, _ in called), default=0) for called in self._calls]
        self._line = [string[1:] in self._by_line for string in calls]
        self._automaton = ahocorasick.AhoCorasick(calls, implementation=ahocorasick.Implementation.ContiguousNFA)

    def match(self, texts: Sequence[str], deadline: float = inf) -> Matches:
        """Which rules speak about which block; `texts` are the blocks in order, `deadline` a time of `time.monotonic`."""
        folded = _fold(texts)
        candidates = self._candidates(folded, list(map(len, texts)))
        hits: dict[int, list[Hit]] = {}
        limits = []
        for i in sorted(candidates):
            if time.monotonic() > deadline:
                limits.append(f"timeout: no rule was tried from block {i} on")
                break
            try:
                if found := [hit for rule in candidates[i] if (hit := _look(rule, folded[i], texts[i]))]:
                    hits[i] = found
            except TimeoutError:
                limits.append(f"timeout: block {i} was not judged")
        return Matches(hits, tuple(limits))

    def _candidates(self, folded: Sequence[str], sizes: Sequence[int]) -> dict[int, dict[Rule, None]]:
        """The rules worth trying on each block, as its strings, its first words and its whole line call them.

        The blocks are scanned as one string, each with a separator before its first word: a string that leads is looked
        for with that separator. The signs before it are scanned too: some rules only know a block by its `$` or `※`.
        """
        marked = [SEPARATOR + text if text[:1].isalnum() else _mark(text) for text in folded]
        starts = [0, *accumulate(map(len, marked))]
        candidates: dict[int, dict[Rule, None]] = defaultdict(dict)
        longest, calls, names = self._longest, self._calls, self._line
        joined = "".join(marked)
        latest: dict[int, int] = {}  # the last block in which each string was found
        for string, start, end in self._find(joined):
            i = bisect_right(starts, start) - 1
            if latest.get(string) == i:
                continue
            latest[string] = i
            if sizes[i] <= longest[string]:
                text = folded[i]
                for rule, required in calls[string]:
                    if sizes[i] <= rule.max_chars and (not required.also or required.met(text)):
                        candidates[i][rule] = None
            if names[string] and sizes[i] <= MAX_LINE and not joined[end : end + 1].isalnum():
                candidates[i].update(dict.fromkeys(self._named(line_key(folded[i]))))
        return candidates

    def _find(self, joined: str) -> list[tuple[int, int, int]]:
        """Each string's number, start and end, for all that stand in `joined`."""
        try:
            return self._automaton.find_matches_as_indexes(joined, overlapping=True)
        except UnicodeEncodeError:  # half a character; no UTF-8, and so no automaton, has it
            return self._automaton.find_matches_as_indexes(SURROGATE.sub("?", joined), overlapping=True)

    def _named(self, line: str) -> Sequence[Rule]:
        """The rules that name a line, or each part of it: "Facebook | Copy link | E-mail" is three lines in a row."""
        if rules := self._by_line.get(line):
            return rules
        if line.rpartition(" ")[2] not in self._last_words:
            return ()
        words = [word for word in BETWEEN.split(line) if word]
        found: Sequence[Rule] = ()
        seen: set[str] = set()
        i = 0
        while i < len(words):
            for j in range(min(len(words), i + MAX_PHRASE), i, -1):
                if (rules := self._by_line.get(part := " ".join(words[i:j]))) and part not in seen:
                    found, i = found or rules, j
                    seen.add(part)
                    break
            else:
                return ()
        return found


def _mark(text: str) -> str:
    """A block with a separator between its leading signs and its first word."""
    signs = NO_WORD.match(text)
    end = signs.end() if signs else 0
    return text[:end] + SEPARATOR + text[end:]


def _spellings(string: str, *, leading: bool) -> Iterator[str]:
    """How a string is looked for: as it is, or after the separator; there without the signs before its first word."""
    word = NO_WORD.sub("", string, 1)
    if word and (leading or word != string):
        yield SEPARATOR + word
    if not leading or not word:
        yield string


def rule_set(language: str | None = None, off: frozenset[str] = frozenset()) -> RuleSet:
    """The compiled rules of one language and of none (`und`), or of all languages; without those named in `off`.

    Of a tag such as `pt-BR` the language counts.
    """
    primary = primary_language(language) if language else None
    # What is kept must not grow with what callers think of: all languages without rules are one.
    return _rule_set("und" if primary is not None and primary not in languages() else primary, off)


@lru_cache(maxsize=MOST_SETS)
def _rule_set(language: str | None, off: frozenset[str]) -> RuleSet:
    return RuleSet(load_all(sorted({language, "und"} if language else ())), off)


def _fold(texts: Sequence[str]) -> list[str]:
    """The blocks as rules see them; what is too long to be judged is empty."""
    judged = [text if len(text) <= LONG else text[: _seen(len(text))] for text in texts]
    joined = SEPARATOR.join(judged)
    if joined.count(SEPARATOR) >= len(judged):
        joined = SEPARATOR.join(text.replace(SEPARATOR, " ") for text in judged)
    return normalise(joined).split(SEPARATOR) if judged else []


def _seen(size: int) -> int:
    """How many characters of a long block rules see."""
    if size > MAX_JUDGED:
        return 0
    return LONG if size > PARAGRAPH else OPENING


def _look(rule: Rule, folded: str, text: str) -> Hit | None:
    if rule.pattern is None:
        return Hit(rule, text.strip())
    pattern = compiled(rule.pattern)
    find = pattern.match if rule.anchored else pattern.search
    match = find(folded) if len(folded) <= MAX_UNTIMED else find(folded, timeout=TIMEOUT)
    if match is None:
        return None
    evidence = text[match.start() : match.end()] if len(text) == len(folded) else match[0]
    return Hit(rule, evidence, match.start())
