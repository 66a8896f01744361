"""Work spread over processes: results in the order of the tasks, bounded memory, and a dead process costs one task.

The pools of the standard library either hang or give up as a whole when the system kills one of their processes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 8
"""Tasks per process that may be done before the first of them is taken."""

ATTEMPTS = 2
DIED = "the process that worked on it ended twice, perhaps for want of memory"

ORPHAN_CHECK = 5.0
"""Seconds after which an idle process looks whether its parent is still there."""


def spread(work: Callable[[T], R], tasks: Iterable[T], processes: int, failed: Callable[[T, str], R]) -> Iterator[R]:
    """`work` of each task, in the order of the tasks; with one process, in this one. Else `work` must be importable by name.

    A task whose work raises, or ends its process twice, gets the result `failed(task, why)`.
    """
    if processes == 1:
        for task in tasks:
            yield _result(task, _attempt(work, task), failed)
        return
    crew: list[_Worker[T]] = []
    try:
        yield from _spread(work, tasks, processes, failed, crew)
    finally:
        for worker in crew:
            worker.end()


def _spread(
    work: Callable[[T], R], tasks: Iterable[T], processes: int, failed: Callable[[T, str], R], crew: list[_Worker[T]]
) -> Iterator[R]:
    queue = enumerate(tasks)
    done: dict[int, R] = {}
    following = 0
    while True:
        for number, task in islice(queue, _places(crew, done, processes)):
            worker = next((worker for worker in crew if worker.task is None), None)
            if worker is None:
                worker = _Worker(work)
                crew.append(worker)
            worker.give(number, task)
        busy = {worker.pipe: worker for worker in crew if worker.task is not None}
        if not busy:
            return
        for pipe in wait(list(busy)):
            _take(busy[pipe], done, failed)  # type: ignore[index]  # `wait` gives back what it was given
        while following in done:
            yield done.pop(following)
            following += 1


def _places(crew: list[_Worker[T]], done: dict[int, R], processes: int) -> int:
    """How many tasks may be handed out now."""
    busy = sum(worker.task is not None for worker in crew)
    return max(0, min(processes - busy, processes * AHEAD - len(done) - busy))


def _take(worker: _Worker[T], done: dict[int, R], failed: Callable[[T, str], R]) -> None:
    """Take a worker's answer; if it died instead, try its task once more."""
    assert worker.task is not None
    number, task, attempt = worker.task
    try:
        done[number] = _result(task, worker.pipe.recv(), failed)
        worker.task = None
    except (EOFError, OSError):
        worker.end()
        worker.start()
        if attempt < ATTEMPTS:
            worker.give(number, task, attempt + 1)
        else:
            done[number] = failed(task, DIED)


def _attempt(work: Callable[[T], R], task: T) -> tuple[R | None, str]:
    """The result, or why there is none."""
    try:
        return work(task), ""
    except Exception as error:  # the one boundary of a record: whatever happens costs this task only, and is reported
        return None, f"internal error, please report it: {type(error).__name__}: {error}"


def _result(task: T, answer: tuple[R | None, str], failed: Callable[[T, str], R]) -> R:
    result, why = answer
    return failed(task, why) if result is None else result


class _Worker(Generic[T]):
    """A process with one task in hand at most, so that it is known whose fault its end is."""

    def __init__(self, work: Callable[[T], Any]) -> None:
        self.work = work
        self.start()

    def start(self) -> None:
        self.task: tuple[int, T, int] | None = None
        self.pipe, theirs = Pipe()
        self.process = Process(target=_serve, args=(theirs, self.work), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, number: int, task: T, attempt: int = 1) -> None:
        self.task = (number, task, attempt)
        with suppress(OSError):  # it died while idle: `recv` will say so
            self.pipe.send(task)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(pipe: Connection, work: Callable[[T], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all processes; the parent ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()
    try:
        while True:
            while not pipe.poll(ORPHAN_CHECK):
                if os.getppid() != parent:
                    return
            pipe.send(_attempt(work, pipe.recv()))
    except (EOFError, OSError):  # the parent is gone
        return
