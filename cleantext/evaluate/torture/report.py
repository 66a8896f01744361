"""The report: Markdown with a row for each input, JSON, and a summary to print."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from cleantext.evaluate.benchmark.table import as_markdown
from cleantext.evaluate.torture.run import Outcome

RESULTS: Final = ("clean", "silent loss", "leak", "broken promise", "exception", "timeout", "died")
WORST: Final = 10

Outcomes = Mapping[str, Sequence[Outcome]]
"""By system."""


def write_report(folder: Path, outcomes: Outcomes, command: str) -> None:
    """`torture.md` and `torture.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    record = {"command": command, "systems": {system: [_record(one) for one in found] for system, found in outcomes.items()}}
    (folder / "torture.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    parts = ["# Hostile inputs", f"    {command}", as_markdown(summary(outcomes))]
    for system, found in outcomes.items():
        parts += [f"## {system}", "Slowest, and largest:", as_markdown(worst(found)), as_markdown(_rows(found), numbers=False)]
    (folder / "torture.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def summary(outcomes: Outcomes) -> list[list[str]]:
    """For each system the inputs by result, and the worst time and memory of those that came to an end."""
    rows = [["system", "inputs", *RESULTS, "worst CPU s", "worst MB"]]
    for system, found in outcomes.items():
        counts = Counter(one.result for one in found)
        ended = [one for one in found if one.result not in ("timeout", "died")]
        seconds = max((one.seconds for one in ended), default=0)
        memory = max((one.memory for one in ended), default=0)
        rows.append([system, str(len(found)), *(str(counts[name]) for name in RESULTS), f"{seconds:.1f}", f"{memory:.0f}"])
    return rows


def worst(found: Sequence[Outcome]) -> list[list[str]]:
    """The slowest inputs, beside those that took the most memory."""
    slow = sorted(found, key=lambda one: -one.seconds)[:WORST]
    large = sorted(found, key=lambda one: -one.memory if one.memory == one.memory else 0)[:WORST]
    rows = [["slowest", "MB of input", "CPU s", "largest", "MB of input", "peak MB"]]
    for one, other in zip(slow, large, strict=True):
        rows.append([_name(one), _size(one), f"{one.seconds:.2f}", _name(other), _size(other), f"{other.memory:.0f}"])
    return rows


def _rows(found: Sequence[Outcome]) -> list[list[str]]:
    rows = [["group", "input", "form", "MB", "result", "status", "CPU s", "peak MB"]]
    for one in found:
        result = f"{one.result}: {one.detail}" if one.detail else one.result
        times = [f"{one.seconds:.2f}", f"{one.memory:.0f}"]
        rows.append([one.group, one.name, one.form, _size(one), result, one.status, *times])
    return rows


def _record(one: Outcome) -> dict[str, object]:
    record = asdict(one)
    return record | {"memory": None if math.isnan(one.memory) else one.memory}


def _name(one: Outcome) -> str:
    return f"{one.name} ({one.form})"


def _size(one: Outcome) -> str:
    return f"{one.size / 1e6:.2f}"
