"""Do bodies come through whole, whatever stands around and in them? `python -m cleantext.evaluate.bodies COLLECTION... -o failures.jsonl`.

Each body of a collection is cleaned by itself first: golds hold "Read also" lines, too, so what goes then is told apart, and what is left is
the body from there on. Then, for several rounds, an unwanted block is put before it, after it and between its paragraphs, of a label and language
drawn by lot: blocks of labelled documents, of collections of prompts, and what the rules name as their examples. The only question is
whether all lines of the body are there, unchanged and in order.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from cleantext.cleaner import Cleaner
from cleantext.detect.pack import load_all
from cleantext.document import ARTICLE_LABELS, Document, Label
from cleantext.errors import CleanTextError, InputError
from cleantext.evaluate.benchmark.layouts.files import read_rows
from cleantext.evaluate.labelled import JSONL, LabelledDocument, LabelledLine, read_collection, read_prompts, unwanted_runs
from cleantext.options import Options

Place = Literal["before", "after", "inside"]
PLACES: Final[tuple[Place, ...]] = get_args(Place)

ROUNDS: Final = 3
NOTICE: Final = "You've read 3 of 5 free articles."
BREAKS: Final = ("\n\n", "\n")
"""What parts paragraphs, in turn from round to round."""


@dataclass(frozen=True, slots=True)
class Body:
    """The article of a document: its lines, and their labels where they are known."""

    id: str
    lines: tuple[str, ...]
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Insert:
    """An unwanted block: its lines, the label of the first, and where it is from."""

    lines: tuple[str, ...]
    label: Label
    origin: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A line of the body that went, or was changed, and who says why."""

    line: str
    label: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A body with a block put in after so many of its lines, and what it lost by that."""

    body: str
    place: Place
    at: int
    insert: Insert
    around: tuple[str, ...]
    lost: tuple[Lost, ...]

    def to_dict(self) -> dict[str, Any]:
        """A record to be read."""
        return asdict(self)


def article(document: LabelledDocument) -> Body:
    """The lines of a labelled document that belong to the article, and on which readers agree."""
    kept = [
        (line, label)
        for number, (line, label) in enumerate(zip(document.lines, document.labels, strict=True))
        if label in ARTICLE_LABELS and number not in document.ambiguous
    ]
    return Body(document.id, tuple(line for line, _ in kept), tuple(label for _, label in kept))


def read_bodies(path: Path) -> list[Body]:
    """The bodies of a collection: of labelled lines, or the gold texts of pages; of pages of known types only of those that are articles.

    Raises:
        InputError: there is none, or it can't be read.
    """
    if not JSONL.search(path.name):
        found = [article(one) for part in read_collection(path).values() for one in part if not one.page]
    elif "labels" in next(read_rows(path), ("", {}))[1]:
        found = [article(one) for part in read_collection(path).values() for one in part]
    else:
        found = [body for place, row in read_rows(path) if (body := _gold(row, place))]
    found = [body for body in found if body.lines]
    if not found:
        raise InputError(f"{path}: no bodies found (labels, blocks, paragraphs, or text of pages)")
    return found


def _gold(row: Mapping[str, Any], place: str) -> Body | None:
    if row.get("type", "article") != "article":
        return None
    if "blocks" in row:
        lines = [block["text"] for block in row["blocks"]]
    elif "paragraphs" in row:
        lines = row["paragraphs"]
    elif isinstance(row.get("text"), str):
        lines = [row["text"]]
    else:
        raise InputError(f"{place}: has no field blocks, paragraphs or text")
    return Body(str(row.get("id", place)), tuple(part for line in lines for part in line.split("\n") if part.strip()))


def read_inserts(corpora: Path) -> list[Insert]:
    """Unwanted blocks: those of a folder's `documents/` and `prompts/`, and the examples of the rules."""
    documents = [one for part in read_collection(corpora).values() for one in part if not one.page]
    documents += read_prompts(corpora / "prompts") if (corpora / "prompts").is_dir() else []
    examples = (
        Insert(tuple(line for line in example.split("\n") if line.strip()), rule.label, rule.id)
        for pack in load_all()
        for rule in pack.rules
        if rule.label not in ARTICLE_LABELS
        for example in rule.removes
    )
    return [
        *(_insert(run, document.id) for document in documents for run in unwanted_runs(document)),
        *(insert for insert in examples if insert.lines),
    ]


def _insert(run: Iterable[LabelledLine], origin: str) -> Insert:
    lines, labels = zip(*run, strict=True)
    return Insert(lines, labels[0], origin)


def by_label(inserts: Iterable[Insert]) -> dict[Label, list[Insert]]:
    """The blocks by label, in the order of the labels."""
    found: defaultdict[Label, list[Insert]] = defaultdict(list)
    for insert in inserts:
        found[insert.label].append(insert)
    return {label: found[label] for label in Label if found[label]}


@dataclass(frozen=True, slots=True)
class Settled:
    """A body as it comes out by itself, then beside a notice that is surely found; and what went each time.

    `body` is None if nothing is left, or if more goes at another time.
    """

    body: Body | None
    alone: tuple[Lost, ...]
    beside: tuple[Lost, ...]


def settle(cleaner: Cleaner, body: Body) -> Settled:
    """Tell the prompts of a body apart, which are no failures: some are looked for only in documents in which something was found."""
    lines, alone = _without_prompts(cleaner, body.lines, ())
    lines, beside = _without_prompts(cleaner, lines, (NOTICE,))
    again = _without_prompts(cleaner, lines, ())[1] + _without_prompts(cleaner, lines, (NOTICE,))[1]
    return Settled(None if again or not lines else Body(body.id, lines), tuple(alone), tuple(beside))


