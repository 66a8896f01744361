"""A source on its way: cut into segments, with what was found about each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cleantext.detect.finding import Finding
from cleantext.detect.tails import Tails
from cleantext.segment.segment import Segment, Segmentation

SURELY = 0.8
"""The probability from which on a page is taken for something else than an article when its completeness is judged."""


@dataclass(slots=True)
class Reading:
    """A source cut into segments, what was found about them by number, and the limits that were met.

    Of a page, `outside` is what is not main content, `apart` what belongs to the article but stands beside its text.
    """

    segmentation: Segmentation
    findings: dict[int, Finding]
    limits: tuple[str, ...]
    outside: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    page_kind: tuple[str, float] = ("", 0.0)

    def parted(self, tails: Tails) -> Reading:
        """The same with paragraphs cut in two: the prompt at the end is a segment of its own."""
        if not tails:
            return self
        segments: list[Segment] = []
        place: dict[int, int] = {}  # where a segment stands now
        findings: dict[int, Finding] = {}
        for i, segment in enumerate(self.segmentation.segments):
            place[i] = len(segments)
            if i in tails:
                start, findings[len(segments) + 1] = tails[i]
                segments += segment.split(start)
            else:
                segments.append(segment)
        return replace(
            self,
            segmentation=replace(self.segmentation, segments=segments),
            findings=findings | {place[i]: finding for i, finding in self.findings.items()},
            outside=frozenset(place[i] for i in self.outside),
            apart=frozenset(place[i] for i in self.apart),
        )

    @property
    def no_article(self) -> bool:
        """Is the page surely of another kind?"""
        kind, score = self.page_kind
        return kind not in ("", "article") and score >= SURELY
