"""From hits on single blocks to findings along a document.

A block is unwanted if its evidence reaches 1. A strong rule or an anchor weighs 1, a weak one 0.5; what counts besides
is where the block stands and what was found beside it. Then runs: an anchor opens one, and it reaches as far as the
text keeps the anchor's kind (a letter goes on addressing its reader, a list of stories goes on being titles).

Evidence only grows as blocks are found unwanted: the region at the end reaches further up, and neighbours lend weight. So the
rounds below end in one fixed point, and a second cleaning, which starts from there, finds nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cleantext.detect.claims import heed_protection, take_claims
from cleantext.detect.finding import Claim, Finding
from cleantext.detect.letters import extend_letters
from cleantext.detect.phrases import Phrases
from cleantext.detect.rules import Hit, Matches, RuleSet
from cleantext.detect.runs import extend_lists, extend_prompts, gaps_between
from cleantext.detect.walk import LISTS, NOBODY, PROMPTS, WEIGHTS, Asking, Line, Said, Walk, is_prose, reason
from cleantext.document import ARTICLE_LABELS, Label, Reason

NEIGHBOUR = 0.5
"""What a found neighbour of the same family adds to a weak hit."""

MAX_ROUNDS = 8

EVIDENCE = 0.5
"""What words weigh that are no more than evidence; weak rules are helped by them only after the article's end, in whose midst a mere mention has both."""
LAST = 0.5
"""What it adds to words that speak that no paragraph of the article follows."""

NO_CLAIMS: Mapping[int, Claim] = MappingProxyType({})
NOTHING_SAID: Mapping[int, Said] = MappingProxyType({})


def find(
    texts: Sequence[str],
    matches: Matches,
    rules: RuleSet,
    claims: Mapping[int, Claim] = NO_CLAIMS,
    extend: Callable[[Walk], bool] | None = None,
    phrases: Callable[[], Phrases] | None = None,
    said: Mapping[int, Said] = NOTHING_SAID,
    asking: Asking = NOBODY,
) -> dict[int, Finding]:
    """The unwanted blocks of a document, by number, and those that a rule names as a part of the article.

    `claims`, by the block's number, are what the rules of the document's own site say. `extend` is asked for more where something
    stands between unwanted blocks: elsewhere a document is left alone, so that a second cleaning changes nothing. `phrases` tell a
    paragraph that speaks as prompts do from one that mentions a prompt's words. `said` is what learned words say of blocks,
    `asking` how they speak as letters to readers do.
    """
    if not claims and not said and not asking.suspects and not any(map(_tells, matches.hits.values())):
        return {}
    walk = walk_through(texts, matches, rules, claims, phrases, said, asking)
    if extend and any(gaps_between(walk.lines)) and extend(walk):
        _rounds(walk, claims)
    return {i: line.finding for i, line in enumerate(walk.lines) if line.finding}


def walk_through(
    texts: Sequence[str],
    matches: Matches,
    rules: RuleSet,
    claims: Mapping[int, Claim] = NO_CLAIMS,
    phrases: Callable[[], Phrases] | None = None,
    said: Mapping[int, Said] = NOTHING_SAID,
    asking: Asking = NOBODY,
) -> Walk:
    """The document with all that rules find in it, and what blocks say by themselves."""
    lines = [Line(text, matches.hits.get(i, ()), said=said.get(i), prose=is_prose(text)) for i, text in enumerate(texts)]
    walk = Walk(lines, sorted(matches.hits.keys() | said.keys()), rules.address, phrases, asking, rules.says)
    heed_protection(walk, claims)
    _protect(walk)
    _rounds(walk, claims)
    return walk


def _rounds(walk: Walk, claims: Mapping[int, Claim]) -> None:
    for _ in range(MAX_ROUNDS):
        walk.count()
        if not (_judge(walk) | extend_prompts(walk) | extend_lists(walk) | take_claims(walk, claims) | extend_letters(walk)):
            break


def _tells(hits: Sequence[Hit]) -> bool:
    """Can these hits alone decide about their block? Weak ones by themselves need a found neighbour, so another block's."""
    return len(hits) > 1 or hits[0].rule.strength != "weak"


def _protect(walk: Walk) -> None:
    """Blocks that a strong rule names as part of the article are found to be that, and nothing else removes them."""
    for i in walk.spoken:
        line = walk.lines[i]
        own = [hit for hit in line.hits if hit.rule.label in ARTICLE_LABELS]
        if strong := [hit for hit in own if hit.rule.strength == "strong"]:
            line.finding = Finding(strong[0].rule.label, 0.0, tuple(reason(hit, 1.0) for hit in strong))
            line.hits = ()
        elif own:
            line.hits = [hit for hit in line.hits if hit not in own]


def _judge(walk: Walk) -> bool:
    """Find the blocks whose own evidence, with their neighbours', reaches 1. Above the first paragraph neighbours don't count: the title
    stands there.
    """
    changed = False
    for i in walk.spoken:
        line = walk.lines[i]
        if line.finding:
            continue
        hits = [hit for hit in line.hits if walk.stands(i, hit.rule.where)]
        said = line.said if walk.before[i] else None
        if not hits and not said:
            continue
        reasons = [reason(hit, walk.weight(i, hit)) for hit in hits]
        score = _score(hits, reasons)
        if said:
            weight, more = _words(walk, i, said, alone=not hits)
            score += weight
            reasons += more
        label = max(hits, key=lambda hit: WEIGHTS[hit.rule.strength]).rule.label if hits else said.label if said else Label.OTHER
        language = hits[0].rule.language if hits else ""
        if score < 1 and not line.prose and walk.before[i] and (neighbour := _neighbour(walk, i, label, language)):
            score += NEIGHBOUR
            reasons.append(Reason("structure", "neighbour", neighbour, NEIGHBOUR))
        if score >= 1:
            line.finding = Finding(label, 1.0, tuple(reasons))
            changed = True
    return changed


def _words(walk: Walk, i: int, said: Said, *, alone: bool) -> tuple[float, list[Reason]]:
    """What learned words weigh where they stand, and why; `alone` if no rule speaks of the block."""
    if said.weight >= 1 and not walk.heads(i):
        return said.weight, list(said.reasons)
    if walk.last(i):
        return EVIDENCE + LAST, [*said.reasons, Reason("structure", "last", "no paragraph of the article follows", LAST)]
    return EVIDENCE if alone else 0.0, list(said.reasons)


def _score(hits: Sequence[Hit], reasons: Sequence[Reason]) -> float:
    """The weights' sum; of two languages' rules that share a word only one language's count."""
    by_language: dict[str, float] = defaultdict(float)
    for hit, given in zip(hits, reasons, strict=True):
        by_language[hit.rule.language] += given.weight
    neutral = by_language.pop("und", 0.0)
    return neutral + max(by_language.values(), default=0.0)


def _neighbour(walk: Walk, i: int, label: Label, language: str) -> str:
    """The label of a found block of the same family and language right before or after block `i`, if there is one. What is known by words
    alone has no language. Where the article may open, a block before it lends nothing: its title may stand under a prompt.
    """
    family = PROMPTS if label in PROMPTS else LISTS
    for j in (i + 1,) if walk.opens(i) else (i - 1, i + 1):
        finding = walk.lines[j].finding if 0 <= j < len(walk.lines) else None
        if finding and finding.label in family and (not language or _language(finding) in (language, "und")):
            return str(finding.label)
    return ""


def _language(finding: Finding) -> str:
    """The language of the rule that spoke first, `und` where none did."""
    first = finding.reasons[0]
    return first.id.partition(".")[0] if first.source == "rule" else "und"
