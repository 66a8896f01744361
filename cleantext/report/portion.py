"""How much of a document a page shows, so that it stays usable whatever the document's size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cleantext.document import Block

CHARACTERS: Final = 400_000
BLOCKS: Final = 4_000
"""What is shown of a document, at most: half from its begin, half from its end. Of its clean text as many characters."""

BLOCK_CHARACTERS: Final = 20_000
"""What is shown of one block, at most."""


@dataclass(frozen=True, slots=True)
class Portion:
    """The blocks that are shown, from the begin and from the end; between them `left_out`."""

    head: Sequence[Block]
    left_out: Sequence[Block]
    tail: Sequence[Block]


def portion_of(blocks: Sequence[Block]) -> Portion:
    """What is shown of a document.

    >>> portion = portion_of([Block("x" * 1000)] * 1000)
    >>> len(portion.head), len(portion.left_out), len(portion.tail)
    (200, 600, 200)
    """
    if len(blocks) <= BLOCKS and sum(map(_cost, blocks)) <= CHARACTERS:
        return Portion(blocks, (), ())
    first = _fitting(blocks)
    last = _fitting(blocks[first:][::-1])
    return Portion(blocks[:first], blocks[first : len(blocks) - last], blocks[len(blocks) - last :])


def cut(text: str, limit: int) -> tuple[str, int, str]:
    """The text's begin, how many characters are left out, and its end.

    >>> cut("abcdefgh", 4)
    ('ab', 4, 'gh')
    """
    if len(text) <= limit:
        return text, 0, ""
    half = limit // 2
    return text[:half], len(text) - 2 * half, text[-half:]


def _fitting(blocks: Sequence[Block]) -> int:
    """How many of the blocks fit into one half."""
    room = CHARACTERS // 2
    for number, block in enumerate(blocks[: BLOCKS // 2]):
        room -= _cost(block)
        if room < 0:
            return number
    return min(len(blocks), BLOCKS // 2)


def _cost(block: Block) -> int:
    return min(len(block.text), BLOCK_CHARACTERS)
