"""Pages with their main content, as training reads them."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO
from urllib.parse import urlsplit
from zlib import crc32

from cleantext.errors import CleanTextError
from cleantext.evaluate.labelled import page_of
from cleantext.extract.kinds import KINDS

_OPENERS: Final[dict[str, Callable[..., TextIO]]] = {".xz": lzma.open, ".gz": gzip.open}
_SECOND_LEVEL: Final = frozenset("co com org net ac gov gob edu or ne".split())
_COUNTRY = 2  # letters of a country's domain


class CollectionError(CleanTextError):
    """A collection that cannot be read, or that holds no pages."""


@dataclass(frozen=True, slots=True)
class Example:
    """A page as it came, its main content, the site it is from, and its kind if the collection says so."""

    id: str
    source: bytes
    gold: str
    site: str
    kind: str | None


def read_collection(file: Path) -> list[Example]:
    """The pages of a JSON Lines file (`.jsonl`, also `.xz` or `.gz`), one object a page.

    `html` or `html_base64` is the page; its main content is `text`, or `blocks` with a `text` each; `url` says the site, `type` the kind
    of page, `id` its name.

    Raises:
        CollectionError: a line is no such object, or there is none.
    """
    examples = []
    with _OPENERS.get(file.suffix, open)(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                examples.append(_example(json.loads(line), f"{file.stem}:{number}"))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise CollectionError(f"{file}, line {number}: {error!r}: no page with its main content") from error
    if not examples:
        raise CollectionError(f"{file}: no pages")
    return examples


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def site_of(url: str) -> str:
    """The registered domain, as far as it can be told without a list.

    >>> site_of("https://www.shop.example.co.uk/a"), site_of("http://docs.example.org/")
    ('example.co.uk', 'example.org')
    """
    parts = (urlsplit(url).hostname or url).split(".")
    deep = len(parts) > 2 and len(parts[-1]) == _COUNTRY and parts[-2] in _SECOND_LEVEL
    return ".".join(parts[-3 if deep else -2 :])


def fold_of(owner: str, folds: int) -> int:
    """The fold that all that a site or publisher wrote is in, in whatever collection."""
    return crc32(owner.encode()) % folds


def _example(row: dict[str, Any], name: str) -> Example:
    kind = row.get("type")
    return Example(
        id=str(row.get("id", name)),
        source=page_of(row),
        gold=row["text"] if "text" in row else "\n".join(block["text"] for block in row["blocks"]),
        site=site_of(row.get("url") or str(row.get("id", name))),
        kind=kind if kind in KINDS else None,
    )
