"""How rules see text: one spelling for what people write in several ways, at the same offsets."""

from __future__ import annotations

import re

FOLDED = {
    "'": "‘’ʼ",
    '"': "“”„",
    "-": "‑–—−",
    " ": "\u00a0\u202f\u2009\u3000",
    "%": "％",
    "+": "＋",
    ":": "：",
    "!": "！",
    "?": "？",
    "(": "（",
    ")": "）",
    "ț": "ţ",
    "ं": "ँ",
    **dict(zip("कखगजडढफय", map(chr, range(0x958, 0x960)), strict=True)),  # with the dot under the letter
    **dict(zip("0123456789", map(chr, range(0xFF10, 0xFF1A)), strict=True)),  # of full width
    **dict(zip("abcdefghijklmnopqrstuvwxyz", map(chr, range(0xFF41, 0xFF5B)), strict=True)),
}
PLAIN = {variant: plain for plain, variants in FOLDED.items() for variant in variants}
INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff\u093c"
)
"""Soft hyphens, joiners, zero-width spaces, marks of direction: they part words for the eye of a machine only. And the dot under letters of
Devanagari, which is written or left out at will; the letters that come with it are folded above."""
LOOKALIKES = str.maketrans("аеорсхуіјѕһԁοαινρ", "aeopcxyijshdoaivp")
"""Cyrillic and Greek letters that look like Latin ones."""
ALIKE = "".join(map(chr, LOOKALIKES))
MIXED = re.compile(rf"[a-zß-ÿ](?:(?=[{ALIKE}])|(?<=[{ALIKE}].))")
"""A Latin letter beside one of those: no word of any language has both."""
WORD = re.compile(r"[^\W\d_]+")
WHITE = "\t\r\n\v\f"
ASCII = bytes(range(128))


def normalise(text: str) -> str:
    """Lower case, straight quotes, plain hyphens, and single plain spaces for white space.

    Every change is one character for one, so that offsets stay, but for runs of white space, invisible signs, and letters
    whose lower case is longer (`İ`).

    >>> normalise("You’ve read – 3\xa0FREE articles")
    "you've read - 3 free articles"
    >>> normalise("Dоwnlоad оur aрp")  # with Cyrillic letters
    'download our app'
    >>> normalise("\u092a\u095d\u0947\u0902") == normalise("\u092a\u0922\u093c\u0947\u0901") == "\u092a\u0922\u0947\u0902"  # Hindi "read!"
    True
    """
    text = text.lower()
    for white in WHITE:
        text = text.replace(white, " ")
    if not text.isascii():
        signs = _beyond_ascii(text)
        for variant in signs & PLAIN.keys():
            text = text.replace(variant, PLAIN[variant])
        for sign in signs & INVISIBLE:
            text = text.replace(sign, "")
        if not signs.isdisjoint(ALIKE) and MIXED.search(text):
            text = WORD.sub(_one_script, text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _beyond_ascii(text: str) -> set[str]:
    """The characters of a text that are not in ASCII; bytes are sifted many times as fast as characters."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass"))


def _one_script(word: re.Match[str]) -> str:
    """A word whose letters are of one script, though they were not."""
    return word[0].translate(LOOKALIKES) if MIXED.search(word[0]) else word[0]


MARKERS = re.compile(r"^[\s>#*_~|+-]*+", re.MULTILINE)
"""What Markdown puts before the words of a line."""

LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s[^()]{0,500})?\)")
EMPHASIS = re.compile(r"[*_`]{1,3}+")


def unmarked(text: str) -> str:
    """A Markdown block without its markers, links as their text: what a reader reads, and a rule judges.

    >>> unmarked("> **You've read** [3 of 5](https://example.org) free articles")
    "You've read 3 of 5 free articles"
    """
    return EMPHASIS.sub("", LINK.sub(r"\1", MARKERS.sub("", text)))
