"""A run: each system answers for each case, in turns, so that what else the machine does touches all alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Collection
from cleantext.evaluate.benchmark.metrics import Shares
from cleantext.evaluate.benchmark.process import Runner
from cleantext.evaluate.benchmark.question import Answer
from cleantext.evaluate.benchmark.systems import System

Progress = Callable[[int, int, str], None]
"""Cases done, of how many, and what is being done."""


@dataclass(slots=True)
class Measured:
    """What a system did on a collection, a shares and times for each case in order. Predictions have no times."""

    name: str
    version: str = ""
    how: str = ""
    shares: list[Shares] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    empty: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    started: float = 0.0
    base: float = 0.0
    peak: float = 0.0


@dataclass(frozen=True, slots=True)
class Predictions:
    """Texts that a system gave elsewhere, by the ids of cases: a JSON file, or a folder with one for each collection."""

    name: str
    place: Path

    def texts(self, collection: Collection) -> dict[str, str]:
        """The texts for a collection.

        Raises:
            InputError: there is no such file, or it lacks a case.
        """
        file = self.place / f"{collection.name}.json" if self.place.is_dir() else self.place
        try:
            texts = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{file}: {error}") from None
        lacking = [case.id for case in collection.cases if not isinstance(texts, dict) or not isinstance(texts.get(case.id), str)]
        if lacking:
            raise InputError(f"{file}: {len(lacking)} of {len(collection.cases)} cases have no prediction, e.g. {lacking[0]}")
        return {case.id: texts[case.id] for case in collection.cases}


def measure(
    collection: Collection, systems: Sequence[System], deadline: float, progress: Progress, *, keep: bool = False
) -> tuple[list[Measured], dict[str, str]]:
    """What each system did, and why others could not be measured, by name. With `keep`, their texts are there, too."""
    missing = {system.name: system.missing for system in systems if system.missing}
    total = len(collection.cases)
    with ExitStack() as stack:
        runners: list[Runner] = []
        for system in systems:
            if system.name not in missing:
                progress(0, total, f"loading {system.name}")
                runner = Runner(system, deadline)
                stack.callback(runner.end)
                if runner.broken:
                    missing[system.name] = runner.broken
                else:
                    runners.append(runner)
        results = {
            runner.system.name: Measured(runner.system.name, runner.system.version, runner.system.how) for runner in runners
        }
        for number, case in enumerate(collection.cases):
            for turn in range(len(runners)):
                runner = runners[(number + turn) % len(runners)]
                progress(number, total, runner.system.name)
                answer = runner.ask(case.question())
                _note(results[runner.system.name], collection, number, answer, keep=keep)
        for runner in runners:
            result = results[runner.system.name]
            result.started, result.base, result.peak = runner.started, runner.base, runner.peak
    progress(total, total, "")
    return list(results.values()), missing


def judge_predictions(collection: Collection, predictions: Predictions) -> Measured:
    """The score of texts that were made elsewhere."""
    texts = predictions.texts(collection)
    shares = [collection.metric.judge(case.truth, texts[case.id]) for case in collection.cases]
    return Measured(
        predictions.name,
        how=f"Predictions, read from {predictions.place.name}; not run here.",
        shares=shares,
        empty=sum(not text.strip() for text in texts.values()),
    )


def write_texts(folder: Path, collection: Collection, measured: Sequence[Measured]) -> None:
    """Write what came out, {id: text}, as `--predictions` reads it."""
    for system in measured:
        if system.texts:
            file = folder / "outputs" / system.name / f"{collection.name}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_json(system.texts), encoding="utf-8")


def _json(texts: Mapping[str, str]) -> str:
    clean = {key: text.encode("utf-8", "replace").decode() for key, text in texts.items()}
    return json.dumps(clean, ensure_ascii=False, indent=0) + "\n"


def _note(result: Measured, collection: Collection, number: int, answer: Answer, *, keep: bool) -> None:
    case = collection.cases[number]
    result.shares.append(collection.metric.judge(case.truth, answer.text))
    result.seconds.append(answer.seconds)
    result.cpu.append(answer.cpu)
    result.empty += not answer.failure and not answer.text.strip()
    if answer.failure:
        result.failures.append((case.id, answer.failure))
    if keep:
        result.texts[case.id] = answer.text
