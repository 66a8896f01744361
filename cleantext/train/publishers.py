"""Who wrote a document: all that a publisher wrote is in one fold, in whatever collection."""

from __future__ import annotations

import re
from typing import Final

from cleantext.evaluate.labelled import LabelledDocument
from cleantext.train.collection import site_of

GENERIC: Final = re.compile(r"^the|online|news|opinion")


def publisher_of(document: LabelledDocument) -> str:
    """Who wrote a document; what was written for this project has no publisher, and each is alone."""
    return publisher_key(document.publisher) if document.publisher else document.id


def publisher_key(name: str) -> str:
    """What the names and domains of a publisher have in common.

    >>> publisher_key("Fox News"), publisher_key("www.foxnews.com"), publisher_key("TheNewYorker"), publisher_key("newyorker.com")
    ('fox', 'fox', 'newyorker', 'newyorker')
    """
    first = site_of(name).partition(".")[0] if "." in name else name
    letters = re.sub(r"[^a-z0-9]", "", first.lower())
    return GENERIC.sub("", letters) or letters
