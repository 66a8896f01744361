"""Which segments of a page are the article: trafilatura's choice in whole segments, completed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleantext.extract as extraction
from cleantext import analyze, clean
from cleantext.document import Label
from cleantext.extract import extract
from cleantext.extract.align import matched, words_of
from cleantext.extract.completion import complete
from cleantext.extract.labelling import label_segments
from cleantext.extract.model import Judgement
from cleantext.extract.opinion import kept_by_lines
from cleantext.options import Options
from cleantext.segment.html import segment_html
from cleantext.segment.segment import Segment
from tests.tries import tries

P = [
    "The harbour master closed the northern gate on Monday after a crack was found in the oldest of its four hinges.",
    "Divers will look at the wall below the water line next week, and the gate may stay shut until the end of June.",
    "Fishing boats have to use the southern channel, which adds half an hour to every trip and costs fuel, owners say.",
    "The town council meets on Thursday to talk about the bill, which nobody has yet put into figures, its clerk said.",
]
NAV = "<nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>"


def main(source: str, lines: list[str] | None, monkeypatch: pytest.MonkeyPatch, **options: str) -> list[str]:
    """The text of the main segments when trafilatura answers with these lines; unless it is the extractor, its choice completed."""
    monkeypatch.setattr(extraction, "main_lines", lambda source, url: lines)
    page = segment_html(source)
    if lines and not options:
        kept = complete(page.segments, kept_by_lines(page.segments, lines), [True] * len(page.segments), page.head)
        verdicts = label_segments(page.segments, kept, "trafilatura").verdicts
        return [s.text for s, verdict in zip(page.segments, verdicts, strict=True) if verdict.main]
    verdicts = extract(page, source, Options(**options)).verdicts  # type: ignore[arg-type]
    return [s.text for s, verdict in zip(page.segments, verdicts, strict=True) if verdict.main]


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{NAV}{body}<footer><p>Imprint of the paper</p></footer></body></html>"


def paragraphs(*numbers: int) -> str:
    return "".join(f"<p>{P[n]}</p>" for n in numbers)


def test_trafilatura_itself() -> None:
    source = page(f"<article><h1>Gate closed</h1>{paragraphs(0, 1, 2, 3)}</article>")
    found = segment_html(source)
    verdicts = extract(found, source, Options()).verdicts
    assert [s.text for s, v in zip(found.segments, verdicts, strict=True) if v.main and v.label is Label.BODY] == P


@pytest.mark.parametrize("frame", ["{}", "<article>{}</article>", "<html><body><div class=post>{}</div></body></html>"])
@pytest.mark.parametrize("linked", [False, True], ids=["plain", "linked"])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_of_a_piece_of_html_each_paragraph_is_kept(frame: str, count: int, *, linked: bool) -> None:
    link = " <a href='https://example.org/log'>The log</a> has more." if linked else ""
    shown = [P[i] + (" The log has more." if linked else "") for i in range(count)]
    source = frame.format("".join(f"<p>{P[i]}{link}</p>" for i in range(count)))
    assert clean(source) == "\n\n".join(shown)


def test_of_a_piece_of_html_menus_and_forms_are_left_out() -> None:
    source = f"{NAV}<div class=share><p>Pass it on</p></div>{paragraphs(0, 1)}<form><p>Your name</p></form>"
    assert clean(source) == f"{P[0]}\n\n{P[1]}"


def test_of_a_page_with_too_many_blocks_all_that_is_shown_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MOST", 4)
    document = analyze(page(f"{paragraphs(0, 1, 2)}<p hidden>Not for readers</p>"))
    assert document.text.split("\n\n")[-4:] == [*P[:3], "Imprint of the paper"]
    assert document.status == "partial"
    assert "more than 4" in document.limits[0]


def test_a_paragraph_kept_in_part_is_kept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(f"<article>{paragraphs(0, 1)}</article>")
    assert main(source, [P[0][:60], P[1]], monkeypatch, extractor="trafilatura") == P[:2]


def test_paragraphs_between_and_at_the_ends_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(f"<article>{paragraphs(0, 1, 2, 3)}</article>")
    assert main(source, [P[1]], monkeypatch) == P
    assert main(source, [P[0], P[3]], monkeypatch) == P
    assert main(source, [P[0], P[3]], monkeypatch, extractor="trafilatura") == [P[0], P[3]]


def test_short_lines_between_paragraphs_come_in_but_links_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(f"<article>{paragraphs(0)}<p>And why?</p><p><a href=/x>Read about the gate</a></p>{paragraphs(1)}</article>")
    assert main(source, [P[0], P[1]], monkeypatch) == [P[0], "And why?", P[1]]


def test_crossheads_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(f"<article>{paragraphs(0)}<h2>The cost</h2>{paragraphs(1)}</article>")
    assert main(source, [P[0], P[1]], monkeypatch) == [P[0], "The cost", P[1]]


def test_paragraphs_in_wrappers_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped = "".join(f"<div><div><p>{text}</p></div></div>" for text in P)
    assert main(page(f"<article>{wrapped}</article>"), [P[0], P[1], P[3]], monkeypatch) == P


@pytest.mark.parametrize("name", ["header", "div class='article-dek'", "div"])
def test_standfirst_outside_the_container(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dek = "A crack in a hinge shuts the harbour's northern gate, and the boats go the long way round."
    source = page(
        f"<main><h1>Gate closed</h1><{name}><p>{dek}</p></{name.split()[0]}><section>{paragraphs(0, 1)}</section></main>"
    )
    assert main(source, P[:2], monkeypatch) == ["Gate closed", dek, *P[:2]]


def test_standfirst_by_the_declared_description(monkeypatch: pytest.MonkeyPatch) -> None:
    dek = "Crack in a hinge shuts gate"
    head = f'<meta property="og:description" content="{dek}">'
    source = page(f"<div><span>{dek}</span></div><div><h1>Gate closed</h1>{paragraphs(0, 1)}</div>", head)
    assert dek in main(source, P[:2], monkeypatch)


def test_apparatus_does_not_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    related = f"<aside class=related><p>{P[3]}</p></aside>"
    source = page(f"<article>{paragraphs(0)}{related}{paragraphs(1)}</article>")
    assert main(source, P[:2], monkeypatch) == P[:2]
    found = segment_html(source)
    verdicts = extract(found, source, Options(extractor="trafilatura")).verdicts
    labels = {s.text: v.label for s, v in zip(found.segments, verdicts, strict=True)}
    assert labels[P[3]] is Label.RELATED
    assert labels["Home"] is Label.NAV


def test_paywall_is_no_reason_to_drop(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(f"<article>{paragraphs(0)}<div class=paywall>{paragraphs(1, 2)}</div></article>")
    assert main(source, P[:2], monkeypatch) == P[:3]
    assert main(source, None, monkeypatch)[:3] == P[:3]


def test_without_an_opinion_all_prose_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(f"<div>{paragraphs(0, 1)}</div>")
    assert main(source, None, monkeypatch) == P[:2]


def test_none_keeps_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page("<p>Seen</p><p hidden>Not seen</p>")
    assert main(source, None, monkeypatch, extractor="none") == ["Home", "News", "Seen", "Imprint of the paper"]


def test_hints_become_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(f"<h1>Gate closed</h1><p class=byline>By Ida Holm</p>{paragraphs(0, 1)}")
    monkeypatch.setattr(extraction, "main_lines", lambda source, url: P[:2])
    found = segment_html(source)
    labels = [v.label for v in extract(found, source, Options()).verdicts]
    assert labels[2:6] == [Label.TITLE, Label.BYLINE, Label.BODY, Label.BODY]


def test_short_lines_are_found_by_their_order() -> None:
    segments = [Segment(text) for text in ["The cost", "Menu", P[0], "The cost", P[1]]]
    assert kept_by_lines(segments, [P[0], "The cost", P[1]]) == [False, False, True, True, True]


def test_repeated_text_is_found_once() -> None:
    segments = [Segment(P[0]), Segment(P[1]), Segment(P[0]), Segment(P[1])]
    assert kept_by_lines(segments, P[:2]) == [True, True, False, False]


@given(st.lists(st.sampled_from("abcde"), max_size=30), st.lists(st.sampled_from("abcde"), max_size=30))
def test_alignment_matches_no_more_than_there_is(ours: list[str], theirs: list[str]) -> None:
    assert sum(matched(ours, theirs)) <= len(theirs)
    distinct = list(dict.fromkeys(ours))
    assert all(matched(distinct, distinct))


def test_spaceless_scripts_are_aligned_by_character() -> None:
    assert kept_by_lines([Segment("港の灯台は春に塗り直された"), Segment("広告")], ["灯台は春に塗り直された"]) == [True, False]
    assert words_of("Ünder_score") == ["ünder", "score"]


@tries(60)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "</div>", P[0], P[1], "<table><tr><td>", "<b>", "\x00", "\ud800", "<!--"])
    ).map("".join)
)
def test_never_raises(source: str) -> None:
    found = segment_html(source)
    assert len(extract(found, source, Options()).verdicts) == len(found.segments)


def test_of_a_page_with_a_single_short_paragraph_that_is_kept_whatever_its_scripts() -> None:
    text = "The harbour is closed today because of the fog."
    for script in ("<script>go()</script>", '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'):
        assert clean(f"<html><head><title>Harbour</title>{script}</head><body><p>{text}</p></body></html>") == text


@pytest.mark.parametrize(("links", "kept"), [(3, [P[0]]), (30, [])], ids=["small", "large"])
def test_if_the_model_chose_nothing_only_a_small_page_keeps_its_paragraphs(
    links: int, kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = "".join(f'<li><a href="/{n}">Lamps {n}</a></li>' for n in range(links))
    source = f"<html><head><title>Lamps</title><script>go()</script></head><body><ul>{menu}</ul><p>{P[0]}</p></body></html>"
    monkeypatch.setattr(extraction, "content_model", _ChoosingNothing)
    assert main(source, None, monkeypatch, extractor="auto") == kept


class _ChoosingNothing:
    """A content model that takes no segment for main content."""

    def __init__(self, path: str | None) -> None:
        pass

    def judge(self, segments: list[Segment], head: object) -> Judgement:
        return Judgement((0.0,) * len(segments), cut=0.5, expected_f1=0.0, kinds={"listing": 1.0})


@pytest.mark.parametrize(
    "fragment", [f"<p>{P[0]}</p>", f"<html><head><title>Gate</title></head><body><p>{P[0]}</p></body></html>"]
)
def test_a_fragment_is_taken_as_it_is(fragment: str) -> None:
    assert clean(fragment) == P[0]


@pytest.mark.parametrize("more", ['<a href="/next">Home and away</a>', "<script>fill()</script>"])
def test_a_page_that_links_or_scripts_fill_is_judged(more: str) -> None:
    assert clean(f"<html><body><p>Loading.</p>{more}</body></html>") == ""


def test_a_short_paragraph_below_all_that_was_kept_stays_between_those_that_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    story = [P[0], P[1], P[2], "It rained.", P[3]]
    source = page(f"<article>{''.join(f'<p>{text}</p>' for text in story)}</article>")
    assert main(source, [P[0], P[1]], monkeypatch) == story
