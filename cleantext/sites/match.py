"""Site files at work: which blocks of a document are lines of its site. One look into a dictionary for each block."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
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

PLAIN: Final = re.compile("[a-z][a-z ]")

Entry = tuple[Site, Template]


class SiteRules:
    """The templates of some site files, ready to be compared with blocks. Holds no state between documents."""

    def __init__(self, sites: Sequence[Site]) -> None:
        by_host: dict[str, list[Site]] = {}
        for site in sites:
            by_host.setdefault(site.host.removeprefix("www."), []).append(site)
        self._of_all = Lookup(sites)
        self._of_host = {host: Lookup(own) for host, own in by_host.items()}

    def claims(self, texts: Sequence[str], url: str | None = None) -> dict[int, Claim]:
        """What the site of a document says of its blocks, by number. Of two sites' entries the first is heard.

        Sites with a host say nothing about documents whose address has another.
        """
        host = host_of(url or "")
        heard = [self._of_host[name] for name in (*_domains(host), "") if name in self._of_host] if host else [self._of_all]
        claims = {}
        for i, text in enumerate(texts):
            for lookup in heard:
                if entry := lookup.find(text):
                    claims[i] = _claim(*entry, text)
                    break
        return claims


class Lookup:
    """The templates of some sites in one dictionary, and how they begin, by which most blocks are passed over."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._entries: dict[str, Entry] = {}
        for site in sites:
            for template in site.templates:
                for text in template.templates:
                    self._entries.setdefault(text, (site, template))
        self._openings = {text.partition(" ")[0] for text in self._entries}
        self._beginnings = {f"{word} "[:2] for word in self._openings}
        self._any_beginning = any("{" in beginning for beginning in self._beginnings)

    def find(self, text: str) -> Entry | None:
        """The entry of a block's template, if there is one."""
        return self._entries.get(mask(text)) if self._may_be(text) else None

    def _may_be(self, text: str) -> bool:
        """Does a block begin like a template? Two letters settle it for most; other characters may be masked or folded."""
        beginning = text[:2].lower()
        if not self._any_beginning and beginning not in self._beginnings and PLAIN.fullmatch(beginning):
            return False
        return opening(text) in self._openings


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


def _domains(host: str) -> Iterator[str]:
    """A host and the domains that it lies in.

    >>> list(_domains("sea.courier.example"))
    ['sea.courier.example', 'courier.example', 'example']
    """
    while host:
        yield host
        host = host.partition(".")[2]


def _claim(site: Site, template: Template, text: str) -> Claim:
    reason = Reason("site", f"{site.name}.{template.id}", " ".join(text.split()))
    if template.keep:
        return Claim(Finding(Label.BODY, 0.0, (reason,)))
    return Claim(Finding(template.label, 1.0, (reason,)), template.where, template.company)
