"""Rule packs: one TOML file a language, read, checked and compiled once.

A rule:

    [[rule]]
    id = "en.paywall.read-n-of-n"        # language.label.name; stable, shown in every explanation
    strength = "anchor"                  # strong: removes by itself; weak: evidence; anchor: strong, and opens a run
    where = "anywhere"                   # head, tail or anywhere
    pattern = "you(?:'ve| have) read (?:\\d+ )?of"   # or: lines = ["share this", ...], whole blocks
    max_chars = 300                      # longer blocks are not judged by this rule
    cuts = true                          # right after the body it may mean that the text was cut off there ("subscribe to continue")
    rest = true                          # or: it says so itself ("57 % of this article left to read", "next page")
    removes = ["You've read 3 of 5 free articles."]
    keeps = ["She said you have read the rules of the game."]

Patterns see text as `normalise` leaves it (lower case, straight quotes, plain hyphens and spaces); a space in a pattern
stands for any white space. They use the syntax that `re` and `regex` share.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, cast, get_args

import regex

from cleantext.detect.finding import Where
from cleantext.detect.literals import Requirement, requirements
from cleantext.detect.normalise import normalise
from cleantext.document import Label
from cleantext.errors import PackError

Strength = Literal["strong", "weak", "anchor"]

MAX_CHARS = 400
REQUIRED = {"id", "strength", "removes", "keeps"}
ALLOWED = REQUIRED | {"where", "pattern", "lines", "max_chars", "cuts", "rest", "note"}

TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*+\]| ([?*+]?)", re.DOTALL)
"""The parts of a pattern in which a space is, or is not, a space."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule. `cuts` says that what it speaks of may stand where the text was cut off; `rest` that its words say so."""

    id: str
    label: Label
    strength: Strength
    where: Where
    pattern: str | None
    requirements: tuple[Requirement, ...]
    anchored: bool
    lines: frozenset[str]
    max_chars: int
    cuts: bool
    rest: bool
    removes: tuple[str, ...]
    keeps: tuple[str, ...]
    file: str

    @property
    def language(self) -> str:
        """The language of the pack, `und` for none."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of a language, and its words for the publication (`we`) and the reader (`you`) speaking to each other."""

    language: str
    name: str
    address: str | None
    rules: tuple[Rule, ...]


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a pack, `und` among them; found on disk."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")))


@cache
def load(language: str) -> Pack:
    """Read one language's pack.

    Raises:
        PackError: there is none, or a rule in it is malformed; the message names file, rule and field.
    """
    file = _folder() / f"{language}.toml"
    if not file.is_file():
        raise PackError(f"no rule pack for language {language!r}; there are {', '.join(languages())}")
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{file.name}: {error}") from None
    rules = tuple(_rule(entry, language, file.name) for entry in data.get("rule", ()))
    if doubles := {rule.id for rule in rules if sum(rule.id == other.id for other in rules) > 1}:
        raise PackError(f"{file.name}: rule id used twice: {', '.join(sorted(doubles))}")
    return Pack(language, data["name"], _address(data.get("address", ()), language), rules)


def load_all(only: Iterable[str] = ()) -> tuple[Pack, ...]:
    """All packs, or those of the languages named."""
    return tuple(load(language) for language in only or languages())


def _folder() -> Traversable:
    return files("cleantext.detect") / "packs"


def _rule(entry: dict[str, Any], language: str, file: str) -> Rule:
    name = entry.get("id", "a rule without id")

    def fail(why: str) -> PackError:
        return PackError(f"{file}: {name}: {why}")

    if missing := REQUIRED - entry.keys():
        raise fail(f"missing {', '.join(sorted(missing))}")
    if alien := entry.keys() - ALLOWED:
        raise fail(f"unknown field {', '.join(sorted(alien))}; a rule has {', '.join(sorted(ALLOWED))}")
    parts = name.split(".")
    if len(parts) != 3 or parts[0] != language or parts[1] not in list(Label):
        raise fail(f"an id is {language}.<label>.<name>")
    if entry["strength"] not in get_args(Strength) or entry.get("where", "anywhere") not in get_args(Where):
        raise fail(f"strength is one of {get_args(Strength)}, where one of {get_args(Where)}")
    if ("pattern" in entry) == ("lines" in entry):
        raise fail("has either a pattern or lines")
    if not entry["removes"] or not entry["keeps"]:
        raise fail("removes and keeps are its tests: neither may be empty")
    try:
        pattern = _pattern(entry["pattern"]) if "pattern" in entry else None
        required = _required(pattern) if pattern else ()
    except (re.error, ValueError) as error:
        raise fail(str(error)) from None
    lines = frozenset(line_key(normalise(line)) for line in entry.get("lines", ()))
    if "" in lines:
        raise fail("a line without a word would be every empty line")
    return Rule(
        id=name,
        label=Label(parts[1]),
        strength=cast(Strength, entry["strength"]),
        where=cast(Where, entry.get("where", "anywhere")),
        pattern=pattern,
        requirements=required,
        anchored=all(one.anchored for one in required),
        lines=lines,
        max_chars=entry.get("max_chars", MAX_CHARS),
        cuts=entry.get("cuts", False) or entry.get("rest", False),
        rest=entry.get("rest", False),
        removes=tuple(entry["removes"]),
        keeps=tuple(entry["keeps"]),
        file=file,
    )


NO_WORD = re.compile(r"^\W++")
EDGES = " \t\n\r.,:;!?-*|>+#/()[]{}\"'…।。：！？»«›‹→←↓▶►▼•·・【】「」『』（）<=^~_＞"
"""What may stand after the words of a line without making it another line."""


def line_key(line: str) -> str:
    """A normalised line without bullets, arrows and punctuation at its ends: what `lines` of a rule are compared by."""
    return NO_WORD.sub("", line, 1).rstrip(EDGES)


def _pattern(source: str) -> str:
    plain = re.sub(r"\\.", "x", source)
    if plain != normalise(plain):
        raise ValueError("a pattern is in lower case, with straight quotes, plain hyphens and single spaces")
    return TOKEN.sub(_space, source)


def _required(pattern: str) -> tuple[Requirement, ...]:
    required = requirements(pattern)
    if not all(one.strings for one in required):
        raise ValueError("every match must contain a word of three letters (two signs); this pattern may match without")
    return required


def _space(token: re.Match[str]) -> str:
    if token[1] is None:
        return token[0]
    return r"\s*+" if token[1] in ("?", "*") else r"\s++"


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern of a pack, compiled when it is first needed: most never are."""
    return regex.compile(pattern)


def _address(words: Iterable[str], language: str) -> str | None:
    if not words:
        return None
    alternatives = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    spaceless = language in {"ja", "zh"}
    return alternatives if spaceless else rf"\b(?:{alternatives})\b"
