"""Plain text to segments: a line is a block, unless lines were wrapped; then the paragraph is."""

from __future__ import annotations

import re

from cleantext.segment.segment import Segment, Segmentation

LINE = re.compile(r"([^\r\n]*)((?:[^\S\r\n]*+(?:\r\n|[\r\n]))*+)")
"""A line, and the line breaks and blank lines after it. Both repeats are possessive: nothing is read twice."""

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
    segments = [
        Segment(line[1], line.start(), line[2]) for line in LINE.finditer(source) if line.end() > line.start()
    ]
    return Segmentation(_unwrap(segments, source))


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
