"""Explanations and diffs."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.document import Block, Document, Label, Reason
from cleantext.report.terminal import UNSAFE, diff, escape, escape_line, explain
from cleantext.report.wrap import columns, wrap

METER = Block(
    "You've read 3 of 4 free articles this month.",
    Label.PAYWALL,
    keep=False,
    reasons=(Reason("rule", "en.paywall.read-n-of-n", "You've read 3 of 4 free articles"),),
    after="\n",
)


def document(*blocks: Block, kind: str = "text") -> Document:
    text = "".join(block.text + block.after for block in blocks if block.keep)
    return Document(text=text, kind=kind, language="", blocks=blocks)  # type: ignore[arg-type]


STORY = Block("It rained.", after="\n\n")


def test_an_explanation_shows_label_place_rule_and_words() -> None:
    assert explain(document(STORY, METER), "a.txt").splitlines() == [
        "==> a.txt <==",
        "text, 1 of 2 blocks removed; kept body 1",
        "",
        "- paywall  line 3",
        "    en.paywall.read-n-of-n",
        "    [[You've read 3 of 4 free articles]] this month.",
    ]


def test_neighbours_with_the_same_reasons_are_shown_together_unless_all_is_asked_for() -> None:
    link = Block("Home", Label.NAV, keep=False, reasons=(Reason("trafilatura", "not-main"),))
    page = document(STORY, link, link, link, kind="html")
    assert "- nav  3 blocks\n    trafilatura: not-main\n    Home | Home | Home\n" in explain(page, "a.html")
    assert explain(page, "a.html", whole=True).count("- nav") == 3


def test_the_matched_words_of_a_long_block_are_in_sight() -> None:
    text = "word " * 200 + "subscribe now " + "word " * 200
    block = Block(text, Label.PAYWALL, keep=False, reasons=(Reason("rule", "x.paywall.y", "subscribe now"),))
    short = explain(document(block), "a.txt")
    assert "[[subscribe now]]" in " ".join(short.split())
    assert len(short) < 600
    assert len(explain(document(block), "a.txt", whole=True)) > 2000


@pytest.mark.parametrize("text", ["word " * 99, "x" * 300, "会員限定の記事です。" * 30, "https://example.org/" + "a" * 200])
def test_no_line_is_wider_than_80_columns(text: str) -> None:
    block = Block(text, Label.PAYWALL, keep=False, reasons=(Reason("rule", "x.paywall." + "y" * 30, text[:40]),) * 3)
    for line in explain(document(block), "a.txt", whole=True).splitlines():
        assert sum(2 if ord(char) > 0x2E80 else 1 for char in line) <= 80


@pytest.mark.parametrize("text", ["x" * 300_000, "(" * 100_000, "雨" * 100_000, "（雨" * 50_000, "a\u0301" * 50_000])
def test_a_long_text_without_spaces_is_wrapped_in_linear_time(text: str) -> None:
    begun = time.process_time()
    lines = wrap(text, "  ", 40)
    assert time.process_time() - begun < 5
    assert "".join(line.strip() for line in lines) == text
    assert max(map(columns, lines)) <= 40


def test_japanese_lines_are_full_and_do_not_begin_with_a_stop_or_a_mark() -> None:
    block = Block("港の食堂は午前三時に開く。" * 20, Label.APPEAL, keep=False, reasons=(Reason("rule", "x", "午前三時"),))
    lines = explain(document(block), "a.txt", whole=True).splitlines()[5:]
    assert all(columns(line) >= 74 for line in lines[:-1])
    assert not any(line.strip()[0] in "。、]" for line in lines)


def test_marked_words_are_whole_and_their_letters_stay_joined() -> None:
    reason = Reason("rule", "ar.appeal.funding", "لا نتلقى تمويل")
    block = Block("لا نتلقى تمويلًا من حكومة", Label.APPEAL, keep=False, reasons=(reason,))
    assert "[[لا نتلقى تمويلًا]] من" in explain(document(block), "a.txt")


def test_a_colour_ends_with_its_line() -> None:
    block = Block("word " * 60, Label.APPEAL, keep=False, reasons=(Reason("rule", "x", "word " * 40),))
    lines = explain(document(block), "a.txt", colour=True, whole=True).splitlines()[5:]
    coloured = [line for line in lines if "\x1b[1;31m" in line]
    assert len(coloured) == 3
    assert all(line.startswith("\x1b[1;31m    word") for line in coloured[1:])
    assert all(line.count("\x1b[1;31m") == line.count("\x1b[0m") == 1 for line in coloured)


def test_a_rule_is_named_once_for_a_block() -> None:
    reasons = (Reason("rule", "x.appeal.y", "in the run of x.appeal.y"), Reason("rule", "x.appeal.y", "It rained"))
    block = Block("It rained.", Label.APPEAL, keep=False, reasons=reasons)
    assert "    x.appeal.y\n    [[It rained]]." in explain(document(block), "a.txt")


def test_class_names_are_not_sought_in_the_text() -> None:
    block = Block("Advertisement", Label.AD, keep=False, reasons=(Reason("structure", "name.ad", "ad"),))
    assert "structure: name.ad (ad)\n    Advertisement\n" in explain(document(block, kind="html"), "a.html")


@given(st.text(), st.text())
def test_an_explanation_never_steers_the_terminal(text: str, evidence: str) -> None:
    block = Block(text, Label.AD, keep=False, reasons=(Reason("rule", "x.ad.y", evidence),))
    assert not UNSAFE.search(explain(document(block), text))
    assert not UNSAFE.search(diff(document(block), "a.txt", terminal=True))


@given(st.text())
def test_escaped_text_shows_all_that_was_there(text: str) -> None:
    assert not UNSAFE.search(escape(text))
    assert len(escape_line(text).splitlines()) <= 1
    assert UNSAFE.search(text) or escape(text) == text


def test_a_diff_names_what_goes() -> None:
    assert diff(document(STORY, METER), "a.txt").splitlines() == [
        "--- a.txt",
        "+++ a.txt (clean)",
        "@@ -1,3 +1,2 @@ paywall",
        " It rained.",
        " ",
        "-You've read 3 of 4 free articles this month.",
    ]


def test_nothing_removed_is_no_diff() -> None:
    assert diff(document(STORY), "a.txt") == ""


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch(1)")
@pytest.mark.parametrize("end", ["\n", "", "\r\n", "\x0c\u2028\n"])
def test_a_diff_is_a_patch_that_cleans(tmp_path: Path, end: str) -> None:
    source = document(STORY, METER, Block(f"It stopped.{end}Then not.", after=end))
    (tmp_path / "a.txt").write_bytes(source.restore().encode())
    subprocess.run(
        ["patch", "--binary", "a.txt"], input=diff(source, "a.txt").encode(), cwd=tmp_path, check=True, capture_output=True
    )
    assert (tmp_path / "a.txt").read_bytes() == source.text.encode()
