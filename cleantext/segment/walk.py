"""The walk over the DOM: the text of one block after the other, with its structure."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from cleantext.document import Shape
from cleantext.segment.elements import LISTS, SEPARATORS, SKIPPED, collapse, printable
from cleantext.segment.frames import Frame, Vocabulary
from cleantext.segment.head import HeadReader
from cleantext.segment.hints import hint
from cleantext.segment.paragraphs import BREAK, Piece, paragraphs
from cleantext.segment.segment import Markup, Segment
from cleantext.segment.tables import is_data_row, is_header_row

_DECLARING = frozenset({"meta", "title", "script", "link"})
_APART = frozenset({"a", "option", "button", "label"})  # two of these side by side are two words, with or without a space


class Walker:
    """Reads the tree from top to bottom, without recursion, each node once."""

    def __init__(self, head: HeadReader) -> None:
        self.segments: list[Segment] = []
        self.head = head
        self.vocabulary = Vocabulary()
        self.elements = self.groups = 0
        self.unscripted: list[str] = []
        self.set_aside: list[tuple[list[Piece], Frame | None, Frame | None, list[str] | None]] = []
        self._clear()
        self.row: list[str] | None = None  # the finished cells of the table row that is being read

    def _clear(self) -> None:
        self.pieces: list[Piece] = []  # text, and whether it is a link's
        self.common: Frame | None = None  # the innermost element that holds all the text so far
        self.lowest: Frame | None = None  # the outermost element that was returned to since the first letter

    def walk(self, root: LexborNode | None) -> None:
        """Visit all nodes below `root`."""
        node, frame = root, None
        entered_nodes: list[LexborNode] = []
        while node is not None:
            following = None
            tag = node.tag or "-"
            if tag == "-text":
                if frame is not None:
                    self._read(node.text_content or "", frame)
            elif tag[0] not in "-!" and (entered := self._enter(node, tag, frame)) is not None:
                following = node.child
                if following is None:
                    self._leave(entered)
                else:
                    entered_nodes.append(node)
                    frame = entered
            if following is None:
                following = node.next
            while following is None and frame is not None:
                self._leave(frame)
                frame = frame.parent
                following = entered_nodes.pop().next
            node = following
        self._flush()

    def _read(self, text: str, frame: Frame) -> None:
        self.pieces.append((text, frame.link))
        if text.isspace():
            return
        if self.common is None:
            self.lowest = frame
        self.common = self.lowest

    def _enter(self, node: LexborNode, tag: str, parent: Frame | None) -> Frame | None:
        """Begin an element; None if nothing in it is text."""
        if tag == "br":
            self.pieces.append((BREAK, False))
            return None
        if tag in _DECLARING:
            self.head.read(tag, node)
            return None
        if tag in SEPARATORS:
            self._flush()
        if tag in SKIPPED or tag == "hr" or tag == "embed":
            if tag == "noscript" and node.child is not None:
                self.unscripted.append(node.child.text_content or "")
            return None
        self.elements += 1
        frame = Frame(tag, node.attributes, parent, self.elements)
        if parent is None:
            self.head.language = frame.language
        elif frame.hidden and not parent.hidden and (not frame.block or self.row is not None):
            self._set_aside(frame)
        elif frame.block:
            self._begin(frame, node)
        elif tag in _APART and self.pieces and not self.pieces[-1][0]:
            self.pieces.append((" ", False))
        return frame

    def _set_aside(self, frame: Frame) -> None:
        """What is hidden inside a paragraph becomes a segment of its own, before the paragraph."""
        frame.detached = True
        self.set_aside.append((self.pieces, self.common, self.lowest, self.row))
        self._clear()
        self.row = None

    def _begin(self, frame: Frame, node: LexborNode) -> None:
        tag, parent = frame.tag, frame.parent
        if parent is not None and parent.verbatim:
            self.pieces.append(("\n", False))
            return
        self._flush()
        if self.row is not None:
            return
        if (tag in LISTS and frame.list_depth == 1) or tag == "table":
            self.groups += 1
            frame.group = self.groups
        elif tag == "li" and parent is not None:
            parent.counter += 1
            frame.counter = parent.counter if parent.tag == "ol" else 0
        elif tag == "tr" and not frame.verbatim and is_data_row(node):
            self.row = []
            frame.header = frame.header or is_header_row(node)

    def _leave(self, frame: Frame) -> None:
        """End an element."""
        tag = frame.tag
        if frame.detached:
            self._flush()
            self.pieces, self.common, self.lowest, self.row = self.set_aside.pop()
        elif frame.block:
            self._end(frame)
        elif tag in _APART:
            self.pieces.append(("", False))
        if self.lowest is frame:
            self.lowest = frame.parent

    def _end(self, frame: Frame) -> None:
        if frame.parent is not None and frame.parent.verbatim:
            return
        if self.row is not None and frame.tag in ("td", "th"):
            self.row.append(collapse("".join(text if text != BREAK else " " for text, _ in self.pieces)))
            self.pieces = []
        elif self.row is not None and frame.tag == "tr":
            cells, common, self.row = self.row, self.common, None
            self._clear()
            self._add("\t".join(cells).rstrip("\t"), 0, common or frame)
        else:
            self._flush()
        if frame.mixed and frame.tag != "p":
            for markup in frame.own:
                markup.containers = frame.around()

    def _flush(self) -> None:
        """End the block that is being read."""
        if self.row is not None:
            self.pieces.append((" ", False))
            return
        pieces, common = self.pieces, self.common
        if not pieces:
            return
        self._clear()
        if common is None:
            return
        if common.verbatim:
            self._add("".join(text if text != BREAK else "\n" for text, _ in pieces).strip("\r\n").rstrip(), 0, common)
            return
        parts = paragraphs(pieces)
        common.holder.mixed |= len(parts) > 1
        for text, links in parts:
            self._add(text, links, common)

    def _add(self, text: str, links: int, frame: Frame) -> None:
        text = printable(text)
        if not text.strip():
            return
        block = frame.holder
        markup = Markup(
            tags=frame.tags(),
            tokens=self.vocabulary.path(frame),
            links=links,
            hidden=frame.hidden,
            containers=block.parent.around() if block.parent is not None else (),
        )
        block.own.append(markup)
        self.segments.append(
            Segment(
                text, shape=_shape(block), path=block.path(), origin="dom", hint=hint(frame, text, self.vocabulary), markup=markup
            )
        )


def _shape(block: Frame) -> Shape:
    """The structure of the next segment of a block; the first one in a list item is the item."""
    if block.verbatim:
        return Shape("code", quote=block.quote)
    if block.heading:
        return Shape("heading", level=block.heading, quote=block.quote)
    if block.tag == "tr":
        return Shape("row", quote=block.quote, group=block.group, header=block.header)
    item = block.item
    if item is not None and not item.used:
        item.used = True
        return Shape("item", level=max(item.list_depth, 1), ordinal=item.counter, quote=block.quote, group=item.group)
    return Shape(quote=block.quote) if block.quote else Shape()
