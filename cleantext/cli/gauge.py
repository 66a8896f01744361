"""How a batch tells its progress on standard error: a bar on a terminal, lines of text or JSON elsewhere."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cleantext.batch.job import FAILED, Portion
from cleantext.batch.ledger import Ledger
from cleantext.batch.run import Batch, Progress
from cleantext.report.terminal import counted

Log = Literal["auto", "bar", "text", "json"]
LOGS: Final[tuple[Log, ...]] = ("auto", "bar", "text", "json")

BAR_EVERY: Final = 0.25
LINE_EVERY: Final = 10.0
"""Seconds between two looks at a bar, or two lines."""
MB: Final = 1e6
_MANY: Final = 3
"""Labels whose shares are shown."""


@dataclass(slots=True)
class State:
    """How far a run is. `before` is what was done by runs before it; `total` the bytes of all inputs, where known."""

    total: int
    before: int = 0
    read_before: int | None = None
    records: int = 0
    failed: int = 0
    read: int = 0
    kept: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)

    def take(self, portion: Portion, read: int) -> None:
        """Count some records in."""
        self.records += len(portion.entries)
        self.failed += sum(entry.status == FAILED for entry in portion.entries)
        if self.read_before is None:
            self.read_before = self.read
        self.read = read
        for (what, which), (_, _, characters) in portion.counts.items():
            if what == "label":
                self.removed[which] += characters
            elif what == "kept":
                self.kept += characters

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return max(time.monotonic() - self.started, 1e-6)

    @property
    def left(self) -> float | None:
        """Seconds that are left, if the rest takes as long as what was read in this run."""
        read = self.read - (self.read_before or 0)
        return self.seconds * (self.total - self.read) / read if self.total and read > 0 else None

    def shares(self) -> dict[str, float]:
        """The shares of all characters that went under the labels that took the most."""
        whole = self.kept + self.removed.total()
        return {label: number / whole for label, number in self.removed.most_common(_MANY)} if whole else {}

    def to_dict(self) -> dict[str, Any]:
        """For a line of JSON."""
        return {
            "event": "progress",
            "records": self.before + self.records,
            "failed": self.failed,
            "megabytes": round(self.read / MB, 1),
            "total_megabytes": round(self.total / MB, 1),
            "records_per_second": round(self.records / self.seconds, 1),
            "seconds": round(self.seconds, 1),
            "seconds_left": None if self.left is None else round(self.left, 1),
            "removed_shares": {label: round(share, 4) for label, share in self.shares().items()},
        }

    def __str__(self) -> str:
        """For a line of text."""
        left = "" if self.left is None else f", {_clock(self.left)} left"
        removed = ", ".join(f"{label} {share:.1%}" for label, share in self.shares().items())
        of_total = f" of {self.total / MB:,.1f}" if self.total else ""
        return (
            f"{counted(self.before + self.records, 'record')}, {self.read / MB:,.1f}{of_total} MB, {self.records / self.seconds:,.0f} a second, "
            f"{self.failed:,} failed{left}{f'; removed: {removed}' if removed else ''}"
        )


class Silent:
    """Tells nothing."""

    def advance(self, portion: Portion, done: int) -> None:
        """Nothing to tell."""


class Lines:
    """A line now and then."""

    def __init__(self, state: State, *, as_json: bool) -> None:
        self.state, self.as_json = state, as_json
        self.told = time.monotonic()

    def advance(self, portion: Portion, done: int) -> None:
        """Tell it, if it is time."""
        self.state.take(portion, done)
        if time.monotonic() - self.told >= LINE_EVERY:
            self.tell()

    def tell(self) -> None:
        """Write a line."""
        self.told = time.monotonic()
        text = json.dumps(self.state.to_dict()) if self.as_json else f"cleantext: {self.state}"
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


class Bar:
    """A bar that is drawn over itself."""

    def __init__(self, state: State) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        self.state = state
        console = Console(stderr=True)
        columns = (BarColumn(bar_width=24), TaskProgressColumn(), TextColumn("{task.description}"))
        self.bar = Progress(*columns, console=console, auto_refresh=False, transient=True)
        self.task = self.bar.add_task("starting", total=state.total or None)
        self.drawn = 0.0

    def advance(self, portion: Portion, done: int) -> None:
        """Draw it, if it is time."""
        self.state.take(portion, done)
        if time.monotonic() - self.drawn >= BAR_EVERY:
            self.bar.update(self.task, completed=done, description=str(self.state), refresh=True)
            self.drawn = time.monotonic()


@contextmanager
def gauge(log: Log, job: Batch, ledger: Ledger, *, quiet: bool, retry: bool) -> Iterator[Progress]:
    """What tells the progress of a run on standard error; those that failed are not done before a retry."""
    total = sum(source.size for source in job.sources)
    statuses = ledger.statuses()
    state = State(total, before=statuses.total() - (statuses[FAILED] if retry else 0))
    form = _form(log)
    if quiet:
        yield Silent()
    elif form == "bar":
        bar = Bar(state)
        with bar.bar:
            yield bar
    else:
        lines = Lines(state, as_json=form == "json")
        yield lines
        lines.tell()


def _form(log: Log) -> Log:
    if log != "auto":
        return log
    try:
        import rich  # noqa: F401
    except ImportError:
        return "text"
    return "bar" if sys.stderr.isatty() else "text"


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
