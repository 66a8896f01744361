"""Prompts at the end of a paragraph go, the paragraph stays."""

from collections.abc import Sequence
from math import inf

import pytest

from cleantext import Cleaner, Label, Options
from cleantext.detect import tails
from cleantext.detect.rules import Matches, RuleSet
from cleantext.detect.tails import LONGEST

STORY = "The ferry is back after eleven weeks in the yard, and the school's piano came with it."
AFTER = "The mate came, too, with a cat that nobody had ordered and a letter from the yard's owner to the harbour master."
FOUND = "You've read 2 of 3 free articles this month."
TEXT = Cleaner(Options(kind="text"))


@pytest.mark.parametrize(
    "prompt",
    [
        "Sign up for our newsletter here.",
        "Not a subscriber? Sign up for a FREE trial here.",
        "(RELATED: The mate has not. He may)",
        "Hier geht es zur Anmeldung.",
    ],
)
def test_a_prompt_after_the_last_sentence_goes_and_the_paragraph_stays(prompt: str) -> None:
    source = f"{AFTER}\n\n{STORY} {prompt}\n\n{AFTER}\n\n{FOUND}\n"
    document = TEXT.analyze(source)
    assert document.text == f"{AFTER}\n\n{STORY}\n\n{AFTER}\n" == TEXT.clean(source)
    assert [block.text for block in document.removed] == [prompt, FOUND]
    assert all(source[block.start : block.end] == block.text for block in document.blocks)
    assert document.restore() == source
    assert all(reason.source == "rule" for reason in document.removed[0].reasons)


def test_scripts_without_spaces() -> None:
    story = "十月的最后一个夜班，青溪棉纺厂三车间只开了四台机器。质检员梁桂芬把手掌贴在布面上慢慢移动，像在摸一个孩子的额头。"
    assert TEXT.clean(f"{story}订阅我们的电子报。\n{FOUND}") == story


def test_a_long_paragraph_is_looked_at_only_where_something_else_was_found() -> None:
    source = f"{STORY} {AFTER} {STORY} {AFTER} Sign up for our newsletter here."
    assert TEXT.clean(source) == source
    assert TEXT.clean(f"{source}\n{FOUND}") == f"{STORY} {AFTER} {STORY} {AFTER}"


@pytest.mark.parametrize(
    "sentence",
    [
        '"Sign up for our newsletter," it said.',
        "For more information, see the manual.",
        "Read more about the ferry in our log.",
        "She told them to sign up for our newsletter at the counter.",
        "(More on this below.)",
        "He asked: will you sign up for our newsletter here and now, before the ferry leaves, with the piano and the cat and all else?",
    ],
)
def test_sentences_of_the_text_stay(sentence: str) -> None:
    for source in (f"{STORY} {AFTER} {sentence}", f"{AFTER}\n\n{STORY} {AFTER} {sentence}\n\n{AFTER}"):
        assert TEXT.clean(source) == source == TEXT.clean(f"{source}\n{FOUND}")


def test_in_an_open_quotation_nothing_is_the_publications_own_word() -> None:
    source = f"{AFTER}\n\n“{STORY} Sign up for our newsletter here.\n\n{AFTER}”"
    assert TEXT.clean(source) == source == TEXT.clean(f"{source}\n{FOUND}")


@pytest.mark.parametrize(
    "short", ["Calloway bought it at an auction in Brno on Friday.", "The council approved it by nine to two."]
)
def test_a_short_sentence_of_the_article_stays_when_the_prompt_behind_it_goes(short: str) -> None:
    source = f"{AFTER}\n\n{AFTER}\n\n{short} Sign up for our newsletter.\n\n{AFTER}\n\n{FOUND}"
    assert TEXT.clean(source) == f"{AFTER}\n\n{AFTER}\n\n{short}\n\n{AFTER}"


def test_a_prompt_that_describes_itself_first_goes_whole() -> None:
    prompt = "Get the best of our journalism in your inbox every morning with our free newsletter. Sign up here."
    assert TEXT.clean(f"{AFTER}\n\n{STORY}\n\n{prompt}") == f"{AFTER}\n\n{STORY}"


def test_a_paragraph_of_a_letter_goes_whole() -> None:
    letter = f"Dear Reader,\n\nWe wrote to you in May, when our printer was in the yard for eleven weeks with {STORY} Please become a member today."
    assert TEXT.clean(f"{AFTER}\n\n{STORY}\n\n{AFTER}\n\n{letter}") == f"{AFTER}\n\n{STORY}\n\n{AFTER}"


def test_labels_and_profiles_are_heeded() -> None:
    source = f"{AFTER}\n\n{STORY} {AFTER} {STORY} {AFTER} Sign up for our newsletter here."
    assert Cleaner(Options(kind="text", keep=frozenset({Label.NEWSLETTER}))).clean(source) == source
    assert Cleaner(Options(kind="text", profile="careful")).clean(source) == source


