"""What every segmenter gives back: the source cut into segments, each the source's own text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cleantext.document import PARAGRAPH, Label, Link, Metadata, Shape

if TYPE_CHECKING:
    from cleantext.segment.frames import Frame, Vocabulary


@dataclass(slots=True)
class Markup:
    """The evidence that HTML adds to a segment's text.

    `links` is the number of characters in links. `element` is the innermost element around the whole text; its `parent` leads up
    to the root. Where no tree could be built there is no element, but at most the name of a `tag`. The properties are read off
    the tree when they are asked for.
    """

    links: int = 0
    hidden: bool = False
    element: Frame | None = None
    container: Frame | None = None
    vocabulary: Vocabulary | None = None
    tag: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """The element names on the path from the root."""
        if self.element is not None:
            return self.element.tags()
        return (self.tag,) if self.tag else ()

    @property
    def tokens(self) -> frozenset[str]:
        """The words of class, id, role, itemprop and data-testid on the path from the root.

        They are split at white space and lower-cased; `site-footer` gives `site-footer`, `site` and `footer`.
        """
        if self.element is None or self.vocabulary is None:
            return frozenset()
        return self.vocabulary.path(self.element)

    @property
    def containers(self) -> tuple[int, ...]:
        """The numbers of the block elements around the segment, outermost first: siblings have the same."""
        return self.container.around() if self.container is not None else ()


@dataclass(slots=True)
class Segment:
    """A block before any verdict. `hint` is what the markup says it is (a title, a byline), if it says so. `links` are found on request."""

    text: str
    start: int = -1
    after: str = ""
    shape: Shape = PARAGRAPH
    origin: Literal["text", "dom", "json-ld"] = "text"
    hint: Label | None = None
    markup: Markup | None = None
    links: tuple[Link, ...] = ()

    def split(self, at: int) -> tuple[Segment, Segment]:
        """What stands before and from offset `at`, both as parts of the same paragraph; the white space before `at` parts them."""
        before, space = part(self.text, at)
        first = replace(self, text=before, after=space, links=self._links_within(0, len(before)))
        start = self.start + at if self.start >= 0 else -1
        return first, replace(self, text=self.text[at:], start=start, hint=None, links=self._links_within(at, len(self.text)))

    def _links_within(self, start: int, end: int) -> tuple[Link, ...]:
        return tuple(
            Link(link.start - start, link.end - start, link.target)
            for link in self.links
            if start <= link.start and link.end <= end
        )

    @property
    def path(self) -> str:
        """Where the block stood in the page: a CSS path, or the key of JSON-LD data; empty for other sources."""
        if self.markup is None:
            return ""
        if self.origin == "json-ld":
            return f"json-ld:{self.markup.tag}"
        return self.markup.element.holder.path() if self.markup.element is not None else ""


def part(text: str, at: int) -> tuple[str, str]:
    """What stands before offset `at`, and the white space that parts it from the rest.

    >>> part("It rained. Sign up.", 11)
    ('It rained.', ' ')
    """
    before = text[:at].rstrip()
    return before, text[len(before) : at]


@dataclass(slots=True)
class Head:
    """What an HTML page declares about itself: language, metadata, and the publisher's claims on access and length.

    `titles` and `descriptions` are all that it gives itself, `bodies` the texts that its JSON-LD holds; `types` are the types of the JSON-LD
    objects, in lower case, and `og_type` is Open Graph's. `paid` are the classes and ids of elements that `hasPart` names as not free.
    """

    language: str = ""
    metadata: Metadata = Metadata()
    description: str = ""
    free: bool | None = None
    declared_words: int | None = None
    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    og_type: str = ""
    paid: frozenset[str] = frozenset()


@dataclass(slots=True)
class Segmentation:
    """All segments in reading order, what the page declares (HTML), and the limits that were met, if any."""

    segments: list[Segment]
    head: Head | None = None
    limits: tuple[str, ...] = ()
