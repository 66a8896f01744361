"""Markdown to segments: the source cut at its block structure, every piece as it is written.

A scanner of our own and not a parser's source map: markdown-it-py is half as quick (block rules alone, 3.5 MB/s against 7.4),
stops at a nesting depth, needs a plugin for front matter, and its map has no place for what stands between blocks. Here each
line is read once, open lists are kept on a list instead of the call stack, and what is not understood is a paragraph. On 48
Markdown documents (420,000 characters) the two agree on every one of 2,778 headings, items, rows, code blocks and rules.

The rules are CommonMark's and GitHub's tables, with less: a list that begins within an item's first line (`- - a`) is
that item's text; a quotation within an item is told by its marker alone; a table's row has a pipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Literal

from cleantext.document import PARAGRAPH, Shape
from cleantext.segment.markdown_lines import (
    ATX,
    CLOSING,
    DELIMITER,
    ENDED_BY_BLANK,
    ENDED_BY_TEXT,
    FENCE,
    FOOTNOTE,
    FRONT_MATTER,
    LINE,
    LONE_TAG,
    MARKER,
    PIPE,
    RULE,
    SPECIAL,
    TAB,
    UNDERLINE,
    Line,
    cells,
    closes,
    read_line,
    width,
)
from cleantext.segment.segment import Segment, Segmentation
from cleantext.segment.text import split_text

_DEEPEST: Final = 100
"""Lists nested deeper are told apart no more, so that a line's place among the open lists is found in bounded time."""


@dataclass(slots=True)
class _List:
    """An open list: in which quotation, by which marker, and the column at which its current item's text begins."""

    quote: int
    kind: str
    content: int
    ordinal: int
    group: int


@dataclass(slots=True)
class _Open:
    """The block that the next line may belong to, and what ends it.

    Its last line starts at `tail`, and the one before that ends at `rest`.
    """

    shape: Shape
    start: int
    end: int
    kind: Literal["text", "row", "indented", "fence", "html", "closed"] = "text"
    floor: int = 0
    fence: str = ""
    closing: re.Pattern[str] | None = None
    tail: int = -1
    rest: int = -1

    def extend(self, start: int, end: int) -> None:
        self.rest, self.tail, self.end = self.end, start, end


def segment_markdown(source: str) -> Segmentation:
    r"""Cut Markdown into blocks that tile it: each block as it is written, markers and all, and the white space after it.

    >>> [(s.text, s.after, s.shape.role) for s in segment_markdown("# Lamps\n\n- one\n  more\n- two\n").segments]
    [('# Lamps', '\n\n', 'heading'), ('- one', '\n', 'item'), ('  more', '\n', 'item'), ('- two', '\n', 'item')]

    The lines of a paragraph or an item are segments of their own, unless they were hard-wrapped. A table's line of dashes belongs to its head, an empty line of a quotation (`>`) to the block before it. A second
    paragraph of a list item is a paragraph. Blank text before the first block is a segment with empty text. Never raises;
    linear in the length of `source`.
    """
    scanner = _Scanner(source)
    scanner.scan()
    return Segmentation(scanner.segments)


def _lines(segment: Segment) -> Iterator[Segment]:
    """The lines of a paragraph or an item that was not wrapped, each a segment; any other segment as it is."""
    text, position = segment.text, 0
    if segment.shape.role not in ("paragraph", "item") or ("\n" not in text and "\r" not in text):
        yield segment
        return
    marker = MARKER.match(text, len(text) - len(text.lstrip(" \t")))
    words = marker.end() if marker else 0
    texts, afters = split_text(" " * words + text[words:])  # of the same width, but no bullet, which ends a wrapped paragraph
    afters[-1] += segment.after
    for part, after in zip(texts, afters, strict=True):
        yield Segment(text[position : position + len(part)], segment.start + position, after, segment.shape)
        position += len(part) + len(after)


