"""What the markup around a block says it is: a caption, a byline, a dateline."""

from __future__ import annotations

from typing import Final

from cleantext.document import Label
from cleantext.segment.frames import Frame, split_names

BYLINE: Final = frozenset(
    "byline bylines by-line author authors article-author author-name author-info authorname c-byline article-byline".split()
)
DATELINE: Final = frozenset(
    "date dateline datetime timestamp published pubdate publish-date post-date datepublished datemodified updated".split()
)
CAPTION: Final = frozenset(
    "caption figcaption wp-caption-text image-caption photo-caption photocredit photo-credit image-credit imagecaption".split()
)
_FENCES = frozenset({"body", "article", "main", "section", "html"})
_NEAR = 3  # how far up a name may stand from the text it names
_CAPTION, _DATELINE, _BYLINE, _TIME = 1, 2, 4, 8
_TAGS = {"figcaption": _CAPTION, "time": _TIME}


class _Cues(dict[str, int]):
    """What an element's names say, as a set of bits. Each spelling is split once."""

    def __missing__(self, names: str) -> int:
        cues = 0
        if _telling(names.lower()):
            words = split_names(names)
            cues |= 0 if words.isdisjoint(CAPTION) else _CAPTION
            cues |= 0 if words.isdisjoint(DATELINE) else _DATELINE
            cues |= 0 if words.isdisjoint(BYLINE) else _BYLINE
        self[names] = cues
        return cues


def _telling(names: str) -> bool:
    """May one of the words above be among these names? Said quickly, for it is asked of all names and seldom true."""
    return (
        "author" in names
        or "by" in names
        or "caption" in names
        or "credit" in names
        or "date" in names
        or "publish" in names
        or "timestamp" in names
    )


class Hints:
    """Gives a page's blocks their hints."""

    def __init__(self) -> None:
        self._cues = _Cues()

    def of(self, frame: Frame, text: str) -> Label | None:
        """The label that `frame`, the innermost element around the whole text, and those near it give it; None if they don't.

        Only short texts get one: a paragraph inside `class="article author-jim"` is no byline.
        """
        length = len(text)
        if length > 600:
            return None
        cues = self._near(frame)
        if cues & _CAPTION:
            return Label.CAPTION
        if length <= 120:
            if cues & _TIME or (cues & _DATELINE and length <= 80 and any(map(str.isdigit, text))):
                return Label.DATELINE
            if cues & _BYLINE or (frame.rel and "author" in frame.rel.split()):
                return Label.BYLINE
        return Label.CAPTION if frame.context.figure and frame.context.caption else None

    def _near(self, frame: Frame) -> int:
        cues = 0
        near: Frame | None = frame
        for _ in range(_NEAR):
            if near is None or near.tag in _FENCES:
                break
            cues |= _TAGS.get(near.tag, 0)
            if near.names:
                cues |= self._cues[near.names]
            near = near.parent
        return cues
