"""Prompts at the end of a paragraph: after its last sentence of prose stands "Sign up here.", on the same line.

Paragraphs are what articles are made of, so little is believed: only the last sentences count, only rules that remove a line by
themselves, and only if their words are most of the sentence. "For more information, see the manual" is a sentence of its text, and a reference to
another story is one too unless it stands in brackets and says so: "(RELATED: ...)". Of 54,000 gold paragraphs of all kinds of pages 11 end so,
and of 3,800 of news none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cleantext.detect.finding import Finding
from cleantext.detect.phrases import Phrases
from cleantext.detect.prompts import Prompts
from cleantext.detect.rules import Hit, RuleSet
from cleantext.detect.walk import QUOTES, is_prose, is_wide, quotes_open, reason
from cleantext.document import ARTICLE_LABELS, Label
from cleantext.segment.segment import part

SAID: Final = frozenset({Label.PAYWALL, Label.APPEAL, Label.NEWSLETTER, Label.REGISTER, Label.APP, Label.SHARE})
"""Labels of what may be said in a sentence; other prompts are lines of their own."""
LONGEST: Final = 100
"""Characters of the longest last sentence that may be a prompt."""
SHORTEST, SHORTEST_WIDE = 60, 40
"""Characters of prose that stay before it, at least; the second where there are no spaces."""
BRIEF: Final = 30
"""The same for a sentence whose words are an article's beyond doubt."""
MUTE: Final = -1.0
"""The log-odds up to which they are."""
START: Final = 2
"""Signs before the first word that a rule matches."""
STORY: Final = 160
"""Characters before a prompt that are the article's, whatever their words."""
SPEECHLESS: Final = -0.3
"""The log-odds up to which a shorter text is: by its own words. So are 98 in 100 paragraphs of articles that the phrases were not learned
from, and 20 of prompts."""

SURE: Final = 1.0
"""What its own words weigh together by which a line goes whatever stands around it, at least."""
SPARED_ALONE: Final = 12
"""So many paragraphs are spared only under a line that stays; what more there are, anywhere."""

BOUNDARY = re.compile(r"""[.!?…]["'”»’)\]]?\ (?![a-zß-öø-ÿα-ωа-я])|[。！？](?=[^」』）])""")
"""Where a sentence ends and another begins; after "the U.S. back into" none does."""
LAST_BOUNDARY = re.compile(f"(?s).*(?:{BOUNDARY.pattern})")
"""The same, greedy, so that the last one is met first."""
BRACKETED = re.compile(r"[(\[][^\W\d_][^()\[\]:：]{2,20}[:：][^()\[\]]*[)\]]$")

Tails = dict[int, tuple[int, Finding]]
"""By the paragraph's number, where in it a prompt begins that reaches to its end, and what it is."""


def spare_stories(
    texts: Sequence[str],
    findings: Mapping[int, Finding],
    rules: RuleSet,
    phrases: Callable[[], Phrases] | None,
    plain: Callable[[str], str] = str,
    spared: int = 0,
) -> tuple[dict[int, Finding], Tails]:
    """The findings without those of paragraphs that would go whole for what a later sentence says; of these, the prompts at their ends.

    What only mentions a prompt's words within a sentence stays whole. `phrases` tell a story from a prompt that describes itself first
    ("Every morning, what matters in town. Sign up here."); without them all counts as a story. `plain` gives a text's words without markup.
    In a run of prompts all is one, whatever it says, if they are such wherever the article ends; unless so many are `spared` already that each would
    uncover but the next one. Findings come in the order of their lines.
    """
    left, tails = dict(findings), {}
    run = False
    for i, finding in findings.items():
        above = left.get(i - 1)
        if len(texts[i]) > BRIEF and _by_own_words(finding) and not (run and above and spared < SPARED_ALONE):
            start, word = _speaks_from(texts[i], rules, plain)
            if start and _is_story(plain(texts[i][:start]), phrases):
                del left[i]
                if word <= START:
                    tails[i] = (start, finding)
        run = _is_unwanted(finding) and (_is_sure(finding) or (not _is_last(finding) and (run or not above)))
    return left, tails


