"""Names beside the points of a plot, where they cover the fewest other names and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

INK: Final = "#111827"
OURS: Final = "#0b5fa5"
SAME: Final = 5.0
"""Dots between points that share a name."""

Point = tuple[float, float, str]
Place = tuple[int, int, str]


def _places(*heights: int) -> tuple[Place, ...]:
    return tuple((dx, dy, side) for dy in heights for dx, side in ((7, "left"), (-7, "right")))


BESIDE: Final = _places(0, 9, -9, 17, -17, 25, -25)
"""Where a name may stand from its point, in points of type, the nearest first."""
ABOVE: Final = _places(8, 0, -8, 16, -16, 24, -24)
"""The same, where a bar leaves the point to both sides."""


def name_points(axes: Any, points: Sequence[Point], reference: str, places: Sequence[Place] = BESIDE) -> None:
    """Name each point; those in one place share a name of several lines. The reference's comes first."""
    axes.figure.canvas.draw()
    taken = [_around(axes, x, y) for x, y, _ in points]
    for group in _together(axes, sorted(points, key=lambda point: (point[2] != reference, -point[1]))):
        clashes = [_clashes(axes, group, place, reference, taken) for place in places]
        text = _name(axes, group, places[clashes.index(min(clashes))], reference)
        taken.append(text.get_window_extent())


def _name(axes: Any, group: Sequence[Point], place: Place, reference: str) -> Any:
    from matplotlib.patheffects import withStroke

    x, y, _ = group[0]
    names = [name for _, _, name in group]
    style = {"color": OURS, "fontweight": "bold"} if reference in names else {"color": INK}
    return axes.annotate(
        "\n".join(in_short(names)),
        (x, y),
        place[:2],
        textcoords="offset points",
        ha=place[2],
        va="center",
        fontsize=8.5,
        zorder=6,
        linespacing=1.1,
        path_effects=[withStroke(linewidth=2.5, foreground="white")],
        **style,
    )


def in_short(names: Sequence[str]) -> list[str]:
    """The modes of one system as one name.

    >>> in_short(["justext", "trafilatura", "trafilatura-fast", "trafilatura-recall"])
    ['justext', 'trafilatura (3 modes)']
    """
    modes: dict[str, list[str]] = {}
    for name in names:
        modes.setdefault(next((stem for stem in modes if name.startswith(f"{stem}-")), name), []).append(name)
    return [f"{stem} ({len(all_)} modes)" if len(all_) > 1 else stem for stem, all_ in modes.items()]


def _clashes(axes: Any, group: Sequence[Point], place: Place, reference: str, taken: Sequence[Any]) -> int:
    """How much a name would cover there, or stand out of the axes."""
    text = _name(axes, group, place, reference)
    box, inside = text.get_window_extent(), axes.bbox
    text.remove()
    out = [box.x1 > inside.x1 + 30, box.x0 < inside.x0, box.y0 < inside.y0, box.y1 > inside.y1 + 10]
    return sum(bool(box.overlaps(other)) for other in taken) + 3 * sum(map(bool, out))


def _together(axes: Any, points: Sequence[Point]) -> list[list[Point]]:
    """Points that can't be told apart, as one."""
    groups: list[list[Point]] = []
    for point in points:
        at = axes.transData.transform(point[:2])
        near = [group for group in groups if abs(axes.transData.transform(group[0][:2]) - at).max() < SAME]
        if near:
            near[0].append(point)
        else:
            groups.append([point])
    return groups


def _around(axes: Any, x: float, y: float) -> Any:
    from matplotlib.transforms import Bbox

    at, over = axes.transData.transform((x, y))
    return Bbox.from_bounds(at - 4, over - 4, 8, 8)
