"""Site files at work: which blocks of a document are lines of its site. One look into a dictionary for each block."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from cleantext.detect.finding import Claim, Finding
from cleantext.document import Label, Reason
from cleantext.errors import PackError
from cleantext.sites.mask import mask, opening
from cleantext.sites.pack import Site, Template, load_sites

MOST_RULES: Final = 16
"""Sets of site files that are held at a time, for cleaners that are made anew for each document."""


class SiteRules:
    """The templates of some site files, ready to be compared with blocks. Holds no state between documents."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._hosts = [site.host for site in sites]
        self._found: list[Mapping[str, tuple[Site, Template]]] = [
            {text: (site, template) for template in reversed(site.templates) for text in template.templates} for site in sites
        ]
        self._openings = {text.partition(" ")[0] for found in self._found for text in found}

    def claims(self, texts: Sequence[str], url: str | None = None) -> dict[int, Claim]:
        """What the site of a document says of its blocks, by number. Of two sites the one whose file comes first is heard."""
        host = host_of(url or "")
        heard = [found for found, own in zip(self._found, self._hosts, strict=True) if not (host and own) or _within(host, own)]
        claims = {}
        for i, text in enumerate(texts):
            if heard and opening(text) in self._openings and (template := mask(text)):
                entry = next((found[template] for found in heard if template in found), None)
                if entry:
                    claims[i] = _claim(*entry, text)
        return claims


def load_rules(paths: Sequence[str]) -> SiteRules | None:
    """The rules of these files, or None for no file. A file is read again only when it has changed.

    Raises:
        PackError: as for `load_sites`.
    """
    return _rules(tuple((path, _state(path)) for path in paths)) if paths else None


@lru_cache(MOST_RULES)
def _rules(files: tuple[tuple[str, tuple[int, int]], ...]) -> SiteRules:
    return SiteRules([site for path, _ in files for site in load_sites(path)])


def _state(path: str) -> tuple[int, int]:
    """When a file was changed, and its size: files are read again when these differ."""
    try:
        status = os.stat(path)
    except OSError as error:
        raise PackError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    return status.st_mtime_ns, status.st_size


def host_of(url: str) -> str:
    """The host of an address, without `www.`; empty if there is none.

    >>> host_of("https://www.courier.example/sea/ferry"), host_of("courier.example/sea"), host_of("no address")
    ('courier.example', 'courier.example', '')
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host and " " not in host else ""


def _within(host: str, own: str) -> bool:
    own = own.removeprefix("www.")
    return host == own or host.endswith(f".{own}")


def _claim(site: Site, template: Template, text: str) -> Claim:
    reason = Reason("site", f"{site.name}.{template.id}", " ".join(text.split()))
    if template.keep:
        return Claim(Finding(Label.BODY, 0.0, (reason,)))
    return Claim(Finding(template.label, 1.0, (reason,)), template.where, template.company)
