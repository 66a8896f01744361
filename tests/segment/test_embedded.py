"""Text that stands in JSON-LD only: what counts, what does not, and that hostile values cost little."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.segment.embedded import embedded_segments, open_templates, plain_paragraphs
from cleantext.segment.segment import Markup, Segment
from tests.tries import tries

FERRY = [
    "The ferry to Sandholm left at noon on Tuesday with two cars, a horse and eleven passengers on board.",
    "Nobody on the pier waved it off, said Ada Brink, who has sold tickets there since her father retired.",
    "“It will be the last crossing before the ice,” she said, and shut the window of the ticket office.",
    "The island's council had asked for one more week, but the engine has needed new valves since August.",
]
BODY = "\n\n".join(FERRY)
SHELL = [Segment("Harbour News", markup=Markup()), Segment("Log in", markup=Markup())]


def article(**properties: Any) -> list[dict[str, Any]]:
    return [{"@type": "NewsArticle", "headline": "Last ferry", **properties}]


def texts(objects: list[dict[str, Any]], segments: list[Segment] | None = None) -> list[str]:
    return [segment.text for segment in embedded_segments(objects, SHELL if segments is None else segments)]


def page(*blocks: str, hidden: bool = False, links: int = 0) -> list[Segment]:
    return [*SHELL, *(Segment(block, markup=Markup(links=links, hidden=hidden)) for block in blocks)]


def test_an_article_that_the_page_lacks() -> None:
    found = embedded_segments(article(articleBody=BODY), SHELL)
    assert [segment.text for segment in found] == FERRY
    assert {segment.origin for segment in found} == {"json-ld"}
    assert {segment.markup.tag for segment in found if segment.markup} == {"articleBody"}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("<p>" + "</p><p>".join(FERRY) + "</p>", "markup"),
        ("&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join(FERRY) + "&lt;/p&gt;", "escaped markup"),
        ("\\n\\n".join(FERRY), "line breaks that were escaped twice"),
        ("<br />".join(FERRY), "breaks"),
        (BODY.replace("'", "&amp;#39;"), "entities that were escaped twice"),
        (FERRY, "a list"),
    ],
)
def test_every_way_to_write_paragraphs(value: Any, why: str) -> None:
    assert texts(article(articleBody=value)) == FERRY, why


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Use <b>bold</b> here.", ["Use bold here."]),
        ("<p>Write &lt;p&gt; first.</p>", ["Write <p> first."]),
        ("if a < b and c > d", ["if a < b and c > d"]),
        ("AT&amp;T", ["AT&T"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_plain_paragraphs(value: str, expected: list[str]) -> None:
    assert plain_paragraphs(value) == expected


@pytest.mark.parametrize(
    ("segments", "why"),
    [
        (page(*FERRY), "the page shows it"),
        (page(*FERRY, hidden=True), "a wall's style hides it, but it is there"),
        (page(BODY.upper().replace(" ", "\u00a0")), "white space and case are no difference"),
        (page(*FERRY[:2], FERRY[2] + " Read on"), "most of it is there"),
    ],
)
def test_nothing_is_added_twice(segments: list[Segment], why: str) -> None:
    assert texts(article(articleBody=BODY), segments) == [], why


def test_accents_may_be_written_in_two_ways() -> None:
    composed = "Le dernier bac a quitté le quai à midi, et le préfet n'était pas là pour le voir, déclare la gérante. " * 3
    assert texts(article(articleBody=composed), page(composed.replace("é", "e\u0301").replace("à", "a\u0300"))) == []


def test_after_a_teaser_comes_what_it_lacks() -> None:
    assert texts(article(articleBody=BODY), page(FERRY[0])) == FERRY[1:]


@pytest.mark.parametrize("end", ["...", "…", " […]", " ... ", "… [+2104 chars]"])
def test_a_text_that_was_cut_off_adds_nothing(end: str) -> None:
    assert texts(article(articleBody=BODY + end)) == []


def test_prose_of_the_page_outweighs_a_shorter_text() -> None:
    other = "A guide to the harbours of the sound, with their depths, their lights and the hours of their offices. " * 10
    assert texts(article(articleBody=BODY), page(other)) == []
    assert texts(article(articleBody=BODY), page(other, links=len(other))) == FERRY, "links are no prose"
    assert texts(article(articleBody=BODY), page(other, hidden=True)) == FERRY, "nor is what nobody sees"


def test_a_summary_is_no_body() -> None:
    assert texts(article(description=BODY)) == []
    assert texts([{"@type": "Organization", "description": BODY}]) == []


def test_a_short_text_is_left_alone() -> None:
    assert texts(article(articleBody=FERRY[0])) == []


def test_a_post_and_its_replies() -> None:
    replies = [{"@type": "Comment", "text": text} for text in FERRY[1:]]
    thread = {"@type": "DiscussionForumPosting", "text": FERRY[0], "comment": replies}
    assert texts([thread, *replies]) == FERRY


def test_comments_on_an_article_are_not_its_body() -> None:
    assert texts(article(comment=[{"@type": "Comment", "text": BODY}])) == []


def test_a_question_without_a_text_is_a_heading() -> None:
    faq = {"@type": "Question", "name": "When does it leave?", "acceptedAnswer": {"@type": "Answer", "text": BODY}}
    found = embedded_segments([{"@type": "FAQPage", "mainEntity": [faq]}, faq], SHELL)
    assert [segment.text for segment in found] == ["When does it leave?", *FERRY]
    assert found[0].shape.role == "heading"


def test_a_product_counts_and_a_list_of_products_does_not() -> None:
    product = {"@type": ["https://schema.org/Product"], "description": BODY}
    assert texts([product]) == FERRY
    assert texts([product, {"@type": "Product", "description": BODY[::-1]}]) == []


def test_a_recipe_in_steps_and_sections() -> None:
    section = {"@type": "HowToSection", "itemListElement": [{"@type": "HowToStep", "text": text} for text in FERRY[1:]]}
    recipe = {"@type": "Recipe", "recipeIngredient": ["2 eggs"], "recipeInstructions": [FERRY[0], section]}
    assert texts([recipe]) == ["2 eggs", *FERRY]


def test_a_running_report_has_its_entries() -> None:
    entries = [{"@type": "BlogPosting", "headline": f"Hour {n}", "articleBody": text} for n, text in enumerate(FERRY)]
    report = {"@type": "LiveBlogPosting", "articleBody": "Live from the pier, where the ice is near.", "liveBlogUpdate": entries}
    found = embedded_segments([report, *entries], SHELL)
    assert [segment.text for segment in found if segment.shape.role != "heading"][1:] == FERRY
    assert [segment.text for segment in found if segment.shape.role == "heading"] == ["Hour 0", "Hour 1", "Hour 2", "Hour 3"]


def test_chinese() -> None:
    body = "渡轮星期二中午离开码头，船上有两辆汽车和一匹马。没有人在码头上挥手告别。" * 8
    assert texts(article(articleBody=body)) == [body]
    assert texts(article(articleBody=body), page(body)) == []


def test_no_objects() -> None:
    assert texts([]) == []


values = st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=300), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["@type", "articleBody", "text", "name", "comment", "acceptedAnswer", "liveBlogUpdate", "recipeInstructions"]), inner, max_size=4
))  # fmt: skip


@tries(100)
@given(st.lists(st.fixed_dictionaries({"@type": st.sampled_from(["Question", "Recipe", "Product", "X"])}, optional={
    "text": values, "articleBody": values, "recipeInstructions": values, "acceptedAnswer": values, "description": values,
}), max_size=4))  # fmt: skip
def test_never_raises(objects: list[dict[str, Any]]) -> None:
    assert all(segment.text.strip() for segment in embedded_segments(objects, SHELL))


@pytest.mark.parametrize(
    "value",
    [
        "<" * 300_000,
        "<p " * 100_000,
        "&lt;" * 75_000,
        "\\n" * 150_000,
        "a\n" * 150_000,
        "&amp;" * 60_000,
        "<a a" * 75_000,
        "." * 300_000,
    ],
)
def test_hostile_values_take_little_time(value: str) -> None:
    start = time.process_time()
    texts(article(articleBody=value), page("b " * 100_000, hidden=True))
    assert time.process_time() - start < 3


def test_many_answers_and_a_long_page_take_little_time() -> None:
    answers = [
        {"@type": "Answer", "text": f"{number} Nobody on the pier waved it off, said the keeper"} for number in range(5_000)
    ]
    start = time.process_time()
    texts([{"@type": "Question", "text": BODY, "suggestedAnswer": answers}], page("ferry " * 200_000, hidden=True))
    assert time.process_time() - start < 3


def test_templates_are_opened() -> None:
    assert open_templates("<p>a</p><TEMPLATE><p>b</p></template >") == "<p>a</p><div><p>b</p></div >"
    assert open_templates("<template-x>") == "<template-x>"
