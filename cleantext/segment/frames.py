"""The open elements of a walk over the DOM, with what their text inherits from them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleantext.segment.elements import HEADINGS, LISTS, VERBATIM, is_block
from cleantext.segment.segment import Markup

NAMING = ("class", "id", "role", "itemprop", "data-testid")
PATH_STEPS = 8
CHAIN = 64  # how many of the innermost elements a segment knows of
NAME_CHARS = 400  # of one attribute's words that are looked at

_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_STABLE_ID = re.compile(r"[A-Za-z][\w-]{0,39}")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PART = re.compile(r"[^\W_]+")


class Frame:
    """An element whose content is being read. What it hands down is copied from its parent when it opens."""

    __slots__ = (
        "block", "chain", "children", "counter", "detached", "group", "header", "heading", "hidden", "holder", "item",
        "language", "link", "list_depth", "mixed", "names", "number", "own", "parent", "position", "quote", "rel", "step_id",
        "tag", "tag_memo", "token_memo", "used", "verbatim",
    )  # fmt: skip

    def __init__(self, tag: str, attributes: Mapping[str, str | None], parent: Frame | None, number: int) -> None:
        self.tag, self.parent, self.number = tag, parent, number
        self.children = 0
        self.used = self.mixed = self.detached = False
        self.own: list[Markup] = []
        self.chain: tuple[int, ...] | None = None
        self.tag_memo: tuple[str, ...] | None = None
        self.token_memo: frozenset[str] | None = None
        self.holder = self  # the nearest block
        self.names = ""
        self.step_id = self.rel = self.language = ""
        if parent is None:
            self.block, self.position = True, 1
            self.hidden = self.link = self.verbatim = self.header = False
            self.quote = self.heading = self.list_depth = self.group = self.counter = 0
            self.item: Frame | None = None
        else:
            self._inherit(parent)
        if attributes:
            self._read(attributes)

    def _inherit(self, parent: Frame) -> None:
        tag = self.tag
        parent.children += 1
        self.position = parent.children
        self.block = is_block(tag, parent.tag)
        if self.block:
            parent.holder.mixed = True
        else:
            self.holder = parent.holder
        self.hidden = parent.hidden or tag == "dialog"
        self.link = parent.link or tag == "a"
        self.verbatim = parent.verbatim or tag in VERBATIM
        self.quote = parent.quote + (tag == "blockquote")
        self.heading = HEADINGS.get(tag, parent.heading)
        self.list_depth = parent.list_depth + (tag in LISTS)
        self.group, self.counter = parent.group, 0
        self.item = self if tag == "li" else parent.item
        self.header = parent.header or tag == "thead"

    def _read(self, attributes: Mapping[str, str | None]) -> None:
        self.names = " ".join([value[:NAME_CHARS] for name in NAMING if (value := attributes.get(name))])
        if (name := attributes.get("id")) and _STABLE_ID.fullmatch(name):
            self.step_id = name
        if self.parent is None:
            self.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        if self.tag == "a":
            self.rel = attributes.get("rel") or ""
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            self.hidden = True
        elif self.tag == "dialog" and "open" in attributes and self.parent:
            self.hidden = self.parent.hidden
        if (style := attributes.get("style")) and _INVISIBLE.search(style) and self.tag not in ("html", "body"):
            self.hidden = True
        if attributes.get("role") == "heading" and not self.heading:
            self.heading = _number(attributes.get("aria-level"), 2, 1, 6)
        if self.tag == "ol":
            self.counter = _number(attributes.get("start"), 1, 0, 10**9) - 1
        elif self.tag == "li" and self.parent and attributes.get("value"):
            self.parent.counter = _number(attributes["value"], self.parent.counter + 1, 0, 10**9) - 1

    def path(self) -> str:
        """A CSS path from the nearest element with an id, or of the innermost steps."""
        steps: list[str] = []
        frame: Frame | None = self
        while frame is not None and len(steps) < PATH_STEPS:
            if frame.step_id:
                steps.append("#" + frame.step_id)
                break
            alone = frame.parent is None or frame.tag == "body"
            steps.append(frame.tag if alone else f"{frame.tag}:nth-child({frame.position})")
            if frame.tag == "body":
                break
            frame = frame.parent
        return " > ".join(reversed(steps))

    def around(self) -> tuple[int, ...]:
        """The numbers of the block elements from the root to this one."""
        frame: Frame | None = self
        todo: list[Frame] = []
        while frame is not None and frame.chain is None:
            todo.append(frame)
            frame = frame.parent
        chain = frame.chain if frame is not None and frame.chain is not None else ()
        for frame in reversed(todo):
            chain = (*chain[-CHAIN:], frame.number) if frame.block else chain
            frame.chain = chain
        return chain

    def tags(self) -> tuple[str, ...]:
        """The names of the elements from the root to this one."""
        if self.tag_memo is None:
            names: list[str] = []
            frame: Frame | None = self
            while frame is not None and len(names) < CHAIN:
                names.append(frame.tag)
                frame = frame.parent
            self.tag_memo = tuple(reversed(names))
        return self.tag_memo


class Vocabulary:
    """The words of class, id and role attributes: splits each spelling once, and bounds what a page can make of them."""

    def __init__(self, budget: int = 2_000_000) -> None:
        self._words: dict[str, frozenset[str]] = {}
        self._paths: dict[tuple[int, str], frozenset[str]] = {}
        self._budget = budget

    def words(self, names: str) -> frozenset[str]:
        """`site-footer` gives `site-footer`, `site` and `footer`; `articleBody` gives `articlebody`, `article`, `body`."""
        if names not in self._words:
            split: set[str] = set()
            for word in names.split():
                split.add(word.lower())
                split.update(part.lower() for part in _PART.findall(_HUMP.sub(" ", word)))
            self._words[names] = frozenset(split)
        return self._words[names]

    def path(self, frame: Frame) -> frozenset[str]:
        """The words on the way from the root to this element."""
        todo: list[Frame] = []
        above: Frame | None = frame
        while above is not None and above.token_memo is None:
            todo.append(above)
            above = above.parent
        tokens = above.token_memo if above is not None and above.token_memo is not None else frozenset()
        for below in reversed(todo):
            tokens = below.token_memo = self._extended(tokens, below.names)
        return tokens

    def _extended(self, tokens: frozenset[str], names: str) -> frozenset[str]:
        if not names or self._budget < 0:
            return tokens
        key = (id(tokens), names)  # the sets live as long as this table, so that their ids are their own
        if key not in self._paths:
            self._paths[key] = tokens | self.words(names)
            self._budget -= len(self._paths[key])
        return self._paths[key]


def _number(value: str | None, default: int, low: int, high: int) -> int:
    """An attribute's whole number within bounds."""
    digits = (value or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        return default
    return min(max(int(digits), low), high)
