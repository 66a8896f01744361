"""Work in several processes."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleantext.batch.workers import AHEAD, DIED, spread


def double(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)
    return 2 * number


def raise_on_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


def end_on_seven(number: int) -> int:
    if number == 7:
        os._exit(0)
    return number


def end_once(marker: str) -> str:
    path = Path(marker)
    if not path.exists():
        path.touch()
        os._exit(1)
    return "done"


def failed(task: object, why: str) -> str:
    return f"{task}: {why}"


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(processes: int) -> None:
    assert list(spread(double, range(40), processes, failed)) == [2 * number for number in range(40)]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_task_that_raises_costs_itself(processes: int) -> None:
    results = list(spread(raise_on_seven, range(10), processes, failed))
    assert results[:7] + results[8:] == [*range(7), 8, 9]
    assert results[7] == "7: internal error, please report it: ValueError: seven"


def test_a_task_that_ends_its_process_costs_itself() -> None:
    results = list(spread(end_on_seven, range(20), 2, failed))
    assert results == [*range(7), f"7: {DIED}", *range(8, 20)]


def test_a_task_whose_process_was_ended_is_tried_again(tmp_path: Path) -> None:
    assert list(spread(end_once, [str(tmp_path / "a"), str(tmp_path / "b")], 2, failed)) == ["done", "done"]


def test_tasks_are_taken_no_further_ahead_than_memory_allows() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield taken

    results = spread(double, tasks(), 2, failed)
    next(results)
    assert taken <= 2 * (AHEAD + 1)
    results.close()  # type: ignore[attr-defined]


def test_no_tasks_are_no_results() -> None:
    assert list(spread(double, [], 3, failed)) == []
