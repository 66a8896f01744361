"""Plain text to segments: a line is a block, unless lines were wrapped; then the paragraph is."""

from __future__ import annotations

import re

from cleantext.segment.segment import Segment, Segmentation

BREAK = re.compile(r"\r\n|\r|\n")
BULLET = re.compile(r"\s*(?:[-*•·–—]|\d{1,3}[.)])\s")
SENTENCE_ENDS = tuple(".!?…:;。！？\"'”’»")
WIDTHS = range(45, 121)
"""Columns at which people and mail programs wrap text."""


def segment_text(source: str) -> Segmentation:
    r"""Cut a text into blocks that tile it: each block's text and the white space after it, nothing between.

    >>> [(s.text, s.after) for s in segment_text("Title\n\nFirst line.\nSecond line.\n").segments]
    [('Title', '\n\n'), ('First line.', '\n'), ('Second line.', '\n')]

    Lines that were hard-wrapped become one block, since a sentence may run across them. A run of lines was wrapped if
    the first word of each line would not have fitted on the line before.
    """
    return Segmentation(_unwrap(_lines(source), source))


def _lines(source: str) -> list[Segment]:
    """Each line that is not blank, with its line break and the blank lines after it."""
    segments: list[Segment] = []
    start = 0
    for line in _pieces(source):
        if segments and (not line or line.isspace()):
            segments[-1].after += line
        else:
            text = line.rstrip("\r\n")
            segments.append(Segment(text, start, line[len(text) :]))
        start += len(line)
    return segments


def _pieces(source: str) -> list[str]:
    """The lines of a source with their breaks (`\\n`, `\\r\\n` or `\\r` only: other separators belong to the text)."""
    if "\r" in source:
        ends = [match.end() for match in BREAK.finditer(source)]
        pieces = [source[i:j] for i, j in zip([0, *ends], [*ends, len(source)], strict=True)]
    else:
        pieces = [line + "\n" for line in source.split("\n")]
        pieces[-1] = pieces[-1][:-1]
    return pieces if pieces[-1] else pieces[:-1]


def _unwrap(segments: list[Segment], source: str) -> list[Segment]:
    """Join the lines of each wrapped paragraph; the common case, long lines or blank lines between all, costs one look."""
    joined: list[Segment] = []
    first = 0
    for i, segment in enumerate(segments):
        if len(segment.after) <= 2 and segment.after in ("\n", "\r\n", "\r") and i + 1 < len(segments):
            continue
        run = segments[first : i + 1]
        if len(run) > 1 and _wrapped([part.text for part in run]):
            end = run[-1].start + len(run[-1].text)
            joined.append(Segment(source[run[0].start : end], run[0].start, run[-1].after))
        else:
            joined += run
        first = i + 1
    return joined


def _wrapped(lines: list[str]) -> bool:
    width = max(map(len, lines))
    if width not in WIDTHS or any(BULLET.match(line) for line in lines):
        return False
    for line, following in zip(lines, lines[1:], strict=False):
        if len(line) + 1 + len(following.split(None, 1)[0] if following.strip() else "") <= width:
            return False
    ended = sum(line.rstrip().endswith(SENTENCE_ENDS) for line in lines[:-1])
    return ended * 2 < len(lines) - 1 or (ended == 0 and len(lines) == 2)
