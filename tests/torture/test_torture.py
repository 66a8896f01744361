"""Hostile sources: nothing is raised, nothing is lost without a word, time grows with the source and no faster."""

import math
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import pytest

from cleantext import Cleaner, Document, Options
from cleantext.document import Status
from tests.torture.pages import ALL, BEFORE, SECRET, Hostile

SIZE = 5_000
"""Characters: what breaks a parser by its depth or by what never ends does so on few."""

SMALL, LARGE = 20_000, 80_000
"""Characters of a source of which it is asked what four times as much costs,"""

RATIO = 8
"""in the processor's time: 4 is linear, 16 quadratic."""

INSTANT = 0.1
"""Seconds. So long may the larger one take, however the time grows."""

TRIES = 4
"""How often a ratio is taken before it counts: a busy machine lengthens one time and not the other, but seldom so often."""

KINDS = {kind: Cleaner(Options(kind=kind)) for kind in ("auto", "html", "markdown", "text")}
CASES = pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)


def in_bytes(source: str | bytes) -> bytes:
    return source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")


def lost(document: Document, case: Hostile) -> list[str]:
    """The sentences that are neither kept nor removed."""
    everything = "\n".join(block.text for block in document.blocks)
    return [mark for mark in case.marks if mark not in everything]


def check(document: Document, cleaned: str, case: Hostile) -> None:
    assert document.status in get_args(Status)
    assert cleaned == document.text
    assert not case.marks or document.status != "ok" or lost(document, case) == []
    assert not document.limits or document.status != "ok"
    assert SECRET not in cleaned
    assert "LAUGHLAUGH" not in cleaned


def test_cases_are_found() -> None:
    assert len(ALL) >= 150
    assert len({case.name for case in ALL}) == len(ALL)


@CASES
def test_nothing_is_lost_without_a_word(case: Hostile) -> None:
    source = case.source(SIZE)
    document = KINDS["auto"].analyze(in_bytes(source))
    document.text.encode()
    check(document, KINDS["auto"].clean(in_bytes(source)), case)
    assert BEFORE in document.text or BEFORE not in case.marks
    if isinstance(source, str):
        document = KINDS["auto"].analyze(source)
        check(document, KINDS["auto"].clean(source), case)
        if document.kind == "html":
            document.text.encode()


@CASES
def test_nothing_is_lost_of_what_it_is_said_to_be(case: Hostile) -> None:
    source = case.source(SIZE // 2)
    for kind in ("markdown", "text"):
        document = KINDS[kind].analyze(source)
        assert document.restore() == source or isinstance(source, bytes)
        check(document, KINDS[kind].clean(source), case)
    if case.name.startswith("text of"):
        check(KINDS["html"].analyze(source), KINDS["html"].clean(source), case)


def seconds(source: str | bytes) -> float:
    start = time.process_time()
    KINDS["auto"].clean(source)
    return time.process_time() - start


def growth(case: Hostile) -> float:
    """What four times the source costs, at the least of some tries; 0 if the larger one takes no time to speak of."""
    ratio = math.inf
    small, large = case.source(SMALL), case.source(LARGE)
    for _ in range(TRIES):
        whole = seconds(large)
        if whole <= INSTANT:
            return 0
        ratio = min(ratio, whole / seconds(small))
        if ratio <= RATIO:
            break
    return ratio


@CASES
def test_time_grows_with_the_source(case: Hostile) -> None:
    assert growth(case) <= RATIO


DEEP = """
import sys, threading
from cleantext import Cleaner, Options
from tests.torture.pages import ALL, article
kinds = [Cleaner(Options(kind=kind)) for kind in ("auto", "markdown", "text")]
sources = [case.source(60_000) for case in ALL if "nested" in case.name or "deep" in case.name]
for cleaner in kinds:
    cleaner.analyze(article(""))  # models and packs are loaded
results = []
def work():
    sys.setrecursionlimit(150)
    for source in sources:
        results.extend(cleaner.analyze(source).status for cleaner in kinds)
threading.stack_size(256 * 1024)
thread = threading.Thread(target=work)
thread.start()
thread.join()
print(len(results), len(sources) * len(kinds))
"""


def test_depth_takes_no_stack() -> None:
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", DEEP],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert told.stderr == ""
    done, wanted = map(int, told.stdout.split())
    assert done == wanted > 30
