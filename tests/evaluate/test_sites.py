"""`python -m cleantext.evaluate.sites`."""

import json
import sys
from pathlib import Path

import pytest

from cleantext.evaluate.sites import main, try_sites
from tests.sites.newspaper import INSERT, documents, story


def test_each_half_is_tried_on_the_other() -> None:
    trials = list(try_sites(documents([[*story(i), INSERT] for i in range(20)])))
    assert [(trial.documents, trial.touched, len(trial.removed)) for trial in trials] == [(10, 10, 10), (10, 10, 10)]
    assert {block.text for trial in trials for block in trial.removed} == {INSERT}


def test_it_prints_what_was_learned_and_what_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"text": "\n\n".join([*story(i), INSERT]), "publisher": "Courier"} for i in range(20)]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["sites", str(path), "--publisher-field", "publisher", "--show", "5"])
    main()
    printed = capsys.readouterr().out
    assert "== Courier: 10 documents read, 1 templates" in printed
    assert "5 of 20 lines that only site rules removed" in printed
