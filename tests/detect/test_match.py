"""Matching: which rules speak about which block, and on which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.detect.normalise import normalise
from cleantext.detect.rules import MAX_JUDGED, RuleSet, rule_set
from cleantext.document import Label

METER = "You've read 3 of 5 free articles."


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return rule_set()


def labels(rules: RuleSet, text: str) -> set[Label]:
    return {hit.rule.label for hit in rules.match([text]).hits.get(0, [])}


@pytest.mark.parametrize(
    "text",
    [METER, METER.upper(), METER.replace("'", "’"), METER.replace(" ", "\u00a0"), METER.replace(" ", "\n")],
)
def test_one_line_in_many_spellings(rules: RuleSet, text: str) -> None:
    assert Label.PAYWALL in labels(rules, text)


def test_hits_are_those_of_their_block(rules: RuleSet) -> None:
    hits = rules.match(["It rained.", METER, "", "It rained on."]).hits
    assert set(hits) == {1}
    assert all(hit.evidence in METER for hit in hits[1])


def test_the_evidence_is_the_source_s_own_words(rules: RuleSet) -> None:
    text = "YOU’VE read\u00a03 of 5 FREE articles"
    hits = rules.match([text]).hits[0]
    assert all(text[hit.start : hit.start + len(hit.evidence)] == hit.evidence for hit in hits)


def test_letters_that_grow_do_not_move_hits(rules: RuleSet) -> None:
    hits = rules.match(["İİİİİİİİ", METER, "İ"]).hits
    assert set(hits) == {1}


def test_long_blocks_are_prose(rules: RuleSet) -> None:
    assert labels(rules, METER + " x" * MAX_JUDGED) == set()


def test_no_phrase_is_found_across_two_blocks(rules: RuleSet) -> None:
    words = METER.split()
    assert rules.match([" ".join(words[:3]), " ".join(words[3:])]).hits == {}


def test_a_passed_deadline_is_a_limit(rules: RuleSet) -> None:
    matches = rules.match(["It rained.", METER], deadline=1e-9)
    assert matches.hits == {}
    assert matches.limits[0].startswith("timeout")


@given(st.lists(st.text(), max_size=5))
def test_any_text_can_be_matched(texts: list[str]) -> None:
    rule_set().match(texts)


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_what_is_kept_does_not_grow_with_what_callers_name() -> None:
    assert rule_set("tlh") is rule_set("x-none") is rule_set("und")
    assert rule_set("") is rule_set()
    assert rule_set("de") is not rule_set("und")
