"""`python -m cleantext.evaluate.doubling`: sources that repeat something, and a verdict on the time that they take."""

import sys
from itertools import islice
from pathlib import Path

import pytest

from cleantext.errors import InputError
from cleantext.evaluate import doubling
from cleantext.evaluate.doubling import LEAST, SHAPES, SHORT, TIMES, Case, cases, grows_too_fast
from cleantext.evaluate.labelled import read_documents

STORY = "\n".join(f"body: The ferry lay in the harbour for {days} days, and nobody knew why." for days in range(11, 19))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    (documents / "en").mkdir(parents=True)
    (documents / "en" / "ferry.txt").write_text(f"# language: en\n{STORY}\nnewsletter: Sign up here\n", encoding="utf-8")
    return documents


def test_cases_are_the_same_for_a_seed_and_differ_among_each_other(folder: Path) -> None:
    documents = read_documents(folder)
    drawn = list(islice(cases(documents, 3), 40))
    assert drawn == list(islice(cases(documents, 3), 40))
    assert {case.kind for case in drawn} == {"html", "markdown", "text"}
    assert len({case.shape for case in drawn}) > 5


def test_documents_without_a_story_are_refused(folder: Path) -> None:
    (folder / "en" / "ferry.txt").write_text("# language: en\nbody: It rained.\n", encoding="utf-8")
    with pytest.raises(InputError, match="0 stories of 7 paragraphs, and 0 other lines"):
        next(cases(read_documents(folder), 1))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_source_grows_by_what_is_repeated_between_the_storys_paragraphs(shape: str) -> None:
    story = [f"The ferry lay there for {days} days." for days in range(11, 18)]
    case = Case("text", shape, story, ["Sign up here", "Donate now"])
    short, long = case.source(SHORT), case.source(TIMES * SHORT)
    assert short.startswith(story[0])
    assert short.endswith(story[-1])
    assert 3.5 < len(long) / len(short) < 4.5


@pytest.mark.parametrize(("power", "found"), [(1, False), (2, True)])
def test_time_that_grows_with_the_square_is_found(power: int, found: bool) -> None:
    case = Case("text", "lines", [], [])
    assert bool(grows_too_fast(case, lambda _, count: LEAST * (count / SHORT) ** power)) == found


def test_what_is_quick_is_not_found() -> None:
    case = Case("text", "lines", [], [])
    assert not grows_too_fast(case, lambda _, count: LEAST / 17 * (count / SHORT) ** 2)


def test_what_was_slow_once_is_measured_again() -> None:
    times = iter([1.0, 99.0, 1.0, 4.0])
    assert not grows_too_fast(Case("text", "lines", [], []), lambda *_: next(times))


@pytest.mark.parametrize(("ratio", "code"), [(0.0, 0), (16.0, 1)])
def test_the_verdict_is_the_exit_code(
    folder: Path, ratio: float, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["doubling", str(folder), "--seconds", "0.2"])
    monkeypatch.setattr(doubling, "grows_too_fast", lambda _: ratio)
    with pytest.raises(SystemExit) as ended:
        doubling.main()
    assert int(ended.value.code or 0) == code
    assert " tried, " in capsys.readouterr().out
