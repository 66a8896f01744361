"""Blocks of invented pages, nested as a page's elements are, for property tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from hypothesis import strategies as st

from cleantext.document import Block, Shape

SIGNS = st.text(st.sampled_from("ab1 2éя中*_`~[]()<>/#+-=|.\\&;:!x \u00a0\u2003"), max_size=12)
WORDS = st.sampled_from(
    "lamp|Öl|1911.|7)|snake_case|__init__|*|**bold**|&amp;|&#35;|<b>|</p>|<!--|a|b|[1]|[x]:|[x](y)|![i](j)|```|~~~|~~no~~|#|##|---|- -|===|:--|\\|\\n|>|+|* * *|"
    "http://a.example/_b_|a@b.example|<a@b.example>|C#|$5|x|`y`|[ ]|[^1]:|5*3*2".split("|")
)
LINES = st.lists(st.one_of(WORDS, SIGNS), min_size=1, max_size=5).map(lambda words: " ".join(" ".join(words).split()) or "lamp")
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
CODE = st.lists(st.one_of(SIGNS, WORDS, WORDS.map(lambda word: f"    {word}")), min_size=1, max_size=4).map(
    lambda lines: "\n".join(lines).strip("\n").rstrip() or "x"
)
CELLS = st.lists(st.one_of(st.just(""), LINES), min_size=1, max_size=3).map("\t".join)


@dataclass
class Builder:
    """Draws blocks; numbers lists, tables and items as the walk over a page does."""

    draw: st.DrawFn
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def flow(self, shape: Shape, depth: int) -> Iterator[Block]:
        """Some blocks that stand side by side. `shape` is what they inherit: quotations, depth and group of lists, item."""
        kinds = (
            ["paragraph", "code", "table"]
            + (["list", "list", "quote"] if depth < 3 else [])
            + ([] if shape.item else ["heading"])
        )
        for kind in self.draw(st.lists(st.sampled_from(kinds), max_size=4)):
            yield from getattr(self, kind)(shape, depth)

    def paragraph(self, shape: Shape, _: int) -> Iterator[Block]:
        yield Block(self.draw(TEXTS), shape=Shape(quote=shape.quote, item=shape.item))

    def heading(self, shape: Shape, _: int) -> Iterator[Block]:
        yield Block(self.draw(LINES), shape=Shape("heading", level=self.draw(st.integers(1, 6)), quote=shape.quote))

    def code(self, shape: Shape, _: int) -> Iterator[Block]:
        language = self.draw(st.sampled_from(["", "python"]))
        yield Block(self.draw(CODE), shape=Shape("code", quote=shape.quote, item=shape.item, language=language))

    def table(self, shape: Shape, _: int) -> Iterator[Block]:
        group = next(self.numbers)
        for i, text in enumerate(self.draw(st.lists(CELLS, min_size=1, max_size=3))):
            yield Block(text, shape=Shape("row", quote=shape.quote, item=shape.item, group=group, header=not i))

    def quote(self, shape: Shape, depth: int) -> Iterator[Block]:
        yield from self.flow(replace(shape, quote=shape.quote + 1), depth + 1)

    def list(self, shape: Shape, depth: int) -> Iterator[Block]:
        group, level = shape.group or next(self.numbers), shape.level + 1
        first = self.draw(st.sampled_from([0, 0, 1, 1, 3, 9, 99]))
        for i in range(self.draw(st.integers(1, 3))):
            inner = Shape(level=level, quote=shape.quote, group=group, item=next(self.numbers))
            yield Block(self.draw(TEXTS), shape=replace(inner, role="item", ordinal=first + i if first else 0))
            yield from self.flow(inner, depth + 1)


@st.composite
def pages(draw: st.DrawFn) -> list[Block]:
    """A page's blocks, some of them removed."""
    blocks = list(Builder(draw).flow(Shape(), 0))
    gone = draw(st.sets(st.integers(0, max(len(blocks) - 1, 0)), max_size=2)) if draw(st.booleans()) else set()
    return [replace(block, keep=i not in gone) for i, block in enumerate(blocks)]
