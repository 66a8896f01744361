"""What a parser reads in the Markdown and the HTML that we write is what the blocks say: text, roles and nesting."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleantext.document import Block, Shape
from cleantext.render.html import to_html
from cleantext.render.markdown import to_markdown
from cleantext.render.places import Place, place_blocks
from cleantext.render.text import join_page
from tests.render.pages import TEXTS, pages

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
KINDS = {"blockquote": "quote", "ul": "list", "ol": "list", "li": "item", "table": "table"}

Leaf = tuple[tuple[str, ...], str, str]
"""The containers, each but a quotation with a number of its own, the element, and the text with single spaces."""


def spaced(text: str) -> str:
    return " ".join(text.split())


class Numbers:
    """Numbers containers in the order in which they open."""

    def __init__(self) -> None:
        self.known: dict[object, str] = {}

    def name(self, kind: str, key: object) -> str:
        return kind if kind == "quote" else self.known.setdefault((kind, key), f"{kind} {len(self.known)}")


def placed(places: list[Place], *, tables: bool) -> list[Leaf]:
    """The leaves as they should come back; of a table of one column, Markdown makes paragraphs."""
    numbers = Numbers()
    widths: dict[object, int] = defaultdict(int)
    for place in places:
        if place.block.shape.role == "row":
            widths[place.path] = max(widths[place.path], place.block.text.count("\t"))
    leaves = []
    for place in places:
        shape, path = place.block.shape, place.path
        row = shape.role == "row" and (tables or widths[path])
        path = path[:-1] if shape.role == "row" and not row else path
        names = tuple(numbers.name(container.kind, container) for container in path)
        element = {"heading": f"h{shape.level}", "code": f"code {shape.language}".strip()}.get(shape.role, "row" if row else "p")
        text = place.block.text if shape.role == "code" else spaced(place.block.text)
        leaves.append((names, element, text))
    return leaves


# ------------------------------------------------------------ Markdown


def words_of(token: Token) -> str:
    """The text of an inline token, which has no markup in it."""
    children = token.children or []
    assert {child.type for child in children} <= {"text", "text_special", "softbreak", "hardbreak"}, children
    return "".join(child.content if child.type.startswith("text") else " " for child in children)


def parsed(markdown: str) -> list[Leaf]:
    numbers = Numbers()
    stack: list[str] = []
    leaves: list[Leaf] = []
    element = ""
    for i, token in enumerate(PARSER.parse(markdown)):
        assert token.type not in ("html_block", "code_block", "hr"), token
        if token.tag in KINDS and token.nesting:
            stack = [*stack, numbers.name(KINDS[token.tag], i)] if token.nesting > 0 else stack[:-1]
        elif token.type == "tr_open":
            leaves.append((tuple(stack), "row", ""))
        elif token.type == "fence":
            leaves.append((tuple(stack), f"code {token.info}".strip(), token.content.removesuffix("\n")))
        elif token.type == "inline" and element in ("th", "td"):
            names, _, text = leaves[-1]
            leaves[-1] = (names, "row", spaced(f"{text} {words_of(token)}"))
        elif token.type == "inline":
            leaves.append((tuple(stack), element, spaced(words_of(token))))
        element = token.tag if token.nesting > 0 else element
    return leaves


@given(pages())
def test_markdown_comes_back(blocks: list[Block]) -> None:
    assert parsed(to_markdown(blocks)) == placed(place_blocks(blocks), tables=False)


@given(TEXTS, st.sampled_from([Shape(), Shape("heading", level=2), Shape("item", level=1), Shape("row", group=1)]))
def test_text_comes_back_from_markdown(text: str, shape: Shape) -> None:
    assert [text for _, _, text in parsed(to_markdown([Block(text, shape=shape)]))] == [spaced(text)]


# ------------------------------------------------------------ HTML


class Reader:
    """Collects the leaves of an article in its order; text that stands right in a container is one as a paragraph is."""

    def __init__(self) -> None:
        self.numbers = Numbers()
        self.leaves: list[Leaf] = []
        self.own: list[str] = []

    def visit(self, node: LexborNode, path: tuple[str, ...]) -> None:
        child = node.child
        while child is not None:
            self._child(child, child.tag or "", path)
            child = child.next
        self._flush(path)

    def _child(self, node: LexborNode, tag: str, path: tuple[str, ...]) -> None:
        if tag in ("-text", "br"):
            self.own.append((node.text_content or "") if tag == "-text" else " ")
            return
        self._flush(path)
        if tag in KINDS:
            self.visit(node, (*path, self.numbers.name(KINDS[tag], node.mem_id)))
        elif tag == "tbody":
            self.visit(node, path)
        elif tag == "tr":
            self.leaves.append((path, "row", spaced(" ".join(cell.text() for cell in node.css("th, td")))))
        elif tag == "pre":
            code = node.css_first("code")
            language = ((code.attributes.get("class") if code else "") or "").removeprefix("language-")
            self.leaves.append((path, f"code {language}".strip(), node.text()))
        else:
            self.leaves.append((path, tag, spaced(node.text(separator=" "))))

    def _flush(self, path: tuple[str, ...]) -> None:
        if text := spaced("".join(self.own)):
            self.leaves.append((path, "p", text))
        self.own.clear()


def read(html: str) -> list[Leaf]:
    article = LexborHTMLParser(html).css_first("body > article")
    assert article is not None
    reader = Reader()
    reader.visit(article, ())
    return reader.leaves


@given(pages())
def test_html_comes_back(blocks: list[Block]) -> None:
    assert read(to_html(blocks)) == placed(place_blocks(blocks), tables=True)


# ------------------------------------------------------------ text


@given(pages())
def test_plain_text_is_the_blocks_text_and_white_space(blocks: list[Block]) -> None:
    assert join_page(blocks).split() == " ".join(block.text for block in blocks if block.keep).split()
