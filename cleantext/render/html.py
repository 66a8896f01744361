"""Kept blocks as HTML: the article's structure and text, and nothing else of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from cleantext.document import Block
from cleantext.render.places import Container, Path, Place, common, place_blocks


def to_html(blocks: Iterable[Block]) -> str:
    """An `<article>` of headings, paragraphs, lists, tables, code and quotations; all text is escaped."""
    lines = ["<article>"]
    path: Path = ()
    last: dict[Container, int] = {}  # the number of each list's last item
    for place in place_blocks(blocks):
        shared = len(common(path, place.path))
        _end(lines, path[shared:])
        lines += _begun(place.path, shared, last)
        text = _element(place)
        if place.opens:
            lines[-1] += text
        else:
            lines.append(text)
        path = place.path
    _end(lines, path)
    return "\n".join([*lines, "</article>"])


def _begun(path: Path, shared: int, last: dict[Container, int]) -> Iterator[str]:
    """The start tags of the containers beyond the first `shared`; of an item the number, if it does not follow from the one before."""
    for i, container in enumerate(path[shared:], shared):
        if container.kind == "item" and path[i - 1].ordered:
            expected = last.get(path[i - 1], 0) + 1
            yield "<li>" if container.ordinal == expected else f'<li value="{container.ordinal}">'
            last[path[i - 1]] = container.ordinal
        else:
            yield f"<{_tag(container)}>"


def _end(lines: list[str], path: Path) -> None:
    """Add the end tags; an item that is only a line of text ends on that line."""
    for container in reversed(path):
        tag = _tag(container)
        if lines[-1].startswith(f"<{tag}") and container.kind == "item":
            lines[-1] += f"</{tag}>"
        else:
            lines.append(f"</{tag}>")


def _tag(container: Container) -> str:
    if container.kind == "list":
        return "ol" if container.ordered else "ul"
    return {"quote": "blockquote", "item": "li", "table": "table"}[container.kind]


def _element(place: Place) -> str:
    """A block as an element; the first one of an item is the item's own text."""
    block = place.block
    shape, text = block.shape, _linked(block) if block.links else escape(block.text, quote=False)
    if shape.role == "row":
        return _row(text, "th" if shape.header else "td")
    if shape.role == "code":
        name = f' class="language-{escape(shape.language)}"' if shape.language else ""
        return f"<pre><code{name}>{text}</code></pre>"
    if shape.role == "front_matter":
        return f"<pre>{text}</pre>"
    text = text.replace("\n", "<br>")
    tag = f"h{min(max(shape.level, 1), 6)}" if shape.role == "heading" else "p"
    return text if place.opens else f"<{tag}>{text}</{tag}>"


def _linked(block: Block) -> str:
    """The text of a block, escaped, with its links."""
    parts: list[str] = []
    position = 0
    for link in block.links:
        before, text = block.text[position : link.start], block.text[link.start : link.end]
        parts.append(f'{escape(before, quote=False)}<a href="{escape(link.target)}">{escape(text, quote=False)}</a>')
        position = link.end
    return "".join([*parts, escape(block.text[position:], quote=False)])


def _row(text: str, tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in text.split("\t")) + "</tr>"
