"""Learning what is unwanted among a text's lines: phrases, and a network over the sequence of lines.

Two sources: documents whose lines people have labelled, and pages with gold text, whose lines within the article's container are unwanted
where the gold lacks them (class and id names say which label they have). Phrases are cross-fitted: the network is shown of a document only
what phrases say that were learned without its publisher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.cleaner import Cleaner
from cleantext.detect.learned import FAR_REACH, NEAR_REACH, LineModel
from cleantext.detect.letters import SUFFIX as LETTERS_SUFFIX
from cleantext.detect.letters import is_long, telling_words_of
from cleantext.detect.lines import in_reach, line_features
from cleantext.detect.pack import primary_language
from cleantext.detect.phrases import SUFFIX as PHRASES_SUFFIX
from cleantext.detect.phrases import Phrases, write_phrases
from cleantext.detect.prompts import SUFFIX as PROMPTS_SUFFIX
from cleantext.detect.prompts import words_of
from cleantext.detect.rules import rule_set
from cleantext.detect.sequence import walk_through
from cleantext.detect.walk import Line
from cleantext.document import ARTICLE_LABELS, Label
from cleantext.evaluate.labelled import LabelledDocument, LabelledLine, labelled_lines
from cleantext.evaluate.lines import CORE, Judgement, judge
from cleantext.extract.features.page import read_page
from cleantext.ingest.decode import decode
from cleantext.learned.storage import network_arrays, write_model
from cleantext.options import Options
from cleantext.segment.html import segment_html
from cleantext.segment.segment import Segment
from cleantext.sites.reading import Fields, read_records
from cleantext.train.collection import Example, fold_of
from cleantext.train.labels import label_segments
from cleantext.train.network import Learning, fit_network
from cleantext.train.phrases import Line as PhraseLine
from cleantext.train.phrases import learn_phrases
from cleantext.train.publishers import publisher_key, publisher_of

FOLDS: Final = 5
INNER: Final = 3
"""Parts of the training documents, each of which is described with phrases learned from the other parts."""

TIMES: Final = 4
"""A document labelled by people is shown so often, a page once."""

SETTINGS: Final = Learning(epochs=8, width=48, gaps=(1, 2, 4), dropout=0.25, segments_a_step=2048)

WEIGHT: Final = 5.0
"""Of a line that people labelled; one of a page weighs 1."""
PROMPTED: Final = CORE | {Label.COMMENTS}
"""Labels of what is told by its words; a list of stories is told by its place."""

ALPHA: Final = 3e-6
"""What large weights of the words of prompts cost."""
UNREAD: Final = 0.2
"""The weight of a line that nobody labelled."""
BESIDE: Final = 3.0
"""Credits, captions, corrections and the like count so many times as much as the lines of bodies: there are few of them."""

CONTAINED: Final = 0.97
"""The article's container is the smallest element with so much of the gold text."""
SHORTEST: Final = 80
LONGEST: Final = 400
"""Words of the gold text, and lines of the container, of pages that are learned from."""

