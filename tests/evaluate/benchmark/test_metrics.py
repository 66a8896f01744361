"""The collections' metrics, computed by hand."""

import pytest

from cleantext import Label
from cleantext.evaluate.benchmark.metrics import LINES, PARAGRAPHS, SHINGLES, SNIPPETS, WORDS, figures
from cleantext.evaluate.benchmark.truth import Content, Lines, Snippets


def test_words_are_counted_as_often_as_they_occur() -> None:
    found = WORDS.judge(Content(("Rain again, and again.",)), "RAIN rain again")  # 2 of 3 found, 2 of 4 wanted
    assert found == {"f1": (pytest.approx(4 / 7), 1), "precision": (pytest.approx(2 / 3), 1), "recall": (0.5, 1)}


@pytest.mark.parametrize(("gold", "output", "f1"), [("", "", 1.0), ("Rain", "", 0.0), ("", "Rain", 0.0), ("Rain", "Sun", 0.0)])
def test_nothing_is_right_where_nothing_is_wanted(gold: str, output: str, f1: float) -> None:
    assert WORDS.judge(Content((gold,)), output)["f1"] == (f1, 1)


def test_the_mean_is_over_pages() -> None:
    shares = [WORDS.judge(Content((gold,)), "rain") for gold in ("rain", "sun sun sun sun")]
    assert figures(WORDS, shares)["f1"] == 0.5


ARTICLE = Content(
    ("A ferry.", "It came, at last.", "Later", "It left."), ("A ferry.", "It came, at last.", "It left."), frozenset({"A ferry."})
)


@pytest.mark.parametrize(
    ("output", "paragraphs", "page", "with_standfirst"),
    [
        ("A ferry.\nit  came at last\nIt left!", 3, 1, 1),
        ("It came, at last.\nLater\nIt left.", 2, 1, 0),
        ("A ferry.\nIt came, at last.", 2, 0, 0),
        ("A ferry.\nIt came, yes, at last.\nIt left.", 2, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_paragraphs_come_out_whole_or_not(output: str, paragraphs: int, page: int, with_standfirst: int) -> None:
    found = PARAGRAPHS.judge(ARTICLE, output)
    assert (found["paragraphs"], found["pages"], found["pages_standfirst"]) == ((paragraphs, 3), (page, 1), (with_standfirst, 1))


def test_a_title_may_come_out_or_not() -> None:
    page = Content(("Ferry", "It came."), ("Ferry", "It came."), titled=True)
    without, with_title = PARAGRAPHS.judge(page, "It came."), PARAGRAPHS.judge(page, "Ferry\nIt came.")
    assert without["f1"] == with_title["f1"] == (1.0, 1)
    assert (without["paragraphs"], with_title["paragraphs"]) == ((1, 1), (2, 2))


def test_shingles_are_runs_of_four_words_in_their_case() -> None:
    gold = Content(("a b c d e",))  # abcd bcde
    assert SHINGLES.judge(gold, "a b c d x") == {"precision": (0.5, 1), "recall": (0.5, 1), "accuracy": (0.0, 1)}
    assert SHINGLES.judge(gold, "A b c d e")["precision"] == (0.5, 1)
    assert SHINGLES.judge(gold, "") == {"recall": (0.0, 1), "accuracy": (0.0, 1)}  # precision is not known of nothing
    shares = [SHINGLES.judge(gold, output) for output in ("a b c d e", "")]
    assert figures(SHINGLES, shares) == {"precision": 1.0, "recall": 0.5, "accuracy": 0.5, "f1": pytest.approx(2 / 3)}


def test_snippets_are_summed_over_pages() -> None:
    pages = [Snippets(("It came", "It left"), ("Home",)), Snippets(("Rain",), ("Menu", "More"))]
    shares = [SNIPPETS.judge(page, output) for page, output in zip(pages, ("It\ncame. Home", "Rain"), strict=True)]
    # 2 right, 1 missed, 1 unwanted, 2 rightly left out
    assert figures(SNIPPETS, shares) == {"f1": 4 / 6, "precision": 2 / 3, "recall": 2 / 3, "accuracy": 4 / 6}


LETTER = Lines(
    ("The ferry", "It came.", "Subscribe now", "Read more", "Skarv"),
    (Label.TITLE, Label.BODY, Label.NEWSLETTER, Label.RELATED, Label.OTHER),
    frozenset({4}),
)


def test_lines_by_their_labels() -> None:
    found = LINES.judge(LETTER, "The ferry\nIt came.\nRead more")
    assert (found["core"], found["related"], found["others"], found["body_lost"]) == ((1, 1), (0, 1), (0, 0), (0, 1))
    assert (found["exact_core"], found["exact"], found["intact"]) == ((1, 1), (0, 1), (1, 1))
    assert found["label.newsletter"] == (1, 1)
    assert "label.other" not in found  # ambiguous


def test_a_lost_title_is_not_a_lost_body() -> None:
    found = LINES.judge(LETTER, "It came.")
    assert (found["intact"], found["kept_lost"], found["exact_core"]) == ((1, 1), (1, 2), (0, 1))


def test_figures_without_anything_to_divide_by_are_not_known() -> None:
    assert figures(LINES, [LINES.judge(Lines(("It came.",), (Label.BODY,)), "")])["core"] is None
