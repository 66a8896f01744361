"""What rules leave: the learned model reads the lines of a document in which rules found something, in their order.

It judges a line by its form and place, by what its phrases say and by its neighbours, some thirty to either side: the list of what
subscribers get, between two lines that rules know; the paragraphs of a letter; the titles under "Related". Behind these guards: what stands
above the first paragraph stays; lines go between two that were found, and next to one only if the network is sure; a single title may be
a crosshead, and needs more; so does a sentence whose own words don't say that it is unwanted, and it stays if they deny it, or next to one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.detect.finding import Finding
from cleantext.detect.lines import EXTREME, in_reach, line_features
from cleantext.detect.phrases import LINES, Phrases, phrases_beside
from cleantext.detect.phrases import SUFFIX as PHRASES_SUFFIX
from cleantext.detect.runs import gaps_between, like_title, list_goes_on
from cleantext.detect.walk import Line, Walk
from cleantext.document import Label, Reason
from cleantext.errors import ModelError
from cleantext.learned.network import Network
from cleantext.learned.storage import network_from, read_model
from cleantext.packaged import content_of

SHIPPED: Final = f"{LINES}.npz"

LEAST: Final = 0.6
"""The probability from which on a line goes whose own words say that it is unwanted, and a title among others."""
LIKELY: Final = 0.95
"""The probability from which on a line goes whose own words don't deny it, one of two titles, and one among others if a short line of the
article follows."""
SURE: Final = 0.97
"""The probability from which on a line goes that stands beside one that was found."""
SURER: Final = 0.99
"""The probability from which on a single title goes, and one that may be the next paragraph's."""
SPOKEN: Final = 1.0
DENIED: Final = -1.0
"""The log-odds above which a line's own words say, and below which they deny, that it is unwanted."""

PICTURE: Final = 3
"""Lines of the article under a heading, among which its first paragraph is."""

ROLE: Final = re.compile(r"[:：](?!\d)")

NEAR_REACH, FAR_REACH = 1, 10
"""Paragraphs that may stand between a line that is judged and what rules found: in letters there are many."""

NEAR: Final = 3
"""Lines to either side whose findings lend their label."""
NEIGHBOUR: Final = 2.0
"""What the label of the very next line weighs, in log-odds."""
TOLD: Final = 3
"""Phrases that an explanation names."""


@dataclass(frozen=True, slots=True)
class LineModel:
    """Phrases, and a network over the sequence of lines."""

    phrases: Phrases
    network: Network

    def probabilities(self, lines: Sequence[Line]) -> NDArray[np.float32]:
        """For each line, how probable it is that it is unwanted; 0 for those out of reach. Where a paragraph is, it looks further."""
        found = self._within(NEAR_REACH, lines)
        if any(line.prose and probability >= LEAST for line, probability in zip(lines, found.tolist(), strict=True)):
            found = self._within(FAR_REACH, lines)
        return found

    def _within(self, paragraphs: int, lines: Sequence[Line]) -> NDArray[np.float32]:
        chosen = in_reach(lines, paragraphs)
        odds = self.network.scores(line_features(lines, chosen, self.phrases), np.ones(len(chosen), np.float32))
        found = np.zeros(len(lines), np.float32)
        found[chosen] = 1 / (1 + np.exp(-odds))
        return found


@lru_cache(maxsize=8)
def line_model(file: str | None = None) -> LineModel:
    """The model of a file (`.npz`, with its phrases beside it in `.tsv`), or the one that comes with the package.

    Raises:
        ModelError: the files cannot be read, or hold no line model.
    """
    network = parse(content_of(file, SHIPPED), file or SHIPPED)
    return LineModel(phrases_beside(file, PHRASES_SUFFIX), network)


def parse(content: bytes, file: str = "the file") -> Network:
    """The network of a line model from its file's content; `file` is what messages call it.

    Raises:
        ModelError: it is damaged, or no line model of this version.
    """
    network = read_model(content, network_from, f"{file}: not a line model")
    computed = len(line_features([Line("", (), prose=False)], [0], Phrases({})))
    if len(network.scaling.mean) != computed:
        raise ModelError(f"{file}: not a line model of this version: it has {len(network.scaling.mean)} features, not {computed}")
    return network


def extend(walk: Walk, model: LineModel) -> bool:
    """Find further unwanted lines; says whether there were any."""
    lines, phrases = walk.lines, model.phrases
    between = list(gaps_between(lines))
    single = {gap.start for gap in between if len(gap) == 1}
    gaps = {gap: needed for gap in between if (needed := _needed(lines, gap, phrases)) <= 1}
    edges = [way for way in _edges(lines, single) if _may_join(walk, way[0], phrases) and not list_goes_on(lines, way[0])]
    if not gaps and not edges:
        return False
    probabilities = model.probabilities(lines).tolist()
    chosen = {i: gap for gap, needed in gaps.items() if min(probabilities[j] for j in gap) >= needed for i in gap}
    for way in edges:
        for i in takewhile(lambda i: _joins(walk, i, probabilities[i], phrases), way):
            chosen.setdefault(i, range(i, i + 1))
    labels = [_label(lines, i, gap, phrases) for i, gap in chosen.items()]
    for i, label in zip(chosen, labels, strict=True):
        reasons = tuple(_reasons(lines, i, probabilities[i], phrases))
        lines[i].finding = Finding(label, round(probabilities[i], 2), reasons)
    return bool(chosen)


