"""One document's share of the learning: a pure function, so that any machine that can group rows can count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple

from cleantext.cleaner import Cleaner
from cleantext.detect.normalise import unmarked
from cleantext.detect.walk import is_prose
from cleantext.document import ARTICLE_LABELS, Block, Label
from cleantext.options import Options
from cleantext.sites.mask import mask
from cleantext.sites.sketch import sketch

RULES: Final = Options()
"""Documents are read as the package's own rules see them; what a user switches off has no say in what a site is."""


@dataclass(frozen=True, slots=True)
class SiteDocument:
    """A page or text, and the name of the site that it is counted for. `host` is that of its address, if the site is known by it."""

    site: str
    source: str | bytes
    url: str = ""
    host: str = ""


class Observation(NamedTuple):
    """A block of a document: its template (None if it can't be one), and how it stood there.

    `first` is 1 for the first of a document's blocks with that template, so that the sum of `first` counts documents.
    """

    template: int | None
    first: int
    prose: bool
    label: str
    text: str


class Observed(NamedTuple):
    """A document's blocks, its fingerprint, by which copies are known, and its sketch."""

    site: str
    host: str
    fingerprint: int
    sketch: bytes
    blocks: tuple[Observation, ...]


def observe(document: SiteDocument) -> Observed:
    """What is counted of a document."""
    analysed = Cleaner(RULES).analyze(document.source, url=document.url or None)
    plain = unmarked if analysed.kind == "markdown" else str
    blocks = [block for block in analysed.blocks if block.text.strip() and _of_main_content(block)]
    texts = [" ".join(plain(block.text).split()) for block in blocks]
    fingerprint = _number("\n".join(texts))
    article = [text for text, block in zip(texts, blocks, strict=True) if block.label in ARTICLE_LABELS]
    return Observed(
        document.site, document.host, fingerprint, sketch(article), tuple(_observations(document.site, texts, blocks))
    )


def _observations(site: str, texts: Sequence[str], blocks: Sequence[Block]) -> list[Observation]:
    seen: set[int] = set()
    observations = []
    for text, block in zip(texts, blocks, strict=True):
        masked = "" if block.shape.role in ("code", "front_matter") else mask(text)
        template = _number(f"{site}\0{masked}") if masked else None
        first = template is not None and template not in seen
        if template is not None:
            seen.add(template)
        observations.append(Observation(template, int(first), is_prose(text), str(block.label), text if masked else ""))
    return observations


def _of_main_content(block: Block) -> bool:
    """Was the block judged by rules? Of a page, what stands outside its main content goes anyhow."""
    if block.keep or block.origin == "text":
        return True
    return any(reason.source == "rule" for reason in block.reasons) and block.label is not Label.TITLE


def _number(text: str) -> int:
    """A checksum as databases hold it: 64 bits, signed."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
