"""Where kept blocks stand in one another: in quotations, lists, items and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from cleantext.document import Block, Shape

DEEPEST: Final = 30
"""Quotations and lists nested deeper stand at this depth, so that no page makes its lines longer and longer."""


class Container(NamedTuple):
    """An element that holds blocks. `serial` tells one from the next; quotations that follow each other are one.

    `ordered` is a list's kind; `twin` says that it follows a list of its own kind, from which only its marker parts it. `ordinal`,
    `level`, `group` and `number` are an item's, of its block's shape (`number` is `Shape.item`); `group` is a list's too.
    """

    kind: Literal["quote", "list", "item", "table"]
    serial: int = 0
    ordered: bool = False
    twin: bool = False
    ordinal: int = 0
    level: int = 0
    group: int = 0
    number: int = 0


Path = tuple[Container, ...]
QUOTE = Container("quote")


@dataclass(frozen=True, slots=True)
class Place:
    """A block in its containers, from the outermost in. If it `opens`, it is the first of its innermost item."""

    block: Block
    path: Path
    opens: bool = False

    @property
    def lists(self) -> int:
        """How many lists it stands in."""
        return sum(container.kind == "list" for container in self.path)


def place_blocks(blocks: Iterable[Block]) -> list[Place]:
    """The kept blocks that have text, each with the containers that are open around it.

    An item whose parent was removed moves out to where its parent would have stood. What follows an item's first block stands in the
    item too if its shape says so. A heading ends all lists, and what is left of its item is no item: it is that heading's text.

    >>> from cleantext.document import Shape
    >>> one, two = Block("one", shape=Shape("item", level=1)), Block("two", shape=Shape("item", level=2))
    >>> [place.lists for place in place_blocks([one, two])], [place.lists for place in place_blocks([two, one])]
    ([1, 2], [1, 1])
    """
    return list(_places(block for block in blocks if block.keep and block.text.strip()))


def _places(blocks: Iterable[Block]) -> Iterator[Place]:
    path: Path = ()
    headed = 0  # the item that a heading has begun
    for serial, block in enumerate(blocks, 1):
        shape = block.shape
        opens = shape.role == "item" and not (shape.item and shape.item == headed)
        if shape.role == "heading":
            path, headed = _quotes((), shape), shape.item
        elif opens:
            path, headed = _of_item(path, shape, serial), 0
        else:
            path = _of_rest(path, shape, serial)
        yield Place(block, path, opens)


def _of_item(path: Path, shape: Shape, serial: int) -> Path:
    """A new item: in a list of its parent, if that is open, or else in a list outside of all."""
    base = _quotes(_around(path[:DEEPEST], shape, lambda item: item.group == shape.group and item.level < shape.level), shape)
    ordered = shape.ordinal > 0
    last = path[len(base)] if len(path) > len(base) and path[: len(base)] == base else QUOTE
    if last.kind != "list" or last.ordered != ordered:
        last = Container("list", serial, ordered, group=shape.group)
    elif last.group != shape.group:
        last = Container("list", serial, ordered, twin=not last.twin, group=shape.group)
    item = Container("item", serial, ordinal=shape.ordinal, level=shape.level, group=shape.group, number=shape.item)
    return (*base, last, item)


def _of_rest(path: Path, shape: Shape, serial: int) -> Path:
    """Any other block: in its item, if that is open; a row in its table."""
    base = _quotes(_around(path, shape, lambda item: item.number == shape.item) if shape.item else (), shape)
    if shape.role != "row":
        return base
    if path and path[:-1] == base and path[-1].kind == "table" and path[-1].group == shape.group:
        return path
    return (*base, Container("table", serial, group=shape.group))


def _around(path: Path, shape: Shape, matches: Callable[[Container], bool]) -> Path:
    """The path to its innermost item that matches and stands in no more quotations than the shape; empty if there is none."""
    for length in range(len(path), 0, -1):
        container = path[length - 1]
        if container.kind == "item" and matches(container) and path[:length].count(QUOTE) <= shape.quote:
            return path[:length]
    return ()


def _quotes(path: Path, shape: Shape) -> Path:
    return path + (QUOTE,) * (min(shape.quote, DEEPEST) - path.count(QUOTE))


def common(one: Path, other: Path) -> Path:
    """The containers that hold both."""
    length = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        length += 1
    return one[:length]


def is_tight(place: Place, following: Place) -> bool:
    """Are both the first lines of items of one list and its sublists, or rows of one table?"""
    if place.block.shape.role == following.block.shape.role == "row":
        return place.path == following.path
    return place.opens and following.opens and any(c.kind == "list" for c in common(place.path, following.path))
