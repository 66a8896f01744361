"""Text that reads in Markdown as it is: what would be markup is escaped, and no more than that."""

from __future__ import annotations

import re
from typing import Final

_WHITE: Final = r" \t\n\v\f\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # what CommonMark takes for white space
_ALWAYS = re.compile(
    r"""
    \\ (?= [!-/:-@\[-`{-~\ufdd0\ufdd1] | $ )   # a backslash that would escape (a link's bracket, too: see `links`), or break the line
    | < (?= [A-Za-z/!?] )                   # a tag, a comment, an address in angle brackets
    | & (?= \#? [A-Za-z0-9]{1,40} ; )       # a character reference
    | \] (?= \( )                           # a link or an image
    """,
    re.VERBOSE | re.MULTILINE,
)
_OPENING = re.compile(
    r"""
    ^ (?:
        (?P<number> \d{1,9} ) (?= [.)] (?: \s | $ ) )    # the number of an item
        | (?P<run> \*++ | _++ | ~++ ) (?: (?<=~~~)       # a fence
            | (?= \s | $ | [-=_*:|\ \t]* $ ) )           # an item, a rule; half a run would be another sign of emphasis
        | (?= [-+] (?: \s | $ )                          # an item
            | \#{1,6} (?: \s | $ ) | >                   # a heading, a quotation
            | ```                                        # a fence
            | [-=:|] [-=_*:|\ \t]* $                     # a rule, the line under a heading or under a table's head
            | \[\^ [^\]\[]{1,999} \]:                    # a footnote
            | \A \[ [\s\S]{1,1999}? \]:                 # the target of a link, which begins a paragraph
            | \[ [\ xX] \] \s )                          # a box to tick
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_CLOSING = re.compile(r"(?<![^ ])(?=#+$)")
_RUNS = {mark: re.compile(rf"{re.escape(mark)}++") for mark in "*_~`"}
_WORD = r"[^\W_]"
_OPENS = {mark: re.compile(rf"(?<!{re.escape(mark)}){re.escape(mark)}++(?![{_WHITE}]|\Z)") for mark in "*~"}  # runs as a whole
_OPENS["_"] = re.compile(rf"(?<!{_WORD})(?<!_)_++(?![{_WHITE}]|\Z)")
_CLOSES = {mark: re.compile(rf"(?<=[^{_WHITE}{mark}]){re.escape(mark)}") for mark in "*~"}
_CLOSES["_"] = re.compile(rf"(?<=[^{_WHITE}_])_++(?!{_WORD})")


def escape_text(text: str) -> str:
    r"""A paragraph or an item's text, of one line or several.

    >>> print(escape_text("1. snake_case, f(a[1], *b) & <b>; 5 * 3\n- 2"))
    1\. snake_case, f(a[1], *b) & \<b>; 5 * 3
    \- 2
    """
    return _OPENING.sub(_escaped_opening, escape_inline(text))


def _escaped_opening(found: re.Match[str]) -> str:
    return f"{found['number']}\\" if found["number"] else _escaped(found["run"]) if found["run"] else "\\"


def escape_heading(text: str) -> str:
    r"""A heading's text, which is one line.

    >>> print(escape_heading("1. C #"), escape_heading("*Lamps* in C#"))
    1. C \# \*Lamps\* in C#
    """
    return _CLOSING.sub(r"\\", escape_inline(text), count=1)


def escape_cell(text: str) -> str:
    """A table cell's text, which is one line."""
    return escape_inline(text).replace("|", "\\|")


def escape_inline(text: str) -> str:
    r"""Text without what could be emphasis, code, a link or a tag; signs that have no counterpart stay as they are.

    >>> print(escape_inline("*from 5 a.m."), escape_inline("__init__"), escape_inline("~5 to ~6"), escape_inline("[1](note)"))
    *from 5 a.m. \_\_init\_\_ ~5 to ~6 [1\](note)
    """
    marks = [mark for mark in "*_~" if mark in text and _pairs(text, mark)]
    if text.count("`") > 1 and len(_RUNS["`"].findall(text)) > 1:
        marks.append("`")
    text = _ALWAYS.sub(r"\\\g<0>", text)
    for mark in marks:
        text = _RUNS[mark].sub(_escaped_run, text)
    return text


def _pairs(text: str, mark: str) -> bool:
    first = _OPENS[mark].search(text)
    return first is not None and _CLOSES[mark].search(text, first.end()) is not None


def _escaped_run(found: re.Match[str]) -> str:
    run, text = found[0], found.string
    if run[0] == "_" and text[found.start() - 1 : found.start()].isalnum() and text[found.end() : found.end() + 1].isalnum():
        return run  # within a word
    return _escaped(run)


def _escaped(run: str) -> str:
    return "".join(f"\\{mark}" for mark in run)
