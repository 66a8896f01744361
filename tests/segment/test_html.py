"""HTML to segments: structure, order, declared facts, and no text lost whatever the markup."""

from __future__ import annotations

import gc
import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleantext.document import Label
from cleantext.segment.elements import SKIPPED
from cleantext.segment.html import segment_html
from cleantext.segment.prescan import Survey, _careful, _orderly, survey
from cleantext.segment.segment import Segment
from tests.tries import tries


def texts(source: str) -> list[str]:
    return [segment.text for segment in segment_html(source).segments]


def only(source: str) -> Segment:
    (segment,) = segment_html(source).segments
    return segment


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One <b>t</b>wo <i>three</i>.</p>", ["One two three."]),
        ("<p>One\n   two</p>", ["One two"]),
        ("<p>First.<br><br>Second.</p>", ["First.", "Second."]),
        ("<p>12 Quay Street<br>Hull</p>", ["12 Quay Street\nHull"]),
        ("<div>Before <p>inside</p> after</div>", ["Before", "inside", "after"]),
        ("<div><a>Home</a><a>News</a></div>", ["Home News"]),
        ("<p>Press <button>Save</button> now</p>", ["Press Save now"]),
        ("<div>Text<button>Save</button></div>", ["Text", "Save"]),
        ("<p>Seen</p><script>x = 1</script><style>p {}</style><template>t</template>", ["Seen"]),
        ("<p>Open <span hidden>secret</span>door</p>", ["secret", "Open door"]),
        ("<p>a&nbsp;b</p>", ["a\u00a0b"]),
        ("<svg><title>Icon</title></svg><p>x</p>", ["x"]),
        ("<ruby>港<rp>(</rp><rt>minato</rt><rp>)</rp></ruby>", ["港(minato)"]),
        ("", []),
    ],
)
def test_text_of_blocks(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_one_break_beside_a_long_line_makes_paragraphs() -> None:
    long = "The ferry left at noon with two cars and a horse on board, and nobody on the pier waved it off that day, as ever."
    assert texts(f"<p>{long}<br>{long}</p>") == [long, long]


def test_nested_lists() -> None:
    segments = segment_html("<ul><li>a<ol start=3><li>b<li>c</ol><li>d</ul><ul><li>e</ul>").segments
    shapes = [(s.text, s.shape.role, s.shape.level, s.shape.ordinal) for s in segments]
    assert shapes == [("a", "item", 1, 0), ("b", "item", 2, 3), ("c", "item", 2, 4), ("d", "item", 1, 0), ("e", "item", 1, 0)]
    assert len({s.shape.group for s in segments[:4]}) == 1
    assert segments[4].shape.group != segments[0].shape.group


def test_second_paragraph_of_an_item_is_a_paragraph() -> None:
    assert [s.shape.role for s in segment_html("<ul><li><p>a</p><p>b</p></ul>").segments] == ["item", "paragraph"]


def test_data_tables_are_rows_and_layout_tables_are_not() -> None:
    page = segment_html("<table><tr><th>Port<th>Boats<tr><td><p>Hull</p><td>7</table>").segments
    assert [(s.text, s.shape.role, s.shape.header) for s in page] == [("Port\tBoats", "row", True), ("Hull\t7", "row", False)]
    assert texts("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>") == ["One.", "Two."]
    assert texts("<table><tr><td>menu<td><table><tr><td>a<td>b</table></table>") == ["menu", "a\tb"]


def test_code_keeps_its_white_space() -> None:
    segment = only("<pre>\ndef f():\n    return 1\n</pre>")
    assert (segment.text, segment.shape.role) == ("def f():\n    return 1", "code")


def test_headings_and_quotations() -> None:
    page = segment_html("<h2>A <em>b</em></h2><blockquote><p>c</p><blockquote>d</blockquote></blockquote>").segments
    assert [(s.text, s.shape.role, s.shape.level, s.shape.quote) for s in page] == [
        ("A b", "heading", 2, 0),
        ("c", "paragraph", 0, 1),
        ("d", "paragraph", 0, 2),
    ]


def test_paths_and_markup() -> None:
    segment = only('<div id="story" class="articleBody site-main"><p>See <a href="/x">there</a></p></div>')
    assert segment.path == "#story > p:nth-child(1)"
    assert segment.markup is not None
    assert segment.markup.tags[-2:] == ("div", "p")
    assert {"articlebody", "article", "site-main", "site", "story"} <= segment.markup.tokens
    assert segment.markup.links == len("there")


def test_siblings_share_their_container() -> None:
    page = segment_html("<div>bare<p>a</p><p>b</p></div><div><p>c</p></div>").segments
    ends = [s.markup.containers[-1] for s in page if s.markup]
    assert ends[0] == ends[1] == ends[2] != ends[3]


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("<title>The Tide | Post</title><h1>Post</h1><h1>The Tide</h1>", None),
        ("<figure><figcaption>A gull</figcaption></figure>", Label.CAPTION),
        ('<p class="byline">By Tom Arden</p>', Label.BYLINE),
        ("<time>4 May</time>", Label.DATELINE),
        (f'<div class="author-tom"><p>{"He walked on. " * 20}</p></div>', None),
    ],
)
def test_hints(source: str, label: Label | None) -> None:
    assert segment_html(source).segments[0].hint == label