def _needed(lines: Sequence[Line], gap: range, phrases: Phrases) -> float:
    """How probable it must be of each line of a gap that it is unwanted; more than 1 if they stay.

    Titles are with others of their kind: one or two between two prompts may be crossheads, or the story's last line, which need not end in a
    full stop; and more may be of the article's list, if it goes on below. Of all else, and of names with a role ("Photos: Ann Ray"), their own
    words say how much it takes.
    """
    if list_goes_on(lines, gap.start):
        return inf
    below = next(_staying(lines, gap.stop), None)
    listed = below is not None and not below.prose
    needed = LEAST
    titles = SURER if len(gap) == 1 else LIKELY if len(gap) == 2 or listed else LEAST
    for i in gap:
        text = lines[i].text.strip()
        if not _is_open(lines[i]):
            return inf
        if like_title(text) and not ROLE.search(text):
            needed = max(needed, titles)
        else:
            odds = phrases.score(text)
            needed = max(needed, LEAST if odds > SPOKEN else LIKELY if odds > DENIED else inf)
    return needed


def _edges(lines: Sequence[Line], single: Container[int]) -> Iterator[range]:
    """The ways down and up from those that were found, to the end and to the article's first paragraph; a `single` line between two that were
    found is judged as a gap.
    """
    first = next((i for i, line in enumerate(lines) if line.prose and not line.unwanted), len(lines))
    for i in range(first, len(lines)):
        if lines[i].unwanted:
            yield from (way for way in (range(i + 1, len(lines)), range(i - 1, first, -1)) if way and way[0] not in single)


def _joins(walk: Walk, i: int, probability: float, phrases: Phrases) -> bool:
    """Does a line go for standing next to one that goes? A crosshead stands above the next paragraph, whatever was put between the two, or above
    its picture's caption and credit.
    """
    crosshead = not walk.lines[i].prose and any(line.prose for line in islice(_staying(walk.lines, i + 1), PICTURE))
    return probability >= (SURER if crosshead else SURE) and _may_join(walk, i, phrases)


def _staying(lines: Sequence[Line], first: int) -> Iterator[Line]:
    """The lines from `first` on that were not found."""
    return (lines[i] for i in range(first, len(lines)) if not lines[i].unwanted)


def _may_join(walk: Walk, i: int, phrases: Phrases) -> bool:
    """May a line go for standing next to one that goes? A sentence if its own words say so; a title unless they deny it, or it may be the next
    paragraph's heading.
    """
    line, text = walk.lines[i], walk.lines[i].text.strip()
    needed = DENIED if like_title(text) and not line.prose else SPOKEN
    return _is_open(line) and not walk.heads(i) and phrases.score(text) > needed


def _is_open(line: Line) -> bool:
    return line.finding is None and bool(line.text.strip())


def _label(lines: Sequence[Line], i: int, gap: range, phrases: Phrases) -> Label:
    """What both lines around the gap are; if they differ, what the line's phrases say that it is, and what was found near it."""
    before, after = lines[gap.start - 1].finding, lines[gap.stop].finding if gap.stop < len(lines) else None
    if before and after and before.label is after.label:
        return before.label
    votes: defaultdict[Label, float] = defaultdict(float)
    for _, phrase in phrases.spoken(lines[i].text):
        votes[phrase.label] += phrase.weight
    for finding, distance in _near(lines, i):
        votes[finding.label] += NEIGHBOUR / distance
    return max(votes, key=lambda label: (votes[label], label)) if votes else Label.OTHER


def _near(lines: Sequence[Line], i: int) -> Iterator[tuple[Finding, int]]:
    for j in range(max(i - NEAR, 0), min(i + NEAR + 1, len(lines))):
        finding = lines[j].finding
        if finding and j != i and lines[j].unwanted:
            yield finding, abs(i - j)


def _reasons(lines: Sequence[Line], i: int, probability: float, phrases: Phrases) -> Iterator[Reason]:
    yield Reason("model", "lines", f"{probability:.0%}", round(probability, 2))
    for name, phrase in phrases.spoken(lines[i].text)[:TOLD]:
        yield Reason("model", "phrase", name, round(min(phrase.weight / EXTREME, 1.0), 2))
    for label in sorted({finding.label for finding, _ in _near(lines, i)}):
        yield Reason("structure", "neighbour", str(label))
