"""Plain text to segments: a line is a block, unless lines were wrapped; then the paragraph is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleantext.segment.segment import Segment, Segmentation

BREAK = re.compile(r"\r\n|\r|\n")
BULLET = re.compile(r"\s*(?:[-*•·–—]|\d{1,3}[.)])\s")
SENTENCE_ENDS = tuple(".!?…:;。！？\"'”’»")
SINGLE_BREAKS = frozenset({"\n", "\r\n", "\r"})
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
    for line, ending in _endings(source) if "\r" in source else ((line, "\n") for line in source.split("\n")):
        if line and not line.isspace():
            segments.append(Segment(line, start, ending))
        elif segments:
            segments[-1].after += line + ending
        else:
            segments.append(Segment("", 0, line + ending))
        start += len(line) + len(ending)
    if start > len(source):  # the last line has no ending
        segments[-1].after = segments[-1].after[:-1]
    return segments if segments[-1].text or segments[-1].after else segments[:-1]


def _endings(source: str) -> Iterator[tuple[str, str]]:
    r"""Lines with their endings (`\n`, `\r\n` or `\r`: other separators belong to the text)."""
    start = 0
    for ending in BREAK.finditer(source):
        yield source[start : ending.start()], ending[0]
        start = ending.end()
    yield source[start:], ""


def _unwrap(segments: list[Segment], source: str) -> list[Segment]:
    """Join the lines of each wrapped paragraph; the common case, long lines or blank lines between all, costs one look."""
    joined: list[Segment] = []
    first = 0
    for i, segment in enumerate(segments, 1):
        if segment.after in SINGLE_BREAKS and i < len(segments):
            continue
        if i - first > 1 and _wrapped(segments[first:i]):
            start, last = segments[first].start, segments[i - 1]
            joined.append(Segment(source[start : last.start + len(last.text)], start, last.after))
        else:
            joined += segments[first:i]
        first = i
    return joined


def _wrapped(segments: list[Segment]) -> bool:
    lines = [segment.text for segment in segments]
    width = max(map(len, lines))
    if width not in WIDTHS or any(BULLET.match(line) for line in lines):
        return False
    for line, following in zip(lines, lines[1:], strict=False):
        if len(line) + 1 + len(following.split(None, 1)[0] if following.strip() else "") <= width:
            return False
    ended = sum(line.rstrip().endswith(SENTENCE_ENDS) for line in lines[:-1])
    return ended * 2 < len(lines) - 1 or (ended == 0 and len(lines) == 2)
