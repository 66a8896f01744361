"""What a target reads from its input: some choices first, then the text or the bytes that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

CHOICES: Final = 4
"""So many bytes at the beginning of an input choose options; the rest is the source, so that a fuzzer works on it directly."""

T = TypeVar("T")


class Drawn:
    r"""An input, read from its beginning.

    >>> drawn = Drawn(b"\x01\0\0\0It rained.")
    >>> drawn.one_of("abc"), drawn.one_of("abc"), drawn.rest
    ('b', 'a', b'It rained.')
    """

    def __init__(self, data: bytes) -> None:
        self._choices = iter(data[:CHOICES])
        self.rest = data[CHOICES:]

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options; the first, if the input has no choices left."""
        return options[next(self._choices, 0) % len(options)]

    @property
    def text(self) -> str:
        """The rest as text; bytes that are no UTF-8 are lone surrogates in it."""
        return self.rest.decode("utf-8", "surrogateescape")
