"""Kept blocks as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from cleantext.document import Block
from cleantext.render.escape import escape_cell, escape_heading, escape_text
from cleantext.render.links import mark_links, write_links
from cleantext.render.places import Container, Path, Place, common, is_tight, place_blocks

LINE_END = re.compile(r"\r\n?|\n")
SPACES = re.compile(r"[ \t\n\v\f\r]+")
LARGEST_NUMBER = 999_999_999
"""An item's number has nine digits at most."""


def to_markdown(blocks: Iterable[Block]) -> str:
    """Write blocks of a page as Markdown; their text is escaped, so that it reads as it did on the page."""
    places = place_blocks(blocks)
    widths = _widths(places)
    parts: list[str] = []
    previous: Place | None = None
    for place in places:
        width = widths[place.path[-1]] if place.path else 0
        if previous is not None:
            parts.append(_between(previous, place, width))
        first = previous is None or previous.path != place.path
        parts += _framed(_lines(place.block, width, first=first), place)
        previous = place
    return "".join(parts)


def _widths(places: Iterable[Place]) -> dict[Container, int]:
    """The number of columns of each table: a row beyond its table's head would lose cells."""
    widths: dict[Container, int] = defaultdict(int)
    for place in places:
        if place.block.shape.role == "row":
            table = place.path[-1]
            widths[table] = max(widths[table], place.block.text.count("\t") + 1)
    return widths


def _between(previous: Place, place: Place, width: int) -> str:
    """The line break or blank line before a block; a blank line between two blocks of a quotation is the quotation's."""
    if is_tight(previous, place):
        begins = place.opens and place.path[-2] not in previous.path  # a list right under text begins with 1
        if width > 1 or (place.opens and not (begins and place.block.shape.ordinal > 1)):
            return "\n"
    return f"\n{_prefix(common(previous.path, place.path)).rstrip()}\n"


def _framed(lines: list[str], place: Place) -> Iterable[str]:
    """The lines with what their containers put before them."""
    rest = _prefix(place.path)
    first = f"{_prefix(place.path[:-1])}{_marker(place.path)}" if place.opens else rest
    yield first + lines[0]
    for line in lines[1:]:
        yield f"\n{rest}{line}" if line else f"\n{rest.rstrip()}"


def _prefix(path: Path) -> str:
    """What every line in these containers begins with."""
    parts = []
    for i, container in enumerate(path, 1):
        if container.kind == "quote":
            parts.append("> ")
        elif container.kind == "item":
            parts.append(" " * len(_marker(path[:i])))
    return "".join(parts)


def _marker(path: Path) -> str:
    """The marker of the innermost item. Only another marker tells a list from one of its kind right before it."""
    around, item = path[-2], path[-1]
    if around.ordered:
        return f"{min(item.ordinal, LARGEST_NUMBER)}{')' if around.twin else '.'} "
    return "* " if around.twin else "- "


def _lines(block: Block, width: int, *, first: bool) -> list[str]:
    """The lines of a block, without those of its containers."""
    shape, text = block.shape, mark_links(block)
    lines = LINE_END.split(text)
    if shape.role == "code":
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", block.text))])
        return [fence + shape.language, *lines, fence]
    if shape.role == "row" and width > 1:
        cells = [escape_cell(_one_line(cell)) for cell in text.split("\t")]
        return _row(write_links("\t".join(cells), block.links).split("\t"), width, first=first)
    if shape.role == "heading":
        heading = write_links(escape_heading(_one_line(text)), block.links)
        return [f"{'#' * min(max(shape.level, 1), 6)} {heading}"]
    text = escape_text("\n".join(_one_line(line) for line in lines if line.strip()))
    return write_links(text, block.links).replace("\n", "  \n").split("\n")


def _one_line(text: str) -> str:
    return SPACES.sub(" ", text).strip(" ")


def _row(cells: list[str], width: int, *, first: bool) -> list[str]:
    cells += [""] * (width - len(cells))
    line = f"| {' | '.join(cells)} |"
    return [line, f"|{' --- |' * width}"] if first else [line]
