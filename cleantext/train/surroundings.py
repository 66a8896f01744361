"""Stories among other sites' lines, to learn from: what stands around a story put around others, and prompts put into them.

LabelledLine documents are few, and each shows one story with one site's lines. Here the surroundings of sites (`corpora/surroundings`, with
`body: *` where the story stands) are put around the bodies of all documents, and bodies get runs of unwanted lines, above all before their
last paragraphs, and at their ends: what a story's own last lines look like between prompts is learned from nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from cleantext.detect.pack import primary_language
from cleantext.document import ARTICLE_LABELS, Label
from cleantext.evaluate.labelled import LabelledDocument, LabelledLine, labelled_lines, unwanted_runs
from cleantext.train.lines import Sheet, sheet_of_lines
from cleantext.train.publishers import publisher_of

BESIDE: Final = frozenset({Label.CAPTION, Label.CREDIT, Label.CORRECTION})
"""Lines of an article that are least like it."""
LEAST_LINES: Final = 6
LEAST_PROSE: Final = 5
"""Lines of a body, and paragraphs among them, at least."""

TURNS: Final = 3
"""Bodies that each site's surroundings are put around."""
LAST: Final = 3
"""Lines under the last insert, at most."""
LONGEST_INSERT: Final = 5
LONGEST_END: Final = 6


class Body(NamedTuple):
    """The lines of an article, and whose it is: its publisher's fold is that of all sheets it is in."""

    publisher: str
    language: str
    lines: tuple[LabelledLine, ...]

    def sheet(self, lines: Sequence[LabelledLine]) -> Sheet:
        """Lines it stands among."""
        return sheet_of_lines(self.publisher, self.language, lines)


def bodies_of(sheets: Iterable[Sheet]) -> dict[str, list[Body]]:
    """The articles of sheets that are long enough, by language."""
    found: defaultdict[str, list[Body]] = defaultdict(list)
    for sheet in sheets:
        own = [
            (line, label)
            for line, label, part in zip(sheet.lines, sheet.labels, sheet.unwanted, strict=True)
            if label in ARTICLE_LABELS and not part
        ]
        if len(own) >= LEAST_LINES and sum(line.prose for line, _ in own) >= LEAST_PROSE:
            lines = tuple((line.text.strip(), label) for line, label in own)
            found[sheet.language].append(Body(sheet.publisher, sheet.language, lines))
    return dict(found)


def put_around(site: LabelledDocument, lines: Sequence[LabelledLine], last: int = 0) -> list[LabelledLine]:
    """A site's lines, and those of an article where its story stands: in stretches of like length, or with `last` lines in the last one."""
    stretches = max(site.labels.count(Label.BODY), 1)
    cuts = [round(len(lines) * part / stretches) for part in range(stretches + 1)]
    if last and stretches > 1:
        cuts[-2] = max(len(lines) - last, cuts[-3])
    parts = iter(pairwise(cuts))
    found: list[LabelledLine] = []
    for text, label in labelled_lines(site):
        found += [(text, label)] if label is not Label.BODY else lines[slice(*next(parts))]
    return found


def surrounded(surroundings: Iterable[LabelledDocument], bodies: Mapping[str, Sequence[Body]]) -> Iterator[Sheet]:
    """Each site's lines around some bodies of its language; in every second one the last stretch is short."""
    random = np.random.default_rng(1)
    for site in surroundings:
        own = bodies.get(site.language, ())
        for turn in range(TURNS if own else 0):
            body = own[int(random.integers(len(own)))]
            last = int(random.integers(1, LAST + 1)) if turn % 2 and site.labels.count(Label.BODY) > 1 else 0
            yield body.sheet(put_around(site, body.lines, last))


def around_articles(sites: Iterable[LabelledDocument], documents: Iterable[LabelledDocument]) -> Iterator[LabelledDocument]:
    """Each site's lines around an article of its language, the n-th around the n-th that is long enough; under the article's name."""
    articles: defaultdict[str, list[tuple[str, list[LabelledLine]]]] = defaultdict(list)
    for document in documents:
        own = [pair for pair in labelled_lines(document) if pair[1] in ARTICLE_LABELS]
        if len(own) >= LEAST_LINES:
            articles[document.language].append((publisher_of(document), own))
    turns: Counter[str] = Counter()
    for site in sites:
        if found := articles[site.language]:
            publisher, lines = found[turns[site.language] % len(found)]
            turns[site.language] += 1
            texts, labels = zip(*put_around(site, lines), strict=True)
            yield LabelledDocument(site.id, site.language, "\n".join(texts), labels, publisher=publisher)


def interrupted(fragments: Sequence[LabelledDocument], bodies: Mapping[str, Sequence[Body]]) -> Iterator[Sheet]:
    """Each body thrice with unwanted lines of its language in it, from surroundings or prompts: before its last lines, or anywhere, and at
    its end; and above and below a single line. In every second one a caption, credit or correction of other articles stands among them.
    """
    random = np.random.default_rng(2)
    runs, beside = _runs(fragments), _beside(fragments)

    def one(number: int) -> int:
        return int(random.integers(number))

    def some(language: str, longest: int) -> Sequence[LabelledLine]:
        run = runs[language][one(len(runs[language]))]
        start = one(len(run))
        return run[start : start + 1 + one(longest)]

    def with_another(body: Body, at: int, above: int = 1) -> list[LabelledLine]:
        others = beside.get(body.language, ())
        story = list(body.lines)
        if others and one(2):
            story.insert(at - one(above), others[one(len(others))])
        return story

    for language, own in bodies.items():
        for body in own if runs.get(language) else ():
            for last in (True, False):
                story = with_another(body, len(body.lines), above=2)
                at = len(story) - 1 - one(LAST) if last else 2 + one(len(story) - 3)
                end = some(language, LONGEST_END)
                yield body.sheet([*story[:at], *some(language, LONGEST_INSERT), *story[at:], *end])
            at = 2 + one(len(body.lines) - 3)
            story = with_another(body, at)
            yield body.sheet([*story[:at], *some(language, 1), story[at], *some(language, 1), *story[at + 1 :]])


def _runs(fragments: Iterable[LabelledDocument]) -> dict[str, list[list[LabelledLine]]]:
    """The runs of unwanted lines that stand together, by language."""
    found: defaultdict[str, list[list[LabelledLine]]] = defaultdict(list)
    for fragment in fragments:
        found[primary_language(fragment.language)] += unwanted_runs(fragment)
    return dict(found)


def _beside(fragments: Iterable[LabelledDocument]) -> dict[str, list[LabelledLine]]:
    found: defaultdict[str, list[LabelledLine]] = defaultdict(list)
    for fragment in fragments:
        found[primary_language(fragment.language)] += [line for line in labelled_lines(fragment) if line[1] in BESIDE]
    return dict(found)