def test_careful_spares_a_paragraph_that_would_go_for_its_last_sentence() -> None:
    source = f"{AFTER}\n\n{STORY} {{}}\n\n{AFTER}"
    prompt = "Sign up for our newsletter here."
    assert Cleaner(Options(kind="text", profile="careful")).clean(source.format(prompt)) == source.format("").replace(
        " \n\n", "\n\n"
    )


def test_long_sentences_are_not_looked_at() -> None:
    sentence = f"Sign up for our newsletter {'and ' * LONGEST}here."
    assert TEXT.clean(f"{STORY} {sentence}\n{FOUND}") == f"{STORY} {sentence}"


def test_in_markdown_the_words_count_and_the_marks_go_along() -> None:
    prompt = "[**Sign up for our newsletter**](https://example.org/n) here."
    cleaner = Cleaner(Options(kind="markdown"))
    source = f"{AFTER}\n\n{STORY} {prompt}\n\n{AFTER}\n\n{FOUND}\n"
    assert cleaner.clean(source) == f"{AFTER}\n\n{STORY}\n\n{AFTER}\n" == cleaner.analyze(source).text
    assert cleaner.analyze(source).restore() == source


def test_in_a_page_links_stay_where_they_stand() -> None:
    story = STORY.replace("the yard", '<a href="/yard">the yard</a>')
    page = f"<html><body><article><p>{AFTER}</p><p>{story} <a href='/n'>Sign up for our newsletter here.</a></p><p>{AFTER}</p><p>{FOUND}</p></article></body></html>"
    document = Cleaner(Options(kind="html", links=True)).analyze(page)
    assert document.text == f"{AFTER}\n\n{STORY}\n\n{AFTER}"
    assert [document.text[link.start : link.end] for link in document.links] == ["the yard"]
    assert [block.label for block in document.removed] == [Label.NEWSLETTER, Label.PAYWALL]


def test_a_paragraph_stays_whole_if_rules_would_take_what_is_left_of_it() -> None:
    notice = "© The Ferry Tide. Made by hand in Skarv, said the label on the cat that nobody had ordered, and so did the letter from the owner."
    source = f"{AFTER}\n\n{notice} Sign up for our newsletter here.\n\n{FOUND}"
    assert TEXT.clean(source) == f"{AFTER}\n\n{notice} Sign up for our newsletter here."
    assert TEXT.clean(f"{AFTER}\n\n{notice}\n\n{FOUND}") == AFTER


def test_lines_under_a_parted_prompt_stay_lines() -> None:
    lines = [
        f"{STORY} Sign up for our newsletter here.",
        "All winter the harbour had been without a ferry and the school without its one piano",
        "which the mate had carried down to the quay himself in the last days of the old year",
        "and then forgotten.",
        FOUND,
    ]
    document = TEXT.analyze("\n".join(lines))
    assert TEXT.clean("\n".join(lines)) == document.text
    assert [line for line in document.text.split("\n") if line] == [STORY, *lines[1:4]]
    assert TEXT.clean(document.text) == document.text


def test_a_paragraph_of_many_prompts_is_searched_for_quotations_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    def quotes_open(text: str) -> bool:
        searched.append(text)
        return False

    monkeypatch.setattr(tails, "quotes_open", quotes_open)
    prompts = " Sign up for our newsletter here." * 50
    assert TEXT.clean(f"{AFTER}\n\n{STORY}{prompts}\n\n{AFTER}\n\n{FOUND}\n") == f"{AFTER}\n\n{STORY}\n\n{AFTER}\n"
    assert len(searched) == 1


PARTED = "Nobody knows what the gulls on the old school's roof are waiting for. Like our news? Sign up here."
WHOLE = (
    "Do you know about a road that was opened but never built? Contact our reporters at tips@provingground.example or by Signal."
)
STORY_LINE = (
    "За это время вышло двести шесть статей, и ни одну не заказало ведомство, фирма или учёный, которому очень нужно в академики."
)
LINES = [
    "يومياتي في المطبخ على إنستغرام: @matbakh_om_kinan",
    "▶ Ouça a conversa completa em podcast (42 min)",
    STORY_LINE,
    "一條街，最後三間紙紮舖",
]


@pytest.mark.parametrize("repeated", [[PARTED], [WHOLE, *LINES]], ids=["run", "mixed"])
def test_a_long_run_of_paragraphs_that_are_spared_takes_no_round_for_each(
    repeated: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    match = RuleSet.match

    def counted(rules: RuleSet, texts: Sequence[str], deadline: float = inf) -> Matches:
        judged.extend(texts)
        return match(rules, texts, deadline)

    monkeypatch.setattr(RuleSet, "match", counted)
    run = repeated * (600 // len(repeated))
    TEXT.clean("\n\n".join([AFTER, *run, FOUND]))
    assert len(judged) < 60 * len(run)
