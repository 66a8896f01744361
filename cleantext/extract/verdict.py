"""What extraction says of a segment."""

from __future__ import annotations

from dataclasses import dataclass

from cleantext.detect.finding import Finding
from cleantext.document import Label, Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is the segment main content, what is it (`body` and `heading` may be judged further), and why."""

    main: bool
    label: Label
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """A verdict for each segment, and what could not be looked at."""

    verdicts: tuple[Verdict, ...]
    limits: tuple[str, ...] = ()

    @property
    def findings(self) -> dict[int, Finding]:
        """What is settled already, by the segment's number: everything but the plain main content."""
        return {
            i: Finding(verdict.label, 1.0, verdict.reasons)
            for i, verdict in enumerate(self.verdicts)
            if not (verdict.main and verdict.label is Label.BODY)
        }
