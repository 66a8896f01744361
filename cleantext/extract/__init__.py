"""Main content of HTML pages: which segments are the article."""

from __future__ import annotations

from cleantext.extract.completion import complete
from cleantext.extract.labelling import label_segments
from cleantext.extract.opinion import kept_by_lines, prose_outside_apparatus
from cleantext.extract.second_opinion import main_lines
from cleantext.extract.verdict import Extraction, Verdict
from cleantext.options import Options
from cleantext.segment.segment import Segmentation

__all__ = ["Extraction", "Verdict", "extract"]


def extract(segmentation: Segmentation, source: str, options: Options, url: str | None = None) -> Extraction:
    """A verdict on every segment of a page.

    `extractor="trafilatura"` takes over trafilatura's choice, in whole segments; `auto` completes it (paragraphs between others,
    headings, the standfirst); `none` takes all that is not hidden. Where trafilatura cannot be asked or finds nothing, all prose
    outside of navigation and the like is taken.
    """
    segments = segmentation.segments
    if options.extractor == "none":
        return label_segments(segments, [not (s.markup and s.markup.hidden) for s in segments], "shown")
    lines = None if segmentation.limits else main_lines(source, url)
    kept = kept_by_lines(segments, lines) if lines else []
    if not any(kept):
        kept = prose_outside_apparatus(segments)
        return label_segments(segments, kept, "prose")
    if options.extractor == "auto":
        kept = complete(segments, kept, segmentation.head)
    return label_segments(segments, kept, "trafilatura")
