"""What the names of HTML elements mean for the flow of text."""

from __future__ import annotations

import re
from typing import Final

SKIPPED: Final = frozenset(
    "script style template noscript iframe noembed noframes title audio video canvas datalist "
    "annotation annotation-xml desc defs metadata".split()
)
"""Their content is never shown as text."""

FALLBACK: Final = frozenset("audio video canvas datalist".split())
"""What they hold is for browsers that can't show them; others hide it."""

BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search "
    "section select summary table tbody td textarea tfoot th thead tr ul xmp".split()
)
"""Elements that begin a line of their own, by the standard's style sheet; form controls with text of their own too."""

SEPARATORS: Final = frozenset("hr iframe video audio embed object".split())
"""Elements without text that part what stands before from what stands after."""

PHRASING_PARENTS: Final = frozenset("p h1 h2 h3 h4 h5 h6 dt summary figcaption caption legend".split())
"""In these a button or an element of the page's own making is part of the sentence; elsewhere it stands by itself."""

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
LISTS: Final = frozenset("ul ol menu dir".split())
VERBATIM: Final = frozenset("pre listing xmp plaintext textarea".split())

HTML_SPACE: Final = " \t\n\f\r"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def is_block(tag: str, parent: str) -> bool:
    """Does an element of this name stand on lines of its own?

    >>> is_block("button", "div"), is_block("button", "p"), is_block("x-card", "div")
    (True, False, True)
    """
    return tag in BLOCKS or ((tag == "button" or "-" in tag) and parent not in PHRASING_PARENTS)


def collapse(text: str) -> str:
    """White space as a browser shows it: runs become one space. A no-break space is not white space here."""
    text = text.strip(HTML_SPACE)
    if text.isprintable():  # the only white space in it is the space
        return " ".join(text.split()) if "  " in text else text
    for space in "\t\n\f\r":
        text = text.replace(space, " ")
    return " ".join(filter(None, text.split(" ")))  # three times as fast as a pattern


def printable(text: str) -> str:
    """The text without control characters and non-characters, which no output format can carry."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def encodable(source: str) -> str:
    r"""The source with U+FFFD for lone surrogates, which cannot be encoded.

    >>> encodable("a\ud800b")
    'a\ufffdb'
    """
    try:
        source.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", source)
    return source