NAMES: Final = (
    (Label.NEWSLETTER, ("newsletter", "signup", "subscribe", "mailing")),
    (Label.APPEAL, ("donate", "donation", "membership")),
    (Label.RELATED, ("related", "recommended", "recommendation", "recommendations", "readmore", "trending", "popular", "teaser")),
    (Label.SHARE, ("share", "social", "sharing")),
    (Label.COMMENTS, ("comments", "comment", "reply", "respond")),
    (Label.AUTHOR_BIO, ("bio", "author")),
    (Label.AD, ("ad", "ads", "advertisement", "sponsored")),
    (Label.LEGAL, ("copyright", "disclaimer")),
    (Label.COOKIE, ("cookie", "consent")),
    (Label.PAYWALL, ("paywall", "premium", "login", "register")),
    (Label.NAV, ("nav", "breadcrumb", "breadcrumbs", "menu", "tags", "pagination", "toc")),
)
"""Labels of lines that the gold lacks, by words of class and id names above them: the first that fits."""


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as training sees it: its lines after the rules, what each is, and how much of it is unwanted.

    Lines on which careful readers may differ do not `count`.
    """

    publisher: str
    language: str
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    unwanted: Floats
    counts: NDArray[np.bool_]
    by_people: bool

    def fold(self, folds: int, part: int = 0) -> int:
        """The fold that all documents of the publisher are in."""
        return fold_of(f"{self.publisher}{part or ''}", folds)


def sheet_of_document(document: LabelledDocument) -> Sheet:
    """A document with a label for each line."""
    full = [i for i, line in enumerate(document.lines) if line.strip()]
    counts = np.array([i not in document.ambiguous for i in full])
    lines = [(document.lines[i], document.labels[i]) for i in full]
    return sheet_of_lines(publisher_of(document), primary_language(document.language), lines, counts)


def sheet_of_lines(
    publisher: str, language: str, lines: Sequence[LabelledLine], counts: NDArray[np.bool_] | None = None
) -> Sheet:
    """Lines that people labelled, as training sees them; all of them count if it is not said which do."""
    labels = tuple(label for _, label in lines)
    return Sheet(
        publisher=publisher,
        language=language,
        lines=_ruled([text for text, _ in lines]),
        labels=labels,
        unwanted=np.array([label not in ARTICLE_LABELS for label in labels], np.float32),
        counts=np.ones(len(lines), np.bool_) if counts is None else counts,
        by_people=True,
    )


def sheets_of_pages(pages: Iterable[Example]) -> Iterator[Sheet]:
    """The articles among pages with gold text: the lines of the smallest element that holds the gold."""
    for page in pages:
        segmentation = segment_html(decode(page.source, None).text)
        if page.kind not in (None, "article") or segmentation.limits or not segmentation.segments:
            continue
        segments = segmentation.segments
        shares = label_segments(segments, page.gold)
        words = np.array([len(segment.text.split()) for segment in segments]) * shares
        if words.sum() < SHORTEST:
            continue
        seen = read_page(segments, segmentation.head)
        inside = [i for i in _container(words, seen.first, seen.last) if _is_shown(segments[i])]
        if not 0 < len(inside) <= LONGEST:
            continue
        lines = _ruled([segments[i].text for i in inside])
        labels = tuple(_label(segments[i], line, shares[i]) for i, line in zip(inside, lines, strict=True))
        yield Sheet(
            publisher=publisher_key(page.site),
            language=primary_language(segmentation.head.language) if segmentation.head else "",
            lines=lines,
            labels=labels,
            unwanted=np.array(
                [0.0 if label in ARTICLE_LABELS else 1 - shares[i] for i, label in zip(inside, labels, strict=True)], np.float32
            ),
            counts=np.ones(len(inside), np.bool_),
            by_people=False,
        )


def fit(sheets: Sequence[Sheet], settings: Learning = SETTINGS) -> LineModel:
    """Phrases and a network, learned from all sheets."""
    values: list[Floats] = []
    unwanted: list[Floats] = []
    weights: list[Floats] = []
    for part in range(INNER):
        phrases = learn_phrases(_phrase_lines(sheet for sheet in sheets if sheet.fold(INNER, part=1) != part))
        for sheet in (sheet for sheet in sheets if sheet.fold(INNER, part=1) == part):
            for reach in (NEAR_REACH, FAR_REACH):
                near = in_reach(sheet.lines, reach)
                repeats = TIMES if sheet.by_people else 1
                values += [np.ascontiguousarray(line_features(sheet.lines, near, phrases).T)] * repeats
                unwanted += [sheet.unwanted[near]] * repeats
                weights += [np.where(sheet.counts[near], 8, 1).astype(np.float32)] * repeats
    sizes = [len(rows) for rows in unwanted]
    network = fit_network(np.concatenate(values), np.concatenate(unwanted), np.concatenate(weights), sizes, settings)
    return LineModel(learn_phrases(_phrase_lines(sheets)), network)


def learn_prompts(sheets: Sequence[Sheet], loose: Sequence[PhraseLine] = ()) -> Phrases:
    """What prompts say and articles don't: from the lines of all sheets, and from `loose` ones that stand in no document."""
    known = [_weighted(line) for line in (*_trusted(sheets), *loose) if line.label in PROMPTED or line.label in ARTICLE_LABELS]
    return learn_phrases(known, words_of, ALPHA)


def learn_letters(sheets: Sequence[Sheet], fragments: Sequence[PhraseLine]) -> Phrases:
    """What paragraphs of letters to readers say and those of articles don't: from all sheets, and from `fragments`, lines that stand in none.
    Without letters nothing is.
    """
    known = [
        _weighted(line)
        for line in (*_trusted(sheets), *fragments)
        if (line.label is Label.APPEAL or line.label in ARTICLE_LABELS) and is_long(line.text)
    ]
    return learn_phrases(known, telling_words_of, ALPHA) if any(line.label is Label.APPEAL for line in known) else Phrases({})


def _trusted(sheets: Iterable[Sheet]) -> Iterator[PhraseLine]:
    """The lines whose labels words can be learned from. Of pages only what is in the gold counts, and no rule found: class names tell a prompt too
    badly, and golds have prompts, too.
    """
    for sheet in sheets:
        for line, labelled in _counted(sheet):
            if sheet.by_people or (labelled.label in ARTICLE_LABELS and not line.unwanted):
                yield labelled


