"""Give back the article of a web page or a text, whole, and nothing else, with a receipt for every line removed."""

from __future__ import annotations

from cleantext.cleaner import Cleaner
from cleantext.document import Block, Completeness, Document, Label, Link, Metadata, Reason, Shape
from cleantext.errors import CleanTextError, InputError, ModelError, OptionsError, PackError
from cleantext.options import Options

__version__ = "0.1.0"
__all__ = [
    "Block",
    "CleanTextError",
    "Cleaner",
    "Completeness",
    "Document",
    "InputError",
    "Label",
    "Link",
    "Metadata",
    "ModelError",
    "Options",
    "OptionsError",
    "PackError",
    "Reason",
    "Shape",
    "analyze",
    "clean",
]


def clean(source: str | bytes, *, options: Options | None = None, url: str | None = None, language: str | None = None) -> str:
    """The article in a page or text, and nothing else.

    >>> clean("The ferry is back.\\n\\nFor more, read this: A winter without ferries")
    'The ferry is back.'
    """
    return Cleaner(options).clean(source, url=url, language=language)


def analyze(
    source: str | bytes, *, options: Options | None = None, url: str | None = None, language: str | None = None
) -> Document:
    """The article in a page or text, with all that was removed and why.

    >>> document = analyze("The ferry is back.\\n\\nFor more, read this: A winter without ferries")
    >>> [(str(block.label), block.reasons[0].id) for block in document.removed]
    [('related', 'en.related.for-more-read')]
    """
    return Cleaner(options).analyze(source, url=url, language=language)
