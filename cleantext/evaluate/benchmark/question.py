"""What a system is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from cleantext.ingest.decode import decode


@dataclass(frozen=True, slots=True)
class Question:
    """A document: a page's bytes, or lines of text. Who wrote it decides which of several models is asked; `apart`: title and captions, too."""

    source: bytes | str
    site: str = ""
    publisher: str = ""
    apart: bool = False

    @property
    def is_text(self) -> bool:
        """Is it lines of text, not a page?"""
        return isinstance(self.source, str)

    def as_page(self) -> Question:
        """Lines of text as paragraphs of a bare page; a page as it is."""
        return self if isinstance(self.source, bytes) else replace(self, source=bare_page(self.source).encode("utf-8", "replace"))

    def page_text(self) -> str:
        """The page, decoded."""
        return self.source if isinstance(self.source, str) else decode(self.source).text


@dataclass(frozen=True, slots=True)
class Answer:
    """What came out, in how many seconds, of the clock and of the processor; `failure` says why nothing did, if it is so.

    `peak` is the most memory that the process had so far, in megabytes.
    """

    text: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    failure: str = ""
    peak: float = 0.0


def bare_page(text: str) -> str:
    """A page that says nothing but where lines begin.

    >>> bare_page("Rain & wind\\nMore")
    '<html><body><article><p>Rain &amp; wind</p><p>More</p></article></body></html>'
    """
    return f"<html><body><article>{''.join(f'<p>{escape(line)}</p>' for line in text.splitlines())}</article></body></html>"
