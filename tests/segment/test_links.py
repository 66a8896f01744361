"""Links in the blocks of a page: each stands on its anchor's own text, whatever the markup around it."""

from __future__ import annotations

import time
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.segment import links
from cleantext.segment.elements import collapse
from cleantext.segment.html import segment_html
from cleantext.segment.segment import Segment

URL = "https://a.example/sea/tides"


def linked(source: str) -> list[list[tuple[str, str]]]:
    """The text and the target of each link, segment by segment, for targets `/x` of the page's site."""
    page = segment_html(source, links=True, url=URL)
    home = "https://a.example/"
    return [[(s.text[link.start : link.end], link.target.removeprefix(home)) for link in s.links] for s in page.segments]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>See <a href=/a>the map</a>.", [[("the map", "a")]]),
        ("<p>See<a href=/a>\n the\n<b> map</b> </a>now", [[("the map", "a")]]),
        ("<p><a href=/a>\u00a0map\u00a0</a>", [[("map", "a")]]),
        ("<p><a href=/a>one</a><a href=/b>two</a>", [[("one", "a"), ("two", "b")]]),
        ("<p>a\x01b <a href=/a>c\x02d</a> e", [[("cd", "a")]]),
        ("<p>one <a href=/a>two", [[("two", "a")]]),
        ("<p>one <a href=/a></a><a href=/b> </a><a href=/c><img src=x></a><a href=/d><br></a>two", [[]]),
        ("<p>one <a href=/a><img alt=x> two</a>", [[("two", "a")]]),
        ("<p>one <a name=top>two</a> <a href=''>three</a> <a href='#x'>four</a>", [[]]),
        ("<a href=/a><p>one</p><p>two</p></a>", [[("one", "a")], [("two", "a")]]),
        ("<a href=/a>one<div>two</div>three</a> four", [[("one", "a")], [("two", "a")], [("three", "a")]]),
        ("<p><a href=/a>one<br><br>two</a> three", [[("one", "a")], [("two", "a")]]),
        ("<p>one <a href=/a>two<br>three</a>", [[("two\nthree", "a")]]),
        ("<p><a href=/a>one</a><p>two", [[("one", "a")], []]),
        ("<p><a href=/a>one <a href=/b>two</a> three</a>", [[("one", "a"), ("two", "b")]]),
        ("<a href=/a>one <object><a href=/b>two</a></object> three</a>", [[("one", "a")], [("two", "b"), ("three", "a")]]),
        ("<a href=/a>one <svg><a>two</a></svg> three</a>", [[("one two three", "a")]]),
        ("<h2><a href=/a>one</a></h2><ul><li>x <a href=/b>two</a></ul>", [[("one", "a")], [("two", "b")]]),
        ("<blockquote><a href=/a>one</a></blockquote>", [[("one", "a")]]),
        ("<figure><figcaption>x <a href=/a>one</a></figcaption></figure>", [[("one", "a")]]),
        ("<dl><dt><a href=/a>one</a><dd><a href=/b>two</a></dl>", [[("one", "a")], [("two", "b")]]),
        ("<pre>x <a href=/a>one</a></pre><textarea><a href=/a>b</a></textarea>", [[], []]),
        ("<p>call <code>f(<a href=/a>x</a>)</code>", [[("x", "a")]]),
        ("<p>Open <a href=/a><span hidden>not</span> the door</a>", [[("not", "a")], [("the door", "a")]]),
        ("<table><tr><th><a href=/a>one</a><th>two<tr><td>a<td>b <a href=/b>c</a> d</table>", [[("one", "a")], [("c", "b")]]),
        ("<table><tr><td>a<td><td><a href=/b>c<p>d</a><td></table>", [[("c", "b"), ("d", "b")]]),
        ("<a href=/a><table><tr><td>one<td>two</table></a>", [[("one", "a"), ("two", "a")]]),
        ("<a href=/a><table><tr><td>one<td><td>two</table></a>", [[("one", "a"), ("two", "a")]]),
        ("<table><tr><td>x<td><span hidden><a href=/a>y</a></span><a href=/b>z</a></table>", [[("y", "a")], [("z", "b")]]),
        ("<base href=/b/><p><a href=c>one</a><base href=/d/>", [[("one", "b/c")]]),
        ("<noscript><p>x <a href=/a>one</a> two</noscript>", [[("one", "a")]]),
        ("<template><p>x <a href=/a>one</a> two</template>", [[("one", "a")]]),
        ("<p><a href=/a>one</a>" + "<b>" * 9000, [[]]),
    ],
)  # fmt: skip
def test_where_links_stand(source: str, expected: list[list[tuple[str, str]]]) -> None:
    assert linked(source) == expected


