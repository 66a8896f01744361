"""A document as a strip: from left to right what was kept and what was removed, in the colours of the labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from cleantext.document import Block

WIDTH: Final = 400
"""Steps from left to right; what is narrower than one goes into its neighbour."""


def strip_of(blocks: Sequence[Block]) -> str:
    """The strip as SVG. It says nothing that does not stand beside it in words, so readers of the screen pass over it.

    >>> strip_of([Block("It rained."), Block("Share this", keep=False)]).count("<rect")
    2
    """
    whole = sum(len(block.text) for block in blocks)
    rects = "".join(
        f'<rect x="{start}" width="{end - start}" height="8"{_class(label)}/>' for label, start, end in _pieces(blocks, whole)
    )
    view = f'viewBox="0 0 {WIDTH} 8" preserveAspectRatio="none"'
    return f'<svg class="strip" {view} aria-hidden="true" focusable="false">{rects}</svg>'


def _class(label: str) -> str:
    return f' data-label="{label}"' if label else ""


def _pieces(blocks: Sequence[Block], whole: int) -> Iterator[tuple[str, int, int]]:
    """Labels (none for what was kept) with the steps that they take."""
    steps = _steps(blocks, whole)
    for label, group in groupby(steps, lambda step: step[0]):
        members = list(group)
        yield label, members[0][1], members[-1][2]


def _steps(blocks: Iterable[Block], whole: int) -> Iterator[tuple[str, int, int]]:
    at = done = 0
    for block in blocks:
        at += len(block.text)
        end = round(WIDTH * at / whole) if whole else 0
        if end > done:
            yield "" if block.keep else str(block.label), done, end
            done = end
