"""Is the article all there: facts from what was kept, removed and declared, and one table from them to a verdict."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner, Completeness, Options, analyze
from cleantext.completeness import RULES, STOP, WINDOW
from cleantext.detect.pack import load_all
from cleantext.evaluate.bodies import Body
from tests.properties.sources import a_body
from tests.tries import tries

LEAD = "The council met for six hours on Monday and heard forty speakers, most of them against the new bridge across the sound."
SECOND = "The mayor, who had promised a vote before the summer, left by the side door and told nobody when there would be one."
CUT = "The council met for six hours on Monday and heard forty speakers, most of them against the new bridge across the"
OFFER = "Subscribe to continue reading."
LEFT = "Il vous reste 57 % de cet article à lire. La suite est réservée aux abonnés."

PAYWALL = [rule for pack in load_all() for rule in pack.rules if rule.label == "paywall" and rule.strength != "weak"]
RESTS = [(rule, text) for rule in PAYWALL if rule.rest for text in rule.removes]
OFFERS = sorted(
    {text for rule in PAYWALL if not rule.rest for text in rule.removes if "\n" not in text} - {text for _, text in RESTS}
)


def judged(*paragraphs: str, **options: Any) -> Completeness:
    return Cleaner(Options(kind="text", **options)).analyze("\n\n".join(paragraphs)).completeness


def page(*body: str, after: str = "", head: str = "", around: str = "article") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in body)
    return f"<html><head>{head}</head><body><article><h1>Bridge</h1><div class={around}>{paragraphs}</div></article>{after}</body></html>"


def script(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


LONG = [LEAD, SECOND] * 6
COUNT = sum(len(text.split()) for text in LONG)
NOT_FREE = script(isAccessibleForFree=False, hasPart={"isAccessibleForFree": "False", "cssSelector": "main .Premium-Body"})


# the default


@pytest.mark.parametrize("text", ["", " ", LEAD, CUT, f"{LEAD}\n\n{SECOND}", "Short."])
def test_unknown_is_the_default(text: str) -> None:
    assert analyze(text).completeness.verdict == "unknown"


def test_each_verdict_names_the_rule_behind_it() -> None:
    names = [name for name, _, _ in RULES]
    assert len(set(names)) == len(names)
    assert judged(LEAD, LEFT).because == "gate-says-rest"
    assert judged(LEAD).because == ""


# walls


def test_a_text_that_breaks_off_at_a_wall_is_truncated() -> None:
    found = judged(LEAD, CUT, OFFER)
    assert (found.verdict, found.because, found.gate, found.ends_mid_sentence) == ("truncated", "stops-at-gate", OFFER, True)


def test_a_wall_after_a_whole_sentence_leaves_it_unknown() -> None:
    found = judged(LEAD, SECOND, OFFER)
    assert (found.verdict, found.gate, found.ends_mid_sentence) == ("unknown", OFFER, False)


def test_a_text_that_stops_without_a_wall_is_unknown() -> None:
    found = judged(LEAD, CUT)
    assert (found.verdict, found.ends_mid_sentence) == ("unknown", True)


@pytest.mark.parametrize(("rule", "text"), RESTS, ids=[f"{rule.id}-{i}" for i, (rule, _) in enumerate(RESTS)])
def test_a_wall_that_says_that_a_rest_is_missing_cuts_after_a_whole_sentence_too(rule: Any, text: str) -> None:
    found = judged(LEAD, SECOND, text)
    assert (found.verdict, found.gate_says_rest) == ("truncated", True), rule.id


def test_a_price_or_a_discount_is_no_share_that_is_left() -> None:
    assert judged(LEAD, SECOND, "Subscribe now and save 50 % to continue reading.").verdict == "unknown"


def test_a_wall_with_the_body_going_on_after_it_is_none() -> None:
    found = judged(LEAD, OFFER, LEAD, SECOND)
    assert (found.verdict, found.gate) == ("unknown", "")


def test_a_credit_or_a_crosshead_after_the_wall_is_no_body() -> None:
    assert judged(LEAD, CUT, OFFER, "Reuters contributed to this report.").verdict == "truncated"
    assert judged(LEAD, SECOND, LEFT, "Bridges and boats").verdict == "truncated"


def test_the_verdict_does_not_depend_on_what_the_caller_keeps() -> None:
    assert judged(LEAD, SECOND, LEFT, keep={"paywall"}) == judged(LEAD, SECOND, LEFT)


def test_a_wall_beside_a_pages_main_content_counts() -> None:
    wall = "<aside class=box><p>Subscribe to continue reading.</p><p>1 euro a week</p></aside>"
    found = analyze(page(*LONG, CUT, after=wall)).completeness
    assert (found.verdict, found.gate) == ("truncated", OFFER)


def test_a_wall_that_is_not_shown_does_not() -> None:
    wall = f"<aside class=box style='display:none'><p>{LEFT}</p></aside>"
    assert analyze(page(*LONG, after=wall)).completeness.verdict == "unknown"


def test_a_wall_far_below_the_body_is_a_pop_up() -> None:
    footer = "".join(f"<p>About us {i}</p>" for i in range(WINDOW))
    assert analyze(page(*LONG, CUT, after=f"<footer>{footer}<p>{OFFER}</p></footer>")).completeness.gate == ""


# more pages


@pytest.mark.parametrize(
    "pager",
    ["Next Page >", "1 | 2", "Pages: 1 2 3", "Full Story 1 | 2 | Next »", "1 2 3 下一页", "Czytaj dalej na następnej stronie"],
)
def test_a_link_to_the_next_page_right_under_the_text_says_that_it_goes_on(pager: str) -> None:
    assert analyze(page(*LONG, after=f"<div class=pages>{pager}</div>")).completeness.verdict == "truncated"


@pytest.mark.parametrize("line", ["Next »", "« Previous", "1 2 3 4 5", "12", "2", "Page 1 of 1", "12:41"])
def test_a_link_to_the_next_story_a_vote_or_a_count_does_not(line: str) -> None:
    assert analyze(page(*LONG, after=f"<div class=pages>{line}</div>")).completeness.verdict == "unknown"


def test_pages_of_comments_are_not_the_articles() -> None:
    comments = "".join(f"<p>Comment {i}</p>" for i in range(5))
    assert analyze(page(*LONG, after=f"<section>{comments}<div>Next page</div></section>")).completeness.verdict == "unknown"


@pytest.mark.parametrize("marker", ["(接下一頁)", "... contd.", "(continued on next page)", "… [+2310 chars]"])
def test_a_text_may_say_itself_that_it_goes_on(marker: str) -> None:
    assert judged(LEAD, f"{SECOND} {marker}").because == "says-it-goes-on"


# how the text ends


@pytest.mark.parametrize(
    ("last", "cut"),
    [
        (CUT, True),
        (f"{CUT},", True),
        (f"{CUT} …", True),
        (f"{CUT}...", True),
        (f"{LEAD} [...]", True),
        (LEAD, False),
        (f"“{LEAD}”", False),
        (f"{LEAD}[12]", False),
        (f"{CUT}:", False),
        (
            "この橋をめぐる議論は六時間に及び、四十人の発言者のほとんどが反対の意見を述べたが、町長は計画を変えないと話した。町民は静かに席を立ったという。",
            False,
        ),
        ("この橋をめぐる議論は六時間に及び、四十人の発言者のほとんどが反対の意見を述べたが、町長は計画を", True),
        ("A short line", False),
    ],
)
def test_ends_mid_sentence(last: str, cut: bool) -> None:
    assert judged(LEAD, last).ends_mid_sentence is cut


def test_in_a_text_without_full_stops_a_missing_one_says_nothing() -> None:
    lines = [f"{CUT} harbour", f"{CUT} river", f"{CUT} fjord"]
    assert judged(*lines).ends_mid_sentence is False


def test_a_list_at_the_end_needs_no_full_stop() -> None:
    items = f"<ul><li>{CUT} harbour</li><li>{CUT}</li></ul>"
    source = f"<html><body><article>{''.join(f'<p>{text}</p>' for text in LONG)}{items}<p>{OFFER}</p></article></body></html>"
    assert analyze(source).completeness.ends_mid_sentence is False


# what the publisher declares


def test_the_claim_that_it_is_not_free_decides_nothing() -> None:
    found = analyze(page(*LONG, head=NOT_FREE)).completeness
    assert (found.verdict, found.free, found.paid_body) == ("unknown", False, False)


def test_a_wall_under_a_paid_body_that_is_in_the_page_cuts_nothing() -> None:
    wall = f"<aside class=box><p>{LEFT}</p></aside>"
    found = analyze(page(*LONG, head=NOT_FREE, around="premium-body", after=wall)).completeness
    assert (found.verdict, found.paid_body, found.gate_says_rest) == ("unknown", True, True)
    assert analyze(page(*LONG, head=NOT_FREE, after=wall)).completeness.verdict == "truncated"


def test_parts_for_speaking_or_free_ones_are_not_the_paid_body() -> None:
    speakable = script(speakable={"cssSelector": ".article"}, hasPart=[{"isAccessibleForFree": True, "cssSelector": ".article"}])
    assert analyze(page(*LONG, head=speakable)).completeness.paid_body is False


def test_the_declared_count_tells_complete() -> None:
    found = analyze(page(*LONG, head=script(wordCount=COUNT))).completeness
    assert (found.verdict, found.declared_words, found.found_words) == ("complete", COUNT, COUNT)


def test_a_count_that_is_not_reached_says_nothing_without_a_wall() -> None:
    assert analyze(page(*LONG, head=script(wordCount=4 * COUNT))).completeness.verdict == "unknown"


def test_above_a_wall_it_says_that_this_is_a_beginning() -> None:
    wall = "<aside class=box><p>This article is exclusive to Tide+ subscribers</p></aside>"
    found = analyze(page(*LONG, head=script(wordCount=3 * COUNT), after=wall)).completeness
    assert (found.verdict, found.because) == ("truncated", "short-of-declared-words-at-wall")


def test_a_count_of_characters_does_not() -> None:
    wall = "<aside class=box><p>This article is exclusive to Tide+ subscribers</p></aside>"
    characters = sum(len(text) for text in LONG)
    assert analyze(page(*LONG, head=script(wordCount=characters), after=wall)).completeness.verdict == "unknown"


def test_the_declared_text_tells_complete() -> None:
    found = analyze(page(*LONG, head=script(articleBody=" ".join(LONG)))).completeness
    assert (found.verdict, found.because, found.declared_text_found) == ("complete", "declared-text-found", True)


@pytest.mark.parametrize(
    "declared", [LEAD, " ".join(LONG)[:-30] + "...", " ".join([*LONG, *LONG]), " ".join([*LONG, "It rained on."])]
)
def test_a_teaser_or_a_longer_or_other_text_does_not(declared: str) -> None:
    assert analyze(page(*LONG, head=script(articleBody=declared))).completeness.verdict == "unknown"


# never a false alarm


@pytest.mark.parametrize("offer", OFFERS)
def test_no_meter_and_no_offer_under_a_whole_article_makes_it_truncated(offer: str) -> None:
    assert judged(LEAD, SECOND, offer).verdict == "unknown"


@given(body=a_body().filter(lambda body: STOP.search(body.lines[-1]) is not None), offer=st.sampled_from(OFFERS))
@tries(60)
def test_whatever_the_article(body: Body, offer: str) -> None:
    assert judged(*body.lines, offer).verdict != "truncated"


@given(bodies=st.lists(a_body(), min_size=1, max_size=3))
@tries(30)
def test_the_verdict_depends_on_the_end_only(bodies: list[Body]) -> None:
    before = [line for body in bodies for line in body.lines if STOP.search(line)]
    for end in ((LEAD, CUT, OFFER), (LEAD, SECOND, OFFER), (LEAD, SECOND, LEFT), (LEAD, SECOND)):
        assert judged(*before, *end).verdict == judged(*end).verdict


@given(text=st.text(max_size=400))
@tries(100)
def test_any_text_gets_a_verdict(text: str) -> None:
    assert analyze(text).completeness.verdict in ("unknown", "truncated", "complete")
