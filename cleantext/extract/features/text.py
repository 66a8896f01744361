"""Features of a segment's own text and shape."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from cleantext.extract.features.measures import Measures
from cleantext.extract.features.page import Page, all_words
from cleantext.learned import characters as ch
from cleantext.learned.characters import Column

ROLES: Final = ("paragraph", "heading", "item", "row", "code")
HINTS: Final = ("title", "byline", "dateline", "caption")
_PROBE = 10  # words of a segment that are looked for in the text that the page declares
_MAX_DECLARED = 200_000


def text_features(page: Page, measures: Measures) -> dict[str, Column]:
    """Length, punctuation, kinds of characters."""
    letters, words = measures.letters, measures.words
    size, most = letters.lengths, np.maximum(words, 1)
    alphabetic = letters.count(ch.LETTER)
    stops, commas = letters.count(ch.STOP), letters.count(ch.COMMA)
    found = {
        "chars": np.log1p(size),
        "words": np.log1p(words),
        "stops": np.minimum(stops, 20),
        "stop_rate": stops / most,
        "commas": np.minimum(commas, 20),
        "comma_rate": commas / most,
        "digits": measures.digits,
        "money": measures.money,
        "capitals": letters.count(ch.CAPITAL) / np.maximum(alphabetic, 1),
        "punctuation": letters.count(ch.PUNCTUATION) / size,
        "spaceless": letters.count(ch.SPACELESS) / size,
        "foreign": letters.count(ch.FOREIGN) / size,
        "word_length": alphabetic / most,
        "title_case": measures.capitals / most,
        "bars": np.minimum(letters.count(ch.BAR), 5),
        "colons": np.minimum(letters.count(ch.COLON), 5),
        "signs": np.minimum(letters.count(ch.SIGN), 1),
        "quotes": np.minimum(letters.count(ch.QUOTE), 6),
        "ends_with_stop": measures.ends,
        "ends_with_colon": (letters.last & ch.COLON) != 0,
        "ends_with_letter": (letters.last & (ch.LETTER | ch.NUMBER)) != 0,
        "begins_with_capital": (letters.first & ch.CAPITAL) != 0,
        "begins_with_digit": (letters.first & ch.NUMBER) != 0,
        "begins_with_punctuation": (letters.first & ch.PUNCTUATION) != 0,
    }
    copies = Counter(segment.text for segment in page.segments)
    found["copies"] = np.log1p(np.array([copies[segment.text] for segment in page.segments], np.float32))
    found["lines"] = np.array([min(segment.text.count("\n"), 20) for segment in page.segments], np.float32)
    return found


def shape_features(page: Page, measures: Measures) -> dict[str, Column]:
    """What the segment is in the markup."""
    shapes = [segment.shape for segment in page.segments]
    roles = np.array([ROLES.index(shape.role) if shape.role in ROLES else -1 for shape in shapes])
    hints = np.array([HINTS.index(s.hint) if s.hint in HINTS else -1 for s in page.segments])
    return {
        "link": measures.links,
        "linked": measures.links > 0.9,
        **{role: roles == number for number, role in enumerate(ROLES)},
        **{hint: hints == number for number, hint in enumerate(HINTS)},
        "level": np.array([shape.level for shape in shapes], np.float32),
        "quote": np.array([shape.quote for shape in shapes], np.float32),
        "header_row": np.array([shape.header for shape in shapes], np.float32),
        "hidden": measures.hidden,
    }


def declared_features(page: Page) -> dict[str, Column]:
    """Does the segment say what the page declares as its title, summary or text?"""
    title = set(all_words(" ".join(page.head.titles)))
    summary = set(all_words(" ".join(page.head.descriptions)))
    body = " ".join(all_words(" ".join(page.head.bodies)[:_MAX_DECLARED]))
    return {
        "title": np.array([_share(words, title) for words in page.words], np.float32),
        "summary": np.array([_share(words, summary) for words in page.words], np.float32),
        "body": np.array([_stands_in(words, body) for words in page.words], np.float32),
    }


def _share(words: list[str], wanted: set[str]) -> float:
    """The share of the distinct words that are wanted."""
    if wanted.isdisjoint(words):
        return 0.0
    distinct = set(words)
    return len(wanted & distinct) / len(distinct)


def _stands_in(words: list[str], body: str) -> float:
    """1 if the words stand in the declared text, -1 if not, 0 if there is none or they are too few to tell."""
    if not body or len(words) < 3:
        return 0.0
    return 1.0 if " ".join(words[:_PROBE]) in body else -1.0
