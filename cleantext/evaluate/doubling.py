"""Does time grow with a source, and no faster? `python -m cleantext.evaluate.doubling corpora/documents --seconds 600`.

Each source is a story with something repeated before its last paragraphs: prompts, letters and other lines of labelled documents, drawn at random
and put together in many ways: line under line, all in one line, numbered, quoted, in capitals, as items of a list, or one word of them. It is
cleaned as text, Markdown and a page, short and several times as long. Nobody writes such sources, but forums, logs and attackers come close, and what
looks back at all that it has seen shows in them. Found is one whose time grows nearly as its length's square; then the exit code is 1.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Final, NamedTuple, get_args

from cleantext.cleaner import Cleaner
from cleantext.document import ARTICLE_LABELS, Kind, Label
from cleantext.errors import CleanTextError, InputError
from cleantext.evaluate.labelled import LabelledDocument, labelled_lines, read_collection
from cleantext.options import Options

TIMES: Final = 4
"""How much more often something is repeated the second time."""
SHORT: Final = 600
"""How often it is the first time."""
MOST: Final = 7.0
"""How much longer the longer source may take, at most: of what grows with the square it is 16 times as long."""
LEAST: Final = 1.0
"""Seconds of processor below which no ratio counts: what is quick may be quick at first."""
PATIENCE: Final = 60
"""Seconds after which a source is found."""
TRIES: Final = 3
"""How often what seems to be found is measured, since other work on the machine disturbs."""
ABOVE, BELOW = 4, 3
"""Paragraphs of the story above what is repeated, and below it."""
CHARS: Final = 600
"""Characters of a line that is repeated, at most."""


class Case(NamedTuple):
    """What is repeated between the paragraphs of a story, and how."""

    kind: Kind
    shape: str
    story: list[str]
    repeated: list[str]

    def source(self, count: int) -> str:
        """The source in which it is repeated so often."""
        lines = [*self.story[:ABOVE], *SHAPES[self.shape](self.repeated, count), *self.story[ABOVE:]]
        if self.kind == "html":
            return "<article>" + "".join(f"<p>{line}</p>\n" for line in lines) + "</article>"
        return "\n\n".join(lines)


def _under(form: str) -> Callable[[Sequence[str], int], list[str]]:
    return lambda lines, count: [form.format(line=line, number=i) for i, line in enumerate(islice(cycle(lines), count))]


def _along(form: str) -> Callable[[Sequence[str], int], list[str]]:
    return lambda lines, count: [" ".join(_under(form)(lines, count))]


SHAPES: Final[dict[str, Callable[[Sequence[str], int], list[str]]]] = {
    "lines": _under("{line}"),
    "numbered": _under("{line} {number}"),
    "quoted": _under("“{line},” she said."),
    "items": _under("- {line}"),
    "one line": _along("{line}"),
    "one line of sentences": _along("{line}."),
    "one line of quotations": _along("“{line}"),
    "one line in capitals": lambda lines, count: _along("{line}")([line.upper() for line in lines], count),
    "one line below its first": lambda lines, count: [*lines, " ".join([lines[-1], *_under("{line}")(lines, count)])],
    "one word": lambda lines, count: [" ".join([*lines, *(max(lines[-1].split(), key=len) for _ in range(8 * count))])],
}


def cases(documents: Sequence[LabelledDocument], seed: int) -> Iterator[Case]:
    """Cases without end; the same for the same documents and seed.

    Raises:
        InputError: no document has a story that is long enough, or no other line is in them.
    """
    lines = [line for document in documents for line in labelled_lines(document)]
    stories = [_body(document) for document in documents if len(_body(document)) >= ABOVE + BELOW]
    others = [text[:CHARS] for text, label in lines if label not in ARTICLE_LABELS]
    if not stories or not others:
        raise InputError(
            f"the documents hold {len(stories)} stories of {ABOVE + BELOW} paragraphs, and {len(others)} other lines"
        )
    random = Random(seed)  # noqa: S311
    while True:
        story = random.choice(stories)
        repeated = [random.choice(others) for _ in range(random.choice((1, 1, 2, 2, 3, 5)))]
        if random.random() < 1 / 3:
            repeated[random.randrange(len(repeated))] = random.choice(story)
        yield Case(random.choice(get_args(Kind)), random.choice(list(SHAPES)), story[: ABOVE + BELOW], repeated)


def _body(document: LabelledDocument) -> list[str]:
    return [text for text, label in labelled_lines(document) if label is Label.BODY and not document.hard_negative]


def seconds(case: Case, count: int) -> float:
    """Seconds of processor that the cleaning takes; infinite if it takes more than `PATIENCE`."""
    cleaner, source = Cleaner(Options(kind=case.kind, timeout=None)), case.source(count)
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(PATIENCE)
    start = time.process_time()
    try:
        cleaner.clean(source)
    except TimeoutError:
        return float("inf")
    finally:
        signal.alarm(0)
    return time.process_time() - start


def _give_up(*_: object) -> None:
    raise TimeoutError


def grows_too_fast(case: Case, measure: Callable[[Case, int], float] = seconds) -> float:
    """How many times as long the longer source takes, if that is too many times, however often it is measured; else 0."""
    best_short = best_long = float("inf")
    for _ in range(TRIES):
        best_short, best_long = min(best_short, measure(case, SHORT)), min(best_long, measure(case, TIMES * SHORT))
        if best_long < LEAST or best_long <= MOST * best_short:
            return 0.0
    return best_long / best_short


def main() -> None:
    """Print what is found, and how many were tried."""
    parser = argparse.ArgumentParser(prog="python -m cleantext.evaluate.doubling", description=__doc__)
    parser.add_argument(
        "collections", type=Path, nargs="+", metavar="COLLECTION", help="JSON Lines, or a folder as corpora/documents"
    )
    parser.add_argument("--seconds", type=float, default=300, metavar="N", help="end after so many (default: 300)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tried = found = 0
    try:
        documents = [one for path in given.collections for part in read_collection(path).values() for one in part]
        end = time.monotonic() + given.seconds
        for case in cases(documents, given.seed):
            if time.monotonic() > end:
                break
            tried += 1
            if ratio := grows_too_fast(case):
                found += 1
                print(f"{ratio:.0f} times as long: {case.kind}, {case.shape}: {' | '.join(case.repeated)}", flush=True)
    except CleanTextError as error:
        sys.exit(f"doubling: {error}")
    print(f"{tried} tried, {found} found")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
