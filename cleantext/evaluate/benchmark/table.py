"""A summary as columns of text: on the terminal, and in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.evaluate.benchmark.metrics import Figure
from cleantext.evaluate.benchmark.resample import Estimate
from cleantext.evaluate.benchmark.summary import Cost, Row, Summary

COSTS = ("ms median", "ms mean", "CPU ms", "a second", "start s", "peak MB")
NONE = "-"


def text_table(summary: Summary) -> str:
    """For a terminal: the heading, what to beware of, a line for each system, what is missing."""
    cells = [_heads(summary), *(_cells(row, summary) for row in summary.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
    return "\n".join(
        [heading(summary), *remarks(summary), "", *lines, *(f"{name}: {why}" for name, why in summary.missing.items())]
    )


def heading(summary: Summary) -> str:
    """Which collection, and how much of it."""
    whole = "all" if summary.documents == summary.of else f"a sample of {summary.of:,}"
    return f"{summary.name} ({summary.layout}): {summary.documents:,} {summary.unit}, {whole}"


def remarks(summary: Summary) -> list[str]:
    """Warnings and notes."""
    return [*([f"WARNING: {summary.warning}"] if summary.warning else []), *(f"note: {note}" for note in summary.notes)]


def markdown_table(summary: Summary) -> str:
    """All columns of `text_table`, the reference in bold."""
    rows = [[f"**{cells[0]}**" if row.name == summary.reference else cells[0], *cells[1:]] for row, cells in _rows(summary)]
    rows += [[name, *[NONE] * (len(_heads(summary)) - 2), why] for name, why in summary.missing.items()]
    return as_markdown([_heads(summary), *rows])


def difference_table(summary: Summary) -> str:
    """How much more than the reference each system has, figure by figure; a star where the interval excludes 0."""
    heads = ["system", *(figure.title for figure in summary.metric.figures)]
    rows = [[row.name, *(difference(row.beside.get(figure.key)) for figure in summary.metric.figures)] for row in summary.rows]
    return as_markdown([heads, *(row for row, own in zip(rows, summary.rows, strict=True) if own.beside)])


def group_table(summary: Summary) -> str:
    """The first figure by group, with intervals."""
    heads = ["system", *(f"{group} ({number})" for group, number in summary.groups.items())]
    rows = [[row.name, *(with_interval(row.groups.get(group)) for group in summary.groups)] for row in summary.rows]
    return as_markdown([heads, *rows])


def label_table(summary: Summary) -> str:
    """The share of the lines of each label that were removed."""
    labels = summary.rows[0].labels if summary.rows else {}
    heads = ["system", *(f"{label} ({lines})" for label, (lines, _) in labels.items())]
    rows = [
        [row.name, *(f"{100 * gone / lines:.0f} %" if lines else NONE for lines, gone in row.labels.values())]
        for row in summary.rows
    ]
    return as_markdown([heads, *rows])


def as_markdown(rows: Sequence[Sequence[str]], *, numbers: bool = True) -> str:
    """Rows of cells, the first of them heads; `numbers`: all columns but the first are right-aligned.

    >>> print(as_markdown([["a", "b"], ["1|2", "3"]]))
    | a | b |
    | :-- | --: |
    | 1\\|2 | 3 |
    """
    lines = ["| " + " | ".join(cell.strip().replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "| :-- |" + (" --: |" if numbers else " :-- |") * (len(rows[0]) - 1), *lines[1:]])


def with_interval(estimate: Estimate | None) -> str:
    """A figure and its interval.

    >>> with_interval(Estimate(0.87654, 0.861, 0.89))
    '0.8765 [0.861, 0.890]'
    """
    return f"{estimate.value:.4f} [{estimate.low:.3f}, {estimate.high:.3f}]" if estimate else NONE


def difference(estimate: Estimate | None) -> str:
    """A difference and its interval; a star if that excludes 0."""
    if not estimate:
        return NONE
    return f"{estimate.value:+.4f} [{estimate.low:+.3f}, {estimate.high:+.3f}]{' *' if estimate.excludes_zero else ''}"


def _rows(summary: Summary) -> list[tuple[Row, list[str]]]:
    return [(row, _cells(row, summary)) for row in summary.rows]


def _heads(summary: Summary) -> list[str]:
    first, *others = summary.metric.figures
    beside = f"beside {summary.reference}" if summary.reference else "difference"
    return ["system", f"{first.title} [95 %]", beside, *(figure.title for figure in others), "empty", "failed", *COSTS]


def _cells(row: Row, summary: Summary) -> list[str]:
    first, *others = summary.metric.figures
    beside = row.beside.get(first.key)
    star = "*" if beside and beside.excludes_zero else " "
    return [
        row.name,
        with_interval(row.figures.get(first.key)),
        f"{beside.value:+.4f}{star}" if beside else NONE,
        *(_plain(row, figure) for figure in others),
        str(row.empty),
        str(len(row.failures)),
        *_costs(row.cost),
    ]


def _plain(row: Row, figure: Figure) -> str:
    estimate = row.figures.get(figure.key)
    return f"{estimate.value:.4f}" if estimate else NONE


def _costs(cost: Cost | None) -> list[str]:
    if not cost:
        return [NONE] * len(COSTS)
    return [
        f"{cost.median:.1f}",
        f"{cost.mean:.1f}",
        f"{cost.cpu:.1f}",
        f"{cost.rate:.1f}",
        f"{cost.started:.1f}",
        f"{cost.peak:.0f}",
    ]
