"""Keeping bodies whole: what an extractor left out from between, beside and above the text that it kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
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


def complete(segments: Sequence[Segment], kept: Sequence[bool], possible: Sequence[bool], head: Head | None) -> list[bool]:
    """The kept segments and what belongs to them, of those that are possible; nothing that was kept goes."""
    result = list(kept)
    missing = [i for i, (keep, may) in enumerate(zip(kept, possible, strict=True)) if may and not keep]
    if not missing:
        return result
    flow = Flow(segments, kept)
    if flow.first < 0:
        return result
    if readable := [i for i in missing if flow.reads_on(i)]:
        _fill(segments, result, flow, readable)
    _join_headings(segments, result, flow, missing)
    for i in find_standfirst(segments, result, flow, [i for i in missing if i < flow.first], head):
        result[i] = True
    return result


def _fill(segments: Sequence[Segment], kept: list[bool], flow: Flow, missing: Sequence[int]) -> None:
    """Prose in the body's containers, and short lines that stand between two kept ones there."""
    body = [i for i, keep in enumerate(kept) if keep and flow.reads_on(i)]

    @cache
    def shares(up: int) -> dict[int, float]:
        return _shares(segments, body, flow, up)

    @cache
    def shapes() -> set[tuple[str, ...]]:
        return {flow.tags(i) for i in body if flow.is_prose(i)}

    for i in missing:
        if not flow.is_prose(i):
            continue
        share = shares(0).get(flow.container(i), 0.0)
        if (share >= MAIN_SHARE and flow.first < i < flow.last) or share >= ENDS_SHARE or _sandwiched(kept, flow, i):
            kept[i] = True
        elif flow.tags(i) in shapes():  # each paragraph in a wrapper of its own
            kept[i] = any(shares(up).get(flow.container(i, up), 0.0) >= ENDS_SHARE for up in range(1, WRAPPERS + 1))
    short = [i for i in missing if not flow.is_prose(i) and i > flow.first]
    for i in _neighbours(kept, short, flow):  # also of paragraphs that came in just now
        kept[i] = shares(0).get(flow.container(i), 0.0) >= MAIN_SHARE


def _sandwiched(kept: Sequence[bool], flow: Flow, i: int) -> bool:
    """Prose right between two kept paragraphs, in the same kind of elements as they."""
    return 0 < i < len(kept) - 1 and all(kept[j] and flow.is_prose(j) and flow.tags(j) == flow.tags(i) for j in (i - 1, i + 1))


def _shares(segments: Sequence[Segment], body: Sequence[int], flow: Flow, up: int) -> dict[int, float]:
    """The share of the body's text that each container holds."""
    weights: Counter[int] = Counter()
    for i in body:
        if number := flow.container(i, up):
            weights[number] += len(segments[i].text)
    total = sum(weights.values())
    return {number: weight / total for number, weight in weights.items()}


def _neighbours(kept: Sequence[bool], missing: Sequence[int], flow: Flow) -> set[int]:
    """What stands in a short run between two kept segments of its own container."""
    found: set[int] = set()
    seen: dict[int, tuple[bool, list[int]]] = {}  # per container: was one kept already, and the run since
    for i in sorted([*missing, *(i for i, keep in enumerate(kept) if keep)]):
        number = flow.container(i)
        opened, run = seen.get(number, (False, []))
        if kept[i]:
            if opened and len(run) <= LONGEST_RUN:
                found.update(run)
            seen[number] = (True, [])
        else:
            run.append(i)
            seen[number] = (opened, run)
    return found


def _join_headings(segments: Sequence[Segment], kept: list[bool], flow: Flow, missing: Sequence[int]) -> None:
    """Headings right above a kept paragraph, inside the body."""
    for i in reversed(missing):
        if (
            segments[i].shape.role == "heading"
            and flow.first < i < flow.last
            and kept[i + 1]
            and flow.reads_on(i)
            and flow.shares_container(i, i + 1)
        ):
            kept[i] = True