def _speaks_from(text: str, rules: RuleSet, plain: Callable[[str], str]) -> tuple[int, int]:
    """Where the first sentence begins of which rules speak, and where in it their words do; 0 if it's the first of all, or none."""
    starts = [0, *(boundary.end() for boundary in BOUNDARY.finditer(text))]
    sentences = [plain(text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    hits = rules.match(sentences).hits
    strong = {i: min(hit.start for hit in hits[i]) for i in hits if any(hit.rule.strength != "weak" for hit in hits[i])}
    first = min(strong, default=0)
    return starts[first], strong.get(first, 0)


def _by_own_words(finding: Finding) -> bool:
    """Was a block found unwanted by nothing but what it says, and where?"""
    own = all(reason.source == "rule" or reason.id in ("prompts", "last") for reason in finding.reasons)
    return own and _is_unwanted(finding)


def _is_sure(finding: Finding) -> bool:
    """Was it found by what it says, whatever stands around it?"""
    own = (reason.weight for reason in finding.reasons if reason.source != "structure" and reason.id not in ("lines", "phrase"))
    return sum(own) >= SURE


def _is_last(finding: Finding) -> bool:
    """Was it found because no paragraph of the article follows? One does once the paragraph under it is spared."""
    return any(reason.id == "last" for reason in finding.reasons)


def _is_unwanted(finding: Finding) -> bool:
    return finding.label not in ARTICLE_LABELS


def _is_story(text: str, phrases: Callable[[], Phrases] | None) -> bool:
    if len(text) >= STORY:
        return True
    if len(text) >= (SHORTEST_WIDE if is_wide(text) else SHORTEST):
        return phrases is None or phrases().score(text) <= SPEECHLESS
    return len(text) >= BRIEF and not is_wide(text) and phrases is not None and phrases().score(text) <= MUTE


def find_tails(texts: Mapping[int, str], tails: Tails, rules: RuleSet, plain: Callable[[str], str] = str) -> Tails:
    """The prompts at the end of paragraphs that stay, and what stands before `tails` that were found already."""
    tails = dict(tails)
    ends = {i: _end(text, tails[i][0] if i in tails else len(text)) for i, text in texts.items() if len(text) > SHORTEST_WIDE}
    own: dict[int, int] = {}
    while ends:
        starts = {i: start for i, end in ends.items() if (start := _last_sentence(texts[i], end))}
        sentences = [plain(texts[i][start : ends[i]]) for i, start in starts.items()]
        hits = rules.match(sentences).hits
        ends = {}
        for number, (i, start) in enumerate(starts.items()):
            told = [hit for hit in hits.get(number, ()) if _removes(hit, sentences[number])]
            if told and i not in own:
                own[i] = _own_words(texts[i]) if is_prose(texts[i]) else len(texts[i])
            if told and start >= own[i]:
                later = tails[i][1].reasons if i in tails else ()
                tails[i] = (start, Finding(told[0].rule.label, 1.0, (*(reason(hit, 1.0) for hit in told), *later)))
                ends[i] = _end(texts[i], start)
    return tails


def settled(
    texts: Sequence[str], tails: Tails, rules: RuleSet, words: Prompts | None, plain: Callable[[str], str] = str
) -> Tails:
    """Those that leave a paragraph of which neither rules nor learned words speak: what is shorter may fall under another rule's `max_chars`,
    or be no prose any more, and a second cleaning is to change nothing.
    """
    rests = [plain(part(texts[i], start)[0]) for i, (start, _) in tails.items()]
    speak = rules.match(rests).hits.keys() | (words.said(rests).keys() if words else set())
    return {i: tail for number, (i, tail) in enumerate(tails.items()) if number not in speak}


def _last_sentence(text: str, end: int) -> int:
    """Where the last sentence of `text[:end]` begins, or the bracket at its end, if it's short and prose stands before it; or 0."""
    first = max(end - LONGEST, SHORTEST_WIDE)
    bracket = BRACKETED.search(text[first:end]) if text[end - 1] in ")]" else None
    found = LAST_BOUNDARY.match(text, first, first + bracket.start() if bracket else end - 1)
    if not found or (bracket and found.end() != first + bracket.start()):
        return 0
    return found.end()


def _end(text: str, end: int) -> int:
    """Where `text[:end]` ends without the spaces at its end."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _own_words(text: str) -> int:
    """From where on a text is the publication's own word: after its last quotation; its length if that doesn't end."""
    return len(text) if quotes_open(text) else max(map(text.rfind, QUOTES)) + 1


def _removes(hit: Hit, sentence: str) -> bool:
    """Would the rule remove this sentence, were it a line, and does it speak of most of it?"""
    if hit.rule.strength == "weak" or hit.start > START:
        return False
    if hit.rule.label is Label.RELATED:
        return BRACKETED.match(sentence) is not None
    return hit.rule.label in SAID and len(hit.evidence) * 3 >= len(sentence) * 2
