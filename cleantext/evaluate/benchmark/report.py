"""The report of a run: Markdown to read, JSON to go on with, plots."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cleantext.evaluate.benchmark.resample import RESAMPLES, SEED
from cleantext.evaluate.benchmark.summary import Row, Summary
from cleantext.evaluate.benchmark.table import (
    as_markdown,
    difference_table,
    group_table,
    heading,
    label_table,
    markdown_table,
    remarks,
)

METHOD = (
    f"Intervals hold 95 % of {RESAMPLES:,} bootstrap resamples over documents (seed {SEED}); all systems are resampled together, so that "
    "differences are paired; a star: the interval of the difference excludes 0. Each system runs in a process of its own, with one thread for numerical libraries, and the "
    "systems take turns document by document. Times are of the call alone, without what a system needs to start (`start s`: import, models, and a first call), "
    "by the clock and of the processor; `peak MB` is the process's largest resident memory. A document on which a system fails, or takes longer than the "
    "deadline, counts as one without output."
)
FAILURES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How the run came about."""

    command: str
    deadline: float
    date: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())
    python: str = field(default_factory=platform.python_version)
    machine: str = field(default_factory=lambda: f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    load: str = field(default_factory=lambda: f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown")


def write_report(folder: Path, summaries: Sequence[Summary], circumstances: Circumstances, plots: Sequence[str]) -> None:
    """`report.md` and `report.json`; `plots` are the names of the files beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.md").write_text(markdown(summaries, circumstances, plots), encoding="utf-8")
    record = {
        "circumstances": asdict(circumstances),
        "resamples": RESAMPLES,
        "seed": SEED,
        "collections": [summary.to_dict() for summary in summaries],
    }
    (folder / "report.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def markdown(summaries: Sequence[Summary], circumstances: Circumstances, plots: Sequence[str]) -> str:
    """The whole report."""
    parts = [
        "# Evaluation",
        f"    {circumstances.command}",
        _circumstances(circumstances),
        METHOD,
        *(part for summary in summaries for part in _collection(summary, plots)),
        "## Systems",
        _systems(summaries),
    ]
    return "\n\n".join(parts) + "\n"


def _circumstances(given: Circumstances) -> str:
    return (
        f"{given.date}; {given.machine}, load {given.load} when it began; Python {given.python}; "
        f"deadline {given.deadline:g} s a document."
    )


def _collection(summary: Summary, plots: Sequence[str]) -> list[str]:
    parts = [f"## {heading(summary)}", *(f"**{line}**" if line.startswith("WARNING") else line for line in remarks(summary))]
    parts += [f"{summary.metric.meaning} Digest of the cases: `{summary.digest[:16]}`.", markdown_table(summary)]
    parts += [f"![{name}]({name})" for name in plots if name.startswith(f"{summary.name}-")]
    if any(row.beside for row in summary.rows):
        parts += [f"Beside {summary.reference}, the difference of each figure:", difference_table(summary)]
    if summary.groups:
        parts += [f"{summary.metric.first.title} by group:", group_table(summary)]
    if any(row.labels for row in summary.rows):
        parts += ["Lines removed, by label:", label_table(summary)]
    return parts + [_failures(row) for row in summary.rows if row.failures]


def _failures(row: Row) -> str:
    shown = "\n".join(f"- {name}: {why}" for name, why in row.failures[:FAILURES_SHOWN])
    more = len(row.failures) - FAILURES_SHOWN
    return f"{row.name} failed on {len(row.failures)}:\n\n{shown}" + (f"\n- and {more} more (report.json)" if more > 0 else "")


def _systems(summaries: Sequence[Summary]) -> str:
    rows = {row.name: [row.name, row.version or "-", row.how] for summary in summaries for row in summary.rows}
    gone = {name: [name, "missing", why] for summary in summaries for name, why in summary.missing.items()}
    return as_markdown([["system", "version", "how it is called"], *(gone | rows).values()], numbers=False)
