"""Is the article all there: `truncated` needs a gate after the body, and a body that stops or a gate that says how much is left."""

import pytest

from cleantext import analyze
from cleantext.completeness import assess
from cleantext.document import Block, Label
from cleantext.segment.segment import Head

LEAD = "The council met for six hours on Monday and heard forty speakers, most of them against the new bridge across the sound."
CUT = "The council met for six hours on Monday and heard forty speakers, most of them against the new bridge across the"
GATE = Block("Subscribe to continue reading", Label.PAYWALL, keep=False)


def blocks(*texts: str) -> list[Block]:
    return [Block(text) for text in texts]


def test_unknown_is_the_default() -> None:
    assert assess(blocks(LEAD), [], None).verdict == "unknown"
    assert assess([], [], None).verdict == "unknown"


def test_a_gate_after_the_body_cuts_it() -> None:
    found = assess([*blocks(CUT), GATE], [1], None)
    assert (found.verdict, found.gate, found.ends_mid_sentence) == ("truncated", GATE.text, True)


def test_a_gate_after_a_whole_sentence_leaves_it_unknown() -> None:
    found = assess([*blocks(LEAD), GATE], [1], None)
    assert (found.verdict, found.gate, found.ends_mid_sentence) == ("unknown", GATE.text, False)


@pytest.mark.parametrize("left", ["57 % of this article is left to read", "57% left", "残り1234文字", "剩余 800 字"])
def test_a_gate_that_says_how_much_is_left_cuts_after_a_whole_sentence_too(left: str) -> None:
    found = assess([*blocks(LEAD), Block(left, Label.PAYWALL, keep=False)], [1], None)
    assert (found.verdict, found.gate, found.ends_mid_sentence) == ("truncated", left, False)


def test_a_gate_that_names_a_price_does_not_say_how_much_is_left() -> None:
    offer = Block("Continue reading for 1 $ a month", Label.PAYWALL, keep=False)
    assert assess([*blocks(LEAD), offer], [1], None).verdict == "unknown"


def test_a_gate_keeps_the_declared_count_from_telling_complete() -> None:
    assert assess([*blocks(LEAD), GATE], [1], Head(declared_words=len(LEAD.split()))).verdict == "unknown"


def test_a_text_that_stops_without_a_gate_is_unknown() -> None:
    found = assess(blocks(CUT), [], Head(declared_words=len(CUT.split())))
    assert (found.verdict, found.ends_mid_sentence) == ("unknown", True)


def test_a_gate_with_the_body_going_on_after_it_does_not() -> None:
    found = assess([Block(LEAD), GATE, Block(LEAD)], [1], None)
    assert (found.verdict, found.gate) == ("unknown", "")


def test_a_credit_or_byline_after_the_gate_is_no_body() -> None:
    found = assess([Block(CUT), GATE, Block("Reuters contributed to this report.", Label.CREDIT)], [1], None)
    assert found.verdict == "truncated"


def test_a_removed_notice_that_is_no_gate_says_nothing() -> None:
    notice = Block("You've read 3 of 5 free articles.", Label.PAYWALL, keep=False)
    assert assess([*blocks(LEAD), notice], [], None).verdict == "unknown"


@pytest.mark.parametrize(
    ("last", "cut"),
    [
        (CUT, True),
        (f"{CUT},", True),
        (f"{CUT} …", True),
        (f"{CUT}...", True),
        (LEAD, False),
        (f"“{LEAD}”", False),
        (
            "この橋をめぐる議論は六時間に及び、四十人の発言者のほとんどが反対の意見を述べたが、町長は計画を変えないと話した。町民は静かに席を立ったという。",
            False,
        ),
        ("A short line", False),
    ],
)
def test_ends_mid_sentence(last: str, cut: bool) -> None:
    assert assess(blocks(LEAD, last), [], None).ends_mid_sentence is cut


def test_the_claim_that_it_is_not_free_decides_nothing() -> None:
    found = assess(blocks(LEAD), [], Head(free=False))
    assert (found.verdict, found.free) == ("unknown", False)


def test_the_declared_count_tells_complete() -> None:
    words = len(LEAD.split())
    assert assess(blocks(LEAD), [], Head(declared_words=words)).verdict == "complete"
    found = assess(blocks(LEAD), [], Head(declared_words=10 * words))
    assert (found.verdict, found.declared_words, found.found_words) == ("unknown", 10 * words, words)


def test_a_metering_notice_under_a_whole_article_does_not_make_it_truncated() -> None:
    document = analyze(f"{LEAD}\n\n{LEAD}\n\nYou've read 3 of 5 free articles this month.")
    assert document.removed
    assert document.completeness.verdict == "unknown"
