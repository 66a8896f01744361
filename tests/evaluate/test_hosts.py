"""The program that measures hosts: its documents are what it says, its figures are of what it runs."""

import sys

import pytest

from cleantext.columns import clean_columns
from cleantext.evaluate import hosts


def test_documents_are_short_and_most_hold_something_that_goes() -> None:
    columns = clean_columns(hosts.texts(60))
    assert sum(map(bool, columns["removed_by_label"])) > 30
    assert set(columns["status"]) == {"ok"}
    assert set(clean_columns(hosts.pages(3))["kind"]) == {"html"}


def test_the_best_turn_counts() -> None:
    first, second = iter([3.0, 1.0, 2.0]), iter([5.0, 6.0, 4.0])
    assert hosts.best({"a": lambda: next(first), "b": lambda: next(second)}, 3) == {"a": 1.0, "b": 4.0}


def test_figures_are_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("datatrove")
    monkeypatch.setattr(sys, "argv", ["hosts", "datatrove", "--documents", "60", "--turns", "1"])
    hosts.main()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["60", "bare", "datatrove", "1"]


def test_unknown_hosts_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["hosts", "hadoop"])
    with pytest.raises(SystemExit):
        hosts.main()
    assert "no host hadoop: choose of datatrove, spark, ray" in capsys.readouterr().err
