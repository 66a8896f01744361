"""Masking: what differs from one copy of a site's line to the next becomes a sign, so that all copies are one template.

Masked are addresses, numbers in the digits of any script, dates, and names. A name is a run of words with a capital letter,
not at the beginning of a sentence; scripts without capitals have none. Where too few words would be left ("Read More By Jane
Doe"), names stay, and the template is that line only. A mask is a function of the block's text and of nothing else, so the copies
need not be compared: they meet in a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cleantext.detect.normalise import normalise

MAX_CHARS: Final = 1_500
"""Longer blocks are no templates, and bounded blocks keep the time bounded."""

LEFT_WORDS: Final = 4
LEFT_SHARE: Final = 0.5
"""Names are masked if so many words, and this share of all, are still words afterwards."""

NUMBER, NAME, ADDRESS = "{number}", "{name}", "{address}"
URL: Final = re.compile(r"(?:https?://|www\.)\S{1,1000}|\w[\w.-]{0,80}\.[a-z]{2,6}/\S{0,1000}", re.IGNORECASE)
MAIL: Final = re.compile(r"[\w.+-]{1,80}@[\w-]{1,80}\.[\w.-]{1,80}|(?<!\w)@\w{2,80}")
DIGITS: Final = re.compile(r"\d++(?:[.,:/'’–-]\d++)*+")
DATE: Final = re.compile(
    r"""
    \{number\}[.,]?\ (?:[^\W\d_]{1,3}\ )?[^\W\d_]{3,}[.,]?\ (?:[^\W\d_]{1,3}\ )?\{number\}   # 3 de marzo de 2020, 3. März 2020
    | \b[^\W\d_]{3,}\.?\ \{number\},\ \{number\}                                             # March 3, 2020
    """,
    re.VERBOSE,
)
"""A word between two numbers, or before two of them: months are not listed, they are known by their neighbours."""

OPENING: Final = 200
SPAN: Final = 6
"""Characters and words at the beginning of a block that its first masked word depends on: no date is longer."""
PLAIN: Final = re.compile(r"[A-Za-z',;:!? -]*")

CORE: Final = re.compile(r"\w(?:.*\w)?", re.DOTALL)
SENTENCE_ENDS: Final = tuple(".!?…:;।؟•|–—-")
LETTERS: Final = re.compile(r"[^\W\d_]")


def mask(text: str) -> str:
    """The template of a block; empty for one that is too long to be a template or has no letter.

    >>> mask("You’ve read 3 of 5 free articles this month.") == mask("You've read 4 of 5 free articles this month.")
    True
    >>> mask("Ada Moe is a reporter for The Courier. Write to her at moe@courier.example or on 12 May 2020.")
    'ada {name} is a reporter for {name}. write to her at {address} or on {number}.'
    """
    if len(text) > MAX_CHARS or not LETTERS.search(text):
        return ""
    words = _plain(text).split(" ")
    named = _without_names(words)
    left = sum("{" not in word and (word.islower() or LETTERS.search(word) is not None) for word in named)
    if left >= LEFT_WORDS and left >= LEFT_SHARE * len(words):
        words = named
    return normalise(" ".join(_collapsed(words))).strip()


def mask_numbers(text: str) -> str:
    """A block with its numbers and addresses masked only: two copies that differ in a name differ here."""
    return normalise(" ".join(_numbers(text).split()))


def opening(text: str) -> str:
    """The first word of a block's template: what is looked up before anything is masked.

    >>> opening("12 May 2020, by our reporter"), opening("You’ve read"), opening("")
    ('{number},', "you've", '')
    """
    words = text[:OPENING].split(None, SPAN)
    if len(words) <= SPAN:
        return mask(text).partition(" ")[0]
    first = " ".join(words[:SPAN])
    if not first.isascii() or PLAIN.fullmatch(first) is None:
        first = normalise(_plain(first)).strip()
    return first.partition(" ")[0].lower()


def _plain(text: str) -> str:
    """A text with everything but names masked, in single spaces."""
    plain = " ".join(_numbers(text).split())
    return DATE.sub(NUMBER, plain) if NUMBER in plain else plain


def mask_addresses(text: str) -> str:
    """A block with its addresses masked only; its own braces become parentheses, so that they are never taken for a sign."""
    text = text.replace("{", "(").replace("}", ")")
    if "@" in text:
        text = MAIL.sub(ADDRESS, text)
    if "/" in text or "www." in text.lower():
        text = URL.sub(ADDRESS, text)
    return text


def _numbers(text: str) -> str:
    return DIGITS.sub(NUMBER, mask_addresses(text))


def _without_names(words: Sequence[str]) -> list[str]:
    """The words with a sign for each that has a capital letter and begins no sentence."""
    masked = []
    begins = True
    for word in words:
        if word.islower() and word[-1].isalpha():  # most words; the rest of the loop would do the same with them
            masked.append(word)
            begins = False
            continue
        core = CORE.search(word)
        if core and not begins and "{" not in word and core[0][:1].isupper():
            masked.append(word[: core.start()] + NAME + word[core.end() :])
        else:
            masked.append(word)
        begins = (begins and core is None) or word.rstrip("\"'”’»)]").endswith(SENTENCE_ENDS)
    return masked


def _collapsed(words: Sequence[str]) -> list[str]:
    """The words with a run of names as one: "Ada Moe" is masked as "Moe" is."""
    kept: list[str] = []
    for word in words:
        if word[:1] == "{" and kept and kept[-1] == NAME and word.startswith(NAME):
            kept.pop()
        kept.append(word)
    return kept
