"""`python -m cleantext.evaluate.bodies`: what is put where, what counts as lost, and what is told apart."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from cleantext import Cleaner, Label, Options
from cleantext.errors import InputError
from cleantext.evaluate import bodies
from cleantext.evaluate.bodies import Body, Insert, Trial, by_label, read_bodies, read_inserts, settle, table, try_body

LINES = tuple(
    f"The ferry is back after {number} weeks in the yard, and the piano of the island's school came with it, wrapped in sails."
    for number in ("eleven", "twelve", "thirteen", "fourteen")
)
METER = "You've read 2 of 3 free articles this month."
FOLLOWED = f"{' '.join(LINES)} Sign up for our newsletter here."
TEXT = Cleaner(Options(kind="text"))


def write(file: Path, *rows: dict[str, Any]) -> Path:
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "row",
    [
        {"html": "", "text": "One.\n\nTwo."},
        {"html": "", "type": "article", "text": "One.\nTwo."},
        {"html": "", "blocks": [{"text": "One."}, {"text": "Two."}]},
        {"html": "", "paragraphs": ["One.", "Two."]},
        {"text": "One.\nSubscribe\nTwo.\nThree?", "labels": ["body", "paywall", "body", "body"], "ambiguous": [3]},
    ],
)
def test_bodies_of_every_layout(tmp_path: Path, row: dict[str, Any]) -> None:
    (body,) = read_bodies(write(tmp_path / "a.jsonl", {"id": "a", **row}))
    assert (body.id, body.lines) == ("a", ("One.", "Two."))


def test_pages_of_other_types_have_no_bodies(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl: no bodies found"):
        read_bodies(write(tmp_path / "a.jsonl", {"id": "a", "html": "", "type": "forum", "text": "One."}))


def test_blocks_are_of_every_label_that_goes(corpora: Path) -> None:
    found = by_label(read_inserts(corpora))
    assert set(found) >= set(Label) - set(list(Label)[:8])
    assert not set(found) & set(list(Label)[:8])
    assert any(insert.origin.startswith("de/") for insert in found[Label.APPEAL])
    assert any(insert.origin.startswith("ja.") for insert in found[Label.PAYWALL])


def test_a_body_gets_the_same_blocks_each_time_and_in_all_places() -> None:
    blocks = {Label.PAYWALL: [Insert((METER,), Label.PAYWALL, "x"), Insert(("Subscribe now",), Label.PAYWALL, "y")]}
    trials = list(try_body(TEXT, Body("a", LINES), blocks, rounds=4))
    assert trials == list(try_body(TEXT, Body("a", LINES), blocks, rounds=4))
    assert [trial.place for trial in trials[:3]] == ["before", "after", "inside"]
    assert {trial.at for trial in trials if trial.place != "inside"} == {0, len(LINES)}
    assert all(0 < trial.at < len(LINES) for trial in trials if trial.place == "inside")
    assert not any(trial.lost for trial in trials)


def test_a_lost_line_is_seen_where_it_stood_and_a_changed_one_too() -> None:
    body = Body("a", (*LINES[:2], METER, FOLLOWED))
    (trial, *_) = try_body(TEXT, body, {Label.PAYWALL: [Insert((METER,), Label.PAYWALL, "x")]}, rounds=1)
    assert [(lost.line, lost.label) for lost in trial.lost] == [(METER, "paywall"), (FOLLOWED, "newsletter")]
    assert trial.lost[0].reasons == ("rule:en.paywall.read-n-of-n", "model:prompts")


def test_prompts_of_a_body_are_told_apart() -> None:
    settled = settle(TEXT, Body("a", (*LINES, METER)))
    assert ([lost.line for lost in settled.alone], settled.body) == ([METER], Body("a", LINES))
    settled = settle(TEXT, Body("a", (*LINES, FOLLOWED)))
    assert settled.alone == ()
    assert [lost.line for lost in settled.beside] == [FOLLOWED]
    assert settled.body == Body("a", (*LINES, " ".join(LINES)))
    assert settle(TEXT, Body("a", (METER,))).body is None


def test_the_table_counts_by_place_and_label() -> None:
    whole = Trial("a", "before", 0, Insert((METER,), Label.PAYWALL, "x"), (), ())
    lost = Trial("a", "after", 1, Insert(("Donate",), Label.APPEAL, "x"), (), (bodies.Lost("One.", "appeal", ()),))
    rows = [line.split() for line in table([whole, whole, lost]).splitlines()]
    assert rows[1] == ["all", "100.00%", "(2/2)", "0.00%", "(0/1)", "-"]
    assert rows[2:] == [["paywall", "100.00%", "(2/2)", "-", "-"], ["appeal", "-", "0.00%", "(0/1)", "-"]]


def test_what_fails_is_written(
    tmp_path: Path, corpora: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "a.jsonl", {"id": "a", "html": "", "text": "\n".join((*LINES, METER))})
    out = tmp_path / "failures.jsonl"
    monkeypatch.setattr(sys, "argv", ["bodies", str(file), "--inserts", str(corpora), "--rounds", "2", "-o", str(out)])
    bodies.main()
    assert "1 bodies; with prompts of their own, found alone: 1" in capsys.readouterr().out
    first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert (first["body"], first["place"], first["lost"][0]["line"]) == ("a", "alone", METER)
