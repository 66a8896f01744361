"""What the line model may take, whatever it thinks: the guards around it, its labels and its reasons."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from cleantext import Cleaner, Options, analyze, clean
from cleantext.detect.finding import Finding
from cleantext.detect.learned import LineModel, extend, line_model
from cleantext.detect.lines import in_reach, line_features
from cleantext.detect.phrases import Phrase, Phrases
from cleantext.detect.walk import Line, Walk, is_prose
from cleantext.document import Label, Reason
from cleantext.errors import ModelError, OptionsError

PROSE = "The ferry came in an hour late, with the mail, two goats and a harmonium for the chapel at Storhaven."
PHRASES = Phrases({"support": Phrase(4.0, Label.APPEAL), "ferry": Phrase(-4.0, Label.BODY)}, bias=0.0)
PROBABLE = {"take": 0.7, "likely": 0.96, "sure": 0.995, "goes": 0.98}


class Judge(LineModel):
    """Says how probable it is by a line's words."""

    def probabilities(self, lines: Sequence[Line]) -> NDArray[np.float32]:
        return np.array([max((PROBABLE.get(word, 0) for word in line.text.split()), default=0) for line in lines], np.float32)


FOUND = {1: Label.NEWSLETTER, 4: Label.NEWSLETTER}
FOUND_FAR = {1: Label.NEWSLETTER, 5: Label.NEWSLETTER}
MODEL = Judge(PHRASES, line_model().network)


def walk(*texts: str, found: dict[int, Label] | None = None) -> Walk:
    lines = [Line(text, prose=is_prose(text)) for text in texts]
    for i, label in (found or {}).items():
        lines[i].finding = Finding(label, 1.0, (Reason("rule", "en.test.rule"),))
    result = Walk(lines, [], {})
    result.count()
    return result


def taken(walked: Walk) -> list[int]:
    before = [line.unwanted for line in walked.lines]
    extend(walked, MODEL)
    return [i for i, line in enumerate(walked.lines) if line.unwanted and not before[i]]


def test_nothing_between_paragraphs_goes_on_the_models_word_alone() -> None:
    assert taken(walk(PROSE, "take this", PROSE, found={})) == []


def test_what_stands_between_two_findings_goes() -> None:
    assert taken(walk(PROSE, "Sign up", "take this", "take more", "and take that", "Now", PROSE, found=FOUND_FAR)) == [2, 3, 4]


def test_the_last_paragraph_stays_among_prompts_whatever_ends_it() -> None:
    open_end = PROSE.rstrip(".") + ", and what could he take home but that?"
    texts = (PROSE, "Sign up", open_end, "Now")
    assert is_prose(open_end)
    assert taken(walk(*texts, found={1: Label.RELATED, 3: Label.NEWSLETTER})) == []


def test_a_single_title_that_is_surely_none_of_the_articles_goes_anywhere() -> None:
    for label in (Label.PAYWALL, Label.RELATED):
        found = {1: label, 3: Label.NEWSLETTER}
        for below in ([PROSE], []):
            assert taken(walk(PROSE, "Sign up", "likely this", "Now", *below, found=found)) == []
            assert taken(walk(PROSE, "Sign up", "sure this", "Now", *below, found=found)) == [2]


@pytest.mark.parametrize(("line", "goes"), [("11:15 What the likely union wants", False), ("Photos: Ann Likely likely", True)])
def test_a_time_makes_no_role_of_a_crosshead(line: str, goes: bool) -> None:
    assert taken(walk(PROSE, "Sign up", line, "Now", PROSE, found={1: Label.AD, 3: Label.AD})) == [2] * goes


@pytest.mark.parametrize(
    "texts",
    [
        (PROSE, "likely a caption", "Sign up", "likely a title", PROSE),
        (PROSE, "likely a caption", "Sign up", "likely a credit"),
        (PROSE, "likely a caption", "Sign up", "take it, but not", "this", "Sign up"),
    ],
)
def test_what_is_not_sure_goes_only_between_two_findings(texts: tuple[str, ...]) -> None:
    assert taken(walk(*texts, found={i: Label.AD for i, text in enumerate(texts) if text == "Sign up"})) == []


