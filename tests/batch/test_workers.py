"""Work in several processes."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from cleantext.batch.workers import AHEAD, DIED, Bounds, Work, spread


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


def sleep_on_seven(number: int) -> int:
    if number == 7:
        time.sleep(60)
    return number


def eat_on_seven(number: int) -> int:
    if number == 7:
        return len([bytearray(2**20) for _ in range(2000)])
    return number


def failed(item: object, why: str) -> str:
    return f"{item}: {why}"


def whole(results: list[object]) -> list[object]:
    return results


def run(do: Callable[[Any], object], items: Iterable[object], processes: int, size: int = 1, **given: Any) -> list[object]:
    """All items' results, in tasks of a size."""
    items = iter(items)
    tasks = iter(lambda: list(islice(items, size)), [])
    return [result for results in spread(Work(do, failed, whole), tasks, processes, **given) for result in results]


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("size", [1, 7])
def test_results_come_in_the_order_of_the_items(processes: int, size: int) -> None:
    assert run(double, range(40), processes, size) == [2 * number for number in range(40)]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("size", [1, 4])
def test_an_item_that_raises_costs_itself(processes: int, size: int) -> None:
    results = run(raise_on_seven, range(10), processes, size)
    assert results[:7] + results[8:] == [*range(7), 8, 9]
    assert results[7] == "7: internal error, please report it: ValueError: seven"


@pytest.mark.parametrize("size", [1, 5, 20])
@pytest.mark.parametrize(
    ("do", "bounds", "why"),
    [
        (end_on_seven, Bounds(), DIED),
        (sleep_on_seven, Bounds(seconds=0.5), "timeout: not done after 0.5 seconds"),
        (eat_on_seven, Bounds(megabytes=200), "out of memory: it needs more than 200 MB"),
    ],
)
def test_an_item_that_costs_its_process_costs_no_other_item(
    do: Callable[[int], int], bounds: Bounds, why: str, size: int
) -> None:
    assert run(do, range(20), 2, size, bounds=bounds) == [*range(7), f"7: {why}", *range(8, 20)]


def test_bounds_hold_with_one_process() -> None:
    assert run(sleep_on_seven, range(5, 10), 1, 5, bounds=Bounds(seconds=0.5))[2] == "7: timeout: not done after 0.5 seconds"


def test_an_item_whose_process_was_ended_is_tried_again(tmp_path: Path) -> None:
    assert run(end_once, [str(tmp_path / "a"), str(tmp_path / "b")], 2) == ["done", "done"]


def test_items_are_taken_no_further_ahead_than_memory_allows() -> None:
    taken = 0

    def tasks() -> Iterator[list[int]]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield [taken]

    results = spread(Work(double, failed, whole), tasks(), 2)
    next(results)
    assert taken <= 2 * (AHEAD + 1)
    results.close()


def test_no_tasks_are_no_results() -> None:
    assert run(double, [], 3) == []
