"""`cleantext evaluate COLLECTION...` on public collections: systems side by side."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from cleantext.evaluate.benchmark.case import Collection
from cleantext.evaluate.benchmark.layouts.discover import read_collections
from cleantext.evaluate.benchmark.plots import write_plots
from cleantext.evaluate.benchmark.report import Circumstances, write_report
from cleantext.evaluate.benchmark.run import Predictions, judge_predictions, measure, write_texts
from cleantext.evaluate.benchmark.summary import Summary, summarise
from cleantext.evaluate.benchmark.systems import OURS, System, choose
from cleantext.evaluate.benchmark.table import text_table

FOLDS_NOTE: Final = "cleantext is asked with models of folds: each page by the one that was trained without its site"
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
    collections = [collection for path in paths for collection in read_collections(path)]
    models = {name: given[name] and str(given[name]) for name in ("content_model", "line_model")}
    systems = choose(given["systems"], **models, profile=given["profile"] if given["profile"] != "standard" else None)
    predictions = [_predictions(text) for text in given["predictions"]]
    circumstances = Circumstances(shlex.join(["cleantext", *sys.argv[1:]]), given["deadline"])
    summaries = []
    for whole in collections:
        sample = whole.sample(given["every"], given["limit"], given["kind"])
        summaries.append(_measure(sample, len(whole.cases), systems, predictions, given))
        click.echo(("\n" if len(summaries) > 1 else "") + text_table(summaries[-1]))
    if given["output"]:
        _write(given["output"], summaries, circumstances)


def _measure(
    collection: Collection, of: int, systems: Sequence[System], predictions: Sequence[Predictions], given: Mapping[str, Any]
) -> Summary:
    from dataclasses import replace

    read = [judge_predictions(collection, one) for one in predictions]  # first, since it may fail
    watch = Watch(collection.name, collection.unit)
    measured, missing = measure(collection, systems, given["deadline"], watch, keep=given["outputs"])
    if given["outputs"] and given["output"]:
        write_texts(given["output"], collection, measured)
    if not measured and not read:
        raise click.ClickException("; ".join(f"{name}: {why}" for name, why in missing.items()))
    if not any(system.name == OURS for system in systems):
        collection = replace(collection, warning="")
    elif collection.warning and _has_folds(collection, given):
        collection = replace(collection, warning="", notes=(*collection.notes, FOLDS_NOTE))
    return summarise(collection, of, [*measured, *read], missing, given["reference"])


def _has_folds(collection: Collection, given: Mapping[str, Any]) -> bool:
    model = given["line_model" if collection.layout == "labelled" else "content_model"]
    return bool(model and model.is_dir())


def _write(folder: Path, summaries: Sequence[Summary], circumstances: Circumstances) -> None:
    try:
        plots = write_plots(folder, summaries)
    except ImportError as error:
        click.echo(f"no plots: {error.name} is not installed: python -m pip install 'cleantext-articles[evaluate]'", err=True)
        plots = []
    write_report(folder, summaries, circumstances, plots)
    click.echo(f"\nreport.md, report.json and {len(plots)} plots are in {folder}")


def _predictions(text: str) -> Predictions:
    name, equals, place = text.partition("=")
    if not equals or not name or not place:
        raise click.UsageError(f"--predictions {text}: write NAME=FILE")
    return Predictions(name, Path(place))
