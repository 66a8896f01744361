"""Main content of HTML pages: which segments are the article."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Final

from cleantext.extract.completion import complete
from cleantext.extract.flow import Flow
from cleantext.extract.labelling import label_segments
from cleantext.extract.opinion import kept_by_lines, prose_outside_apparatus
from cleantext.extract.second_opinion import main_lines
from cleantext.extract.storage import content_model
from cleantext.extract.verdict import Extraction, Verdict
from cleantext.options import Options
from cleantext.segment.segment import Segment, Segmentation

POSSIBLE: Final = 0.003
"""Segments that are less probable don't come in, wherever they stand."""

MOST: Final = 100_000
"""Segments of a page that can be judged: so many take seconds. Of a page with more, all that is shown is kept."""

SMALL: Final = 10
"""Segments of a page whose paragraphs are kept though the model chose none: it has learned from larger ones."""

TOLD: Final = 40
"""Characters of a sentence that tells something; "Loading." is none."""

_SCRIPT: Final = re.compile(r"<script\b", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b", re.IGNORECASE)

__all__ = ["Extraction", "Verdict", "extract"]


def extract(
    segmentation: Segmentation,
    source: str,
    options: Options,
    url: str | None = None,
    *,
    explain: bool = True,
    deadline: float = inf,
) -> Extraction:
    """A verdict on every segment of a page; unless they are to be explained, what is not main content goes without a name.

    `auto` asks the content model, and completes its choice (paragraphs between others, the standfirst; paragraphs anywhere if it chose nothing of a small page); `trafilatura` takes over
    trafilatura's choice, in whole segments; `none` takes all that is not hidden, and so do all
    after `deadline`, a time of `time.monotonic`.
    """
    segments = segmentation.segments
    if options.extractor == "none":
        return label_segments(segments, _shown(segments), "shown")
    if time.monotonic() > deadline:
        return _unjudged(segments, "timeout: it was not judged which segments are main content")
    if options.extractor == "trafilatura":
        lines = None if segmentation.limits else main_lines(source, url)
        kept = kept_by_lines(segments, lines) if lines else []
        return label_segments(segments, kept if any(kept) else prose_outside_apparatus(segments), "trafilatura")
    if len(segments) > MOST:
        return _unjudged(segments, f"segments: more than {MOST}, too many to judge which are main content")
    shown = [segment for segment in segments if segment.origin == "dom"]
    judgement = content_model(options.content_model).judge(shown, segmentation.head)
    kept = [probability >= judgement.cut for probability in judgement.probabilities]
    if judgement.kind == "article":
        kept = complete(shown, kept, [probability >= POSSIBLE for probability in judgement.probabilities], segmentation.head)
    if _is_fragment(shown, source):
        kept = _all_that_reads_on(shown, kept)
    elif not any(kept) and len(shown) <= SMALL:
        prose = prose_outside_apparatus(shown)
        told = any(keep and len(segment.text) >= TOLD for segment, keep in zip(shown, prose, strict=True))
        kept = prose if told else kept
    kept += [True] * (len(segments) - len(shown))  # JSON-LD that the page lacks is taken in only if it is the page's text
    return label_segments(segments, kept, "model", judgement, explain=explain)


def _unjudged(segments: Sequence[Segment], limit: str) -> Extraction:
    """All that is shown is kept, and why."""
    return replace(label_segments(segments, _shown(segments), "shown"), limits=(limit,))


def _shown(segments: Sequence[Segment]) -> list[bool]:
    return [not (segment.markup and segment.markup.hidden) for segment in segments]


def _all_that_reads_on(segments: Sequence[Segment], kept: Sequence[bool]) -> list[bool]:
    """The kept segments and all others that aren't navigation, forms and the like: of a piece of HTML little is known, and most is wanted."""
    if not any(kept):
        return prose_outside_apparatus(segments)
    flow = Flow(segments, kept)
    return [keep or flow.reads_on(i) for i, keep in enumerate(kept)]


def _is_fragment(segments: Sequence[Segment], source: str) -> bool:
    """Is it a piece of HTML rather than a page: with no script that would fill it, and without a title or a link that leads on?"""
    if _SCRIPT.search(source):
        return False
    return not any(segment.markup and segment.markup.links for segment in segments) or not _TITLE.search(source)
