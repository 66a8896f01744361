"""Links in Markdown and HTML: a parser reads the same text as without them, and each link on its text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from cleantext.document import Block, Link, Shape
from cleantext.render.html import to_html
from cleantext.render.markdown import to_markdown
from cleantext.render.places import place_blocks
from cleantext.render.text import join_page, page_links
from tests.render.pages import pages
from tests.render.test_round_trip import PARSER, spaced

TARGETS = st.text(st.sampled_from("ab/?#&=;:().,_*~[]!%20é@+-amp"), min_size=1, max_size=12).map("/".__add__)
SAFE = re.compile(r"<a href=\"[^\"<>]*\">|</a>")


@st.composite
def with_links(draw: st.DrawFn) -> list[Block]:
    """A page's blocks, some words of which are links."""
    return [block if block.shape.role == "code" else replace(block, links=tuple(draw(links(block)))) for block in draw(pages())]


@st.composite
def links(draw: st.DrawFn, block: Block) -> list[Link]:
    """Links that begin and end with a sign, don't overlap, and stay in one cell."""
    signs = [found.start() for found in re.finditer(r"\S", block.text)]
    ends = sorted(draw(st.lists(st.sampled_from(signs), max_size=6))) if signs else []
    found = [Link(start, end + 1, draw(TARGETS)) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    return [
        link
        for i, link in enumerate(found)
        if "\t" not in block.text[link.start : link.end] and (not i or found[i - 1].end <= link.start)
    ]


def wanted(blocks: list[Block]) -> list[tuple[str, str]]:
    places = place_blocks(blocks)
    return [(spaced(p.block.text[link.start : link.end]), link.target) for p in places for link in p.block.links]


def words_of(token: Token, found: list[tuple[str, str]]) -> str:
    """The text of an inline token; its links go to `found`."""
    text = ""
    target, start = "", 0
    for child in token.children or []:
        assert child.type in ("text", "text_special", "softbreak", "hardbreak", "link_open", "link_close"), child
        if child.type == "link_open":
            target, start = str(child.attrs["href"]), len(text)
        elif child.type == "link_close":
            found.append((spaced(text[start:]), target))
        else:
            text += child.content if child.type.startswith("text") else " "
    return spaced(text)


def read_markdown(markdown: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The tokens with their text, and the links."""
    found: list[tuple[str, str]] = []
    tokens = PARSER.parse(markdown)
    return [(t.type, words_of(t, found) if t.type == "inline" else t.content) for t in tokens], found


@given(with_links())
def test_markdown_reads_the_same_but_for_the_links(blocks: list[Block]) -> None:
    tokens, found = read_markdown(to_markdown(blocks))
    assert tokens == read_markdown(to_markdown([replace(block, links=()) for block in blocks]))[0]
    assert found == [(text, PARSER.normalizeLink(target)) for text, target in wanted(blocks)]


@given(with_links())
def test_html_is_the_same_but_for_the_links(blocks: list[Block]) -> None:
    page = to_html(blocks)
    assert SAFE.sub("", page) == to_html([replace(block, links=()) for block in blocks])
    found = [(spaced(node.text(separator=" ")), node.attributes["href"]) for node in LexborHTMLParser(page).css("a")]
    assert [target for _, target in found] == [target for _, target in wanted(blocks)]
    assert ["".join(text.split()) for text, _ in found] == ["".join(text.split()) for text, _ in wanted(blocks)]


@given(with_links())
def test_links_of_plain_text_stand_on_their_text(blocks: list[Block]) -> None:
    text = join_page(blocks)
    assert text == join_page([replace(block, links=()) for block in blocks])
    assert [(spaced(text[link.start : link.end]), link.target) for link in page_links(blocks)] == wanted(blocks)


@pytest.mark.parametrize(
    ("text", "link", "expected"),
    [
        ("See the map.", Link(4, 11, "/a"), "See [the map](/a)."),
        ("Look! here", Link(6, 10, "/a_(b)"), "Look! [here](/a_(b))"),
        ("Look!here", Link(5, 9, "/a(b"), "Look\\![here](/a\\(b)"),
        ("see [1]", Link(4, 7, "/a?b&lt;c&d"), "see [\\[1\\]](/a?b\\&lt;c&d)"),
        ("5*3", Link(1, 2, "/*"), "5[*](/*)3"),
        ("C:\\lamps", Link(3, 8, "/a"), "C:\\\\[lamps](/a)"),
        ("C:\\lamps", Link(0, 3, "/a"), "[C:\\\\](/a)lamps"),
    ],
)
def test_markdown_of_a_link(text: str, link: Link, expected: str) -> None:
    assert to_markdown([Block(text, links=(link,))]) == expected


def test_a_row_keeps_its_cells() -> None:
    row = Block("a|b\tc", shape=Shape("row", group=1), links=(Link(0, 3, "/a"), Link(4, 5, "/b")))
    assert to_markdown([row]).splitlines()[0] == "| [a\\|b](/a) | [c](/b) |"
    assert '<td><a href="/a">a|b</a></td><td><a href="/b">c</a></td>' in to_html([row])


def test_a_target_cannot_leave_its_attribute() -> None:
    assert (
        to_html([Block("x", links=(Link(0, 1, '/"onclick=&'),))]).splitlines()[1] == '<p><a href="/&quot;onclick=&amp;">x</a></p>'
    )
