"""The standfirst (dek): the summary under the title. It belongs to the article, also where it stands outside the body's container."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleantext.extract.align import words_of
from cleantext.extract.flow import Flow
from cleantext.segment.segment import Head, Segment

NAMES: Final = frozenset(
    "standfirst dek deck lead lede lead-text intro introduction subtitle sub-title subtitulo subhead subheadline sub-headline subheading "
    "summary article-summary teaser abstract excerpt description chapo chapeau sommario sapo bajada copete entradilla ingress "
    "manchet perex vorspann vorspanntext sottotitolo catenaccio strapline kicker-text".split()
)
MOST: Final = 4
"""A standfirst has at most so many paragraphs."""

SAME: Final = 40
"""Texts whose first so many letters agree are the same summary."""

SHORTEST: Final = 20


def find_standfirst(
    segments: Sequence[Segment], kept: Sequence[bool], flow: Flow, above: Sequence[int], head: Head | None
) -> list[int]:
    """The numbers of the standfirst's segments among those `above` the body that were not kept; none if there is none."""
    title, first = flow.title(), flow.first
    missing = [i for i in above if not kept[i] and not flow.is_hidden(i)]
    described = _described(segments, missing, head.description if head else "")
    if described is not None:
        return _with_siblings(missing, flow, described)
    if not 0 <= title < first:
        return []
    if any(kept[i] and flow.is_prose(i) and flow.reads_on(i) for i in range(title + 1, first)):
        return []
    between = [i for i in missing if i > title and flow.reads_on(i) and len(_letters(segments[i].text)) >= SHORTEST]
    named = [i for i in between if NAMES & _names(segments[i])]
    prose = [i for i in between if flow.is_prose(i) and segments[i].shape.role != "heading"]
    found = named or prose or [i for i in between if segments[i].shape.role == "heading"]
    return _with_siblings(missing, flow, found[0]) if found else []


def _described(segments: Sequence[Segment], candidates: Sequence[int], description: str) -> int | None:
    """The candidate nearest to the body that begins as the declared description does."""
    wanted = _letters(description)
    return next((i for i in reversed(candidates) if _agree(_letters(segments[i].text), wanted)), None)


def _with_siblings(missing: Sequence[int], flow: Flow, found: int) -> list[int]:
    """A standfirst of several paragraphs: those that follow in the same element."""
    result = [found]
    for i in range(found + 1, found + MOST):
        if (
            i not in missing
            or flow.container(i) != flow.container(found)
            or flow.tags(i) != flow.tags(found)
            or not flow.reads_on(i)
        ):
            break
        result.append(i)
    return result


def _names(segment: Segment) -> frozenset[str]:
    return segment.markup.tokens if segment.markup else frozenset()


def _letters(text: str) -> str:
    return "".join(words_of(text))


def _agree(text: str, wanted: str) -> bool:
    """Do both begin alike? A declared summary is often cut, or runs on."""
    shared = min(len(text), len(wanted), SAME)
    return shared >= SHORTEST and text[:shared] == wanted[:shared] and len(text) >= min(SAME, len(wanted)) // 2
