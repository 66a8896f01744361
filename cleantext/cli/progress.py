"""A counter on standard error, for runs that take a while."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final, Self

INTERVAL: Final = 0.2
ERASE: Final = "\r\x1b[K"


class Progress:
    """Counts documents, in place, a few times a second; takes itself away before anything else is written."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown
        self.documents = 0
        self.started = self.drawn = time.monotonic()
        self.visible = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()

    def count(self) -> None:
        """One more document is done."""
        self.documents += 1
        now = time.monotonic()
        if self.shown and now - self.drawn >= INTERVAL:
            rate = self.documents / (now - self.started)
            sys.stderr.write(f"{ERASE}{self.documents:,} documents, {rate:,.0f} a second")
            sys.stderr.flush()
            self.drawn, self.visible = now, True

    def clear(self) -> None:
        """Take the counter off the terminal."""
        if self.visible:
            sys.stderr.write(ERASE)
            sys.stderr.flush()
            self.visible = False
