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
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

import regex

from cleantext import packaged
from cleantext.detect.finding import Where
from cleantext.detect.known import requirements_of
from cleantext.detect.literals import Requirement
from cleantext.detect.normalise import normalise
from cleantext.document import Label
from cleantext.errors import PackError

Strength = Literal["strong", "weak", "anchor"]

FOLDER = "detect/packs"

MAX_CHARS = 400
REQUIRED = {"id", "strength", "removes", "keeps"}
ALLOWED = REQUIRED | {"where", "pattern", "lines", "max_chars", "cuts", "rest", "note"}
KINDS = {"removes": list, "keeps": list, "lines": list, "max_chars": int, "cuts": bool, "rest": bool}
"""What fields hold, lists of texts among them; all others hold a text."""

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
    """The rules of a language, its words for the publication (`we`) and the reader (`you`) speaking to each other, and how a sentence goes on
    to name others whose words it gives (`says`: ", the ministry said").
    """

    language: str
    name: str
    address: str | None
    rules: tuple[Rule, ...]
    says: str = ""


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a pack, `und` among them: found on disk; those of which the package's list tells must be there."""
    found = {file.name for file in (files("cleantext") / FOLDER).iterdir()}
    listed = {path.removeprefix(f"{FOLDER}/") for path in packaged.digests() if path.startswith(f"{FOLDER}/")}
    return tuple(sorted(name.removesuffix(".toml") for name in found | listed if name.endswith(".toml")))


def primary_language(tag: str) -> str:
    """The language of a tag, as its pack is named.

    >>> primary_language("pt-BR"), primary_language("zh_Hans")
    ('pt', 'zh')
    """
    return tag.replace("_", "-").partition("-")[0].lower()


@cache
def load(language: str) -> Pack:
    """Read one language's pack.

    Raises:
        PackError: there is none, it is not what was shipped, or a rule in it is malformed; the message names file, rule and field.
    """
    if language not in languages():
        raise PackError(f"no rule pack for language {language!r}; there are {', '.join(languages())}")
    return parse(packaged.read(f"{FOLDER}/{language}.toml", PackError), language)


def parse(content: bytes, language: str) -> Pack:
    """A pack from its file's content.

    Raises:
        PackError: it is no TOML, or a rule in it is malformed; the message names file, rule and field.
    """
    file = f"{language}.toml"
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: {error}") from None
    name, address, says, entries = data.get("name"), data.get("address", []), data.get("says", ""), data.get("rule", [])
    if (
        not isinstance(name, str)
        or not _all(address, str)
        or not isinstance(says, str)
        or not _all(entries, dict)
        or "" in address
    ):
        raise PackError(f"{file}: a pack has a name, a list of words as address, a pattern as says, and [[rule]] tables")
    try:
        clause = _pattern(says)
        compiled(clause)
    except (regex.error, ValueError) as error:
        raise PackError(f"{file}: says: {error}") from None
    rules = tuple(_rule(entry, language, file) for entry in entries)
    if doubles := [name for name, number in Counter(rule.id for rule in rules).items() if number > 1]:
        raise PackError(f"{file}: rule id used twice: {', '.join(sorted(doubles))}")
    return Pack(language, name, _address(address, language), rules, clause)


def load_all(only: Iterable[str] = ()) -> tuple[Pack, ...]:
    """All packs, or those of the languages named."""
    return tuple(load(language) for language in only or languages())


def _all(values: Any, kind: type) -> bool:
    """Is it a list of values of one kind?"""
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)


def _fault(entry: dict[str, Any], language: str) -> str:
    """What is wrong with the fields of a rule, if anything is."""
    if missing := REQUIRED - entry.keys():
        return f"missing {', '.join(sorted(missing))}"
    if alien := entry.keys() - ALLOWED:
        return f"unknown field {', '.join(sorted(alien))}; a rule has {', '.join(sorted(ALLOWED))}"
    for field, value in entry.items():
        kind: type = KINDS.get(field, str)
        if type(value) is not kind or (kind is list and not _all(value, str)):
            return f"{field} = {value!r}: takes {'texts' if kind is list else f'a value of type {kind.__name__}'}"
    parts = entry["id"].split(".")
    if len(parts) != 3 or parts[0] != language or parts[1] not in list(Label):
        return f"an id is {language}.<label>.<name>"
    if entry["strength"] not in get_args(Strength) or entry.get("where", "anywhere") not in get_args(Where):
        return f"strength is one of {get_args(Strength)}, where one of {get_args(Where)}"
    if ("pattern" in entry) == ("lines" in entry):
        return "has either a pattern or lines"
    return "" if entry["removes"] and entry["keeps"] else "removes and keeps are its tests: neither may be empty"


def _rule(entry: dict[str, Any], language: str, file: str) -> Rule:
    name = entry.get("id", "a rule without id")

    def fail(why: str) -> PackError:
        return PackError(f"{file}: {name}: {why}")

    if why := _fault(entry, language):
        raise fail(why)
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
        label=Label(name.split(".")[1]),
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
    plain = re.sub(r"\\.", "0", source)  # no letter, which would be of one script
    if plain != normalise(plain):
        raise ValueError("a pattern is in lower case, with straight quotes, plain hyphens and single spaces")
    return TOKEN.sub(_space, source)


def _required(pattern: str) -> tuple[Requirement, ...]:
    required = requirements_of(pattern)
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
    """A pattern of the words in which publication and reader speak to each other; "-iamo" is how such words end."""
    if not words:
        return None
    alternatives = "|".join(sorted((re.sub(r"^\\-", r"\\w+", re.escape(word)) for word in words), key=len, reverse=True))
    spaceless = language in {"ja", "zh"}
    return alternatives if spaceless else rf"\b(?:{alternatives})\b"