def _without_prompts(cleaner: Cleaner, lines: tuple[str, ...], put_in: tuple[str, ...]) -> tuple[tuple[str, ...], list[Lost]]:
    """What is left of lines, with others before and after them, and what went."""
    gone: list[Lost] = []
    for between in BREAKS:
        for at_end in (False, True) if put_in else (False,):
            at = len(lines) if at_end else 0
            document, lost = _clean(cleaner, (*lines[:at], *put_in, *lines[at:]), lines, at, between, len(put_in))
            gone += lost
            lines = tuple(line for line in document.text.split("\n") if line.strip() and line not in put_in)
    return lines, gone


def try_body(cleaner: Cleaner, body: Body, inserts: Mapping[Label, Sequence[Insert]], rounds: int = ROUNDS) -> Iterator[Trial]:
    """Put blocks before, after and inside a body; the lot depends on nothing but the body's name and the blocks."""
    for number in range(rounds):
        for place in PLACES:
            if place == "inside" and len(body.lines) == 1:
                continue
            lot = random.Random(f"{body.id} {number} {place}")  # noqa: S311  # no secret
            insert = lot.choice(inserts[lot.choice(list(inserts))])
            at = {
                "before": 0,
                "after": len(body.lines),
                "inside": lot.randrange(1, len(body.lines)) if len(body.lines) > 1 else 0,
            }[place]
            mixed = (*body.lines[:at], *insert.lines, *body.lines[at:])
            _, lost = _clean(cleaner, mixed, body.lines, at, BREAKS[number % len(BREAKS)], len(insert.lines))
            yield Trial(body.id, place, at, insert, body.lines[max(at - 2, 0) : at + 2], tuple(lost))


def _clean(
    cleaner: Cleaner, lines: Sequence[str], body: Sequence[str], at: int, between: str, put_in: int = 0
) -> tuple[Document, list[Lost]]:
    """Clean lines, `put_in` of which, from number `at` on, are not the body's; what became of the others is told by where they stood."""
    document = cleaner.analyze(between.join(lines))
    removed = list(document.removed)
    lost, start = [], 0
    for number, line in enumerate(lines):
        end = start + len(line)
        if not at <= number < at + put_in:
            lost += [
                Lost(line, str(block.label), tuple(f"{reason.source}:{reason.id}" for reason in block.reasons))
                for block in removed
                if block.start < end and start < block.end
            ]
        start = end + len(between)
    out = iter(document.text.split("\n"))
    if not lost and (changed := next((line for line in body if line not in out), None)) is not None:
        lost = [Lost(changed, "", ("changed",))]
    return document, lost


def table(trials: Iterable[Trial]) -> str:
    """The share of trials after which the body was whole, by place, and by the label of what was put in."""
    total: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    for trial in trials:
        for label in ("all", str(trial.insert.label)):
            total[label, trial.place] += 1
            whole[label, trial.place] += not trial.lost
    rows = ["all", *(str(label) for label in Label if any(total[str(label), place] for place in PLACES))]
    lines = [f"{'':12}" + "".join(f"{place:>24}" for place in PLACES)]
    lines += [f"{row:12}" + "".join(f"{_share(whole[row, place], total[row, place]):>24}" for place in PLACES) for row in rows]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}% ({part}/{whole})" if whole else "-"


def main() -> None:
    """Print the shares, and write what failed."""
    parser = argparse.ArgumentParser(prog="python -m cleantext.evaluate.bodies", description=__doc__)
    parser.add_argument(
        "collections", type=Path, nargs="+", metavar="COLLECTION", help="JSON Lines (.gz, .xz), or a folder as corpora/"
    )
    parser.add_argument(
        "--inserts", type=Path, default=Path("corpora"), metavar="FOLDER", help="unwanted blocks (default: corpora)"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"blocks for each place (default: {ROUNDS})")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write what failed, a JSON record a line")
    given = parser.parse_args()
    try:
        inserts = by_label(read_inserts(given.inserts))
        bodies = [(path, body) for path in given.collections for body in read_bodies(path)]
    except CleanTextError as error:
        sys.exit(f"bodies: {error}")
    cleaner = Cleaner(Options(kind="text"))
    trials: list[Trial] = []
    changed: Counter[str] = Counter()
    records: list[dict[str, Any]] = []
    for path, body in bodies:
        of_body = settle(cleaner, body)
        for place, lost in (("alone", of_body.alone), ("beside a notice", of_body.beside)):
            changed[place] += bool(lost)
            records += (
                [{"collection": path.name, "body": body.id, "place": place, "lost": list(map(asdict, lost))}] if lost else []
            )
        if of_body.body is None:
            changed["left out"] += 1
            continue
        for trial in try_body(cleaner, of_body.body, inserts, given.rounds):
            trials.append(trial)
            records += [{"collection": path.name, **trial.to_dict()}] if trial.lost else []
    print(
        f"{len(bodies)} bodies; with prompts of their own, found alone: {changed['alone']}, only beside a notice: "
        f"{changed['beside a notice']}; not settled, left out: {changed['left out']}"
    )
    print(f"{sum(map(len, inserts.values()))} unwanted blocks of {len(inserts)} labels, {given.rounds} rounds")
    print(table(trials))
    if given.output:
        given.output.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


if __name__ == "__main__":
    main()
