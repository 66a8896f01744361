"""The same source gives the same document: in any order, thread and process, however often, whatever came before."""

import os
import random
import subprocess
import sys
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.sources import cleaners, digest, in_threads, record, sources

ROOT = Path(__file__).parent.parent
THREADS = 16
TIMES = 10


@cache
def expected() -> list[list[str]]:
    """The records of each cleaner's first turn."""
    return [[record(cleaner, source) for source in sources()] for cleaner in cleaners()]


def test_sources_are_of_all_kinds() -> None:
    assert len(sources()) >= 25
    assert len(set(expected()[0])) == len(sources())


def test_any_order_ten_times_over_is_the_same() -> None:
    for cleaner, records in zip(cleaners(), expected(), strict=True):
        given = sources()[::2]
        for time in range(TIMES):
            order = random.Random(time).sample(range(len(given)), len(given))
            assert {i: record(cleaner, given[i]) for i in order} == dict(enumerate(records[::2]))


def test_one_cleaner_in_sixteen_threads() -> None:
    for cleaner, records in zip(cleaners(), expected(), strict=True):
        assert all(found == records[1::4] for found in in_threads(cleaner, sources()[1::4], THREADS))


@pytest.mark.parametrize("hash_seed", ["0", "4294967295"])
def test_a_new_process_whose_threads_all_begin_at_once(hash_seed: str) -> None:
    # Rules and models are loaded by whichever thread comes first, or by several.
    command = [sys.executable, "-m", "tests.sources", str(THREADS // 4)]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == sorted(map(digest, expected()))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_of_any_origin(method: str) -> None:
    given = sources()[::3]
    cleaner = cleaners()[0]
    with get_context(method).Pool(2) as pool:
        found = pool.starmap(record, [(cleaner, source) for source in given])
    assert found == expected()[0][::3]
