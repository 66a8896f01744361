"""Inputs made of others, without coverage: what is found this way is less, but the inputs are several times as many."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from fuzz.drawing import CHOICES

STEPS: Final = 5
"""Changes to one input, at most."""


def mutate(random: Random, inputs: Sequence[bytes], tokens: Sequence[bytes], longest: int) -> bytes:
    """One of the inputs with other choices, after a few changes: bytes and tokens put in, parts taken out, moved, repeated, or from another input."""
    data = bytearray(random.choice(inputs)[CHOICES:])
    for _ in range(random.randint(1, STEPS)):
        at, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
        match random.randrange(6):
            case 0:
                data[at:at] = random.choice(tokens)
            case 1:
                data[at : at + 1] = random.randbytes(random.randrange(3))
            case 2:
                del data[at:end]
            case 3:
                data[end:end] = data[at:end]
            case 4:
                other = random.choice(inputs)[CHOICES:]
                first, last = sorted(random.randrange(len(other) + 1) for _ in range(2))
                data[at:end] = other[first:last]
            case _:
                moved = data[at:end]
                del data[at:end]
                place = random.randrange(len(data) + 1)
                data[place:place] = moved
    return random.randbytes(CHOICES) + bytes(data[:longest])
