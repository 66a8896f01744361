"""Every pattern of the package that sees a source's own text takes time in proportion to it. Rules have their own test."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import regex

import cleantext
from cleantext.detect.pack import compiled as compiled_pattern
from cleantext.detect.pack import load_all
from tests.attacks import RATIO, Attack, attacks, growth

APART = frozenset("batch cli evaluate integrations serve train".split())
"""What these read is written by whoever runs them, or goes through the rest of the package."""

FLAGS = re.VERBOSE | re.IGNORECASE | re.MULTILINE | re.DOTALL

STEPS = (300, 1_200, 4_800, 9_600)
"""Characters. A pattern is given up at the first of these that shows it to be slow, so that a hopeless one ends, too."""

INSTANT = 0.02
"""Seconds. What takes no longer for so many characters is not slow."""

PROPERTY = re.compile(r"\\[pP]\{\w+\}")
"""What the standard library's parser of patterns does not know."""

NOT_OF_SOURCES = {"detect.pack.TOKEN"}
"""Patterns that are given what stands in the package."""

METHODS = frozenset("match fullmatch search sub subn split findall finditer".split())


class Pattern(NamedTuple):
    """A compiled pattern; `anchored`: all of its calls look only at the beginning of a text."""

    name: str
    compiled: Any
    anchored: bool

    def seconds(self, text: str) -> float:
        given: Any = text.encode("latin-1", "replace") if isinstance(self.compiled.pattern, bytes) else text
        start = time.process_time()
        if self.anchored:
            self.compiled.match(given)
        else:
            for _ in self.compiled.finditer(given):
                pass
        return time.process_time() - start


def calls() -> dict[str, set[str]]:
    """The methods that are called on each name, or on what it holds, anywhere in the package."""
    found: dict[str, set[str]] = {}
    for file in Path(cleantext.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                holder = node.value
                while isinstance(holder, ast.Subscript | ast.Attribute):
                    holder = holder.value
                if isinstance(holder, ast.Name):
                    found.setdefault(holder.id, set()).add(node.attr)
    return found


def held(value: object) -> Iterator[Any]:
    """The patterns in a value of a module."""
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (pattern for inner in value.values() for pattern in held(inner))
    elif isinstance(value, tuple | list):
        yield from (pattern for inner in value for pattern in held(inner))


def patterns() -> Iterator[Pattern]:
    methods, seen = calls(), set()
    for module in pkgutil.walk_packages(cleantext.__path__, "cleantext."):
        name = module.name.removeprefix("cleantext.")
        if name.split(".")[0] in APART or name.endswith("__main__"):
            continue
        for key, value in vars(importlib.import_module(module.name)).items():
            used = methods.get(key, set())
            for number, compiled in enumerate(held(value)):
                if id(compiled) not in seen:
                    seen.add(id(compiled))
                    shown = f"{name}.{key}{f'[{number}]' if number else ''}"
                    if shown not in NOT_OF_SOURCES:
                        yield Pattern(shown, compiled, bool(used) and used <= {"match", "fullmatch"})
    for pack in load_all():
        if pack.says:
            yield Pattern(f"detect.packs.{pack.language}.says", compiled_pattern(pack.says), False)


PATTERNS = list(patterns())


def all_attacks(pattern: Pattern) -> dict[Attack, None]:
    source, flags = pattern.compiled.pattern, pattern.compiled.flags
    text = PROPERTY.sub(r"\\w", source.decode("latin-1") if isinstance(source, bytes) else source)
    if isinstance(pattern.compiled, regex.Pattern) and flags & regex.V1:  # sets within sets
        text = text.replace("--[", "").replace("]]", "]")
    made = attacks(text, flags & FLAGS)
    more = [Attack("", unit) for unit in ("\n", "<", ">", '"', "(", "[", "&", "=", " =", "\\", "*", "|")]
    return dict.fromkeys([*made, *more])


def superlinear(pattern: Pattern) -> Attack | None:
    """A text on which the pattern's time grows faster than the text does."""
    for attack in all_attacks(pattern):
        for size in STEPS:
            slow = pattern.seconds(attack.text(size)) > INSTANT
            if slow and growth(pattern.seconds, attack, (size // 4, size // 2)) > RATIO:
                return attack
    return None


def test_patterns_are_found() -> None:
    names = {pattern.name for pattern in PATTERNS}
    assert len(names) >= 100
    assert names >= {
        "segment.prescan._MARKUP",
        "ingest.sniff._TAG",
        "detect.tails.BOUNDARY",
        "completeness.STOP",
        "detect.packs.en.says",
    }


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_pattern_takes_linear_time(pattern: Pattern) -> None:
    assert superlinear(pattern) is None