def test_title_agrees_with_the_declared_one_or_is_the_only_h1() -> None:
    page = segment_html("<title>The long tide | Post</title><h1>Post</h1><h1>The long tide</h1>").segments
    assert [s.hint for s in page] == [None, Label.TITLE]
    assert only("<h1>Alone</h1>").hint is Label.TITLE


def test_head() -> None:
    head = segment_html(
        """<html lang="en-GB"><meta property="og:title" content="Tide | Post"><meta property="og:site_name" content="Post">
        <meta property="og:description" content="Water rises."><link rel="canonical" href="https://example.org/tide">
        <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Tide", "author": [{"name": "Ida Holm"}],
        "datePublished": "2024-05-01", "isAccessibleForFree": "False", "wordCount": "812",}]}</script>"""
    ).head
    assert head is not None
    assert (head.language, head.description, head.free, head.declared_words) == ("en-GB", "Water rises.", False, 812)
    assert (head.metadata.title, head.metadata.authors, head.metadata.site) == ("Tide", ("Ida Holm",), "Post")
    assert (head.metadata.date, head.metadata.url) == ("2024-05-01", "https://example.org/tide")


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"@type": 7}', '{"@type": "Article", "author": [[1]]}', "\ud800", "null"]
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    assert texts(f'<script type="application/ld+json">{script}</script><p>Text</p>') == ["Text"]


def test_the_page_without_scripts_counts_when_there_is_no_other() -> None:
    assert texts("<div id=app></div><noscript><p>One.</p><p>Two.</p></noscript>") == ["One.", "Two."]
    assert texts("<p>A page with text.</p><noscript>Switch it on</noscript>") == ["A page with text."]


def test_declarative_shadow_trees_are_seen() -> None:
    assert texts("<x-a><template shadowrootmode=open><p>seen</p></template></x-a><template><p>not</p></template>") == ["seen"]


