"""Names for what is not main content, by what the markup says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleantext.document import Label, Reason
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

_NAV_TAGS: Final = frozenset({"nav", "header", "footer", "select", "menu"})
_BEFORE = 8  # a byline stands at most so many segments before the body


def label_segments(segments: Sequence[Segment], kept: Sequence[bool], by: str) -> Extraction:
    """Verdicts from kept or not; `by` names what kept was decided by."""
    main = [i for i, keep in enumerate(kept) if keep]
    first, last = (main[0] - _BEFORE, main[-1]) if main else (0, len(segments))
    return Extraction(
        tuple(
            _verdict(segment, keep, by, near=first <= i <= last)
            for i, (segment, keep) in enumerate(zip(segments, kept, strict=True))
        )
    )


def _verdict(segment: Segment, keep: bool, by: str, *, near: bool) -> Verdict:
    if segment.hint is not None and (keep or near or segment.hint is Label.TITLE):
        return Verdict(True, segment.hint, (Reason("structure", f"markup.{segment.hint}"),))
    if keep:
        return Verdict(True, Label.BODY)
    markup = segment.markup
    if markup is None:
        return Verdict(False, Label.OTHER, (_not_main(by),))
    if markup.hidden:
        return Verdict(False, Label.OTHER, (Reason("structure", "hidden"),))
    for label, names in NAMES:
        if found := names & markup.tokens:
            return Verdict(False, label, (Reason("structure", f"name.{label}", " ".join(sorted(found))), _not_main(by)))
    if tags := _NAV_TAGS.intersection(markup.tags):
        return Verdict(False, Label.NAV, (Reason("structure", "element.nav", " ".join(sorted(tags))), _not_main(by)))
    label = Label.NAV if 2 * markup.links > len(segment.text) else Label.OTHER
    return Verdict(False, label, (_not_main(by),))


def _not_main(by: str) -> Reason:
    return Reason("trafilatura" if by == "trafilatura" else "structure", "not-main")