def test_what_is_sure_goes_next_to_a_finding_and_next_to_what_goes() -> None:
    texts = (PROSE, "sure", "likely", "sure", "a sure thing", "Sign up", "sure", "sure", "likely", "sure")
    assert taken(walk(*texts, found={5: Label.AD})) == [3, 4, 6, 7]


def test_a_heading_stays_above_its_paragraph_and_a_list_that_goes_on() -> None:
    assert taken(
        walk(PROSE, "Sign up", "sure a heading", PROSE, "sure a heading", "Sign up", found={1: Label.AD, 5: Label.AD})
    ) == [4]
    assert taken(walk(PROSE, "Sign up", "take a heading", "take a heading", "Now", PROSE, found={1: Label.AD, 4: Label.AD})) == []
    listed = (PROSE, "Sign up", "take butter", "take sugar", "take salt", "Now")
    assert taken(walk(*listed, "take rice", "Now", "one egg", PROSE, found={1: Label.AD, 5: Label.AD, 7: Label.AD})) == []
    assert taken(walk(*listed, "one egg", PROSE, found={1: Label.AD, 5: Label.AD})) == []
    assert taken(walk(*listed, PROSE, found={1: Label.AD, 5: Label.AD})) == [2, 3, 4]
    apart = (PROSE, "a heading that goes", "Sign up", PROSE)
    assert taken(walk(*apart, found={2: Label.AD})) == []
    assert taken(walk(*apart[:3], "a short line", found={2: Label.AD})) == [1]


def test_a_sentence_stays_whose_own_words_deny_it() -> None:
    denied = "We sure took the ferry."
    assert taken(walk(PROSE, "Sign up", denied, "Now", denied, found={1: Label.AD, 3: Label.AD})) == []


def test_a_sentence_goes_next_to_a_finding_only_if_its_own_words_say_so() -> None:
    assert taken(walk(PROSE, "Sign up", "Turn sure down the flame.", found={1: Label.AD})) == []
    assert taken(walk(PROSE, "Sign up", "Be sure to support us.", found={1: Label.AD})) == [2]


def test_the_articles_list_goes_on_under_an_insert() -> None:
    listed = (PROSE, "- oats", "Sign up", "- sure butter", "Now", "- sure salt")
    assert taken(walk(*listed, found={2: Label.AD, 4: Label.AD})) == []
    assert taken(walk(PROSE, *listed[2:], found={1: Label.AD, 3: Label.AD})) == [2]


def test_what_stands_above_the_first_paragraph_stays() -> None:
    assert taken(walk("Sign up", "Every day", "sure the title", PROSE, found={0: Label.AD, 1: Label.AD})) == []
    assert taken(walk("sure the title", PROSE, "Every day", found={2: Label.AD})) == []


def test_sentences_go_if_their_own_words_say_so_or_if_it_is_likely() -> None:
    sentence, asking = "They take it from the quay.", "Please take a moment and support us."
    assert taken(walk(PROSE, "Sign up", asking, asking, "Now", PROSE, found=FOUND)) == [2, 3]
    assert taken(walk(PROSE, "Sign up", sentence, asking, "Now", PROSE, found=FOUND)) == []
    assert taken(walk(PROSE, "Sign up", f"likely {sentence}", f"likely {asking}", "Now", PROSE, found=FOUND)) == [2, 3]


def test_what_introduces_a_kept_line_stays() -> None:
    assert taken(walk(PROSE, "Sign up", "take support:", "Three things", "Now", found=FOUND)) == []
    assert taken(walk(PROSE, "Sign up", "likely support:", "likely that", "Now", found=FOUND)) == [2, 3]