@pytest.mark.parametrize(
    ("payload", "limit"),
    [
        ("<div>" * 20_000, "depth"),
        ("<ul><li>" * 5_000, "depth"),
        ("<table><tr><td>" * 5_000, "depth"),
        ("<div></b>" * 5_000, "depth"),
        ("".join(f"<b class=c{n}>" for n in range(2_000)), "formatting"),
        ("<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">", "attributes"),
        ("<select>" + "<option>x" * 30_000, "options"),
        ("<!-- never closed ", "markup"),
        ("<script> never closed ", "markup"),
        ('<a href="never closed ', "markup"),
        ("<form><div></form>" * 40_000, "nesting"),
        ("<dd><td><li>" * 40_000, "nesting"),
        ("<body><div></body>" * 40_000, "nesting"),
    ],
    ids=lambda value: value[:12],
)
def test_hostile_markup_is_read_in_time_and_said(payload: str, limit: str) -> None:
    start = time.process_time()
    page = segment_html(f"<p>Marker before.</p>{payload}<p>Marker after.</p>")
    assert time.process_time() - start < 2
    together = "\n".join(segment.text for segment in page.segments)
    assert "Marker before." in together
    assert "Marker after." in together
    assert page.limits[0].startswith(limit)


def test_ordinary_sloppiness_is_no_limit() -> None:
    sloppy = "<ul>" + "<li><span>x" * 2_000 + "</ul>" + "<p>" * 2_000 + "<tr><td>" * 2_000
    assert survey(sloppy).limits == ()
    assert survey("<p>Cut off in a ta<a hre").limits == ()


NESTING = st.tuples(
    st.lists(
        st.sampled_from(
            "<div> </div> <p> </p> <b> </b> <ul> </ul> <li> </li> <table> </table> <tr> <td> </td> <th> <dt> <dd> <a> </a> <br> <option> "
            "<select> </select> <style/> <!--x--> <p>x</p> <b>x</b> <td>x</td> <b\x20class=1> <svg> </svg> <g> </g> <path/> <a/> <svg>x</svg> "
            "<a>x</a> x".split(" ")
        ),
        min_size=1,
        max_size=7,
    ).map("".join),
    st.sampled_from([1, 2, 30, 60, 99, 260]),
).map(lambda pair: pair[0] * pair[1])


@tries(300)
@given(st.lists(NESTING, max_size=5).map("".join))
def test_what_is_orderly_is_near_no_limit(source: str) -> None:
    if _orderly(source):
        assert _careful(source) == Survey((), parseable=True, cut=len(source))


def test_drawings_are_orderly_though_their_elements_have_no_end_tags() -> None:
    assert _orderly("<div><svg><g><path/><path/></g><use/></svg></div>" * 500)
    assert not _orderly("<ul><svg></ul><div><path/></svg></div>" * 500)  # this `</svg>` closes nothing
    assert not _orderly("<svg><b></svg>" * 500)  # formatting outlives the drawing
    assert not _orderly("<p><div><p></p><path></div>" * 500)  # the second `<p>` has closed the `div`


def test_a_page_is_freed_without_the_garbage_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        segment_html(
            "<title>t</title><ul><li><p>a <a href=x>b</a></ul><table><tr><td>c<td hidden>d</table><p>e<span hidden>f</span>"
        )
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_forbidden_characters() -> None:
    (text,) = texts("<p>a\ud800b\x00c&#1;d&#xFFFE;</p>")
    assert text.encode() == "a\ufffdbcd".encode()


FRAGMENTS = st.sampled_from(
    "<p> </p> <div> </div> <b> </b> <a> </a> <br> <ul> <li> </li> </ul> <table> <tr> <td> <th> </table> <pre> </pre> <h1> </h2> "
    "<span\x20hidden> </span> <script> </script> <!-- --> <svg> </svg> <title> </title> <select> <option> </select> <button> <textarea> "
    "</textarea> <template> </template> <noscript> </noscript> <blockquote> <dl> <dt> <dd> <x-y> </x-y> <frameset> <math> &amp; & < > \x00 "
    "<p\x20class='a\x20b'> <!doctype> <?x> </> <a\x20href='".split(" ")
) | st.text(max_size=6)


def visible_letters(source: str) -> Counter[str]:
    """The letters of an independent walk over the visible text."""
    letters: list[str] = []
    stack = [LexborHTMLParser(source, options=1, scripting=True).root]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        if node.is_text_node:
            letters.append(node.text_content or "")
        elif node.tag not in SKIPPED:
            child = node.child
            while child is not None:
                stack.append(child)
                child = child.next
    return count("".join(letters))


def count(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]", "", text))


@tries(300)
@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_no_text_is_lost(source: str) -> None:
    page = segment_html(source)
    found = count("".join(segment.text for segment in page.segments))
    if not page.limits and "noscript" not in source and "<template" not in source:  # these count where there is little else
        assert found == visible_letters(source.encode(errors="replace").decode())
    for segment in page.segments:
        segment.text.encode()
