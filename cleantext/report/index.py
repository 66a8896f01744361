"""The documents of a report as a list that can be sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from cleantext.report.facts import Summary
from cleantext.report.markup import language_of, quoted, shown
from cleantext.report.terminal import counted

ORDERS: Final = {"order": "as given", "removed": "most removed", "doubt": "most doubt"}
"""What the documents can be sorted by, and how the button says it."""

_SAID: Final = {"complete": "complete", "truncated": "cut off", "unknown": ""}


def index(rows: Sequence[tuple[Summary, str, str]], failures: Sequence[tuple[str, str]]) -> str:
    """The list of all documents: for each its summary, the id of its view (none if it is not in the page) and its strip."""
    buttons = "".join(
        f'<button type="button" data-sort="{key}" aria-pressed="{"true" if key == "order" else "false"}">{words}</button>'
        for key, words in ORDERS.items()
    )
    removed = sum(summary.removed.total() for summary, *_ in rows)
    items = "".join(_row(number, *row) for number, row in enumerate(rows))
    return (
        f'<nav class="index" id="index" tabindex="-1" aria-labelledby="index-title"><header><h1 id="index-title">'
        f'{counted(len(rows), "document")}</h1><p class="counts"><span><b>{removed:,}</b> blocks removed</span></p></header>'
        f'{_failures(failures)}<div class="sort" role="group" aria-label="Sort">{buttons}</div><ol>{items}</ol></nav>\n'
    )


def _row(number: int, summary: Summary, anchor: str, strip: str) -> str:
    title = shown(summary.title or summary.name)
    name = f'<bdi class="file">{shown(summary.name)}</bdi>' if summary.title else ""
    language = quoted(language_of(summary.language)) if summary.title else ""
    link = f'<a href="#{anchor}" dir="auto" lang="{language}">{title}</a>' if anchor else f'<span dir="auto">{title}</span>'
    told = [
        _SAID[summary.verdict],
        "" if summary.status == "ok" else summary.status,
        "" if anchor else "not shown: the page is full",
    ]
    notes = "".join(f"<b>{shown(note)}</b>" for note in told if note)
    return (
        f'<li data-order="{number}" data-removed="{summary.share:.6f}" data-doubt="{summary.doubt:.6f}">'
        f'<p class="title">{link}{name}</p>{strip}'
        f'<p class="numbers"><span>{summary.removed.total():,} of {summary.blocks:,} blocks</span>'
        f"<span>{summary.share:.0%} removed</span><span>{summary.doubt:.1%} in doubt</span>{notes}</p></li>"
    )


def _failures(failures: Iterable[tuple[str, str]]) -> str:
    items = "".join(f"<li><bdi>{shown(name)}</bdi>: {shown(why)}</li>" for name, why in failures)
    return f'<ul class="limits">{items}</ul>' if items else ""
