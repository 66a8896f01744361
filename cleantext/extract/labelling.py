"""Names for what is not main content, by what the markup says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from cleantext.document import Label, Reason
from cleantext.extract.model import Judgement
from cleantext.extract.verdict import Extraction, Verdict
from cleantext.segment.segment import Segment

NAMES: Final = (
    (Label.COOKIE, frozenset("cookie cookies consent gdpr cmp onetrust didomi ccpa".split())),
    (Label.COMMENTS, frozenset("comment comments comment-list disqus respond replies commentlist".split())),
    (Label.NEWSLETTER, frozenset("newsletter newsletters signup sign-up mailing".split())),
    (Label.SHARE, frozenset("share sharing share-bar social sharebar socials addtoany sharedaddy".split())),
    (Label.APPEAL, frozenset("donate donation donations".split())),
    (
        Label.RELATED,
        frozenset("related recommended recommendations recommendation trending popular most-read more-on read-more".split()),
    ),
    (Label.AUTHOR_BIO, frozenset("author-bio bio author-box about-author".split())),
    (Label.AD, frozenset("ad ads advert advertisement sponsored advertising adslot outbrain taboola promo".split())),
    (Label.LEGAL, frozenset("copyright legal disclaimer imprint terms".split())),
    (Label.REGISTER, frozenset("login register signin sign-in".split())),
    (
        Label.NAV,
        frozenset("nav navigation menu breadcrumb breadcrumbs navbar pagination footer header sidebar topbar toc".split()),
    ),
)
"""In this order; the class `paywall` is not among them, as it marks the paid body on most pages."""

_ALL_NAMES: Final = frozenset().union(*(names for _, names in NAMES))
_NAV_TAGS: Final = frozenset({"nav", "header", "footer", "select", "menu"})
_SOURCES: Final[dict[str, Literal["model", "structure", "trafilatura"]]] = {
    "model": "model",
    "shown": "structure",
    "trafilatura": "trafilatura",
}
_BODY: Final = Verdict(True, Label.BODY)
_UNEXPLAINED: Final = Verdict(False, Label.OTHER)
_BEFORE = 8  # a byline stands at most so many segments before the body


def label_segments(
    segments: Sequence[Segment], kept: Sequence[bool], by: str, judgement: Judgement | None = None, *, explain: bool = True
) -> Extraction:
    """Verdicts from kept or not; `by` names what kept was decided by, `judgement` is the model's.

    Unless it is to be explained, what is not main content has no label but `other`.
    """
    main = [i for i, keep in enumerate(kept) if keep]
    first, last = (main[0] - _BEFORE, main[-1]) if main else (0, len(segments))
    certain = [1 - probability for probability in judgement.probabilities] if judgement else []
    certain += [1.0] * (len(segments) - len(certain))
    source = _SOURCES[by]
    taken = judgement is not None and judgement.kind != "article"  # elsewhere a byline or a date can be what the page is about
    clear = judgement is not None and judgement.is_clear
    verdicts = []
    for i, (segment, keep) in enumerate(zip(segments, kept, strict=True)):
        if keep and (segment.hint is None or (taken and (segment.hint is not Label.TITLE or clear))):
            verdicts.append(Verdict(True, segment.hint, (_marked(segment.hint),)) if segment.hint else _BODY)
        elif segment.hint is not None and (keep or first <= i <= last or segment.hint is Label.TITLE):
            verdicts.append(Verdict(True, segment.hint, (_marked(segment.hint),), apart=True))
        elif explain:
            label, *reasons = _outside(segment)
            score = round(certain[i], 3)
            verdicts.append(Verdict(False, label, (*reasons, Reason(source, "not-main", weight=score)), score))
        else:
            verdicts.append(_UNEXPLAINED)
    return (
        Extraction(tuple(verdicts), judgement.kind, judgement.kinds[judgement.kind]) if judgement else Extraction(tuple(verdicts))
    )


def _outside(segment: Segment) -> tuple[Label, *tuple[Reason, ...]]:
    """The label of what is not main content, with what the markup says."""
    markup = segment.markup
    if markup is None:
        return (Label.OTHER,)
    if markup.hidden:
        return Label.OTHER, Reason("structure", "hidden")
    tokens = markup.tokens
    for label, names in () if _ALL_NAMES.isdisjoint(tokens) else NAMES:
        if found := names & tokens:
            return label, Reason("structure", f"name.{label}", " ".join(sorted(found)))
    if tags := _NAV_TAGS.intersection(markup.tags):
        return Label.NAV, Reason("structure", "element.nav", " ".join(sorted(tags)))
    return (Label.NAV if 2 * markup.links > len(segment.text) else Label.OTHER,)


def _marked(hint: Label) -> Reason:
    return Reason("structure", f"markup.{hint}")
