"""Kept blocks as text, Markdown and HTML."""

import json

import pytest

from cleantext import analyze
from cleantext.document import Block, Shape
from cleantext.render import render_blocks, to_json
from cleantext.render.html import to_html
from cleantext.render.markdown import to_markdown
from cleantext.render.text import join_page, join_source
from cleantext.segment.text import split_text


def blocks(source: str, removed: set[str]) -> list[Block]:
    """The blocks of a text, one a line, with the white space after each."""
    found: list[Block] = []
    for line in source.splitlines(keepends=True):
        text = line.strip("\n")
        if not text and found:
            found[-1] = Block(found[-1].text, keep=found[-1].keep, after=found[-1].after + line)
        else:
            found.append(Block(text, keep=text not in removed, after=line[len(text) :]))
    return found


@pytest.mark.parametrize(
    ("source", "removed", "expected"),
    [
        ("a\nb\nc\n", set(), "a\nb\nc\n"),
        ("a\nX\nc\n", {"X"}, "a\nc\n"),
        ("a\n\nX\nc\n", {"X"}, "a\n\nc\n"),
        ("a\nX\n\nc\n", {"X"}, "a\n\nc\n"),
        ("a\nX\n\nY\nc", {"X", "Y"}, "a\n\nc"),
        ("X\n\na\nb", {"X"}, "a\nb"),
        ("a\n\nX", {"X"}, "a"),
        ("a\n\nX\n", {"X"}, "a\n"),
        ("X\n", {"X"}, ""),
        ("", set(), ""),
    ],
)
def test_gaps_of_a_source(source: str, removed: set[str], expected: str) -> None:
    pieces = [(block.text, block.after, block.keep) for block in blocks(source, removed)]
    assert join_source(pieces) == expected


def test_lines_that_come_to_stand_together_stay_lines() -> None:
    lines = [
        "The harbour master closed the northern gate on Monday after a crack",
        "X",
        "was found in the oldest of its hinges by a diver who saw it",
    ]
    pieces = [(line, "\n", line != "X") for line in lines]
    assert join_source(pieces, lambda text: split_text(text)[0]) == f"{lines[0]}\n\n{lines[2]}\n"
    assert join_source(pieces, str.splitlines) == f"{lines[0]}\n{lines[2]}\n"


def item(text: str, level: int = 1, ordinal: int = 0, group: int = 1) -> Block:
    return Block(text, shape=Shape("item", level=level, ordinal=ordinal, group=group))


def row(text: str, *, header: bool = False) -> Block:
    return Block(text, shape=Shape("row", group=2, header=header))


PAGE = [
    Block("Lamps", shape=Shape("heading", level=2)),
    Block("Oil & <gas>"),
    item("one"),
    item("inner", level=2),
    item("two"),
    item("first", ordinal=1, group=3),
    item("second", ordinal=2, group=3),
    row("Year\tLamps", header=True),
    row("1911\t40"),
    Block("Gone", keep=False),
    Block("He said so.", shape=Shape(quote=1)),
    Block("x = *p", shape=Shape("code")),
]


def test_page_as_text() -> None:
    expected = "Lamps\n\nOil & <gas>\n\none\n  inner\ntwo\n\nfirst\nsecond\n\nYear\tLamps\n1911\t40\n\nHe said so.\n\nx = *p"
    assert join_page(PAGE) == expected


def test_page_as_markdown() -> None:
    assert to_markdown(PAGE) == (
        "## Lamps\n\nOil & \\<gas>\n\n- one\n  - inner\n- two\n\n1. first\n2. second\n\n"
        "| Year | Lamps |\n| --- | --- |\n| 1911 | 40 |\n\n> He said so.\n\n```\nx = *p\n```"
    )


def test_page_as_html() -> None:
    assert to_html(PAGE).replace("\n", "") == (
        "<article><h2>Lamps</h2><p>Oil &amp; &lt;gas&gt;</p><ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>"
        "<ol><li>first</li><li>second</li></ol><table><tr><th>Year</th><th>Lamps</th></tr><tr><td>1911</td><td>40</td></tr></table>"
        "<blockquote><p>He said so.</p></blockquote><pre><code>x = *p</code></pre></article>"
    )


def test_markup_in_a_text_is_escaped_in_html() -> None:
    assert "<script>" not in to_html([Block("<script>alert(1)</script>")])


def test_a_text_source_stays_as_it_is_written() -> None:
    source = blocks("a\n\nX\n\nb\n", {"X"})
    assert render_blocks(source, "text", "text") == render_blocks(source, "markdown", "markdown") == "a\n\nb\n"
    assert render_blocks(source, "text", "html").startswith("<article>")


def test_json_is_one_line_and_keeps_letters() -> None:
    line = to_json(analyze("Žluťoučký kůň\nskočil"))
    assert "\n" not in line
    assert "Žluťoučký" in line
    assert json.loads(line)["text"] == "Žluťoučký kůň\nskočil"
