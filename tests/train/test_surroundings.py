"""Stories among other sites' lines: every line of the story stays labelled as such, in its order, and its publisher's fold is the sheet's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from cleantext.document import Label

pytest.importorskip("cleantext.train.lines", reason="needs the train extra", exc_type=ImportError)
from cleantext.evaluate.labelled import LabelledDocument, read_prompts
from cleantext.train.__main__ import main
from cleantext.train.lines import Sheet
from cleantext.train.surroundings import LAST, Body, around_articles, bodies_of, interrupted, surrounded

STORY = [
    f"The ferry's {number} engine was taken out on Monday, and nobody on the island knows when it will be back from the yard."
    for number in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
]
CREDIT = ("Photo: Ann Ray", Label.CREDIT)
LINES = (*((line, Label.BODY) for line in STORY), CREDIT)
BODIES = {"en": [Body("islandpost", "en", LINES)], "fi": [Body("saari", "fi", LINES)]}
CORRECTION = LabelledDocument("en/2", "en", "The engine is diesel, not petrol as first written.", (Label.CORRECTION,))
SITE = LabelledDocument(
    "en/1",
    "en",
    "Sign up\n*\nSupport us today\nFrom $5 a month\n*\nShare this\nMost read",
    (Label.NEWSLETTER, Label.BODY, Label.APPEAL, Label.APPEAL, Label.BODY, Label.SHARE, Label.RELATED),
)


def told(sheet: Sheet) -> list[str]:
    return [line.text for line, label in zip(sheet.lines, sheet.labels, strict=True) if label is Label.BODY]


def added(sheet: Sheet) -> list[str]:
    return [line.text for line, part in zip(sheet.lines, sheet.unwanted.tolist(), strict=True) if part]


def test_a_sites_lines_stand_around_the_whole_story() -> None:
    sheets = list(surrounded([SITE], BODIES))
    assert len(sheets) > 1
    assert all(told(sheet) == STORY and CREDIT[0] in [line.text for line in sheet.lines] for sheet in sheets)
    assert all(added(sheet) == [line for line in SITE.lines if line != "*"] for sheet in sheets)
    assert {(sheet.publisher, sheet.language) for sheet in sheets} == {("islandpost", "en")}


def test_in_every_second_one_the_last_stretch_is_short() -> None:
    lasts = [[line.text for line in sheet.lines].index("Share this") for sheet in surrounded([SITE], BODIES)]
    starts = [[line.text for line in sheet.lines].index("From $5 a month") for sheet in surrounded([SITE], BODIES)]
    stretches = [last - start - 1 for last, start in zip(lasts, starts, strict=True)]
    assert stretches[0] == len(LINES) - round(len(LINES) / 2)
    assert 1 <= stretches[1] <= LAST


def test_what_is_put_into_a_story_leaves_it_whole() -> None:
    sheets = list(interrupted([SITE], BODIES))
    assert all(told(sheet) == STORY for sheet in sheets)
    assert all(added(sheet) and set(added(sheet)) <= set(SITE.lines) for sheet in sheets)
    last = [line.text for line in sheets[0].lines]
    assert last[: len(LINES) - LAST] == STORY[: len(LINES) - LAST]  # nothing stands before its last lines
    assert last[-1] in SITE.lines


def test_captions_credits_and_corrections_stand_among_the_lines_of_articles() -> None:
    sheets = list(interrupted([SITE, CORRECTION], {"en": BODIES["en"] * 10}))
    with_it = [sheet for sheet in sheets if Label.CORRECTION in sheet.labels]
    assert 0 < len(with_it) < len(sheets)
    assert all(told(sheet) == STORY and CORRECTION.text not in added(sheet) for sheet in sheets)


def test_languages_without_surroundings_are_left_out() -> None:
    assert {sheet.language for sheet in (*surrounded([SITE], BODIES), *interrupted([SITE], BODIES))} == {"en"}


def test_the_same_sheets_are_made_each_time() -> None:
    first, second = ([[line.text for line in sheet.lines] for sheet in interrupted([SITE], BODIES)] for _ in range(2))
    assert first == second


def test_bodies_are_the_stories_of_sheets_that_are_long_enough() -> None:
    long = next(surrounded([SITE], BODIES))
    assert bodies_of([long]) == {"en": BODIES["en"]}
    assert bodies_of([_cut(long, 4)]) == {}


def test_the_corpora_have_surroundings_for_many_stories() -> None:
    sites = read_prompts(Path("corpora/surroundings"))
    assert len(list(surrounded(sites, BODIES))) >= 400


def test_the_nth_site_stands_around_the_nth_article_of_its_language() -> None:
    stories = [LabelledDocument(f"en/story-{n}", "en", "\n".join(STORY[n:]), (Label.BODY,) * len(STORY[n:])) for n in range(2)]
    cases = list(around_articles([SITE, SITE, SITE], stories))
    assert [case.publisher for case in cases] == ["en/story-0", "en/story-1", "en/story-0"]
    assert [case.lines.count("Support us today") for case in cases] == [1, 1, 1]
    assert [line for line, label in zip(cases[1].lines, cases[1].labels, strict=True) if label is Label.BODY] == STORY[1:]


def test_the_command_counts_what_goes(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "en.txt").write_text(
        "# language: en\n\nnewsletter: Sign up for our newsletter\nbody: *\nshare: Share this article\n"
    )
    (tmp_path / "documents" / "en").mkdir(parents=True)
    (tmp_path / "documents" / "en" / "a.txt").write_text("# language: en\n\n" + "".join(f"body: {line}\n" for line in STORY))
    result = CliRunner().invoke(main, ["surroundings", str(tmp_path / "sites"), str(tmp_path / "documents")])
    assert result.exit_code == 0, result.output
    assert "core removed: 100.0% (2/2)" in result.output
    assert "body lost: 0.0% (0/8)" in result.output
    result = CliRunner().invoke(main, ["surroundings", str(tmp_path / "sites"), "corpora/documents/fr"])
    assert "no article in the language of any site" in result.output


def _cut(sheet: Sheet, count: int) -> Sheet:
    return Sheet(
        sheet.publisher,
        sheet.language,
        sheet.lines[:count],
        sheet.labels[:count],
        sheet.unwanted[:count],
        np.ones(count, bool),
        True,
    )
