"""`cleantext evaluate COLLECTION...` on public collections: systems side by side."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from cleantext.evaluate.benchmark.case import Collection
from cleantext.evaluate.benchmark.layouts.discover import read_collections
from cleantext.evaluate.benchmark.layouts.labelled import RULES_TUNED
from cleantext.evaluate.benchmark.plots import write_plots
from cleantext.evaluate.benchmark.report import Circumstances, write_report
from cleantext.evaluate.benchmark.run import Measured, Predictions, judge_predictions, measure, write_texts
from cleantext.evaluate.benchmark.summary import Summary, summarise
from cleantext.evaluate.benchmark.systems import OURS, System, choose
from cleantext.evaluate.benchmark.table import text_table

FOLDS_NOTE: Final = "cleantext has models of folds: each document gets the one that was trained without its site or publisher"
ERASE: Final = "\r\x1b[K"


class Watch:
    """Says on standard error how far a run is: in place on a terminal, elsewhere a line now and then."""

    def __init__(self, name: str, unit: str, *, every: float | None = None) -> None:
        self.name, self.unit = name, unit
        self.terminal = sys.stderr.isatty()
        self.every = every if every is not None else (0.2 if self.terminal else 15.0)
        self.begun = self.said = time.monotonic()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Cases done, of how many, and what is being done."""
        now = time.monotonic()
        if not what:
            click.echo(ERASE if self.terminal else "", nl=False, err=True)
        elif now - self.said >= self.every:
            self.said = now
            left = f", {(now - self.begun) / done * (total - done):,.0f} s left" if done else ""
            line = f"{self.name}: {done:,} of {total:,} {self.unit}{left} ({what})"
            click.echo(f"{ERASE}{line}" if self.terminal else line, nl=not self.terminal, err=True)


def benchmark(paths: Sequence[Path], given: Mapping[str, Any]) -> None:
    """Measure all systems on all collections, print a table for each, and write the report if one is asked for."""
    circumstances = Circumstances(shlex.join(["cleantext", *sys.argv[1:]]), given["deadline"])
    models = {name: given[name] and str(given[name]) for name in ("content_model", "line_model")}
    systems = choose(given["systems"], **models, profile=given["profile"] if given["profile"] != "standard" else None)
    predictions = [_predictions(text) for text in given["predictions"]]
    _check_names([*(system.name for system in systems), *(one.name for one in predictions)], given["reference"])
    whole = [collection for path in paths for collection in read_collections(path)]
    samples = [one.sample(given["every"], given["limit"], given["kind"]) for one in whole]
    read = [
        [judge_predictions(sample, one) for one in predictions] for sample in samples
    ]  # they may fail: before what takes long
    for system in systems:
        if system.missing:
            click.echo(f"{system.name} is left out: {system.missing}", err=True)
    summaries: list[Summary] = []
    for sample, all_of_it, others in zip(samples, whole, read, strict=True):
        measured, missing = _measure(sample, systems, given)
        if not measured and not others:
            raise click.ClickException("; ".join(f"{name}: {why}" for name, why in missing.items()))
        warned = _warned(sample, [system.name for system in measured], given)
        summaries.append(summarise(warned, len(all_of_it.cases), [*measured, *others], missing, given["reference"]))
        click.echo(("\n" if len(summaries) > 1 else "") + text_table(summaries[-1]))
        if given["output"]:
            plots = _write(given["output"], summaries, circumstances)
    if given["output"]:
        click.echo(f"\nreport.md, report.json and {len(plots)} plots are in {given['output']}")


def _check_names(names: Sequence[str], reference: str) -> None:
    if twice := [name for name in names if names.count(name) > 1]:
        raise click.UsageError(f"--predictions {twice[0]}=...: there is a system of that name, choose another")
    if reference not in (*names, OURS):
        raise click.UsageError(f"--reference {reference}: choose of {', '.join(names)}")


def _measure(sample: Collection, systems: Sequence[System], given: Mapping[str, Any]) -> tuple[list[Measured], dict[str, str]]:
    keep = given["outputs"] and given["output"]
    found, missing = measure(sample, systems, given["deadline"], Watch(sample.name, sample.unit), keep=bool(keep))
    if keep:
        write_texts(given["output"], sample, found)
    return found, missing


def _warned(collection: Collection, names: Sequence[str], given: Mapping[str, Any]) -> Collection:
    """With the warning that still holds: none if this package is not measured; another if models of folds are asked."""
    if OURS not in names or not collection.warning:
        return replace(collection, warning="")
    model = given["line_model" if collection.layout == "labelled" else "content_model"]
    if not model or not model.is_dir():
        return collection
    return replace(
        collection, warning=RULES_TUNED if collection.layout == "labelled" else "", notes=(*collection.notes, FOLDS_NOTE)
    )


def _write(folder: Path, summaries: Sequence[Summary], circumstances: Circumstances) -> list[str]:
    try:
        plots = write_plots(folder, summaries)
    except ImportError as error:
        click.echo(f"no plots: {error.name} is not installed: python -m pip install 'cleantext-articles[evaluate]'", err=True)
        plots = []
    write_report(folder, summaries, circumstances, plots)
    return plots


def _predictions(text: str) -> Predictions:
    name, equals, place = text.partition("=")
    if not equals or not name or not place:
        raise click.UsageError(f"--predictions {text}: write NAME=FILE")
    return Predictions(name, Path(place))
