"""What every segmenter gives back: the source cut into segments, each the source's own text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cleantext.document import PARAGRAPH, Label, Metadata, Shape


@dataclass(slots=True)
class Markup:
    """The evidence that HTML adds to a segment's text.

    `tags` and `tokens` are the element names and the words of class, id, role, itemprop and data-testid on the path from the root (split
    at white space, lower-cased; `site-footer` gives `site-footer`, `site` and `footer`). `links` is the number of characters in links.
    `containers` are the numbers of the block elements around the segment, outermost first: siblings have the same.
    """

    tags: tuple[str, ...] = ()
    tokens: frozenset[str] = frozenset()
    links: int = 0
    hidden: bool = False
    containers: tuple[int, ...] = ()


@dataclass(slots=True)
class Segment:
    """A block before any verdict. `hint` is what the markup says it is (a title, a byline), if it says so."""

    text: str
    start: int = -1
    after: str = ""
    shape: Shape = PARAGRAPH
    path: str = ""
    origin: Literal["text", "dom", "json-ld"] = "text"
    hint: Label | None = None
    markup: Markup | None = None


@dataclass(slots=True)
class Head:
    """What an HTML page declares about itself: language, metadata, and the publisher's claims on access and length."""

    language: str = ""
    metadata: Metadata = Metadata()
    description: str = ""
    free: bool | None = None
    declared_words: int | None = None


@dataclass(slots=True)
class Segmentation:
    """All segments in reading order, what the page declares (HTML), and the limits that were met, if any."""

    segments: list[Segment]
    head: Head | None = None
    limits: tuple[str, ...] = ()