def test_findings_are_left_as_they_are() -> None:
    walked = walk(PROSE, "Sign up", "take the credit", "take this", "Now", found=FOUND | {2: Label.CREDIT})
    assert taken(walked) == []
    assert walked.lines[2].finding
    assert walked.lines[2].finding.label is Label.CREDIT


def test_a_label_comes_from_the_phrases_and_from_what_stands_near() -> None:
    walked = walk(PROSE, "Read next", "likely a title", "likely and support us", "More", found={1: Label.RELATED, 4: Label.NAV})
    extend(walked, MODEL)
    assert [line.finding and line.finding.label for line in walked.lines[2:]] == [Label.RELATED, Label.APPEAL, Label.NAV]
    assert walked.lines[3].finding
    assert [(r.source, r.id) for r in walked.lines[3].finding.reasons] == [
        ("model", "lines"),
        ("model", "phrase"),
        ("structure", "neighbour"),
        ("structure", "neighbour"),
    ]


def test_what_stands_between_two_lines_of_a_kind_is_of_that_kind() -> None:
    walked = walk(PROSE, "Sign up", "likely and support us", "likely more", "Now", found=FOUND)
    extend(walked, MODEL)
    assert walked.lines[2].finding
    assert walked.lines[2].finding.label is Label.NEWSLETTER


def test_lines_far_from_all_findings_are_out_of_reach() -> None:
    lines = walk(*[PROSE] * 20, found={9: Label.AD}).lines
    assert in_reach(lines, 2) == [0, 1, 7, 8, 9, 10, 11, 18, 19]


@pytest.mark.parametrize("texts", [[], [""], ["\ud800"], ["🙂" * 300, "x"], ["\x00", "1" * 5000]])
def test_any_text_has_features(texts: list[str]) -> None:
    lines = walk(*texts).lines
    features = line_features(lines, range(len(lines)), PHRASES)
    assert features.shape[1] == len(texts)
    assert np.isfinite(features).all()


def test_a_text_without_findings_is_left_alone() -> None:
    text = f"{PROSE}\n\nWhat readers should know\n\n{PROSE}"
    assert clean(text) == text


def test_the_careful_profile_does_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bool:
        raise AssertionError("asked")

    monkeypatch.setattr("cleantext.detect.learned.extend", fails)
    text = f"{PROSE}\n\nSubscribe to our newsletter\n\nEvery day\n\nSign up for our newsletter"
    assert "Every day" in clean(text, options=Options(profile="careful"))
    with pytest.raises(AssertionError, match="asked"):
        clean(text)


def test_a_model_of_ones_own_must_be_there_and_be_one(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="no such file"):
        Options(line_model=str(tmp_path / "none.npz"))
    (tmp_path / "bad.npz").write_bytes(b"PK")
    text = f"{PROSE}\n\nSubscribe to our newsletter\n\nEvery day\n\nSign up for our newsletter"
    with pytest.raises(ModelError, match=r"bad\.prompts\.tsv: no such file"):
        Cleaner(Options(line_model=str(tmp_path / "bad.npz"))).clean(text)
    (tmp_path / "bad.prompts.tsv").write_text("bias\t0.0\n")
    with pytest.raises(ModelError, match=r"bad\.letters\.tsv: no such file"):
        Cleaner(Options(line_model=str(tmp_path / "bad.npz"))).clean(text)
    (tmp_path / "bad.letters.tsv").write_text("bias\t0.0\n")
    with pytest.raises(ModelError, match=r"bad\.npz"):
        Cleaner(Options(line_model=str(tmp_path / "bad.npz"))).clean(text)


def test_the_list_of_a_wall_goes_with_its_wall() -> None:
    wall = [
        "Subscribe now to read the latest news in your city.",
        "Exclusive articles by our columnists.",
        "Daily puzzles",
        "REGISTER / SIGN IN",
    ]
    document = analyze("\n\n".join([PROSE, *wall, PROSE, PROSE]))
    assert document.text == f"{PROSE}\n\n{PROSE}\n\n{PROSE}"
