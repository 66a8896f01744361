"""Where the links of a page lead: its `href` values, made whole and harmless."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urljoin

from cleantext.segment.elements import encodable

LONGEST: Final = 2_000
"""A target of more characters is left out: its link is plain text."""

_REMOVED = re.compile(r"[\t\n\r]")  # browsers do so; a scheme may be hidden by them
_OUTSIDE = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WHOLE = re.compile(r"https?://[^/?#]|mailto:[^?]", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_HARMFUL = frozenset(" \"'<>\\^`{|}")


class Targets:
    """Reads `href` values as the page at `url` means them, whose `<base>` has the `href` that is given as `base`.

    >>> targets = Targets("https://a.example/sea/tides", "")
    >>> targets.of("../land?q=1"), targets.of("//b.example"), targets.of("mailto:ida@a.example")
    ('https://a.example/land?q=1', 'https://b.example', 'mailto:ida@a.example')
    >>> targets.of("#noon"), targets.of("tides#noon"), targets.of("javascript:go()"), targets.of("http://[x")
    ('', '', '', '')
    >>> Targets("", "").of(" /a (1)\\n")
    '/a%20(1)'
    """

    def __init__(self, url: str, base: str) -> None:
        page = _tidy(url).partition("#")[0]
        self.page = page if _WEB.match(page) and _joined(page, ".") else ""
        base = _joined(self.page, _tidy(base))
        self.base = base if _WEB.match(base) or (base and not _SCHEME.match(base)) else self.page

    def of(self, href: str) -> str:
        """The target of a link; empty for what leads nowhere else, or is no address that a reader could follow."""
        href = _tidy(href)
        if not href or href[0] == "#" or len(href) > LONGEST:
            return ""
        if _SCHEME.match(href) and not _WHOLE.match(href):
            return ""
        target = _joined(self.base, href)
        if _SCHEME.match(target) and not _WHOLE.match(target):  # as "./javascript:x" becomes in some place
            return ""
        if "#" in target and self.page and target.partition("#")[0] == self.page:
            return ""
        target = _quoted(target)
        return target if len(target) <= LONGEST else ""


def _tidy(href: str) -> str:
    return _REMOVED.sub("", encodable(href).strip(_OUTSIDE))


def _joined(base: str, href: str) -> str:
    """The address that `href` means at `base`; empty if it can't be read."""
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _quoted(target: str) -> str:
    """The target with what would end it, or not be seen, percent-encoded. Letters of all scripts stay."""
    if target.isprintable() and _HARMFUL.isdisjoint(target):
        return target
    return "".join([sign if sign.isprintable() and sign not in _HARMFUL else quote(sign) for sign in target])
