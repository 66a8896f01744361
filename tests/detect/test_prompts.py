"""Words of prompts: what a line says that no rule knows, and what they leave alone."""

from importlib.resources import files

import pytest

from cleantext import Cleaner, Label, Options
from cleantext.detect.phrases import Phrase, Phrases, read_phrases, write_phrases
from cleantext.detect.prompts import ENOUGH_ODDS, EVIDENCE_ODDS, Prompts, prompts, words_of

PROSE = "The ferry is back after eleven weeks in the yard, and the school's piano came with it, said Hedvig Moe on the quay."
OWN = Prompts(
    Phrases(
        {
            "cherr-": Phrase(3.0, Label.NEWSLETTER, ("en",)),
            "postm-": Phrase(3.0, Label.NEWSLETTER, ("en",)),
            "桜 便": Phrase(4.0, Label.NEWSLETTER, ("ja",)),
            "便": Phrase(1.0, Label.NEWSLETTER, ("ja",)),
            "桜": Phrase(1.0, Label.NEWSLETTER, ("ja",)),
            "said": Phrase(-4.0, Label.BODY, ("en",)),
        }
    )
)


def test_all_forms_of_a_word_are_one() -> None:
    assert words_of("Abonnieren")[0] == words_of("ABONNEMENT")[0] == "abonn-"
    assert words_of("ABONNIEREN SIE!") == words_of("abonnieren sie!")


def test_a_line_is_judged_by_words_that_begin_like_those_that_were_learned() -> None:
    said = OWN.said(["Cherries from the postman", "The cat has a cherry", PROSE, "Cherries from the postmaster, he said"])
    assert set(said) == {0}
    assert said[0].label is Label.NEWSLETTER
    assert said[0].weight == 1.0
    assert [reason.evidence for reason in said[0].reasons] == ["cherr-, postm-"]


def test_in_scripts_without_spaces_two_signs_make_a_line_worth_a_look() -> None:
    assert set(OWN.said(["毎週の桜便", "桜の花", "便"])) == {0}


@pytest.mark.parametrize(
    "line", ["“Cherries from the postman”", "- Cherries from the postman", "• Cherries, postman", "Cherries from the postman:"]
)
def test_quotations_items_of_lists_and_what_leads_on_say_nothing(line: str) -> None:
    assert OWN.said([line]) == {}


def test_a_paragraph_is_left_to_the_rules() -> None:
    assert (
        OWN.said(
            ["Cherries from the postman are sweet, and the postman of the cherry trees knows it as well as his cherries do."]
        )
        == {}
    )


def test_what_a_block_says_depends_on_nothing_around_it() -> None:
    lines = ["İİİ", "Cherries from the postman", "\ud83d", "", "a\nb", "桜便"]
    alone = [OWN.said([line]).get(0) for line in lines]
    assert [OWN.said(lines).get(i) for i in range(len(lines))] == alone
    assert [found is not None for found in alone] == [False, True, False, False, False, True]


def test_the_shipped_words_are_sorted_and_speak_many_languages() -> None:
    table = (files("cleantext.detect") / "lines.prompts.tsv").read_text(encoding="utf-8")
    phrases = read_phrases(table)
    assert write_phrases(phrases) == table
    assert len({language for phrase in phrases.weights.values() for language in phrase.languages}) >= 26
    assert prompts().phrases.weights == phrases.weights


UNKNOWN = [
    "Lähetä juttu kaverille WhatsAppissa",
    "Tipsa en kompis om texten",
    "Wyślij artykuł znajomemu",
    "Poleć artykuł znajomym na WhatsAppie",
    "Küldd el a cikket egy barátodnak",
    "Gửi bài này cho bạn bè qua Zalo",
]


@pytest.mark.parametrize("line", UNKNOWN)
def test_a_prompt_that_no_rule_knows_goes_from_the_end_of_an_article(line: str) -> None:
    cleaner = Cleaner(Options(kind="text"))
    document = cleaner.analyze(f"{PROSE}\n\n{PROSE}\n\n{line}")
    assert document.text.strip() == f"{PROSE}\n\n{PROSE}"
    assert {reason.source for reason in document.removed[0].reasons} <= {"model", "structure"}
    assert cleaner.clean(document.text) == document.text


@pytest.mark.parametrize("line", UNKNOWN)
def test_above_the_first_paragraph_a_line_may_be_the_title(line: str) -> None:
    score = prompts().phrases.score_of(words_of(line))
    assert score >= EVIDENCE_ODDS
    document = Cleaner(Options(kind="text")).analyze(f"{line}\n\n{PROSE}\n\n{PROSE}")
    assert all(reason.source == "rule" for block in document.removed for reason in block.reasons)


def test_what_may_be_the_heading_of_a_paragraph_needs_more_than_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.cleaner.prompts", lambda file: OWN)
    one, two = "Cherries from the postman", "Cherries for all postmen"
    cleaner = Cleaner(Options(kind="text"))
    alone = f"{PROSE}\n\n{one}\n\n{PROSE}\n\n{PROSE}"
    assert cleaner.clean(alone) == alone
    assert cleaner.clean(f"{PROSE}\n\n{PROSE}\n\n{one}\n\n{two}\n\n{PROSE}") == f"{PROSE}\n\n{PROSE}\n\n{PROSE}"


def test_words_that_are_evidence_count_where_the_article_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = Prompts(Phrases({"cherr-": Phrase(2.0, Label.SHARE), "postm-": Phrase(2.0, Label.SHARE)}, bias=-1.0))
    monkeypatch.setattr("cleantext.cleaner.prompts", lambda file: weak)
    line = "Cherries from the postman."
    assert EVIDENCE_ODDS <= weak.phrases.score_of(words_of(line)) < ENOUGH_ODDS
    cleaner = Cleaner(Options(kind="text"))
    assert cleaner.clean(f"{PROSE}\n\n{line}\n\n{PROSE}") == f"{PROSE}\n\n{line}\n\n{PROSE}"
    document = cleaner.analyze(f"{PROSE}\n\n{PROSE}\n\n{line}")
    assert document.text == f"{PROSE}\n\n{PROSE}"
    assert [reason.id for reason in document.removed[0].reasons][-1] == "last"


def test_the_careful_profile_does_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(Prompts, "said", fails)
    assert Cleaner(Options(kind="text", profile="careful")).clean(PROSE) == PROSE
    with pytest.raises(AssertionError, match="asked"):
        Cleaner(Options(kind="text")).clean(PROSE)
