"""Plots, as SVG: quality against speed, by group of documents, by label of lines. Two runs give the same files, but for what was measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from cleantext.evaluate.benchmark.naming import ABOVE, INK, OURS, Point, name_points
from cleantext.evaluate.benchmark.resample import Estimate
from cleantext.evaluate.benchmark.summary import Row, Summary

PANELS: Final = 4
"""In a row, at most."""
PEER: Final = "#6b7280"
GRID: Final = "#e5e7eb"
OURS_LEARNED: Final = "cleantext learned from, or was tuned to, this collection: its figures elsewhere will be lower"
STYLE: Final[dict[str, Any]] = {
    "svg.hashsalt": "cleantext",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": PEER,
    "axes.labelcolor": INK,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "text.color": INK,
    "xtick.color": PEER,
    "ytick.color": PEER,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
}


def write_plots(folder: Path, summaries: Sequence[Summary]) -> list[str]:
    """Write what can be drawn of each collection; the names of the files.

    Raises:
        ImportError: matplotlib is not installed.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    with mpl.rc_context(STYLE):
        for summary in summaries:
            for kind, draw in DRAWN.items():
                if figure := draw(summary):
                    names.append(f"{summary.name}-{kind}.svg")
                    figure.savefig(folder / names[-1], metadata={"Date": None, "Creator": None}, bbox_inches="tight")
                    _close(figure)
    return names


def speed(summary: Summary) -> Any:
    """The first figure against documents a second of the processor, which other work on the machine does not change: up and right is better."""
    timed = [row for row in summary.rows if row.cost and row.cost.cpu and summary.metric.first.key in row.figures]
    if not timed:
        return None
    figure, axes = _subplots(figsize=(6.4, 4.2))
    first = summary.metric.first
    for row in timed:
        assert row.cost
        estimate = row.figures[first.key]
        axes.errorbar(1000 / row.cost.cpu, estimate.value, yerr=_bars([estimate]), **_marks(row, summary))
    axes.set_xscale("log")
    axes.set_xlabel(f"{summary.unit} a second of processor time (log scale){_caveat(summary)}")
    axes.set_ylabel(f"{first.title}, 95 % interval")
    axes.set_title(f"{summary.name}, {summary.documents:,} {summary.unit}: quality against speed")
    axes.tick_params(axis="x", which="both", length=4, pad=4)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.xaxis.set_minor_formatter(lambda value, _: f"{value:g}" if _leading(value) in (2, 5) else "")
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    points = [(1000 / row.cost.cpu, row.figures[first.key].value, row.name) for row in timed if row.cost]
    name_points(axes, points, summary.reference)
    return figure


