"""The data model: what `analyze` gives back. Everything here is frozen and free of behaviour that costs time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

Kind = Literal["html", "markdown", "text"]
Status = Literal["ok", "partial", "empty", "not_html", "too_large", "limit"]
Verdict = Literal["complete", "truncated", "unknown"]
Role = Literal["paragraph", "heading", "item", "row", "code", "front_matter"]


class Label(StrEnum):
    """What a block is. The first eight are kept by the profile `standard`, the others removed."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    CREDIT = "credit"
    CORRECTION = "correction"
    PAYWALL = "paywall"
    APPEAL = "appeal"
    NEWSLETTER = "newsletter"
    REGISTER = "register"
    APP = "app"
    RELATED = "related"
    SHARE = "share"
    AD = "ad"
    COOKIE = "cookie"
    COMMENTS = "comments"
    AUTHOR_BIO = "author_bio"
    LEGAL = "legal"
    NAV = "nav"
    OTHER = "other"


ARTICLE_LABELS = frozenset(list(Label)[:8])
"""What belongs to an article; `standard` keeps these and no others."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a block was labelled: who says so (`source`), by what (`id`), on which words (`evidence`).

    `id` is stable and can be looked up: a rule's id (`de.paywall.weiterlesen-mit`), or the name of a structural finding.
    `weight` is the evidence's share of the score, in [0, 1]; 1 suffices by itself.
    """

    source: Literal["rule", "model", "site", "structure", "trafilatura"]
    id: str
    evidence: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Shape:
    """The structure of a block, enough to write it as Markdown or HTML again.

    `level` is the heading's level (1 to 6) or the item's depth (from 1); `ordinal` the item's number in an ordered list (0 in
    an unordered one); `quote` how many quotations it stands in; `group` tells one list or table from the next; `item` is a number
    that all blocks of one list item share (0 outside of lists); `language` is what the page names a code block's.
    A `row` has its cells parted by tabs; in a `header` row they are column heads.
    """

    role: Role = "paragraph"
    level: int = 0
    ordinal: int = 0
    quote: int = 0
    group: int = 0
    header: bool = False
    item: int = 0
    language: str = ""


PARAGRAPH = Shape()


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it stands in a text (`text[start:end]`, without white space at its ends), and where it leads.

    The `target` is an address of `http`, `https` or `mailto`, or a relative one if the page's own address is not known. It holds
    no white space, quotation marks, angle brackets, backslashes, bars or control characters: these are percent-encoded.
    """

    start: int
    end: int
    target: str

    def to_dict(self) -> dict[str, Any]:
        """`start`, `end` and `target`."""
        return {"start": self.start, "end": self.end, "target": self.target}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the source, its own text, with the verdict on it.

    For text and Markdown `start` and `end` are offsets into the decoded source and `after` is the white space that
    follows, so that the blocks tile the source; for HTML the offsets are -1 and `path` says where it stood. `links` are those
    of its text, in order, if `Options.links` asks for them.
    """

    text: str
    label: Label = Label.BODY
    keep: bool = True
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    start: int = -1
    end: int = -1
    after: str = ""
    shape: Shape = PARAGRAPH
    path: str = ""
    origin: Literal["text", "dom", "json-ld"] = "text"
    links: tuple[Link, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A flat dictionary; reasons as `source:id` with their evidence, links as `start`, `end` and `target`."""
        return {
            "text": self.text,
            "label": str(self.label),
            "keep": self.keep,
            "score": self.score,
            "reasons": [f"{reason.source}:{reason.id}" for reason in self.reasons],
            "evidence": [reason.evidence for reason in self.reasons],
            "start": self.start,
            "end": self.end,
            "path": self.path,
            "origin": self.origin,
            "links": [link.to_dict() for link in self.links],
        }


@dataclass(frozen=True, slots=True)
class Completeness:
    """Is the article all there? `unknown` is the default; `because` names the rule behind another verdict, the rest are the facts.

    `gate` is the text of the wall, or of the link to the next page, that stands right after the body; `gate_says_rest`: its
    words say that something is missing ("57 % left to read"), which an offer to subscribe does not. `ends_mid_sentence`: the last
    paragraph breaks off, in a text whose paragraphs end with full stops. `free` is the publisher's claim (`isAccessibleForFree`,
    `article:content_tier`), which says gated, not cut; `paid_body` says that the body's end stands in an element that the
    publisher marks as the paid part (`hasPart.cssSelector`): what is paid for is in the page. `declared_words` is the
    publisher's own count, `found_words` that of the kept body, counted if there is a count to compare it with;
    `declared_text_found` says that the body ends as the `articleBody` that the publisher declares, and is as long.
    """

    verdict: Verdict = "unknown"
    because: str = ""
    gate: str = ""
    gate_says_rest: bool = False
    ends_mid_sentence: bool = False
    free: bool | None = None
    paid_body: bool = False
    declared_words: int | None = None
    found_words: int = 0
    declared_text_found: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself; empty for plain text."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    site: str = ""
    url: str = ""


@dataclass(frozen=True)
class Document:
    """The result of `analyze`: the article's `text`, and a receipt for everything that is not in it.

    `status` is `ok` only if all of the source could be looked at; otherwise `limits` says what could not, and why. `page_kind` is
    what an HTML page was taken for (article, documentation, service, forum, product, listing or collection), with the model's
    probability for that. `links` are those of `text`, if they were asked for and it is plain text; Markdown and HTML hold them.
    """

    text: str
    kind: Kind
    language: str
    blocks: tuple[Block, ...]
    completeness: Completeness = Completeness()
    status: Status = "ok"
    limits: tuple[str, ...] = ()
    metadata: Metadata = Metadata()
    encoding: str = ""
    replaced: int = 0
    page_kind: str = ""
    page_kind_score: float = 0.0
    links: tuple[Link, ...] = ()

    @cached_property
    def removed(self) -> tuple[Block, ...]:
        """The blocks that are not in the article, in the source's order."""
        return tuple(block for block in self.blocks if not block.keep)

    def restore(self) -> str:
        """The source again, from kept and removed blocks.

        For text and Markdown this is the decoded source, character for character; for HTML the text of all blocks in
        order, one a line.
        """
        if self.kind == "html":
            return "\n".join(block.text for block in self.blocks)
        return "".join(block.text + block.after for block in self.blocks)

    def to_dict(self) -> dict[str, Any]:
        """One flat, JSON-able record whose fields and types never depend on the content (made for Arrow and JSONL)."""
        completeness, metadata = self.completeness, self.metadata
        return {
            "text": self.text,
            "kind": self.kind,
            "language": self.language,
            "status": self.status,
            "limits": list(self.limits),
            "encoding": self.encoding,
            "replaced": self.replaced,
            "page_kind": self.page_kind,
            "page_kind_score": self.page_kind_score,
            "completeness": completeness.verdict,
            "completeness_because": completeness.because,
            "gate": completeness.gate,
            "gate_says_rest": completeness.gate_says_rest,
            "ends_mid_sentence": completeness.ends_mid_sentence,
            "free": completeness.free,
            "paid_body": completeness.paid_body,
            "declared_words": completeness.declared_words,
            "found_words": completeness.found_words,
            "declared_text_found": completeness.declared_text_found,
            "title": metadata.title,
            "authors": list(metadata.authors),
            "date": metadata.date,
            "site": metadata.site,
            "url": metadata.url,
            "links": [link.to_dict() for link in self.links],
            "removed_by_label": [f"{label}:{n}" for label, n in sorted(Counter(b.label for b in self.removed).items())],
            "removed": [block.to_dict() for block in self.removed],
        }
