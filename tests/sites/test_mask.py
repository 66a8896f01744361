"""Masking: copies of one line meet, and different lines don't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.sites.mask import MAX_CHARS, mask, opening
from tests.properties.sources import CHARACTERS, rough

SAME = [
    ("You've read 3 of 5 free articles.", "You’ve read 12 of 15 free\xa0articles."),
    ("قرأت ٣ من ٥ مقالات مجانية", "قرأت ٤ من ٩ مقالات مجانية"),
    ("残り１２３文字 会員限定", "残り45文字 会員限定"),
    ("Our reporter Ada Moe writes about the sea.", "Our reporter Per Olav Lund writes about the sea."),
    ("Write to us at desk@courier.example if you saw it.", "Write to us at sea@courier.example if you saw it."),
    ("Read the whole story at https://courier.example/1 today", "Read the whole story at https://courier.example/ab?c=2 today"),
    ("This story was first printed on March 3, 2020.", "This story was first printed on April 12, 1998."),
    ("Dieser Text stand zuerst am 3. März 2020 hier.", "Dieser Text stand zuerst am 12. August 1998 hier."),
    ("Publicado el 3 de marzo de 2020 por la redacción", "Publicado el 12 de agosto de 1998 por la redacción"),
    ("Эту статью написал Иван Петров для нашей газеты", "Эту статью написал Олег Сидоров для нашей газеты"),
]
DIFFERENT = [
    ("Read More By Ada Moe", "Read More By Per Lund"),  # too little would be left of it
    ("The ferry sails at eight.", "The ferry sails at nine."),
    ("Ada Moe: Thank you.", "Per Lund: Thank you."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_differs_from_copy_to_copy_is_masked(one: str, other: str) -> None:
    assert mask(one) == mask(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_tells_lines_apart_is_not(one: str, other: str) -> None:
    assert mask(one) != mask(other)


@pytest.mark.parametrize("text", ["", " ", "***", "12 345", "x" * (MAX_CHARS + 1)])
def test_no_template_without_letters_or_of_a_long_block(text: str) -> None:
    assert mask(text) == ""


@given(text=rough() | CHARACTERS | st.sampled_from([text for pair in SAME + DIFFERENT for text in pair]))
def test_the_opening_is_the_first_word_of_the_template(text: str) -> None:
    if template := mask(text):
        assert opening(text) == template.partition(" ")[0]


@given(text=rough())
def test_white_space_does_not_matter(text: str) -> None:
    words = text.split()
    assert mask(" ".join(words)) == mask("\t".join(words))


@pytest.mark.parametrize("part", ["a.", "a@", "1:", "www.", "A ", "1 a ", "{", "a-", "http://", "1 abc ", "é"])
def test_masking_is_linear(part: str) -> None:
    mask(part * (MAX_CHARS // len(part)))  # a pattern that backtracks badly would not come to an end