@dataclass(slots=True)
class _Scanner:
    source: str
    segments: list[Segment] = field(default_factory=list)
    last: _Open | None = None
    open: _Open | None = None
    lists: list[_List] = field(default_factory=list)
    groups: int = 0

    def scan(self) -> None:
        source = self.source
        for match in LINE.finditer(source, self._front_matter()):
            body, block = match[2], self.open
            if body and body[0] not in SPECIAL and block and block.kind == "text" and not body.isspace():
                block.extend(match.start(), match.end(2))
                continue
            if not body and not (block and block.kind in ("fence", "html", "indented")):
                self.open = None
                continue
            line = read_line(match, self.lists[-1].content if self.lists else 0)
            if not line.body or line.body.isspace():
                self._blank(line)
            elif not self._continues(line):
                self._begin(line)
        self._flush(len(source))

    def _add(self, block: _Open) -> None:
        self._flush(block.start)
        self.last = block
        self.open = block if block.kind != "closed" else None

    def _flush(self, end: int) -> None:
        """Make the last block a segment, or each of its lines, with all up to `end` that is not its text as its white space.

        The lines of HTML, of a comment and of a quotation belong together: none is well-formed by itself.
        """
        if block := self.last:
            segment = Segment(self.source[block.start : block.end], block.start, self.source[block.end : end], block.shape)
            whole = block.kind != "text" or block.shape.quote
            self.segments += (segment,) if whole else _lines(segment)
        elif end:
            self.segments.append(Segment("", 0, self.source[:end]))

    def _front_matter(self) -> int:
        """Where the front matter ends."""
        lines = LINE.finditer(self.source)
        mark, first = next(lines)[0].lstrip("\ufeff").rstrip(), next(lines, None)
        if mark not in CLOSING or first is None or not FRONT_MATTER[mark].match(first[0]):
            return 0
        for line in chain((first,), lines):
            if line[0].rstrip() in CLOSING[mark]:
                self._add(_Open(Shape("front_matter"), 0, line.end(2), "closed"))
                return line.end()
        return 0

    # -------------------------------------------------------- lines that belong to what is open

    def _blank(self, line: Line) -> None:
        block = self.open
        if block and (line.quote < block.shape.quote or not (block.kind in ("fence", "indented") or block.closing)):
            self.open = None
        if line.quote:
            self._keep_marks(line)

    def _keep_marks(self, line: Line) -> None:
        """The marks of an empty line of a quotation are not white space: they go with the block before."""
        if self.last:
            self.last.end = line.end
        else:
            self._add(_Open(Shape(quote=line.quote), line.start, line.end, "closed"))

    def _continues(self, line: Line) -> bool:
        block = self.open
        if block is None or (line.quote < block.shape.quote and block.kind != "text"):
            return False
        if block.kind == "text":
            if line.quote > block.shape.quote or self._interrupts(line, block):
                return False
        elif block.kind == "row":
            return self._next_row(line, block)
        elif block.kind == "fence" or block.kind == "indented":
            same = line.quote == block.shape.quote
            if (line.indent if same else line.lead) < block.floor and (same or not block.shape.quote):
                return False
            if block.fence and same and closes(line.body, block.fence):
                self.open = None
        elif block.closing and block.closing.search(line.body):
            self.open = None
        block.extend(line.start, line.end)
        return True

    def _next_row(self, line: Line, block: _Open) -> bool:
        if line.quote != block.shape.quote or not PIPE.search(line.body) or self._interrupts(line, block):
            return False
        self._add(_Open(Shape("row", quote=line.quote, group=block.shape.group), line.start, line.end, "row"))
        return True

    def _interrupts(self, line: Line, block: _Open) -> bool:
        """Does the line begin something that ends a paragraph or a table?"""
        body = line.body
        if body[0] not in SPECIAL:
            return False
        depth, sibling = self._containers(line)
        if self._relative(line, depth) >= TAB:
            return False
        if block.kind == "text" and (UNDERLINE.match(body) or self._is_under_head(line, block)):
            return True
        if FENCE.match(body) or ATX.match(body) or RULE.match(body):
            return True
        if marker := MARKER.match(body):
            return sibling is not None or (marker.end() < len(body) and marker[2] in (None, "1"))
        if body[0] == "<":
            return bool(ENDED_BY_BLANK.match(body)) or any(opening.match(body) for opening, _ in ENDED_BY_TEXT)
        return line.quote > block.shape.quote or bool(FOOTNOTE.match(body))

    # -------------------------------------------------------- lines that begin a block

    def _containers(self, line: Line) -> tuple[int, _List | None]:
        """In how many of the open lists the line stands, and the list just outside of which it may be the next item."""
        depth, sibling = len(self.lists), None
        while depth:
            inner = self.lists[depth - 1]
            column = line.column if line.quote == inner.quote else line.margin - 2 if inner.quote else line.lead
            if line.quote >= inner.quote and column >= inner.content:
                break
            depth -= 1
            sibling = inner if line.quote == inner.quote else None
        return depth, sibling

    def _relative(self, line: Line, depth: int) -> int:
        """The columns of indentation within the innermost container."""
        if depth and self.lists[depth - 1].quote == line.quote:
            return line.column - self.lists[depth - 1].content
        return line.indent

    def _begin(self, line: Line) -> None:
        if self.open and self.open.kind == "text" and (self._underlines(line, self.open) or self._delimits(line, self.open)):
            return
        depth, sibling = self._containers(line)
        del self.lists[depth:]
        self.open = None
        floor = self.lists[-1].content if depth and self.lists[-1].quote == line.quote else 0
        body, start, end = line.body, line.start, line.end
        if self._relative(line, depth) >= TAB:
            self._add(_Open(Shape("code", quote=line.quote), start, end, "indented", max(floor - line.margin, 0) + TAB))
        elif body[0] not in SPECIAL:
            self._text(line)
        elif fence := FENCE.match(body):
            self._fence(line, fence[1] or fence[2], max(floor - line.margin, 0))
        elif atx := ATX.match(body):
            self._add(_Open(Shape("heading", len(atx[1]), quote=line.quote), start, end, "closed"))
        elif RULE.match(body):
            self._add(_Open(Shape(quote=line.quote), start, end, "closed"))
        elif marker := MARKER.match(body):
            self._item(line, marker, sibling)
        elif body[0] != "<" or not self._html(line):
            self._text(line)

    def _text(self, line: Line) -> None:
        shape = Shape(quote=line.quote) if line.quote else PARAGRAPH
        self._add(_Open(shape, line.start, line.end, tail=line.start))

    def _underlines(self, line: Line, block: _Open) -> bool:
        """A line of `=` or `-` makes a heading of the paragraph before."""
        if block.shape.role != "paragraph" or line.quote != block.shape.quote or not UNDERLINE.match(line.body):
            return False
        if not 0 <= self._relative(line, len(self.lists)) < TAB:
            return False
        block.shape = Shape("heading", 1 if line.body[0] == "=" else 2, quote=line.quote)
        block.end, self.open = line.end, None
        return True

    def _is_under_head(self, line: Line, block: _Open) -> bool:
        """Is this a line of dashes with as many cells as the line above it?"""
        if block.shape.role != "paragraph" or line.quote != block.shape.quote:
            return False
        if "|" not in line.body or not DELIMITER.match(line.body):
            return False
        return cells(line.body) == cells(self.source[block.tail : block.end].lstrip("> \t"))

    def _delimits(self, line: Line, block: _Open) -> bool:
        """Make a line and the dashes under it a table's head; what stands above stays a paragraph."""
        if not self._is_under_head(line, block):
            return False
        self.groups += 1
        shape = Shape("row", quote=line.quote, group=self.groups, header=True)
        if block.tail == block.start:
            block.shape, block.kind, block.end = shape, "row", line.end
        else:
            block.end = block.rest
            self._add(_Open(shape, block.tail, line.end, "row"))
        return True

    def _fence(self, line: Line, fence: str, floor: int) -> None:
        self._add(_Open(Shape("code", quote=line.quote), line.start, line.end, "fence", floor, fence))

    def _item(self, line: Line, marker: re.Match[str], sibling: _List | None) -> None:
        kind, number = marker[1][-1], int(marker[2] or 0)
        if sibling is None or sibling.kind != kind:
            self.groups += 1
            sibling = _List(line.quote, kind, 0, number - 1, self.groups)
        ordinal = sibling.ordinal + 1 if marker[2] else 0
        space, text = width(marker[3]), line.body[marker.end() :]
        content = line.column + len(marker[1]) + (space if space <= TAB and text else 1)
        del self.lists[_DEEPEST:]
        self.lists.append(_List(line.quote, kind, content, ordinal, sibling.group))
        if fence := FENCE.match(text):
            self._fence(line, fence[1] or fence[2], content - line.margin)
            return
        level = sum(1 for outer in self.lists if outer.quote == line.quote)
        self._add(_Open(Shape("item", level, ordinal, line.quote, sibling.group), line.start, line.end, tail=line.start))

    def _html(self, line: Line) -> bool:
        block = _Open(Shape(quote=line.quote), line.start, line.end, "html")
        for opening, closing in ENDED_BY_TEXT:
            if match := opening.match(line.body):
                block.closing = closing
                if closing.search(line.body, match.end()):
                    block.kind = "closed"
                break
        else:
            if not (ENDED_BY_BLANK.match(line.body) or LONE_TAG.match(line.body)):
                return False
        self._add(block)
        return True