def groups(summary: Summary) -> Any:
    """A panel for each group: the first figure of every system, in the order of all documents."""
    if len(summary.groups) < 2 or not summary.rows:
        return None
    first = summary.metric.first
    panels: list[tuple[str, Callable[[Row], Estimate | None]]] = [
        (f"all ({summary.documents})", partial(_of_all, first.key)),
        *((f"{name} ({number})", partial(_of_group, name)) for name, number in summary.groups.items()),
    ]
    lines = -(-len(panels) // PANELS)
    columns = -(-len(panels) // lines)
    size = (2.35 * columns + 1.2, (0.21 * len(summary.rows) + 0.75) * lines + 0.35)
    figure, grid = _subplots(lines, columns, figsize=size, sharex=True, sharey=True, squeeze=False)
    for number, axes in enumerate(grid.flat):
        if number < len(panels):
            _panel(axes, summary, *panels[number])
            axes.tick_params(axis="x", labelbottom=number + columns >= len(panels))
        else:
            axes.axis("off")
    figure.suptitle(
        f"{summary.name}: {first.title}, 95 % interval, by group", x=0.02, ha="left", fontsize=10.5, fontweight="bold"
    )
    if summary.warning:
        figure.supxlabel(_caveat(summary).strip(), fontsize=9)
    figure.tight_layout(h_pad=1.2, w_pad=0.8)
    return figure


def labels(summary: Summary) -> Any:
    """The share of lines removed, a row for each system, a column for each label; unwanted labels left, wanted ones right."""
    from cleantext.document import ARTICLE_LABELS, Label

    counts = summary.rows[0].labels if summary.rows else {}
    order = sorted(counts, key=lambda label: (label in ARTICLE_LABELS, -counts[label][0]))
    if not order:
        return None
    kept = sum(label in ARTICLE_LABELS for label in map(Label, order))
    figure, axes = _subplots(figsize=(0.52 * len(order) + 1.6, 0.3 * len(summary.rows) + 1.5))
    for y, row in enumerate(summary.rows):
        for x, label in enumerate(order):
            lines, gone = row.labels[label]
            share = gone / lines if lines else 0.0
            good = 1 - share if label in ARTICLE_LABELS else share
            gap = 0.25 if x >= len(order) - kept else 0.0
            axes.add_patch(_square(x + gap, y, _shade(good)))
            tone = "white" if good > 0.62 else INK
            axes.text(x + gap, y, f"{100 * share:.0f}", ha="center", va="center", fontsize=8, color=tone)
    edges = [x + (0.25 if x >= len(order) - kept else 0.0) for x in range(len(order))]
    axes.set_xlim(-0.5, len(order) - 0.25)
    axes.set_ylim(len(summary.rows) - 0.5, -0.5)
    axes.set_xticks(edges, [f"{label} ({counts[label][0]})" for label in order], rotation=40, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    _name_rows(axes, summary)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlabel(
        f"% of lines removed (darker is better): left what should go, right what should stay; {summary.name}, {summary.documents} documents"
        f"{_caveat(summary)}",
        labelpad=8,
    )
    return figure


def balance(summary: Summary) -> Any:
    """What is removed of what should go, against what is lost of the body: up and to the left is better."""
    if summary.metric.name != "lines" or not summary.rows:
        return None
    figure, axes = _subplots(figsize=(6.4, 4.2))
    points: list[Point] = []
    for row in summary.rows:
        lost, core = row.figures.get("body_lost"), row.figures.get("core")
        if lost and core:
            axes.errorbar(lost.value, core.value, xerr=_bars([lost]), yerr=_bars([core]), **_marks(row, summary))
            points.append((lost.value, core.value, row.name))
    axes.set_xlabel(f"body lines lost, 95 % interval{_caveat(summary)}")
    axes.set_ylabel("prompts, walls and notices removed")
    axes.set_title(f"{summary.name}, {summary.documents:,} {summary.unit}: what goes, and what goes with it")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{100 * value:.3g} %")
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    name_points(axes, points, summary.reference, ABOVE)
    return figure


DRAWN: Final[dict[str, Callable[[Summary], Any]]] = {"speed": speed, "groups": groups, "labels": labels, "balance": balance}


def _of_all(key: str, row: Row) -> Estimate | None:
    return row.figures.get(key)


def _of_group(name: str, row: Row) -> Estimate | None:
    return row.groups.get(name)


def _caveat(summary: Summary) -> str:
    """A plot is looked at without its report."""
    return f"\n{OURS_LEARNED}" if summary.warning else ""


def _panel(axes: Any, summary: Summary, title: str, estimate_of: Callable[[Row], Estimate | None]) -> None:
    for y, row in enumerate(summary.rows):
        if estimate := estimate_of(row):
            axes.errorbar(estimate.value, y, xerr=_bars([estimate]), **_marks(row, summary))
    axes.set_title(title)
    axes.set_xticks((0, 0.25, 0.5, 0.75, 1), ("0", "", "0.5", "", "1"))
    axes.set_ylim(len(summary.rows) - 0.4, -0.6)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    if axes.get_subplotspec().is_first_col():
        _name_rows(axes, summary)


def _name_rows(axes: Any, summary: Summary) -> None:
    axes.set_yticks(range(len(summary.rows)), [row.name for row in summary.rows])
    for text, row in zip(axes.get_yticklabels(), summary.rows, strict=True):
        if row.name == summary.reference:
            text.set_color(OURS)
            text.set_fontweight("bold")


def _marks(row: Row, summary: Summary) -> dict[str, Any]:
    ours = row.name == summary.reference
    colour = OURS if ours else PEER
    return {
        "fmt": "o",
        "color": colour,
        "markersize": 6.5 if ours else 4.5,
        "elinewidth": 1.6 if ours else 1.1,
        "capsize": 0,
        "zorder": 4 if ours else 3,
    }


def _bars(estimates: Sequence[Estimate]) -> list[list[float]]:
    return [
        [max(0.0, estimate.value - estimate.low) for estimate in estimates],
        [max(0.0, estimate.high - estimate.value) for estimate in estimates],
    ]


def _leading(value: float) -> int:
    return int(f"{value:e}"[0])


def _shade(share: float) -> str:
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    return str(to_hex(LinearSegmentedColormap.from_list("shade", ["#f8fafc", OURS])(share)))


def _square(x: float, y: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=colour, edgecolor="none")


def _subplots(*shape: int, **settings: Any) -> tuple[Any, Any]:
    from matplotlib import pyplot as plt

    made: tuple[Any, Any] = plt.subplots(*shape, **settings)
    return made


def _close(figure: Any) -> None:
    from matplotlib import pyplot as plt

    plt.close(figure)
