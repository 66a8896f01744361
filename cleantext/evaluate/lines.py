"""The score of a cleaning, line by line: which lines came out, which of them should have."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from cleantext.cleaner import Cleaner
from cleantext.document import ARTICLE_LABELS, Document, Label
from cleantext.evaluate.labelled import LabelledDocument
from cleantext.options import MARKED_APART, Options, Profile

CORE = frozenset(
    {Label.PAYWALL, Label.APPEAL, Label.NEWSLETTER, Label.REGISTER, Label.APP, Label.COOKIE, Label.LEGAL, Label.SHARE}
)
"""What a cleaner is for; what else should go is `related` and the rest."""


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line, whether it came out, and what the block says in which it stands or stood (`source:id`)."""

    number: int
    text: str
    label: Label
    kept: bool
    wrong: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one document's lines, the ambiguous ones left out."""

    document: LabelledDocument
    lines: tuple[Line, ...]

    @property
    def mistakes(self) -> tuple[Line, ...]:
        """Lines lost that should have stayed, and left that should have gone."""
        return tuple(line for line in self.lines if line.wrong)


@dataclass(slots=True)
class Score:
    """The sums over judgements. `exact_core` overlooks what was left of labels that are not core."""

    documents: int = 0
    total: Counter[Label] = field(default_factory=Counter)
    gone: Counter[Label] = field(default_factory=Counter)
    intact: int = 0
    exact: int = 0
    exact_core: int = 0

    def removed(self, labels: Iterable[Label]) -> tuple[int, int]:
        """How many lines of these labels were removed, of how many."""
        labels = list(labels)
        return sum(self.gone[label] for label in labels), sum(self.total[label] for label in labels)

    @property
    def others(self) -> frozenset[Label]:
        """The unwanted labels that are neither core nor `related`."""
        return frozenset(self.total) - ARTICLE_LABELS - CORE - {Label.RELATED}

    def figures(self) -> dict[str, float]:
        """The figures that a floor can be set for, from 0 (worst) to 1."""
        n = max(self.documents, 1)
        return {
            "core_removed": _share(*self.removed(CORE)),
            "related_removed": _share(*self.removed([Label.RELATED])),
            "others_removed": _share(*self.removed(self.others)),
            "article_lines_kept": 1 - _share(*self.removed(ARTICLE_LABELS), empty=0.0),
            "body_lines_kept": 1 - _share(*self.removed([Label.BODY]), empty=0.0),
            "bodies_intact": self.intact / n,
            "exact_core": self.exact_core / n,
            "exact": self.exact / n,
        }


def judge(document: LabelledDocument, cleaned: Document, kept_labels: Collection[Label] = ARTICLE_LABELS) -> Judgement:
    """Compare what came out with the labels."""
    flags = kept_lines(document.lines, cleaned.text)
    reasons = {flag: _reasons(cleaned, keep=flag) for flag in (True, False)}
    lines = (
        Line(i, text, label, kept, (label in kept_labels) != kept, reasons[kept].get(text.strip(), ()))
        for i, (text, label, kept) in enumerate(zip(document.lines, document.labels, flags, strict=True))
    )
    return Judgement(document, tuple(line for line in lines if line.number not in document.ambiguous))


def kept_lines(lines: Sequence[str], output: str) -> list[bool]:
    """Which lines come out verbatim, white space at the ends aside, in order.

    >>> kept_lines(["The ferry is back.", "Subscribe now", "The ferry is back."], "The ferry is back.\\nThe ferry is back.")
    [True, False, True]
    """
    flags = [False] * len(lines)
    out = [line.strip() for line in output.split("\n") if line.strip()]
    for match in SequenceMatcher(None, [line.strip() for line in lines], out, autojunk=False).get_matching_blocks():
        flags[match.a : match.a + match.size] = [True] * match.size
    return flags


def judge_all(documents: Iterable[LabelledDocument], profile: Profile = "standard") -> Iterable[Judgement]:
    """Clean each document as the profile does, and judge it by the labels which that profile keeps."""
    text = Options(kind="text", profile=profile)
    page = Options(kind="html", profile=profile, include=MARKED_APART)
    for document in documents:
        options = page if document.page else text
        cleaned = Cleaner(options).analyze(document.page or document.text)
        yield judge(document, cleaned, frozenset(Label) - options.removed_labels)


def score(judgements: Iterable[Judgement]) -> Score:
    """Sum up."""
    result = Score()
    for judgement in judgements:
        mistakes = judgement.mistakes
        lost = [line for line in mistakes if not line.kept]
        result.documents += 1
        result.total.update(line.label for line in judgement.lines)
        result.gone.update(line.label for line in judgement.lines if not line.kept)
        result.intact += not any(line.label is Label.BODY for line in lost)
        result.exact += not mistakes
        result.exact_core += not lost and not any(line.label in CORE for line in mistakes)
    return result


def table(result: Score) -> str:
    """The figures as lines of text: each label, then the sums."""
    figures = result.figures()
    rows = [f"{'label':12}{'lines':>7}{'removed':>9}"]
    rows += [_row(label, result) for label in Label if result.total[label]]
    for name, labels in _groups(result).items():
        gone, total = result.removed(labels)
        rows += [f"{name}: {_percent(gone, total)} ({gone}/{total})"]
    rows.append(
        f"bodies intact {figures['bodies_intact']:.3f}   exact core {figures['exact_core']:.3f}   exact {figures['exact']:.3f}"
    )
    return "\n".join(rows)


def floor(figure: float) -> float:
    """A figure rounded down to four places, so that the figure itself is never below it."""
    return math.floor(figure * 10_000 + 1e-6) / 10_000


def _groups(result: Score) -> Mapping[str, Collection[Label]]:
    return {
        "core removed": CORE,
        "related removed": {Label.RELATED},
        "other unwanted removed": result.others,
        "body lost": {Label.BODY},
        "article lines lost": ARTICLE_LABELS,
    }


def _row(label: Label, result: Score) -> str:
    total = result.total[label]
    kept = "  (kept)" if label in ARTICLE_LABELS else ""
    return f"{label:12}{total:7}{_percent(result.gone[label], total):>9}{kept}"


def _share(part: int, whole: int, empty: float = 1.0) -> float:
    return part / whole if whole else empty


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f}%"


def _reasons(cleaned: Document, *, keep: bool) -> dict[str, tuple[str, ...]]:
    """What was said of each line, by its text, in blocks that were kept or removed."""
    reasons: dict[str, tuple[str, ...]] = {}
    for block in cleaned.blocks:
        if block.keep is keep:
            said = tuple(f"{reason.source}:{reason.id}" for reason in block.reasons)
            reasons |= {line.strip(): said for line in block.text.split("\n")}
    return reasons
