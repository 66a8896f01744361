"""What follows from hits along a document: places, neighbours, runs, and what protects the body."""

import pytest

from cleantext import Label, Options, analyze
from cleantext.detect.finding import Finding
from cleantext.detect.runs import LETTER_LINES, list_goes_on
from cleantext.detect.walk import Line, Quotations

PROSE = [
    "The ferry is back after eleven weeks in the yard, and the piano of the island's school came with it, wrapped in old sails.",
    "It had stood in a garage all winter. The tuner, who came over on the same boat, would not say what he thought of that.",
    "Four passengers went ashore at seven. The mate counted them twice, since there had been five, and the fifth was asleep.",
    "The yard has sent a bill that nobody on the island believes. The council will speak of it on Thursday, behind closed doors.",
]
METER = "You've read 3 of 5 free articles. Subscribe to continue."
INSERT = "Sign up for our newsletter"


def removed(*lines: str, options: Options | None = None) -> list[str]:
    return [block.text for block in analyze("\n\n".join(lines), options=options or Options(kind="text")).removed]


def test_a_strong_rule_removes_wherever_it_stands() -> None:
    for place in range(len(PROSE) + 1):
        lines = [*PROSE[:place], INSERT, *PROSE[place:]]
        assert removed(*lines) == [INSERT]


def test_an_insert_never_takes_what_follows() -> None:
    assert removed(PROSE[0], METER, *PROSE[1:]) == [METER]


def test_a_letter_to_readers_is_taken_whole() -> None:
    letter = [
        "Dear Reader,",
        "About a year ago a man wrote to tell us why he'd stopped taking our paper, and then, in the last line, why he'd come back.",
        "We have kept that letter. It hangs beside the kettle, where all of us must look at it, and it says what we want to be for you.",
        "None of that pays for itself. If you value our work, please consider subscribing to the Courier today. We thank you for it.",
    ]
    assert removed(*PROSE, METER, *letter) == [METER, *letter]


def test_a_letter_ends_where_the_story_goes_on() -> None:
    letter = [
        "Dear Reader,",
        "You may have noticed that our paper has been thinner since May, and if you wrote to us about it, we thank you for your letter.",
        "None of our work pays for itself. If you value it, please consider subscribing to the Courier today, and tell your friends.",
        "We know that not all of you can. You help us, too, if you bring the paper to your neighbours when you have read it.",
    ]
    assert removed(*PROSE, *letter) == letter
    assert removed(*PROSE[:2], *letter, *PROSE[2:]) == letter


def test_a_title_under_a_prompt_needs_more_than_words_that_a_title_may_have() -> None:
    prompt, weak = "Kommentare lesen", "Leise Töne: Wie die Insel ihr Klavier bekam"
    assert removed(*PROSE, prompt, weak) == [prompt, weak]
    assert removed(PROSE[0], prompt, weak, *PROSE) == [prompt]
    assert removed(PROSE[0], prompt, weak, prompt, *PROSE) == [prompt, weak, prompt]
    assert removed(*PROSE, METER, "Thank you for reading it") == [METER, "Thank you for reading it"]
    assert removed(PROSE[0], METER, "Thank you for reading it", *PROSE) == [METER]


def test_a_name_that_is_a_word_for_the_reader_elsewhere_makes_no_letter() -> None:
    story = [
        "Sân Cồn Én dưới chân núi Voi tối thứ Bảy chứng kiến một trong những cuộc lội ngược dòng đẹp nhất mùa giải năm nay của đội nhà.",
        "Với ba điểm giành được, đội bóng núi Voi vươn lên thứ ba, kém đội đầu bảng bốn điểm. Vòng sau, họ gặp lại đội khách trên sân nhà.",
    ]
    assert removed(*PROSE, "Ti è piaciuto questo articolo? Offrici un caffè.", *story) == [
        "Ti è piaciuto questo articolo? Offrici un caffè."
    ]


def test_a_foreign_button_above_an_interview_makes_no_letter() -> None:
    story = [
        "Your father was against it? He wanted me to be a nurse. He was saying to me, running is for people who are late for work.",
        "And now? Now he tells people at the market that he coached me. He chased me once, with a stick; maybe that is what he means.",
    ]
    assert removed(*PROSE, "Tue meitä!", *story) == ["Tue meitä!"]


def test_a_letter_that_is_the_article_stays() -> None:
    assert removed("Dear Reader,", *PROSE) == []


def test_a_quotation_is_somebody_s() -> None:
    assert (
        removed(
            *PROSE[:2],
            '"Sign up for our newsletter," it said on the wall of the waiting room, in letters as tall as a man, and nobody had.',
            *PROSE[2:],
        )
        == []
    )


@pytest.mark.parametrize(
    "said",
    [
        '"Subscribe to the harbour radio," the sign over his door says, and nobody has taken it down.',
        "„Abonnieren Sie unseren Newsletter“, stand auf dem Schild.",
        "« Abonnez-vous à notre newsletter ! » disait le panneau.",
    ],
)
def test_a_quotation_that_a_rule_speaks_of_whole_is_somebody_s_all_the_same(said: str) -> None:
    assert removed(*PROSE[:2], said, *PROSE[2:]) == []


REPORTED = [
    "The ferry app is available in the App Store and on Google Play, the ministry said.",
    "Every contribution counts, the organisers say, however small.",
    "Abonnieren Sie unseren Newsletter, sagte die Ministerin.",
    "Chaque don compte, a déclaré la maire du village.",
    "Suscríbete a nuestro boletín, dijo la alcaldesa.",
]
"""What others ask for, as a report of it gives their words."""


