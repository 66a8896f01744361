"""Keeping bodies whole: what an extractor left out from between, beside and above the text that it kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from cleantext.extract.flow import Flow
from cleantext.extract.standfirst import find_standfirst
from cleantext.segment.segment import Head, Segment

MAIN_SHARE: Final = 0.1
"""A container with this share of the kept text is part of the body: no prose in it is left out between kept paragraphs."""

ENDS_SHARE: Final = 0.3
"""Of one with this share, prose before the first and after the last kept paragraph comes in too."""

WRAPPERS: Final = 5
"""So many elements may stand between a paragraph and the container of the body, as in pages made of modules."""

LONGEST_RUN: Final = 4


def complete(segments: Sequence[Segment], kept: Sequence[bool], head: Head | None) -> list[bool]:
    """The kept segments and what belongs to them; nothing that was kept goes."""
    result = list(kept)
    flow = Flow(segments, kept)
    if flow.first < 0:
        return result
    _fill(segments, result, flow)
    _join_headings(segments, result, flow)
    for i in find_standfirst(segments, result, flow, head):
        result[i] = True
    return result


def _fill(segments: Sequence[Segment], kept: list[bool], flow: Flow) -> None:
    """Prose in the body's containers, and short lines that stand between two kept ones there."""
    shares = [_shares(segments, kept, flow, up) for up in range(WRAPPERS + 1)]
    shapes = {flow.tags(i) for i, keep in enumerate(kept) if keep and flow.reads_on(i) and flow.is_prose(i)}
    neighbours = _neighbours(kept, flow)
    for i in [i for i, keep in enumerate(kept) if not keep and flow.reads_on(i)]:
        share = shares[0].get(flow.container(i), 0.0)
        inside = flow.first < i < flow.last
        if not flow.is_prose(i):
            kept[i] = inside and share >= MAIN_SHARE and i in neighbours
        elif (inside and share >= MAIN_SHARE) or share >= ENDS_SHARE or _sandwiched(kept, flow, i):
            kept[i] = True
        elif flow.tags(i) in shapes:  # each paragraph in a wrapper of its own
            kept[i] = any(shares[up].get(flow.container(i, up), 0.0) >= ENDS_SHARE for up in range(1, WRAPPERS + 1))


def _sandwiched(kept: Sequence[bool], flow: Flow, i: int) -> bool:
    """Prose right between two kept paragraphs, in the same kind of elements as they."""
    return 0 < i < len(kept) - 1 and all(kept[j] and flow.is_prose(j) and flow.tags(j) == flow.tags(i) for j in (i - 1, i + 1))


def _shares(segments: Sequence[Segment], kept: Sequence[bool], flow: Flow, up: int) -> dict[int, float]:
    """The share of the kept text that each container holds."""
    weights: Counter[int] = Counter()
    for i, keep in enumerate(kept):
        if keep and flow.reads_on(i) and (number := flow.container(i, up)):
            weights[number] += len(segments[i].text)
    total = sum(weights.values())
    return {number: weight / total for number, weight in weights.items()}


def _neighbours(kept: Sequence[bool], flow: Flow) -> set[int]:
    """What stands in a short run between two kept segments of its own container."""
    found: set[int] = set()
    seen: dict[int, tuple[bool, list[int]]] = {}  # per container: was one kept already, and the run since
    for i, keep in enumerate(kept):
        number = flow.container(i)
        opened, run = seen.get(number, (False, []))
        if keep:
            if opened and len(run) <= LONGEST_RUN:
                found.update(run)
            seen[number] = (True, [])
        else:
            run.append(i)
            seen[number] = (opened, run)
    return found


def _join_headings(segments: Sequence[Segment], kept: list[bool], flow: Flow) -> None:
    """Headings right above a kept paragraph, inside the body."""
    for i in range(len(segments) - 2, -1, -1):
        if (
            segments[i].shape.role == "heading"
            and not kept[i]
            and kept[i + 1]
            and flow.first < i < flow.last
            and flow.reads_on(i)
            and flow.shares_container(i, i + 1)
        ):
            kept[i] = True