def test_one_break_beside_a_long_line_parts_the_link() -> None:
    long = "The ferry left at noon with two cars and a horse on board, and nobody on the pier waved it off that day, as ever."
    assert linked(f"<p>{long} <a href=/a>x<br>{long}</a>") == [[("x", "a")], [(long, "a")]]


def test_without_the_option_there_are_none() -> None:
    assert [segment.links for segment in segment_html("<p>See <a href=/a>it</a>").segments] == [()]


def test_the_targets_of_a_page_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST_CHARS", 2_000)
    source = "<a href=/1234567>" + "<p>one</p>" * 1_000
    targets = [target for found in linked(source) for _, target in found]
    assert 50 < len(targets) < 100


def test_many_links_take_linear_time() -> None:
    start = time.process_time()
    for source in (
        "<p>" + "<a href=/a>x</a> y<br>" * 20_000,
        "<a href=/a>" + "x<p>" * 20_000,
        "<p>" + "<a href=/a>x y</a>" * 20_000,
    ):
        segment_html(source, links=True, url=URL)
    assert time.process_time() - start < 10


# ------------------------------------------------------------ properties

TEXTS = st.text(st.sampled_from("ab ab  \n\t\u00a0\u2003é中.*[&<\x01\ufdd0"), max_size=8)
RUNS = st.lists(st.tuples(TEXTS, st.sampled_from(["", "", "/a", "/b", "#x"])), max_size=5)
PARTS = st.lists(st.tuples(st.sampled_from(["p", "h2", "li", "td", "div", "blockquote", "figcaption"]), RUNS), max_size=5)


def markup(runs: list[tuple[str, str]]) -> str:
    return "".join(f"<a href='{href}'>{escape(text)}</a>" if href else escape(text) for text, href in runs)


def shown(text: str) -> str:
    return collapse("".join(sign for sign in text if sign not in "\x01\ufdd0")).strip()


@given(PARTS)
def test_a_link_stands_on_its_anchors_own_text(parts: list[tuple[str, list[tuple[str, str]]]]) -> None:
    source = "".join(
        f"<table><tr><td>x<td>{markup(runs)}</table>" if tag == "td" else f"<{tag}>{markup(runs)}</{tag}>" for tag, runs in parts
    )
    found = [link for segment in linked(source) for link in segment]
    assert found == [(shown(text), href[1:]) for _, runs in parts for text, href in runs if href[:1] == "/" and shown(text)]


TAGS = (
    "a /a p /p div /div b /b table tr td /td /table pre /pre br li ul /ul hr svg /svg object /object span /span noscript".split()
)
FRAGMENTS = st.one_of(
    st.sampled_from(
        [f"<{tag}>" for tag in TAGS] + ["<a href=/a>", "<a href='/b'>", "<a href=c>", "<span hidden>", "<base href=/d/>"]
    ),
    TEXTS,
)


def check(segment: Segment) -> None:
    position = 0
    for link in segment.links:
        text = segment.text[link.start : link.end]
        assert position <= link.start
        assert text
        assert text == text.strip()
        assert "\t" not in text
        position = link.end


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_any_markup_gives_the_same_text_with_and_without_links(source: str) -> None:
    with_links, without = segment_html(source, links=True, url=URL).segments, segment_html(source).segments
    assert [(s.text, s.shape, s.hint, s.path) for s in with_links] == [(s.text, s.shape, s.hint, s.path) for s in without]
    for segment in with_links:
        check(segment)