def lines_of_texts(file: Path) -> Iterator[PhraseLine]:
    """The lines of a collection of English texts that nobody labelled, without those that rules find: nearly all are their articles'.

    Raises:
        InputError: it is no file in JSON Lines with `text` and `publisher`.
    """
    for document in read_records(str(file), Fields("text", site="publisher")):
        publisher = publisher_key(document.site)
        for line in _ruled([text.strip() for text in str(document.source).splitlines() if text.strip()]):
            if not line.unwanted:
                yield PhraseLine(line.text, Label.BODY, publisher, "en", UNREAD)


def _weighted(line: PhraseLine) -> PhraseLine:
    beside = line.label in ARTICLE_LABELS and line.label is not Label.BODY and line.weight == WEIGHT
    return line._replace(weight=line.weight * BESIDE) if beside else line


def loose_lines(documents: Iterable[LabelledDocument]) -> list[PhraseLine]:
    """The lines of fragments that are no documents; each fragment counts as a publisher."""
    return [
        PhraseLine(text, label, publisher_of(document), primary_language(document.language), WEIGHT)
        for document in documents
        for text, label in labelled_lines(document)
    ]


def write(model: LineModel, words: Phrases, letters: Phrases, file: Path) -> None:
    """Write a model's network (`.npz`), and beside it its phrases (`.tsv`), the words of prompts (`.prompts.tsv`) and of letters (`.letters.tsv`)."""
    write_model(file, network_arrays(model.network))
    file.with_suffix(PHRASES_SUFFIX).write_text(write_phrases(model.phrases), encoding="utf-8")
    file.with_suffix(PROMPTS_SUFFIX).write_text(write_phrases(words), encoding="utf-8")
    file.with_suffix(LETTERS_SUFFIX).write_text(write_phrases(letters), encoding="utf-8")


def judge_unseen(
    documents: Sequence[LabelledDocument],
    sheets: Sequence[Sheet],
    mixed: Sequence[Sheet],
    loose: Sequence[PhraseLine],
    letters: Sequence[PhraseLine],
    folder: Path,
    progress: Callable[[str], None],
) -> Iterator[Judgement]:
    """Each document, cleaned with the model that was fitted without its publisher; these models are written to `folder`.

    From `mixed` sheets, whose lines stand in others, the words of prompts are not learned.
    """
    for fold in range(FOLDS):
        progress(f"fold {fold + 1} of {FOLDS}")
        file = folder / f"{fold}.npz"
        known, more = ([sheet for sheet in some if sheet.fold(FOLDS) != fold] for some in (sheets, mixed))
        other, asking = ([line for line in some if fold_of(line.publisher, FOLDS) != fold] for some in (loose, letters))
        write(fit([*known, *more]), learn_prompts(known, other), learn_letters(known, asking), file)
        cleaner = Cleaner(Options(kind="text", line_model=str(file)))
        for document in documents:
            if fold_of(publisher_of(document), FOLDS) == fold:
                yield judge(document, cleaner.analyze(document.text))


def _ruled(texts: Sequence[str]) -> tuple[Line, ...]:
    """Lines after the rules."""
    rules = rule_set(None)
    return tuple(walk_through(texts, rules.match(texts), rules).lines)


def _container(words: Floats, first: NDArray[np.integer], last: NDArray[np.integer]) -> range:
    """The segments of the smallest element that holds nearly all of the gold words."""
    sums = np.concatenate([[0], np.cumsum(words)])
    best = range(len(words))
    for start, end in zip(first.tolist(), last.tolist(), strict=True):
        if end >= start and end - start + 1 < len(best) and sums[end + 1] - sums[start] >= CONTAINED * sums[-1]:
            best = range(start, end + 1)
    return best


def _is_shown(segment: Segment) -> bool:
    return segment.origin == "dom" and not (segment.markup and segment.markup.hidden)


def _label(segment: Segment, line: Line, share: float) -> Label:
    if share >= 0.5:
        return Label.BODY
    if segment.hint:
        return Label(segment.hint)
    if line.finding:
        return line.finding.label
    tokens = segment.markup.tokens if segment.markup else frozenset()
    return next((label for label, names in NAMES if not tokens.isdisjoint(names)), Label.OTHER)


def _phrase_lines(sheets: Iterable[Sheet]) -> list[PhraseLine]:
    return [labelled for sheet in sheets for _, labelled in _counted(sheet)]


def _counted(sheet: Sheet) -> Iterator[tuple[Line, PhraseLine]]:
    """The lines that count, and each as phrases are learned from it."""
    weight = WEIGHT if sheet.by_people else 1.0
    for line, label, counts in zip(sheet.lines, sheet.labels, sheet.counts, strict=True):
        if counts:
            yield line, PhraseLine(line.text.strip(), label, sheet.publisher, sheet.language, weight)
