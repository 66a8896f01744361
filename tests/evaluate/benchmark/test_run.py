"""Systems in processes of their own: those that fail cost themselves, and are said to have failed."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from cleantext import InputError
from cleantext.errors import ModelError
from cleantext.evaluate.benchmark.case import Collection
from cleantext.evaluate.benchmark.folds import model_for
from cleantext.evaluate.benchmark.layouts.discover import read_collections
from cleantext.evaluate.benchmark.process import Runner, prepare
from cleantext.evaluate.benchmark.question import Question
from cleantext.evaluate.benchmark.run import Measured, Predictions, judge_predictions, measure, write_texts
from cleantext.evaluate.benchmark.systems import SYSTEMS, System, choose
from cleantext.train.collection import fold_of


def silent(done: int, total: int, what: str) -> None:
    pass


def made(fakes: ModuleType, name: str, reads: str = "bytes") -> System:
    return System(name, name, "json", getattr(fakes, name), reads)  # type: ignore[arg-type]


@pytest.fixture
def collection(packed: Path) -> Collection:
    return read_collections(packed)[0]


Run = Callable[..., tuple[dict[str, Measured], dict[str, str]]]


@pytest.fixture
def run(collection: Collection, fakes: ModuleType) -> Run:
    def call(*names: str, deadline: float = 20.0) -> tuple[dict[str, Measured], dict[str, str]]:
        found, missing = measure(collection, [made(fakes, name) for name in names], deadline, silent, keep=True)
        return {system.name: system for system in found}, missing

    return call


def test_what_raises_or_hangs_or_dies_costs_one_document(run: Run) -> None:
    found, missing = run("raising", "hanging", "dying", deadline=1.0)
    assert missing == {}
    assert {name: system.failures for name, system in found.items()} == {
        "raising": [("0", "KeyError: 'no ferries'")],
        "hanging": [("0", "no answer within 1 seconds")],
        "dying": [("0", "its process ended")],
    }
    for system in found.values():
        assert [system.texts[key] for key in "0123"] == ["", "fine", "fine", "fine"]
        assert len(system.shares) == len(system.seconds) == 4


def test_what_cannot_be_measured_is_said_to_be_missing(collection: Collection, fakes: ModuleType) -> None:
    absent = System("absent", "absent-extractor", "absent_extractor", fakes.nothing)
    found, missing = measure(collection, [absent, made(fakes, "unloadable"), made(fakes, "nothing")], 20.0, silent)
    assert [system.name for system in found] == ["nothing"]
    assert missing["absent"] == "not installed: python -m pip install absent-extractor"
    assert "No module named 'no_such_module_anywhere'" in missing["unloadable"]


def test_memory_is_that_of_the_system_alone(fakes: ModuleType) -> None:
    held = bytearray(300_000_000)  # of this process
    held[::4096] = bytes([1]) * len(held[::4096])
    modest, greedy = (Runner(made(fakes, name), 20.0) for name in ("nothing", "greedy"))
    assert len(held) == 300_000_000
    for runner in (modest, greedy):
        runner.ask(Question(b"<p>Rain"))
        runner.end()
    assert modest.peak < 150
    assert greedy.peak > modest.peak + 60


def test_what_depends_on_the_order_of_sets_is_the_same_in_each_run(run: Run) -> None:
    code = "print(hash('ferry'))"
    fixed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "0"})
    before = os.environ.get("PYTHONHASHSEED")
    assert set(run("hashing")[0]["hashing"].texts.values()) == {fixed.stdout.strip()}
    assert os.environ.get("PYTHONHASHSEED") == before


def test_processes_begin_with_next_to_nothing() -> None:
    heavy = "numpy", "selectolax", "lxml", "trafilatura", "matplotlib"
    code = f"import cleantext.evaluate.benchmark.process, sys; print(*(name for name in {heavy!r} if name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == []


@pytest.mark.parametrize(
    ("reads", "text", "page"),
    [
        ("source", "Rain & wind\nSun", "<p>M\ufffd"),
        ("bytes", "<html><body><article><p>Rain &amp; wind</p><p>Sun</p></article></body></html>", "<p>M\ufffd"),
        ("text", "<html><body><article><p>Rain &amp; wind</p><p>Sun</p></article></body></html>", "<p>Mü"),
    ],
)
def test_systems_get_what_they_read(fakes: ModuleType, reads: str, text: str, page: str) -> None:
    system = made(fakes, "nothing", reads)
    given = prepare(Question("Rain & wind\nSun"), system).source
    assert (given if isinstance(given, str) else given.decode()) == text
    latin = prepare(Question("<p>Mü".encode("latin-1")), system).source
    assert (latin if isinstance(latin, str) else latin.decode("utf-8", "replace")) == page


def test_predictions_are_judged_as_outputs_are(collection: Collection, run: Run, tmp_path: Path) -> None:
    found, _ = run("source")
    write_texts(tmp_path, collection, list(found.values()))
    for place in (tmp_path / "outputs" / "source", tmp_path / "outputs" / "source" / "few-dev.json"):
        again = judge_predictions(collection, Predictions("again", place))
        assert again.shares == found["source"].shares
        assert not again.seconds


def test_predictions_must_be_whole(collection: Collection, tmp_path: Path) -> None:
    file = tmp_path / "some.json"
    file.write_text('{"0": "a", "1": null}', encoding="utf-8")
    with pytest.raises(InputError, match=r"3 of 4 cases have no prediction, e\.g\. 1"):
        Predictions("some", file).texts(collection)
    with pytest.raises(InputError, match="nowhere"):
        Predictions("some", tmp_path / "nowhere").texts(collection)


def test_systems_are_chosen_by_name() -> None:
    assert [system.name for system in choose("trafilatura, cleantext,trafilatura")] == ["trafilatura", "cleantext"]
    assert len(choose(None)) == len(SYSTEMS) >= 11
    with pytest.raises(InputError, match="no system traffic: choose of cleantext, trafilatura"):
        choose("traffic")
    (ours,) = choose("cleantext", profile="careful", line_model=None)
    assert "profile=careful" in ours.how
    assert "line_model" not in ours.how


def test_every_system_says_how_it_is_called() -> None:
    for system in SYSTEMS.values():
        assert len(system.how) > 20
        assert system.missing == "" or system.distribution in system.missing


def test_the_model_is_that_of_the_fold_that_did_not_see_the_author(tmp_path: Path) -> None:
    for fold in range(5):
        np.savez(tmp_path / f"{fold}.npz")
        (tmp_path / f"{fold}.tsv").touch()
    assert model_for(str(tmp_path), "skarv.example") == str(tmp_path / f"{fold_of('skarv.example', 5)}.npz")
    assert model_for("one.npz", "skarv.example") == "one.npz"
    assert model_for(None, "skarv.example") is None
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no models of folds"):
        model_for(str(tmp_path / "empty"), "skarv.example")


STORY = (
    "The night ferry to Skarv calls at the lighthouse again, where three people live, and eleven more would like to. "
    "It brings flour, stamps, and a piano that nobody on the island remembers having asked for, wrapped in two old sails. "
    "They said that it would be easier to send a ship than to answer the letters, and so the ship was sent on Monday."
)
STORY_PAGE = (
    '<html lang="en"><head><title>The ferry is back at the lighthouse</title></head><body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>'
    f"<article><h1>The ferry is back</h1>{f'<p>{STORY}</p>' * 3}</article><footer>4 Harbour Street</footer></body></html>"
)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_that_is_installed_finds_the_story(name: str) -> None:
    system = SYSTEMS[name]
    if system.missing:
        pytest.skip(system.missing)
    extract = system.make()
    for question in (Question(STORY_PAGE.encode()), Question(f"{STORY}\n{STORY}")):
        assert STORY in " ".join(extract(prepare(question, system)).split())


def test_models_of_folds_are_used_and_one_that_lacks_is_missed(tmp_path: Path) -> None:
    (tmp_path / "0.npz").write_bytes((files("cleantext.extract") / "content.npz").read_bytes())
    question = Question(STORY_PAGE.encode(), site="skarv.example")
    assert SYSTEMS["cleantext"].make(content_model=str(tmp_path))(question) == SYSTEMS["cleantext"].make()(question)
    (tmp_path / "0.npz").write_bytes(b"none")
    (tmp_path / "1.npz").write_bytes(b"none")
    with pytest.raises(ModelError):
        SYSTEMS["cleantext"].make(content_model=str(tmp_path))(question)


def test_this_package_reads_pages_and_texts() -> None:
    ours = SYSTEMS["cleantext"].make()
    page = b"<html><body><article><h1>Ferry</h1><p>It came back on Monday, with flour.</p></article></body></html>"
    assert "It came back" in ours(Question(page))
    assert ours(Question("It rained.\n\nYou've read 2 of 3 free articles this month.")).strip() == "It rained."
