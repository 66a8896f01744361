"""The open elements of a walk over the DOM, with what their text inherits from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from cleantext.segment.elements import FALLBACK, HEADINGS, LISTS, VERBATIM

PATH_STEPS = 8
CHAIN = 64  # how many of the innermost elements a segment knows of
NAME_CHARS = 400  # of one attribute's words that are looked at

_MORE_NAMES = ("role", "itemprop", "data-testid")
_TELLING = frozenset({*_MORE_NAMES, "hidden", "open", "rel", "start", "style", "value"})  # attributes beside class and id
_INVISIBLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_STABLE_ID = re.compile(r"[A-Za-z][\w-]{0,39}")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PART = re.compile(r"[^\W_]+")

_HIDDEN = FALLBACK | {"dialog"}
_OF_FIGURES = frozenset({"blockquote", "table", "pre", "ul", "ol", "code"})  # in a figure these are its content, not its caption
_CHANGING = frozenset({"blockquote", "figure", "li", "thead", *HEADINGS, *LISTS, *VERBATIM, *_OF_FIGURES})


class Item:
    """A list item: what its first block is to show."""

    __slots__ = ("group", "level", "number", "ordinal", "used")

    def __init__(self, context: Context, number: int) -> None:
        self.number = number
        self.level, self.group = max(context.list_depth, 1), context.group
        self.ordinal = 0
        self.used = False


class Context:
    """What all text in an element inherits from it. Elements that add nothing share their parent's."""

    __slots__ = ("caption", "figure", "group", "header", "heading", "item", "list_depth", "quote", "verbatim")

    def __init__(self, above: Context | None = None) -> None:
        if above is None:
            self.verbatim = self.header = self.figure = False
            self.quote = self.heading = self.list_depth = self.group = 0
            self.caption = True
            self.item: Item | None = None
        else:
            self.verbatim, self.header = above.verbatim, above.header
            self.quote, self.heading = above.quote, above.heading
            self.list_depth, self.group, self.item = above.list_depth, above.group, above.item
            self.figure, self.caption = above.figure, above.caption

    @classmethod
    def inside(cls, tag: str, above: Context, number: int) -> Context:
        """The context of element `number`, whose name changes it."""
        context = cls(above)
        if tag == "li":
            context.item = Item(context, number)
        elif tag in HEADINGS:
            context.heading = HEADINGS[tag]
        else:
            context.verbatim |= tag in VERBATIM
            context.header |= tag == "thead"
            context.quote += tag == "blockquote"
            context.list_depth += tag in LISTS
            context.figure |= tag == "figure"
            context.caption &= tag not in _OF_FIGURES
        return context


_ROOT = Context()


