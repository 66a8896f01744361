"""What the markup around a block says it is: a caption, a byline, a dateline."""

from __future__ import annotations

from typing import Final

from cleantext.document import Label
from cleantext.segment.frames import Frame, Vocabulary

BYLINE: Final = frozenset(
    "byline bylines by-line author authors article-author author-name author-info authorname c-byline article-byline".split()
)
DATELINE: Final = frozenset(
    "date dateline datetime timestamp published pubdate publish-date post-date datepublished datemodified updated".split()
)
CAPTION: Final = frozenset(
    "caption figcaption wp-caption-text image-caption photo-caption photocredit photo-credit image-credit imagecaption".split()
)
_CONTENT_OF_FIGURES = frozenset({"blockquote", "table", "pre", "ul", "ol", "code"})
_FENCES = frozenset({"body", "article", "main", "section", "html"})
_NEAR = 3  # how far up a name may stand from the text it names


def hint(frame: Frame, text: str, vocabulary: Vocabulary) -> Label | None:
    """The label that `frame`, the innermost element around the whole text, and those near it give it; None if they don't.

    Only short texts get one: a paragraph inside `class="article author-jim"` is no byline.
    """
    if len(text) > 600:
        return None
    names: set[str] = set()
    tags: list[str] = []
    near: Frame | None = frame
    while near is not None and len(tags) < _NEAR and near.tag not in _FENCES:
        tags.append(near.tag)
        names |= vocabulary.words(near.names)
        near = near.parent
    if "figcaption" in tags or names & CAPTION:
        return Label.CAPTION
    if len(text) <= 120 and ("time" in tags or (len(text) <= 80 and names & DATELINE and any(map(str.isdigit, text)))):
        return Label.DATELINE
    if len(text) <= 120 and (names & BYLINE or "author" in frame.rel.split()):
        return Label.BYLINE
    path = frame.tags()
    if "figure" in path and not _CONTENT_OF_FIGURES.intersection(path):
        return Label.CAPTION
    return None
