"""Learned phrases: how a line is cut into them, what they add up to, and the file that a person can read."""

from importlib.resources import files

import pytest
from click.testing import CliRunner

from cleantext.cli.group import cli
from cleantext.detect.phrases import MOST_TOKENS, Phrase, Phrases, phrases_of, read_phrases, shipped_phrases, write_phrases
from cleantext.document import Label


def test_only_the_beginning_of_a_long_line_is_read() -> None:
    assert "$" in phrases_of("one two")
    assert "$" not in phrases_of("word " * (MOST_TOKENS + 1))
    assert "late" not in phrases_of("word " * 40 + "late")


def test_scripts_without_spaces_are_read_by_the_character() -> None:
    assert {"会", "会 員", "会 員 限"} <= set(phrases_of("会員限定"))


def test_numbers_are_one_word() -> None:
    assert phrases_of("3 of 5") == phrases_of("12 of 400")


def test_a_score_grows_with_what_speaks_and_shrinks_with_what_speaks_against() -> None:
    phrases = Phrases({"donate": Phrase(3.0, Label.APPEAL), "said": Phrase(-3.0, Label.BODY)})
    assert phrases.score("donate") > phrases.score("said he would donate") > phrases.score("he said")
    assert phrases.score("") == 0.0


def test_what_is_written_is_read_again() -> None:
    phrases = Phrases({"^ donate": Phrase(1.25, Label.APPEAL, ("de", "en")), "sagte": Phrase(-2.0, Label.BODY)}, bias=-0.5)
    again = read_phrases(write_phrases(phrases))
    assert (again.weights, again.bias) == (phrases.weights, phrases.bias)


def test_the_shipped_phrases_are_sorted_and_speak_several_languages() -> None:
    table = (files("cleantext.detect") / "lines.tsv").read_text(encoding="utf-8")
    phrases = read_phrases(table)
    assert write_phrases(phrases) == table
    assert {"en", "de", "fr", "es"} <= {language for phrase in phrases.weights.values() for language in phrase.languages}
    assert phrases.score("Sign up for our newsletter") > 0 > phrases.score("The minister said on Tuesday that it had rained.")


def test_the_command_lists_languages_and_phrases() -> None:
    counted = CliRunner().invoke(cli, ["phrases"]).output.splitlines()
    assert counted[0].startswith("en")
    listed = CliRunner().invoke(cli, ["phrases", "en", "--label", "newsletter", "-n", "5"]).stdout.splitlines()
    assert len(listed) == 5
    assert all("newsletter" in line and line.strip().startswith("+") for line in listed)
    name = listed[0].split("  ")[-1].strip()
    assert shipped_phrases().weights[name].label is Label.NEWSLETTER


def test_the_command_lists_the_words_of_prompts() -> None:
    listed = CliRunner().invoke(cli, ["phrases", "de", "--prompts", "--label", "newsletter", "-n", "20"]).stdout
    assert "anmel-" in listed


@pytest.mark.parametrize("arguments", [["xx"], ["en", "--label", "nonsense"]])
def test_the_command_says_that_there_are_none(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, ["phrases", *arguments])
    assert result.exit_code == 2
    assert "no phrases" in result.output
