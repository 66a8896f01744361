"""The walk over the DOM: the text of one block after the other, with its structure."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from cleantext.document import PARAGRAPH, Shape
from cleantext.segment.elements import BLOCKS, FALLBACK, HTML_SPACE, LISTS, SEPARATORS, SKIPPED, collapse, is_block, printable
from cleantext.segment.frames import Context, Frame, Vocabulary
from cleantext.segment.head import HeadReader
from cleantext.segment.hints import Hints
from cleantext.segment.paragraphs import BREAK, Piece, paragraphs
from cleantext.segment.segment import Markup, Segment
from cleantext.segment.tables import is_data_row, is_header_row

_DECLARING = frozenset({"meta", "title", "script", "link"})
_CLOSED = SKIPPED | _DECLARING | {"br", "hr", "embed"}  # not entered
_NOTICE = 200  # characters; if it holds more, a picture or film was never closed, and has swallowed what follows
_APART = frozenset({"a", "option", "button", "label"})  # two of these side by side are two words, with or without a space
_ARRANGED = LISTS | {"li", "table", "tr"}
_ACTING = BLOCKS | SEPARATORS | _APART  # these tell something even if nothing is in them


class Walker:
    """Reads the tree from top to bottom, without recursion, each node once."""

    def __init__(self, head: HeadReader) -> None:
        self.segments: list[Segment] = []
        self.head = head
        self.vocabulary = Vocabulary()
        self.hints = Hints()
        self.elements = self.groups = 0
        self.unscripted: list[str] = []
        self.set_aside: list[tuple[Frame, list[Piece], Frame | None, Frame | None, list[list[Piece]] | None]] = []
        self.own: dict[Frame, list[Markup]] = {}  # what stands in each open block
        self._clear()
        self.row: list[list[Piece]] | None = None  # the finished cells of the table row that is being read

    def _clear(self) -> None:
        self.pieces: list[Piece] = []
        self.common: Frame | None = None  # the innermost element that holds all the text so far
        self.lowest: Frame | None = None  # the outermost element that was returned to since the first letter

    def walk(self, root: LexborNode | None) -> None:
        """Visit all nodes below `root`."""
        if root is None:
            return
        node: LexborNode | None = root.first_child
        frame: Frame | None = self._enter_root(root)
        entered = [root]
        while frame is not None:
            while node is not None:
                tag = node.tag or "-"
                if tag == "-text":
                    text = node.text_content or ""
                    if self.pieces or not text.isspace() or frame.context.verbatim or text.strip(HTML_SPACE):
                        self._read(text, frame)  # else it is white space at a block's beginning, which is not shown
                elif tag in _CLOSED and not (tag in FALLBACK and len(node.text()) > _NOTICE):
                    self._pass(node, tag)
                elif tag[0] not in "-!":
                    inner = node.first_child
                    if inner is not None:
                        frame = self._enter(node, tag, frame)
                        entered.append(node)
                        node = inner
                        continue
                    if tag in _ACTING or "-" in tag:
                        self._leave(self._enter(node, tag, frame))
                    else:  # an image, say: it counts, and that is all
                        self.elements += 1
                        frame.children += 1
                node = node.next
            self._leave(frame)
            frame = frame.parent
            node = entered.pop().next
        self._flush()

    def _read(self, text: str, frame: Frame) -> None:
        self.pieces.append((text, frame.link))
        if not text.isspace():
            if self.common is None:
                self.lowest = frame
            self.common = self.lowest

    def _pass(self, node: LexborNode, tag: str) -> None:
        """Take note of an element in which nothing is text."""
        if tag == "br":
            self.pieces.append((BREAK, 0))
        elif tag in _DECLARING:
            self.head.read(tag, node)
        elif tag in SEPARATORS:
            self._flush()
        elif tag == "noscript" and node.first_child is not None:
            self.unscripted.append(node.first_child.text_content or "")

    def _enter_root(self, node: LexborNode) -> Frame:
        self.elements += 1
        attributes = node.attributes
        self.head.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        return Frame(node.tag or "", attributes, None, self.elements, block=True)

    def _enter(self, node: LexborNode, tag: str, parent: Frame) -> Frame:
        """Begin an element."""
        if tag in SEPARATORS:
            self._flush()
        self.elements += 1
        block = tag in BLOCKS or is_block(tag, parent.tag)
        frame = Frame(tag, node.attributes, parent, self.elements, block)
        if frame.hidden and not parent.hidden and (not block or self.row is not None):
            self._set_aside(frame)
        elif block:
            self._begin(frame, parent, node)
        elif tag in _APART and self.pieces and not self.pieces[-1][0]:
            self.pieces.append((" ", 0))
        return frame

    def _set_aside(self, frame: Frame) -> None:
        """What is hidden inside a paragraph becomes a segment of its own, before the paragraph."""
        self.set_aside.append((frame, self.pieces, self.common, self.lowest, self.row))
        self._clear()
        self.row = None

    def _begin(self, frame: Frame, parent: Frame, node: LexborNode) -> None:
        if parent.context.verbatim:
            self.pieces.append(("\n", 0))
            return
        if self.pieces or self.row is not None:
            self._flush()
        if self.row is not None:
            return
        tag, context = frame.tag, frame.context
        if tag not in _ARRANGED:
            return
        if (tag in LISTS and context.list_depth == 1) or tag == "table":
            self.groups += 1
            context.group = self.groups
        elif tag == "li":
            parent.counter += 1
            if parent.tag == "ol" and context.item is not None:
                context.item.ordinal = parent.counter
        elif tag == "tr" and is_data_row(node):
            self.row = []
            if not context.header and is_header_row(node):
                frame.context = Context(context)
                frame.context.header = True

    def _leave(self, frame: Frame) -> None:
        """End an element."""
        if self.set_aside and self.set_aside[-1][0] is frame:
            self._flush()
            _, self.pieces, self.common, self.lowest, self.row = self.set_aside.pop()
        elif frame.block:
            if self.pieces or self.row is not None or frame.mixed:
                self._end(frame)
        elif frame.tag in _APART:
            self.pieces.append(("", 0))
        if self.lowest is frame:
            self.lowest = frame.parent

    def _end(self, frame: Frame) -> None:
        if frame.parent is not None and frame.parent.context.verbatim:
            return
        if self.row is None:
            if self.pieces:
                self._flush()
        elif frame.tag in ("td", "th"):
            self.row.append(self.pieces)
            self.pieces = []
        elif frame.tag == "tr":
            cells, common, self.row = self.row, self.common, None
            self._clear()
            self._add_row(cells, common or frame)
        else:
            self._flush()
        if frame.mixed and frame.tag != "p":
            for markup in self.own.pop(frame, ()):
                markup.container = frame

    def _flush(self) -> None:
        """End the block that is being read."""
        pieces, common = self.pieces, self.common
        if self.row is not None:
            pieces.append((" ", 0))
            return
        if not pieces:
            return
        self._clear()
        if common is None:
            return
        if common.context.verbatim:
            self._add("".join([text if text != BREAK else "\n" for text, _ in pieces]).strip("\r\n").rstrip(), 0, common)
            return
        parts = paragraphs(pieces)
        common.holder.mixed |= len(parts) > 1
        for text, links in parts:
            self._add(text, links, common)

    def _add_row(self, cells: list[list[Piece]], frame: Frame) -> None:
        texts = [collapse("".join([text if text != BREAK else " " for text, _ in pieces])) for pieces in cells]
        self._add("\t".join(texts).rstrip("\t"), 0, frame)

    def _add(self, text: str, links: int, frame: Frame) -> None:
        text = printable(text)
        if not text or text.isspace():
            return
        block = frame.holder
        markup = Markup(links, frame.hidden, frame, block.parent, self.vocabulary)
        self.own.setdefault(block, []).append(markup)
        self.segments.append(Segment(text, -1, "", _shape(block, frame), "dom", self.hints.of(frame, text), markup))


_NEAR_CODE = 4  # elements from the code block up that may name its language
_NO_LANGUAGE = frozenset("none plain plaintext text txt nohighlight".split())
_LANGUAGE = re.compile(r"\b(?:lang(?:uage)?|highlight-source|brush:?)[-\s]([a-z0-9+#]{1,20})(?![\w-])", re.IGNORECASE)

_shared = lru_cache(1000)(Shape)  # most blocks of a page are of few shapes


def _shape(block: Frame, innermost: Frame) -> Shape:
    """The structure of the next segment of a block; the first one in a list item is the item."""
    context = block.context
    quote, item = context.quote, context.item
    number = item.number if item is not None else 0
    if context.verbatim:
        return _shared("code", 0, 0, quote, 0, False, number, _language(innermost))
    if context.heading:
        return _shared("heading", context.heading, 0, quote, 0, False, number)
    if block.tag == "tr":
        return _shared("row", 0, 0, quote, context.group, context.header, number)
    if item is not None and not item.used:
        item.used = True
        return _shared("item", item.level, item.ordinal, quote, item.group, False, number)
    return _shared("paragraph", 0, 0, quote, 0, False, number) if quote or number else PARAGRAPH


def _language(frame: Frame | None) -> str:
    """The language that a class on a code block, or around it, names."""
    steps = 0
    while frame is not None and steps < _NEAR_CODE:
        if frame.names and (found := _LANGUAGE.search(frame.names)):
            return "" if (name := found[1].lower()) in _NO_LANGUAGE else name
        frame, steps = frame.parent, steps + 1
    return ""