class Frame:
    """An element whose content is being read."""

    __slots__ = (
        "block", "children", "context", "counter", "hidden", "identity", "link", "mixed", "names", "number", "outer", "parent",
        "position", "rel", "tag",
    )  # fmt: skip

    def __init__(self, tag: str, attributes: Mapping[str, str | None], parent: Frame | None, number: int, block: bool) -> None:
        self.tag = tag
        self.parent = parent
        self.number = number
        self.block = block
        self.children = self.counter = 0
        self.mixed = False
        self.names = self.identity = self.rel = ""
        self.outer: Frame | None = None
        if parent is None:
            self.position = 1
            self.hidden = False
            self.link = 0  # the number of the innermost `a` around, or of this one
            self.context = _ROOT
        else:
            parent.children = self.position = parent.children + 1
            holder = parent if parent.block else parent.outer
            if not block:
                self.outer = holder
            elif holder is not None:
                holder.mixed = True
            self.hidden = parent.hidden or tag in _HIDDEN
            self.link = number if tag == "a" else parent.link
            self.context = Context.inside(tag, parent.context, number) if tag in _CHANGING else parent.context
        if attributes:
            self.names = (attributes.get("class") or "")[:NAME_CHARS]
            if "id" in attributes:
                self.identity = attributes["id"] or ""
                self.names = " ".join(filter(None, (self.names, self.identity[:NAME_CHARS])))
            if not _TELLING.isdisjoint(attributes):
                self._read(attributes)

    @property
    def holder(self) -> Frame:
        """The nearest block: this element itself, or one around it."""
        return self.outer or self  # a reference to itself would keep each page in memory until the garbage collector comes by

    def _read(self, attributes: Mapping[str, str | None]) -> None:
        more = [value[:NAME_CHARS] for name in _MORE_NAMES if (value := attributes.get(name))]
        if more:
            self.names = " ".join([self.names, *more] if self.names else more)
        tag, parent = self.tag, self.parent
        if tag == "a":
            self.rel = attributes.get("rel") or ""
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            self.hidden = True
        elif tag == "dialog" and "open" in attributes and parent is not None:
            self.hidden = parent.hidden
        if (style := attributes.get("style")) and _INVISIBLE.search(style) and tag not in ("html", "body"):
            self.hidden = True
        if attributes.get("role") == "heading" and not self.context.heading:
            self.context = Context(self.context)
            self.context.heading = _number(attributes.get("aria-level"), 2, 1, 6)
        if tag == "ol":
            self.counter = _number(attributes.get("start"), 1, 0, 10**9) - 1
        elif tag == "li" and parent is not None and attributes.get("value"):
            parent.counter = _number(attributes["value"], parent.counter + 1, 0, 10**9) - 1

    def path(self) -> str:
        """A CSS path from the nearest element with an id, or of the innermost steps."""
        steps: list[str] = []
        frame: Frame | None = self
        while frame is not None and len(steps) < PATH_STEPS:
            if frame.identity and _STABLE_ID.fullmatch(frame.identity):
                steps.append("#" + frame.identity)
                break
            if frame.parent is None or frame.tag == "body":
                steps.append(frame.tag)
                break
            steps.append(f"{frame.tag}:nth-child({frame.position})")
            frame = frame.parent
        steps.reverse()
        return " > ".join(steps)

    def around(self) -> tuple[int, ...]:
        """The numbers of the block elements from the root to this one."""
        numbers: list[int] = []
        frame: Frame | None = self.holder
        while frame is not None and len(numbers) <= CHAIN:
            numbers.append(frame.number)
            frame = frame.parent.holder if frame.parent is not None else None
        numbers.reverse()
        return tuple(numbers)

    def tags(self) -> tuple[str, ...]:
        """The names of the elements from the root to this one."""
        names: list[str] = []
        frame: Frame | None = self
        while frame is not None and len(names) < CHAIN:
            names.append(frame.tag)
            frame = frame.parent
        names.reverse()
        return tuple(names)


class Vocabulary:
    """The words of class, id and role attributes: bounds what a page can make of them."""

    def __init__(self, budget: int = 2_000_000) -> None:
        self._paths: dict[tuple[int, str], frozenset[str]] = {}
        self._known: dict[Frame, frozenset[str]] = {}
        self._budget = budget

    def path(self, frame: Frame) -> frozenset[str]:
        """The words on the way from the root to this element."""
        todo: list[Frame] = []
        above: Frame | None = frame
        while above is not None and above not in self._known:
            todo.append(above)
            above = above.parent
        tokens = self._known[above] if above is not None else frozenset()
        for below in reversed(todo):
            tokens = self._known[below] = self._extended(tokens, below.names)
        return tokens

    def _extended(self, tokens: frozenset[str], names: str) -> frozenset[str]:
        if not names or self._budget < 0:
            return tokens
        key = (id(tokens), names)  # the sets live as long as this table, so that their ids are their own
        if key not in self._paths:
            self._paths[key] = tokens | split_names(names)
            self._budget -= len(self._paths[key])
        return self._paths[key]


@lru_cache(maxsize=16_384)
def split_names(names: str) -> frozenset[str]:
    """The words of class, id and role attributes, and the words they are made of.

    >>> sorted(split_names("site-footer articleBody"))
    ['article', 'articlebody', 'body', 'footer', 'site', 'site-footer']
    """
    lowered = names.lower()
    parts = lowered if lowered == names else _HUMP.sub(" ", names).lower()
    return frozenset((*lowered.split(), *_PART.findall(parts)))


def _number(value: str | None, default: int, low: int, high: int) -> int:
    """An attribute's whole number within bounds."""
    digits = (value or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        return default
    return min(max(int(digits), low), high)
