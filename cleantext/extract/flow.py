"""Which segments read as the running text of a page, seen from those that an extractor kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from cleantext.document import Label
from cleantext.extract.align import words_of
from cleantext.segment.frames import CHAIN, Frame
from cleantext.segment.segment import Markup, Segment

APPARATUS_TAGS: Final = frozenset("nav footer aside form button select dialog menu figure figcaption".split())
APPARATUS_NAMES: Final = frozenset(
    "nav navigation breadcrumb breadcrumbs menu footer sidebar related recommended recommendations trending teaser-list popular "
    "newsletter newsletters signup comment comments share sharing social caption byline author bio author-bio author-box tags "
    "cookie cookies consent ad ads advert advertisement advertising sponsored promo promotion outbrain taboola subscribe banner "
    "modal popup copyright disclaimer credit credits gallery carousel most-read read-more".split()
)
PROSE_WORDS: Final = 12
PROSE_IDEOGRAPHS: Final = 30
_NO_MARKUP = Markup()


class Flow:
    """The segments of a page against the background of the kept ones.

    What a good part of the kept text stands in is no sign of anything: if the body lies in `class="page has-sidebar"`, the word
    `sidebar` condemns nothing there.
    """

    def __init__(self, segments: Sequence[Segment], kept: Sequence[bool]) -> None:
        self._segments = segments
        self._markups = [segment.markup or _NO_MARKUP for segment in segments]
        self._prose: dict[int, bool] = {}
        self._tags: dict[Frame, tuple[str, ...]] = {}  # of the elements that hold segments' own
        body = [i for i, keep in enumerate(kept) if keep and self._is_body(i)]
        prose = (i for i in body if self.is_prose(i) and 2 * self._markups[i].links <= len(segments[i].text))
        self.first, self.last = (next(prose, body[0]), body[-1]) if body else (-1, -1)
        self._usual_names = _usual((self._markups[i].tokens, len(segments[i].text)) for i in body)
        self._usual_tags = _usual((self.tags(i), len(segments[i].text)) for i in body)

    def _is_body(self, i: int) -> bool:
        return self._segments[i].hint is None and self._segments[i].shape.role != "heading"

    def reads_on(self, i: int) -> bool:
        """Visible text, not mostly links, in nothing that is named or tagged as apparatus."""
        segment, markup = self._segments[i], self._markups[i]
        return (
            segment.hint is None
            and not self.is_hidden(i)
            and 2 * markup.links <= len(segment.text)
            and APPARATUS_TAGS.intersection(self.tags(i)) <= self._usual_tags
            and APPARATUS_NAMES & markup.tokens <= self._usual_names
        )

    def is_hidden(self, i: int) -> bool:
        """Not shown, by the markup."""
        return self._markups[i].hidden

    def is_prose(self, i: int) -> bool:
        """Long enough to be a sentence or two."""
        if i not in self._prose:
            segment = self._segments[i]
            self._prose[i] = segment.shape.role in ("paragraph", "item") and _is_prose(segment.text)
        return self._prose[i]

    def container(self, i: int, up: int = 0) -> int:
        """The number of the element that holds the segment, or of one `up` from it; 0 if there is none."""
        frame = self._markups[i].container
        for _ in range(up):
            frame = frame.holder.parent if frame is not None else None
        return frame.holder.number if frame is not None else 0

    def tags(self, i: int) -> tuple[str, ...]:
        """The names of the elements around the segment."""
        element = self._markups[i].element
        if element is None or element.parent is None:
            return self._markups[i].tags
        if element.parent not in self._tags:
            self._tags[element.parent] = element.parent.tags()
        return (*self._tags[element.parent], element.tag)[-CHAIN:]

    def shares_container(self, i: int, j: int) -> bool:
        """Is the container of one also around the other?"""
        a, b = self._markups[i].containers, self._markups[j].containers
        return bool(a and b) and (a[-1] in b or b[-1] in a)

    def title(self) -> int:
        """The number of the title; -1 if the page marks none."""
        return next((i for i, segment in enumerate(self._segments) if segment.hint is Label.TITLE), -1)


def _is_prose(text: str) -> bool:
    words = words_of(text)
    letters = sum(map(len, words))
    return len(words) >= (PROSE_IDEOGRAPHS if letters < 2 * len(words) else PROSE_WORDS)


def _usual(pairs: Iterable[tuple[Collection[str], int]]) -> frozenset[str]:
    """What a tenth of the text has."""
    sizes: Counter[Collection[str]] = Counter()  # paragraphs of one body have the same names
    for names, size in pairs:
        sizes[names] += size
    counts: Counter[str] = Counter()
    for names, size in sizes.items():
        for name in set(names):
            counts[name] += size
    total = sizes.total()
    return frozenset(name for name, size in counts.items() if 10 * size >= total)
