"""Lines for a terminal: broken by the columns that characters take, as each script breaks its lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

import regex

_OPENING: Final = r"\p{Ps}\p{Pi}"
_CLOSING: Final = r"\p{Pe}\p{Pf}、。，．・：；！？ーゝ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ!?,.:;%"
_WIDE: Final = r"\p{Han}\p{Hiragana}\p{Katakana}ー々"

# A word; but of Chinese and Japanese each character, with what may not stand before or behind a break. The look
# ahead is bounded, since it is tried at each character.
_PIECE: Final = regex.compile(
    rf"""
    \s+
  | [{_OPENING}]* [{_WIDE}] \p{{M}}* [{_CLOSING}]*
  | [^\s{_WIDE}]+? (?= [\s{_WIDE}] | [{_OPENING}]{{1,8}} [{_WIDE}] | \Z)
    """,
    regex.VERBOSE,
)


def wrap(text: str, indent: str, width: int, unseen: str = "") -> list[str]:
    """The text as lines of at most `width` columns, the `indent` among them; `unseen` characters take none.

    >>> wrap("雨が降った。「寒い」", "  ", 14)
    ['  雨が降った。', '  「寒い」']
    """
    room = width - columns(indent)
    lines, line, taken = [], "", 0
    for piece, size in _pieces(text, room, unseen):
        if taken + size > room and not piece.isspace():
            lines.append(line.rstrip())
            line, taken = "", 0
        if line or not piece.isspace():
            line, taken = line + piece, taken + size
    return [indent + each for each in (*lines, line.rstrip()) if each]


def columns(text: str, unseen: str = "") -> int:
    """How many columns a text takes: none for a mark above or below a letter, two for a Chinese character.

    >>> columns("雨 e\u0301")
    4
    """
    if text.isascii() and not (unseen and any(char in text for char in unseen)):
        return len(text)
    return sum(_columns(char) for char in text if char not in unseen)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _pieces(text: str, room: int, unseen: str) -> Iterator[tuple[str, int]]:
    """What may not be broken, with its columns; cut all the same where it is longer than a line."""
    for match in _PIECE.finditer(text):
        if (size := columns(match[0], unseen)) <= room:
            yield match[0], size
            continue
        start = taken = 0
        for at, char in enumerate(match[0]):
            size = columns(char, unseen)
            if taken + size > room and at > start:
                yield match[0][start:at], taken
                start, taken = at, 0
            taken += size
        yield match[0][start:], taken
