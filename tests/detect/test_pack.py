"""Rule packs: what a rule may be, and what is said of one that is wrong."""

from typing import Any

import pytest

from cleantext import PackError
from cleantext.detect.pack import _rule, languages, line_key, load, load_all, parse
from cleantext.detect.rules import RuleSet

RULE: dict[str, Any] = {
    "id": "en.paywall.example",
    "strength": "strong",
    "pattern": "read on",
    "removes": ["Read on"],
    "keeps": ["A reed"],
}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"id": "en.paywall"}, "an id is en.<label>.<name>"),
        ({"id": "de.paywall.example"}, "an id is en"),
        ({"id": "en.nonsense.example"}, "an id is en"),
        ({"strength": "firm"}, "strength is one of"),
        ({"where": "middle"}, "where one of"),
        ({"lines": ["read on"]}, "either a pattern or lines"),
        ({"removes": []}, "neither may be empty"),
        ({"keeps": []}, "neither may be empty"),
        ({"patern": "x"}, "unknown field patern"),
        ({"pattern": "read ("}, "en.paywall.example"),
        ({"pattern": "Read on"}, "lower case"),
        ({"pattern": "you’ve read"}, "straight quotes"),
        ({"pattern": r"\d+"}, "a word of three letters"),
        ({"pattern": "(?:read on)?"}, "a word of three letters"),
    ],
)
def test_a_wrong_rule_is_named(change: dict[str, Any], why: str) -> None:
    with pytest.raises(PackError, match=r"en\.toml") as raised:
        _rule(RULE | change, "en", "en.toml")
    assert why in str(raised.value)


@pytest.mark.parametrize("field", sorted(RULE))
def test_a_missing_field_is_named(field: str) -> None:
    rest = {key: value for key, value in RULE.items() if key != field}
    with pytest.raises(PackError, match="pattern or lines" if field == "pattern" else f"missing {field}"):
        _rule(rest, "en", "en.toml")


@pytest.mark.parametrize("says", ["'(a'", "'Said'", "1"])
def test_a_wrong_pattern_of_speech_is_named(says: str) -> None:
    with pytest.raises(PackError, match=r"^en\.toml: .*says"):
        parse(f"name = 'English'\nsays = {says}".encode(), "en")


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(PackError, match="no rule pack for language 'xx'; there are "):
        load("xx")


def test_packs_are_found_on_disk() -> None:
    assert {pack.language for pack in load_all()} == set(languages())


@pytest.mark.parametrize("line", ["Read on", "• READ ON …", "**Read on** »", "read on:"])
def test_lines_are_compared_without_their_edges(line: str) -> None:
    assert line_key(line.lower()) == "read on"


@pytest.mark.parametrize("text", ["read on", "READ\u00a0ON", "Read\non", "read   on"])
def test_a_space_stands_for_any_white_space(text: str) -> None:
    from cleantext.detect.pack import Pack

    rules = RuleSet([Pack("en", "English", None, (_rule(RULE, "en", "en.toml"),))])
    assert [hit.rule.id for hit in rules.match([text]).hits[0]] == ["en.paywall.example"]
