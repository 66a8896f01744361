"""Letters to readers that no rule opens: what all of their paragraphs say together takes them, and what articles say does not."""

import pytest

from cleantext import Cleaner, Label, Options, analyze, clean
from cleantext.detect.letters import BEFORE, ENOUGH, MOST, NEUTRAL, Letters, extend_letters, telling_words_of
from cleantext.detect.phrases import Phrase, Phrases
from cleantext.detect.walk import Asked, Asking, Line, Walk, is_prose

STORY = [
    f"The ferry {name} lay in the harbour for {n} days last winter, and its crew of nine repaired the hull by hand, plank by plank."
    for n, name in enumerate(("Hedda", "Alma", "Signe", "Runa", "Edda", "Thora", "Freda", "Olga"), 11)
]
LETTER = [
    (
        "It has been the hardest spring that this newsroom has seen. Two of our reporters left, the printer raised its prices again, and the grant "
        "that paid for our investigations ended in May."
    ),
    (
        "Nobody tells us what to write about, and nothing that we publish is kept from those who cannot pay. What our journalism lives on are some "
        "people who give a little every month, and who ask for nothing."
    ),
    (
        "Last year 1,240 of you did. Your donations paid for the reporting on the drinking water of three towns, and for the lawyer who helped us to "
        "publish it. This year we need four hundred more of you."
    ),
]
ASKS, TELLS = NEUTRAL + MOST, -9.0


def walk(weights: list[float], texts: list[str] | None = None) -> Walk:
    """A walk along paragraphs that speak with these log-odds."""
    texts = texts or [STORY[i % len(STORY)] + (" We ask you." if odds > TELLS else "") for i, odds in enumerate(weights)]
    lines = [Line(text, prose=is_prose(text)) for text in texts]
    made = Walk(
        lines,
        [],
        {"en": r"\b(?:we|you)\b"},
        None,
        Asking(range(len(lines)), {i: Asked(odds, "gifts") for i, odds in enumerate(weights)}),
    )
    made.count()
    return made


def gone(made: Walk) -> list[int]:
    extend_letters(made)
    return [i for i, line in enumerate(made.lines) if line.finding]


@pytest.mark.parametrize("place", [3, 5, len(STORY)], ids=["above", "midst", "end"])
def test_a_letter_goes_that_no_rule_knows_and_the_story_stays(place: int) -> None:
    story = "\n\n".join(STORY)
    assert clean("\n\n".join([*STORY[:place], *LETTER, *STORY[place:]])) == story
    assert clean(story) == story


def test_its_lines_say_what_the_letter_weighs_and_which_words_spoke() -> None:
    document = analyze("\n\n".join([*STORY, *LETTER]))
    first = next(block for block in document.blocks if block.text == LETTER[1])
    assert first.label is Label.APPEAL
    (reason,) = first.reasons
    assert (reason.source, reason.id) == ("model", "letters")
    assert reason.weight >= ENOUGH
    assert "reade-" in reason.evidence or "journ-" in reason.evidence


def test_careful_does_without() -> None:
    source = "\n\n".join([*STORY, *LETTER])
    assert Cleaner(Options(profile="careful")).clean(source) == source


def test_paragraphs_go_together_with_those_between_them_that_say_nothing() -> None:
    assert gone(walk([TELLS] * 6 + [ASKS, NEUTRAL - 1, ASKS] + [TELLS] * 4)) == [6, 7, 8]


def test_a_paragraph_of_the_story_that_only_tells_is_not_drawn_in_from_the_side() -> None:
    asks = STORY[0] + " We ask you."
    texts = [*STORY[:5], STORY[5], asks, STORY[6], asks, STORY[7], *STORY]
    assert gone(walk([TELLS] * 5 + [ASKS] * 5 + [TELLS] * 8, texts)) == [6, 7, 8]


def test_one_paragraph_alone_is_not_enough() -> None:
    assert gone(walk([TELLS] * 6 + [ASKS])) == []


def test_nothing_goes_above_or_right_under_the_first_paragraphs() -> None:
    for start in range(BEFORE):
        assert gone(walk([TELLS] * start + [ASKS] * 3 + [TELLS] * 8)) == []
    assert gone(walk([TELLS] * BEFORE + [ASKS] * 3 + [TELLS] * 8)) == [2, 3, 4]


def test_what_is_longer_than_the_article_is_the_article() -> None:
    assert gone(walk([TELLS] * 3 + [ASKS] * 4)) == []


def test_a_story_that_speaks_so_itself_stays() -> None:
    assert gone(walk([NEUTRAL + 1] * 8 + [NEUTRAL + 4] * 3)) == []


@pytest.mark.parametrize("opening", ["“We need you,” she said. ", "– Vi ber er nu. ", "AMY HOLM: ", "- "])
def test_quotations_speakers_and_items_are_not_the_publications_own_word(opening: str) -> None:
    texts = [*STORY[:6], *(opening + text for text in LETTER)]
    assert gone(walk([TELLS] * 6 + [ASKS] * 3, texts)) == []


def test_few_known_words_say_nothing() -> None:
    rare = Letters(Phrases({f"word{chr(97 + i)}": Phrase(9.0, Label.APPEAL) for i in range(9)}))
    text = "worda wordb and then a number of other words that nobody has ever met in any letter to readers"
    assert rare.asking([text]).suspects == ()
    assert rare.asking([f"wordc wordd worde {text}"]).suspects == [0]


def test_numbers_and_single_letters_say_nothing() -> None:
    assert telling_words_of("$ 10,000 a 0.0.0 x") == []


def test_cleaning_twice_is_cleaning_once() -> None:
    source = "\n\n".join([*STORY[:5], *LETTER, "DONATE NOW", *STORY[5:], *LETTER[1:], "Support us"])
    once = clean(source)
    assert clean(once) == once


def test_many_letters_are_found_at_once() -> None:
    stories = 3_000
    made = walk([TELLS, TELLS, TELLS, TELLS, ASKS, ASKS] * stories)
    assert gone(made) == [i for i in range(6 * stories) if i % 6 > 3]


def test_each_line_is_looked_at_a_few_times_however_many_there_are() -> None:
    looks: list[int] = []

    class Counted(dict[int, Asked]):
        def __getitem__(self, i: int) -> Asked:
            looks.append(i)
            return super().__getitem__(i)

    quoted = [f"“{text} We ask you,” she said." for text in STORY * 25]
    made = walk([TELLS] * len(STORY) + [ASKS] * len(quoted), STORY + quoted)
    made.asking = Asking(made.asking.suspects, Counted(made.asking.speaks))
    assert gone(made) == []
    assert len(looks) <= 8 * len(made.lines)
