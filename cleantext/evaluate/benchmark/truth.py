"""What is known to be right about a document, in the form that its collection has it."""

from __future__ import annotations

from dataclasses import dataclass

from cleantext.document import Label


@dataclass(frozen=True, slots=True)
class Content:
    """The main content, a text each paragraph. `whole` are those of `texts` that should come out without a gap.

    `standfirst` are the ones that stand apart from the body on most pages, and are counted separately. If `titled`, the first text is the
    title, which may come out or not.
    """

    texts: tuple[str, ...]
    whole: tuple[str, ...] = ()
    standfirst: frozenset[str] = frozenset()
    titled: bool = False

    def __repr__(self) -> str:
        """The same in any process, as digests need it."""
        return f"Content({self.texts!r}, {self.whole!r}, {sorted(self.standfirst)!r}, {self.titled!r})"


@dataclass(frozen=True, slots=True)
class Snippets:
    """Pieces of text that must come out, and such that must not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a document with their labels; those whose numbers are in `ambiguous` don't count."""

    lines: tuple[str, ...]
    labels: tuple[Label, ...]
    ambiguous: frozenset[int] = frozenset()

    def __repr__(self) -> str:
        """The same in any process, as digests need it."""
        return f"Lines({self.lines!r}, {[str(label) for label in self.labels]!r}, {sorted(self.ambiguous)!r})"


Truth = Content | Snippets | Lines
