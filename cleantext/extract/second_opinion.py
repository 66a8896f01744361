"""What trafilatura takes for the main content of a page. The only module that imports it, and only when it is asked."""

from __future__ import annotations

from typing import Final

MAX_CHARS: Final = 10_000_000
"""Longer sources are not given to trafilatura, whose time and memory are not bounded."""


def main_lines(source: str, url: str | None) -> list[str] | None:
    """The lines of the main content, as trafilatura words them; None if it finds none or fails.

    Reads nothing but `source`; keeps nothing between calls (`deduplicate` would).
    """
    from lxml import etree
    from trafilatura import bare_extraction

    if len(source) > MAX_CHARS:
        return None
    try:
        found = bare_extraction(
            source,
            url=url,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            with_metadata=False,
            favor_recall=False,
        )
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, etree.LxmlError):
        return None  # it does not say what it raises, and a hostile page must cost its opinion only
    text = getattr(found, "text", None)
    return text.split("\n") if text else None
