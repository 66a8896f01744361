"""Which heading is the title of the page."""

from __future__ import annotations

import re

from cleantext.document import Label
from cleantext.segment.segment import Segment

_LETTERS = re.compile(r"[^\W_]+")


def mark_title(segments: list[Segment], declared: list[str]) -> None:
    """Hint the heading that agrees with a declared title, or else the only `h1`.

    >>> page = [Segment("The Tides"), Segment("High tide at noon"), Segment("More")]
    >>> mark_title(page, ["High Tide at Noon | The Tides"])
    """
    headings = [s for s in segments if s.shape.role == "heading" and not (s.markup and s.markup.hidden)]
    wanted = [letters for title in declared if (letters := _letters(title))]
    first = [s for s in headings if s.shape.level == 1]
    for candidates in (first, headings):
        for segment in candidates:
            if any(_agree(_letters(segment.text), title) for title in wanted):
                segment.hint = Label.TITLE
                return
    if len(first) == 1:
        first[0].hint = Label.TITLE


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


def _agree(heading: str, title: str) -> bool:
    """Equal, or the larger part of the declared title (which often carries the site's name)."""
    if not heading:
        return False
    return heading == title or (len(heading) >= 10 and heading in title and 2 * len(heading) > len(title))
