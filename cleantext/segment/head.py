"""What a page declares about itself: meta tags and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from selectolax.lexbor import LexborNode

from cleantext.document import Metadata
from cleantext.segment.elements import collapse, printable
from cleantext.segment.segment import Head

MAX_SCRIPT: Final = 2_000_000
MAX_SCRIPTS: Final = 50
MAX_OBJECTS: Final = 20_000
MAX_VALUE: Final = 5_000

_ARTICLE = re.compile(r"(?:article|posting|newsreport|recipe|review|story|webpage|creativework)$", re.IGNORECASE)
_COMMA = re.compile(r",\s*(?=[}\]])")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_SITE = re.compile(r"(?<!\s)\s++(?:[|–—·•»]|::|-)\s++")

_TITLE = ("og:title", "twitter:title", "dc.title", "headline")
_DATE = ("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "pubdate", "publishdate")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
_DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description")
_TEXTS = ("articleBody", "text", "description", "reviewBody")
_TRUTH = {"true": True, "false": False}
_NAME = re.compile(r"[.#]([\w-]+)")
_TIER = ("article:content_tier", "og:article:content_tier")


class HeadReader:
    """Collects declarations as the walk meets them; the first of a name counts."""

    def __init__(self) -> None:
        self.language = ""
        self._title = ""
        self._canonical = ""
        self._metas: dict[str, list[str]] = {}
        self._scripts: list[str] = []

    def read(self, tag: str, node: LexborNode) -> None:
        """Take in a `meta`, `title`, `link` or `script` element."""
        if tag == "title":
            self._title = self._title or _plain(_content(node))
            return
        attributes = node.attributes
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content")
            if name and content:
                self._metas.setdefault(name.strip().lower(), []).append(_plain(content))
        elif tag == "link":
            if (attributes.get("rel") or "").lower() == "canonical":
                self._canonical = self._canonical or (attributes.get("href") or "")[:MAX_VALUE]
        elif "ld+json" in (attributes.get("type") or "").lower() and len(self._scripts) < MAX_SCRIPTS:
            text = _content(node)
            if len(text) <= MAX_SCRIPT:
                self._scripts.append(text)

    def titles(self) -> list[str]:
        """All titles that the page gives itself."""
        article = self._article
        found = [*(self._metas.get(name, [""])[0] for name in _TITLE), self._title, *_strings(article.get("headline"))]
        return [title for title in found if title]

    def head(self) -> Head:
        """Everything that was declared, the page's own article object first."""
        article = self._article
        titles = self.titles()
        title = self._meta(_TITLE[:1]) or _first(article.get("headline")) or (titles[0] if titles else "")
        return Head(
            language=(self.language or _first(article.get("inLanguage")) or self._meta(("og:locale",)))[:35],
            metadata=Metadata(
                title=_without_site(title, self._meta(("og:site_name",))),
                authors=tuple(dict.fromkeys(_names(article.get("author")) or self._authors()))[:50],
                date=_first(article.get("datePublished")) or self._meta(_DATE),
                site=self._meta(("og:site_name", "application-name")) or next(iter(_names(article.get("publisher"))), ""),
                url=self._canonical or self._meta(("og:url",)),
            ),
            description=self._meta(_DESCRIPTION[:2]) or _first(article.get("description")) or self._meta(_DESCRIPTION),
            free=self._free(article),
            declared_words=_count(article.get("wordCount")),
            titles=tuple(titles),
            descriptions=tuple(self.descriptions()),
            bodies=tuple(text for item in self.objects for key in _TEXTS if isinstance(text := item.get(key), str)),
            types=tuple(kind.lower() for item in self.objects for kind in _strings(item.get("@type"))),
            og_type=self._meta(("og:type",)).lower(),
            paid=frozenset(name for item in self.objects for name in _paid(item)),
        )

    def descriptions(self) -> list[str]:
        """All summaries that the page gives itself."""
        found = [
            *(value for name in _DESCRIPTION for value in self._metas.get(name, ())),
            *_strings(self._article.get("description")),
        ]
        return list(dict.fromkeys(value for value in found if value))

    def _meta(self, names: tuple[str, ...]) -> str:
        return next((value for name in names for value in self._metas.get(name, ()) if value), "")

    def _authors(self) -> list[str]:
        values = [value for name in _AUTHOR for value in self._metas.get(name, ())]
        return [value for value in values if value and not value.startswith(("http:", "https:"))][:10]

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """All JSON-LD objects of the page."""
        return [item for script in self._scripts for item in _objects(_load(script))]

    @cached_property
    def _article(self) -> dict[str, Any]:
        """The JSON-LD object that describes the article; empty if there is none."""
        ranked = [item for item in self.objects if any(_ARTICLE.search(kind) for kind in _strings(item.get("@type")))]
        ranked.sort(key=lambda item: ("headline" not in item, "articleBody" not in item))
        return ranked[0] if ranked else {}

    def _free(self, article: dict[str, Any]) -> bool | None:
        if (claim := _claim(article)) is not None:
            return claim
        return {"free": True, "metered": False, "locked": False}.get(self._meta(_TIER).lower())


def _claim(item: dict[str, Any]) -> bool | None:
    """What an object says of access to it: free, not free, or nothing."""
    claim = item.get("isAccessibleForFree")
    if isinstance(claim, str):
        claim = _TRUTH.get(claim.strip().lower().rpartition("/")[2])
    return claim if isinstance(claim, bool) else None


def _paid(item: dict[str, Any]) -> Iterator[str]:
    """The classes and ids, in lower case, of the elements that an object names as its parts that are not free."""
    parts = item.get("hasPart")
    for part in (parts if isinstance(parts, list) else [parts])[:50]:
        if isinstance(part, dict) and _claim(part) is False:
            for selector in _strings(part.get("cssSelector")):
                for alternative in selector.split(","):
                    yield from _NAME.findall(alternative.strip().rpartition(" ")[2].lower())


def _content(node: LexborNode) -> str:
    child = node.child
    return (child.text_content or "") if child is not None else ""


def _plain(text: str) -> str:
    return printable(collapse(text[:MAX_VALUE]))


def _load(script: str) -> Any:
    """The value of a script, mended where publishers usually break it; None if that does not help."""
    for text in (script, _COMMA.sub("", _WRAPPING.sub("", script)) if len(script) < 200_000 else ""):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects inside a JSON value, outer ones first."""
    queue, seen = [value], 0
    while queue and seen < MAX_OBJECTS:
        item = queue.pop(0) if len(queue) < 100 else queue.pop()
        seen += 1
        if isinstance(item, dict):
            yield item
            queue.extend(child for child in item.values() if isinstance(child, dict | list))
        elif isinstance(item, list):
            queue.extend(child for child in item if isinstance(child, dict | list))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [_plain(item) for item in values[:50] if isinstance(item, str)]


def _first(value: Any) -> str:
    return next(iter(_strings(value)), "")


def _names(value: Any) -> list[str]:
    """The names in a person, an organisation, a string, or a list of these."""
    values = value if isinstance(value, list) else [value]
    found = [item.get("name") if isinstance(item, dict) else item for item in values[:50]]
    return [name for item in found for name in _strings(item) if name and not name.startswith(("http:", "https:"))]


def _count(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 9:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000_000 else None


def _without_site(title: str, site: str) -> str:
    """A title without the name of the site at its end."""
    parts = _SITE.split(title)
    if len(parts) > 1 and site and parts[-1].casefold() == site.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |–—·•»:-")
    return title
