"""What extraction says of a segment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cleantext.detect.finding import Finding
from cleantext.document import Label, Reason


@dataclass(frozen=True)
class Verdict:
    """Is the segment main content, what is it (`body` may be judged further), how certain is that, and why.

    `apart`: it belongs to the article, but stands beside its text, as a title, byline or caption that is shown on request.
    """

    main: bool
    label: Label
    reasons: tuple[Reason, ...] = ()
    score: float = 1.0
    apart: bool = False

    @cached_property
    def finding(self) -> Finding | None:
        """What is settled by it; nothing for the plain main content. Segments that share a verdict share this, too."""
        return None if self.main and self.label is Label.BODY else Finding(self.label, self.score, self.reasons)


@dataclass(frozen=True, slots=True)
class Extraction:
    """A verdict for each segment, and the kind of the page with its probability (`extract.kinds.KINDS`), if it was asked for.

    `limits` says why segments were not judged.
    """

    verdicts: tuple[Verdict, ...]
    page_kind: str = ""
    page_kind_score: float = 0.0
    limits: tuple[str, ...] = ()

    @property
    def findings(self) -> dict[int, Finding]:
        """What is settled already, by the segment's number: everything but the plain main content."""
        return {i: finding for i, verdict in enumerate(self.verdicts) if (finding := verdict.finding)}
