"""`cleantext stats`: what a batch removed, by label, rule, language, site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import click

from cleantext.batch.job import FAILED, SKIPPED
from cleantext.batch.ledger import Ledger
from cleantext.report.terminal import counted, escape_line

VIEWS: Final = {
    "label": "What was removed",
    "rule": "Rules",
    "language": "Languages",
    "site": "Sites",
    "page_kind": "Kinds of page",
    "completeness": "Is it complete?",
}
"""What is counted, and its heading."""

ORDER: Final = ("ok", "partial", "limit", "too_large", "empty", SKIPPED, FAILED)


@click.command("stats")
@click.argument("folder", metavar="DIR")
@click.option("--by", multiple=True, type=click.Choice(list(VIEWS)), help="Only these (default: all).")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Show the first N of each.")
@click.option("--json", "as_json", is_flag=True, help="All of it, as one JSON object.")
@click.help_option("-h", "--help")
def stats(folder: str, by: tuple[str, ...], top: int, as_json: bool) -> None:
    """Say what the batch in DIR removed: blocks and characters by label, rule, language, site, kind of page.

    \b
    Examples:
      cleantext stats clean
      cleantext stats clean --by site --top 50
      cleantext stats clean --json
    """
    with Ledger(folder, lock=False) as ledger:
        if as_json:
            click.echo(json.dumps(_all(ledger, by or tuple(VIEWS)), ensure_ascii=False))
            return
        click.echo(summary(ledger, by or tuple(VIEWS), top))


def summary(ledger: Ledger, views: Sequence[str] = ("label",), top: int = 10) -> str:
    """The closing table of a batch, and more of it on request."""
    statuses = ledger.statuses()
    known = [status for status in ORDER if statuses[status]] + sorted(set(statuses) - set(ORDER))
    lines = [
        f"{counted(statuses.total(), 'record')}: " + (", ".join(f"{status} {statuses[status]:,}" for status in known) or "none")
    ]
    if statuses[SKIPPED]:
        lines += _skipped(ledger)
    for view in views:
        rows = ledger.counts(view)
        if rows:
            lines += ["", *_table(VIEWS[view], rows, top, _characters(ledger))]
    return "\n".join(lines)


def _skipped(ledger: Ledger) -> list[str]:
    reasons: dict[str, int] = {}
    for record in ledger.with_status(SKIPPED):
        reasons[record.reason] = reasons.get(record.reason, 0) + 1
    most = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return [f"  skipped: {escape_line(reason)} {number:,}" for reason, number in most[:5]]


def _characters(ledger: Ledger) -> int:
    """All characters that were looked at."""
    kept = sum(characters for *_, characters in ledger.counts("kept"))
    return kept + sum(characters for *_, characters in ledger.counts("total"))


def _table(heading: str, rows: Iterable[tuple[str, int, int, int]], top: int, whole: int) -> list[str]:
    rows = list(rows)
    width = max(len(heading), *(len(escape_line(which) or "-") for which, *_ in rows[:top]))
    lines = [f"{heading:<{width}}  documents     blocks   characters   share"]
    for which, documents, blocks, characters in rows[:top]:
        share = f"{characters / whole:7.2%}" if whole else ""
        lines.append(f"{escape_line(which) or '-':<{width}} {documents:10,} {blocks:10,} {characters:12,} {share}")
    if len(rows) > top:
        lines.append(f"and {len(rows) - top:,} more")
    return lines


def _all(ledger: Ledger, views: Sequence[str]) -> dict[str, Any]:
    names = ("documents", "blocks", "characters")
    counted = {view: {which: dict(zip(names, numbers, strict=True)) for which, *numbers in ledger.counts(view)} for view in views}
    return {"records": dict(ledger.statuses()), **counted}
