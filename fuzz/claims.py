"""Claims that several targets make about texts."""

from __future__ import annotations

from collections.abc import Iterable


def is_encodable(text: str) -> bool:
    """Can the text be written to a file?"""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_subsequence(parts: Iterable[str], whole: Iterable[str]) -> bool:
    """Do the parts stand in the whole, in their order?"""
    rest = iter(whole)
    return all(part in rest for part in parts)
