"""From a source to a document: the parts of the package, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf

from cleantext.completeness import assess
from cleantext.decide import keeps
from cleantext.detect.finding import Claim, Finding
from cleantext.detect.letters import letters
from cleantext.detect.normalise import unmarked
from cleantext.detect.phrases import Phrases
from cleantext.detect.prompts import prompts
from cleantext.detect.rules import RuleSet, rule_set
from cleantext.detect.sequence import find
from cleantext.detect.tails import Tails, find_tails, settled, spare_stories
from cleantext.detect.walk import Walk, is_prose
from cleantext.document import ARTICLE_LABELS, Block, Document, Kind, Label, Metadata, Status
from cleantext.ingest.decode import Decoded, decode
from cleantext.ingest.sniff import sniff
from cleantext.options import Options
from cleantext.reading import Reading
from cleantext.render import render_blocks, to_json
from cleantext.render.text import join_source, page_links
from cleantext.segment.markdown import segment_markdown
from cleantext.segment.segment import part
from cleantext.segment.text import segment_text, split_text, texts_of
from cleantext.sites.match import SiteRules, load_rules

UNJUDGED = frozenset({"code", "front_matter"})
"""Roles that no rule judges: code and data are quoted, not said."""


class Cleaner:
    """Cleans any number of sources with the same options. Keeps nothing between them; any thread may use it.

    `site_rules` are rules at hand, which take the place of the files that `options.site_rules` names.

    >>> Cleaner().clean("It rained.\\n\\nYou've read 3 of 5 free articles. Subscribe to continue.")
    'It rained.'
    """

    def __init__(self, options: Options | None = None, site_rules: SiteRules | None = None) -> None:
        self.options = options or Options()
        self._site_rules = site_rules or load_rules(self.options.site_rules)

    def clean(self, source: str | bytes, *, url: str | None = None, language: str | None = None) -> str:
        """The article in `source`, in the form that `options.output` asks for.

        Raises:
            TypeError: `source` is neither `str` nor `bytes`. Nothing else is raised, whatever the text.
        """
        if self.options.output == "json":
            return to_json(self.analyze(source, url=url, language=language))
        decoded = _decoded(source, self.options.encoding)
        if len(decoded.text) > self.options.max_chars:
            return decoded.text
        kind = self._kind(decoded.text)
        if kind == "text" and self.options.output != "html":
            return self._clean_text(decoded.text, url, language)
        reading = self._read(decoded.text, kind, url, language, explain=bool(self.options.keep))
        blocks = tuple(_blocks(reading, self.options, receipt=kind != "html"))
        return render_blocks(blocks, kind, self.options.output)

    def _clean_text(self, text: str, url: str | None, language: str | None) -> str:
        """What `analyze(text).text` would be, without the receipt: no block is made."""
        texts, afters = split_text(text)
        findings, tails, _ = self._detect(texts, url, language, self._deadline())
        removed = self.options.removed_labels
        gone = {i for i, finding in findings.items() if finding.label in removed}
        if not gone and not tails:
            return text
        return join_source(_pieces(texts, afters, gone, tails), texts_of)

    def analyze(self, source: str | bytes, *, url: str | None = None, language: str | None = None) -> Document:
        """The article in `source` with all that was removed and why. `url` and `language` say what the caller knows of it.

        Raises:
            TypeError: as for `clean`.
        """
        decoded = _decoded(source, self.options.encoding)
        if len(decoded.text) > self.options.max_chars:
            return _unexamined(decoded, self.options)
        kind = self._kind(decoded.text)
        reading = self._read(decoded.text, kind, url, language)
        blocks = tuple(_blocks(reading, self.options))
        head = reading.segmentation.head
        text = render_blocks(blocks, kind, self.options.output)
        return Document(
            text=text,
            kind=kind,
            language=language or self.options.language or (head.language if head else ""),
            blocks=blocks,
            completeness=assess(blocks, self._rules(language), reading.segmentation, no_article=reading.no_article),
            status=_status(blocks, reading.limits),
            limits=reading.limits,
            metadata=head.metadata if head else Metadata(),
            encoding=decoded.encoding,
            replaced=decoded.replaced,
            page_kind=reading.page_kind[0],
            page_kind_score=reading.page_kind[1],
            links=page_links(blocks) if self.options.links and self.options.output in ("text", "json") else (),
        )

    def clean_many(self, sources: Iterable[str | bytes]) -> Iterator[str]:
        """`clean` of each source, in order, one at a time."""
        return map(self.clean, sources)

    def analyze_many(self, sources: Iterable[str | bytes]) -> Iterator[Document]:
        """`analyze` of each source, in order, one at a time."""
        return map(self.analyze, sources)

    def _kind(self, text: str) -> Kind:
        return sniff(text) if self.options.kind == "auto" else self.options.kind

    def _read(self, text: str, kind: Kind, url: str | None, language: str | None, *, explain: bool = True) -> Reading:
        """Cut a source into segments and find what is not its article."""
        deadline = self._deadline()
        if kind == "html":
            return self._read_page(text, url, language, deadline, explain=explain)
        if kind == "markdown":
            segmentation = segment_markdown(text)
            texts = ["" if segment.shape.role in UNJUDGED else segment.text for segment in segmentation.segments]
        else:
            segmentation = segment_text(text)
            texts = [segment.text for segment in segmentation.segments]
        findings, tails, limits = self._detect(texts, url, language, deadline, unmarked if kind == "markdown" else str)
        return Reading(segmentation, findings, segmentation.limits + limits).parted(tails)

    def _deadline(self) -> float:
        return time.monotonic() + self.options.timeout if self.options.timeout else inf

    def _read_page(self, page: str, url: str | None, language: str | None, deadline: float, *, explain: bool) -> Reading:
        """The same for HTML: extraction says what is main content, and detection looks at that."""
        from cleantext.extract import extract
        from cleantext.segment.html import segment_html

        segmentation = segment_html(page, links=self.options.links, url=url)
        extraction = extract(segmentation, page, self.options, url, explain=explain, deadline=deadline)
        findings = extraction.findings
        main = [i for i in range(len(segmentation.segments)) if i not in findings]
        segments = [segmentation.segments[i] for i in main]
        texts = ["" if s.shape.role in UNJUDGED else s.text for s in segments]
        articles = extraction.page_kind == "article"
        by_words = [articles and s.shape.role == "paragraph" and not s.shape.item for s in segments]
        found, tails, limits = self._detect(texts, url, language, deadline, by_words=by_words)
        outside = frozenset(i for i, finding in findings.items() if finding.label not in ARTICLE_LABELS)
        findings |= {main[i]: finding for i, finding in found.items()}
        apart = frozenset(i for i, verdict in enumerate(extraction.verdicts) if verdict.apart)
        kind = (extraction.page_kind, extraction.page_kind_score)
        reading = Reading(segmentation, findings, segmentation.limits + extraction.limits + limits, outside, apart, kind)
        return reading.parted({main[i]: tail for i, tail in tails.items()})

    def _detect(
        self,
        texts: Sequence[str],
        url: str | None,
        language: str | None,
        deadline: float,
        plain: Callable[[str], str] = str,
        by_words: Sequence[bool] | None = None,
    ) -> tuple[dict[int, Finding], Tails, tuple[str, ...]]:
        """What is found in a document's blocks, the prompts at the ends of those that stay, and the limits that were met. `plain` gives a block's
        words without markup; `by_words` says of each whether learned words may judge it: if it is an article's paragraph, in no list or table.

        A paragraph that is spared but for its end stands as the article's in what is found around it: so all is done again, first for the first
        such paragraph, as others may not be spared then; and where what is left of a paragraph is none.
        """
        left = list(texts)
        spared: dict[int, Claim] = {}
        parted: Tails = {}
        while True:
            findings, limits = self._find(list(map(plain, left)), url, language, deadline, spared, by_words)
            found = {i: f for i, f in findings.items() if f != SPARED.finding}
            stay, tails = self._part(left, found, language, plain, len(spared))
            rests = {i: part(left[i], start)[0] for i, (start, _) in tails.items()}
            more = sorted(findings.keys() - stay.keys() - spared.keys())
            shrunk = [i for i, rest in rests.items() if is_prose(plain(left[i])) != is_prose(plain(rest))]
            if not more and not shrunk:
                return stay, parted | tails, limits
            first = more if len(spared) >= SPARED_SINGLY else more[:1]
            spared |= dict.fromkeys(first, SPARED)
            for i in {*first, *shrunk} & rests.keys():
                parted[i], left[i] = tails[i], rests[i]

    def _find(
        self,
        texts: Sequence[str],
        url: str | None,
        language: str | None,
        deadline: float,
        spared: Mapping[int, Claim],
        by_words: Sequence[bool] | None,
    ) -> tuple[dict[int, Finding], tuple[str, ...]]:
        rules = self._rules(language)
        matches = rules.match(texts, deadline)
        claims = {**(self._site_rules.claims(texts, url) if self._site_rules else {}), **spared}
        late = ("timeout: learned words and lines were not asked",) if time.monotonic() > deadline else ()
        if late or self.options.profile == "careful":
            return find(texts, matches, rules, claims), matches.limits or late
        judged = [text if may else "" for text, may in zip(texts, by_words, strict=True)] if by_words else texts
        said = prompts(self.options.line_model).said(judged)
        asking = letters(self.options.line_model).asking(judged)
        return find(texts, matches, rules, claims, self._extend, self._phrases, said, asking), matches.limits

    def _part(
        self,
        texts: Sequence[str],
        findings: Mapping[int, Finding],
        language: str | None,
        plain: Callable[[str], str],
        spared: int,
    ) -> tuple[dict[int, Finding], Tails]:
        """Part prompts from the paragraphs at whose end they stand, where the profile and the labels let them go."""
        careful = self.options.profile == "careful"
        rules = self._rules(language)
        left, tails = spare_stories(texts, findings, rules, None if careful else self._phrases, plain, spared)
        if findings and not careful:  # a document in which nothing was found is left alone, and costs no second look
            tails = find_tails({i: text for i, text in enumerate(texts) if i not in left}, tails, rules, plain)
        removed = self.options.removed_labels
        tails = {i: tail for i, tail in tails.items() if tail[1].label in removed}
        words = None if careful else prompts(self.options.line_model)
        return left, settled(texts, tails, rules, words, plain) if tails else tails

    def _extend(self, walk: Walk) -> bool:
        """Let the line model find what rules leave."""
        from cleantext.detect.learned import extend, line_model  # numpy is loaded for documents in which something was found

        return extend(walk, line_model(self.options.line_model))

    def _phrases(self) -> Phrases:
        from cleantext.detect.learned import line_model

        return line_model(self.options.line_model).phrases

    def _rules(self, language: str | None) -> RuleSet:
        return rule_set(language or self.options.language, self.options.rules_off)


SPARED = Claim(Finding(Label.BODY, 0.0, ()))
"""What is said of a paragraph that stays though its end goes."""
SPARED_SINGLY = 8
"""So many of them are spared one after the other; what more there are, all at once."""


def _pieces(texts: Sequence[str], afters: Sequence[str], gone: set[int], tails: Tails) -> Iterator[tuple[str, str, bool]]:
    """The blocks of a text as `join_source` takes them; a prompt at the end of one is a piece of its own."""
    for i, (text, after) in enumerate(zip(texts, afters, strict=True)):
        if i in tails:
            prompt = tails[i][0]
            yield *part(text, prompt), i not in gone
            yield text[prompt:], after, False
        else:
            yield text, after, i not in gone


def _decoded(source: str | bytes, encoding: str | None) -> Decoded:
    if isinstance(source, bytes):
        return decode(source, encoding)
    if isinstance(source, str):
        return Decoded(source, "", 0)
    raise TypeError(f"source is {type(source).__name__}: pass the page or text as str, or its undecoded bytes")


def _blocks(reading: Reading, options: Options, *, receipt: bool = True) -> Iterator[Block]:
    """The blocks of a source; without a receipt only those that are kept, and not where they stood."""
    for i, segment in enumerate(reading.segmentation.segments):
        finding = reading.findings.get(i)
        label = finding.label if finding else Label.BODY
        keep = keeps(label, options, marked=i in reading.apart, outside=i in reading.outside)
        if not receipt and not keep:
            continue
        yield Block(
            text=segment.text,
            label=label,
            keep=keep,
            score=finding.score if finding else 0.0,
            reasons=finding.reasons if finding else (),
            start=segment.start,
            end=segment.start + len(segment.text) if segment.start >= 0 else -1,
            after=segment.after,
            shape=segment.shape,
            path=segment.path if receipt else "",
            origin=segment.origin,
            links=segment.links,
        )


def _status(blocks: Sequence[Block], limits: Sequence[str]) -> Status:
    if limits:
        return "limit" if any(limit.startswith("timeout") for limit in limits) else "partial"
    return "ok" if any(block.keep and block.text.strip() for block in blocks) else "empty"


def _unexamined(decoded: Decoded, options: Options) -> Document:
    """A source that is too long to look at, whole."""
    limit = f"max_chars: {len(decoded.text)} characters, limit {options.max_chars}"
    block = Block(decoded.text, start=0, end=len(decoded.text))
    return Document(
        text=decoded.text,
        kind="text",
        language=options.language or "",
        blocks=(block,),
        status="too_large",
        limits=(limit,),
        encoding=decoded.encoding,
        replaced=decoded.replaced,
    )