@pytest.mark.parametrize("line", REPORTED)
def test_words_that_a_sentence_says_somebody_said_are_somebody_s(line: str) -> None:
    assert removed(*PROSE[:2], line, *PROSE[2:]) == []
    bare = line.rpartition(",")[0].removesuffix(", the organisers say") + "."
    assert removed(*PROSE[:2], bare, *PROSE[2:]) == [bare]


def test_what_the_publication_says_itself_is_its_own() -> None:
    line = "Every contribution counts, we say, however small."
    assert removed(*PROSE, line) == [line]


def test_a_list_is_taken_to_its_end_and_no_further() -> None:
    assert removed(*PROSE, "Related stories", "A winter without ferries", "The tuner of Skarv") == [
        "Related stories",
        "A winter without ferries",
        "The tuner of Skarv",
    ]
    assert removed(*PROSE[:2], "Related stories", "A winter without ferries", *PROSE[2:])[0] == "Related stories"
    assert not set(PROSE) & set(removed(*PROSE[:2], "Related stories", "A winter without ferries", *PROSE[2:]))


def test_a_team_in_a_script_without_spaces_is_no_title() -> None:
    team = "海港铁鹰（4-2-3-1）：1-秦某；15-韦某、4-佩某、5-朱某、23-林某；6-罗某（红牌34′）、8-卢某；11-阿某、10-萨某（58′，17-高某）、7-宋某；9-马某（86′，29-邓某）"
    title = "冬天没有渡船的小岛"
    assert removed(*PROSE, "View more offers", title, team) == ["View more offers"]
    assert removed(*PROSE, "View more offers", title, title + "（二）") == ["View more offers", title, title + "（二）"]


def test_a_list_ends_with_its_last_item_or_title() -> None:
    items = ["Suggested reading:", "- A winter without ferries", "- The mate's cat and its three owners"]
    no_break = "The mate's cat has three owners, and will stay on the quay.\u00a0"
    title = "A winter without ferries, as the children of the island's only school have seen it"
    assert removed(*PROSE[:3], "Read also", title, no_break, PROSE[3]) == ["Read also", title]
    assert removed(*PROSE[:3], *items, "So there you have it: the first six steps to a ferry!", PROSE[3]) == items


def test_a_network_s_name_between_paragraphs_may_be_a_heading() -> None:
    assert removed(PROSE[0], "Pinterest", PROSE[1], "TikTok", PROSE[2]) == []
    assert removed(PROSE[0], "Pinterest", "TikTok", PROSE[1], PROSE[2], "Facebook") == ["Pinterest", "TikTok", "Facebook"]


def test_a_review_s_picks_stay() -> None:
    assert removed(*PROSE[:3], "Our picks", "Best ferry for pianos", "The Skarv, 40 metres", "$74.99", PROSE[3]) == []


def test_a_credit_is_protected() -> None:
    credit = "Associated Press writers Ilse Marchand in Ketmen and Tom Arden in Skarv contributed to this report."
    document = analyze("\n\n".join([*PROSE, credit, METER]))
    assert [block.text for block in document.removed] == [METER]
    assert next(block.label for block in document.blocks if block.text == credit) == Label.CREDIT


@pytest.mark.parametrize("line", PROSE)
def test_prose_alone_stays(line: str) -> None:
    assert removed(line) == []


LETTER = [
    "Nous avons passé onze jours au tribunal pour ce récit, et personne d'autre ne s'y trouvait, ni le quotidien ni la radio.",
    "L'encre coûte deux fois plus cher que l'an passé, la poste aussi, et le loyer a doublé depuis que la banque est partie du port.",
    "Si vous tenez à cette table, cinq euros par mois suffisent pour que l'un de nous y soit assis le prochain matin d'audience.",
    "Trois cents personnes le font déjà, de la boulangère au gardien du phare, et aucune n'a jamais demandé à relire un article.",
]
STORY_FR = (
    "Le bac de nuit revient au port après onze semaines de chantier, et le piano de l'école avec lui, selon le maître du quai."
)


def test_a_letter_that_greets_its_readers_goes_though_half_of_it_only_tells() -> None:
    body = "\n\n".join([STORY_FR, STORY_FR + " Oui.", STORY_FR + " Non."])
    letter = "\n\n".join(["Chère lectrice, cher lecteur,", *LETTER, "Merci de nous lire. L'équipe du Phare"])
    assert analyze(f"{body}\n\n{letter}").text.strip() == body


def test_a_story_that_goes_on_after_a_greeting_is_no_letter() -> None:
    body = "\n\n".join([STORY_FR, STORY_FR + " Oui.", STORY_FR + " Non."])
    text = f"{body}\n\nChère lectrice, cher lecteur,\n\n{LETTER[0]}\n\n{STORY_FR} Encore.\n\n{LETTER[1]}\n\n{STORY_FR} Toujours."
    assert f"{STORY_FR} Encore." in analyze(text).text
    assert f"{STORY_FR} Toujours." in analyze(text).text


def test_a_list_goes_on_under_an_insert_that_is_no_longer_than_a_letter() -> None:
    found = Finding(Label.AD, 1.0, ())
    for count in (1, LETTER_LINES - 1, LETTER_LINES):
        lines = [Line("- The pump"), *[Line("Advertisement", finding=found)] * count, Line("- The keel")]
        assert list_goes_on(lines, count + 1) == (count < LETTER_LINES)


def test_a_text_is_read_once_however_often_it_is_asked_whether_a_quotation_is_open() -> None:
    read: list[int] = []

    class Text(str):
        __slots__ = ()

        def __getitem__(self, part: object) -> str:
            assert isinstance(part, slice)
            read.append(part.stop - part.start)
            return super().__getitem__(part)

    text = "“We need you” " * 500
    quotations = Quotations(Text(text))
    assert [quotations.open_at(place) for place in range(len(text))] == [place % 14 in range(1, 13) for place in range(len(text))]
    assert sum(read) < len(text)
