"""Work spread over processes: results in the order of the tasks, bounded memory, and a lost process costs one item.

A pool of our own: those of the standard library give up as a whole, or hang, when the system kills one of their processes, and
those that don't share a queue whose lock a killed process takes with it. Here each process has its own pipe and one task in hand, so that
it is known whose fault its end is. No signals are used, but SIGKILL from outside for a process that is over its time.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import DefaultContext, ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic, TypeVar, cast

from cleantext.errors import CleanTextError

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")

AHEAD: Final = 8
"""Tasks per process that may be done before the first of them is taken."""

DIED: Final = "the process that worked on it ended twice, perhaps for want of memory"

STARTING: Final = 120.0
"""Seconds that a new process may take until it begins with its first item."""
STARTS: Final = 4
"""How often it is tried to start a process."""
ORPHAN_CHECK: Final = 5.0
"""Seconds after which an idle process looks whether its parent is still there."""
CLOCK: Final = 0.25
"""Seconds between looks at the time that items take, at most."""

_OUT_OF_MEMORY: Final = 77
"""The exit code of a process that met its bound of memory."""
_DIE_WITH_PARENT: Final = 1
"""`PR_SET_PDEATHSIG` of prctl(2)."""

_Context = DefaultContext | ForkServerContext | SpawnContext


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one item may take: `seconds`, and `megabytes` beyond what a process has when it begins (Linux); `None` is no bound."""

    seconds: float | None = None
    megabytes: int | None = None


@dataclass(frozen=True, slots=True)
class Work(Generic[T, R, P]):
    """What is done with each item, with one that failed, and with the results of a task; all are importable by name.

    What `do` raises is the reason of a failure. `finish` puts the results of a task into what is sent back.
    """

    do: Callable[[T], R]
    failed: Callable[[T, str], R]
    finish: Callable[[list[R]], P]

    def attempt(self, item: T) -> R:
        """The item's result, or that of its failure."""
        try:
            return self.do(item)
        except MemoryError:
            raise
        except CleanTextError as error:
            return self.failed(item, str(error))
        except Exception as error:  # the one boundary of a record: whatever happens costs this item only, and is reported
            return self.failed(item, f"internal error, please report it: {type(error).__name__}: {error}")

    def fail(self, item: T, why: str) -> P:
        """What stands for a task of one item that failed."""
        return self.finish([self.failed(item, why)])


@dataclass(slots=True, eq=False)
class _Task(Generic[T, P]):
    """Items that go to a process together. `alone` marks an item that is tried for the last time."""

    items: Sequence[T]
    alone: bool = False
    given: bool = False
    done: bool = False
    result: P | None = None


def spread(
    work: Work[T, R, P], tasks: Iterable[Sequence[T]], processes: int, bounds: Bounds = Bounds(), preload: str = ""
) -> Generator[P]:
    """The results of each task's items, in order. With one process, and neither bounds nor `preload`, it is done in this one.

    An item that is over its bounds, or that twice ends its process, fails; what is left of its task is then worked on anew, and the
    task has several results, in order. With `preload`, the name of a module, processes start from one that has imported it, and
    share its memory.
    """
    if processes == 1 and bounds == Bounds() and not preload:
        yield from (work.finish([work.attempt(item) for item in items]) for items in tasks)
        return
    crew = _Crew(work, processes, bounds, preload)
    try:
        yield from crew.results(tasks)
    finally:
        crew.end()


class _Crew(Generic[T, R, P]):
    """The processes, and the tasks between the first that isn't done and the last that was taken."""

    def __init__(self, work: Work[T, R, P], processes: int, bounds: Bounds, preload: str) -> None:
        self.work, self.processes, self.bounds = work, processes, bounds
        self.context = _context(preload)
        self.workers: list[_Worker[T, R, P]] = []
        self.tasks: deque[_Task[T, P]] = deque()

    def results(self, tasks: Iterable[Sequence[T]]) -> Iterator[P]:
        """What `spread` gives."""
        queue = iter(tasks)
        while True:
            self.tasks.extend(_Task(items) for items in islice(queue, max(0, self.processes * AHEAD - len(self.tasks))))
            if not self.tasks:
                return
            self._hand_out()
            self._collect()
            while self.tasks and self.tasks[0].done:
                yield cast(P, self.tasks.popleft().result)

    def end(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.end()

    def _hand_out(self) -> None:
        idle = [worker for worker in self.workers if worker.task is None]
        for task in self.tasks:
            if task.given:
                continue
            if not idle:
                if len(self.workers) == self.processes:
                    return
                idle.append(_Worker(self.work, self.bounds, self.context))
                self.workers.append(idle[-1])
            task.given = True
            idle.pop().give(task)

    def _collect(self) -> None:
        """Wait for answers, and end what is over its time."""
        busy = {worker.pipe: worker for worker in self.workers if worker.task is not None}
        for pipe in wait(list(busy), timeout=CLOCK if self.bounds.seconds else None):
            worker = busy.pop(cast(Connection, pipe))
            assert worker.task is not None
            try:
                worker.task.result = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                worker.task.done, worker.task = True, None
        for worker in busy.values():
            if late := worker.late():
                self._replace(worker, late)

    def _replace(self, worker: _Worker[T, R, P], why: str = "") -> None:
        """Start a lost process anew, and split its task around the item that was in hand."""
        task, at = worker.task, worker.at()
        assert task is not None
        worker.end()
        if worker.process.exitcode == _OUT_OF_MEMORY:
            why = f"out of memory: it needs more than {self.bounds.megabytes:,} MB"
        worker.start()
        middle = _Task[T, P](task.items[at : at + 1], alone=True)
        if why or task.alone:
            middle.given = middle.done = True
            middle.result = self.work.fail(task.items[at], why or DIED)
        place = self.tasks.index(task)
        self.tasks.remove(task)
        for part in (_Task[T, P](task.items[at + 1 :]), middle, _Task[T, P](task.items[:at])):
            if part.items:
                self.tasks.insert(place, part)


class _Worker(Generic[T, R, P]):
    """A process with one task in hand at most."""

    def __init__(self, work: Work[T, R, P], bounds: Bounds, context: _Context) -> None:
        self.work, self.bounds, self.context = work, bounds, context
        self.start()

    def start(self) -> None:
        """Start the process, with nothing in hand."""
        self.task: _Task[T, P] | None = None
        self.begun = self.context.RawValue("q", 0)  # items begun with, in all; no lock is needed, one process writes
        self.seen, self.since, self.before = 0, 0.0, 0
        self.pipe, theirs = self.context.Pipe()
        for attempt in range(STARTS):
            self.process: BaseProcess = self.context.Process(
                target=_serve, args=(theirs, self.work, self.begun, self.bounds.megabytes), daemon=True
            )
            try:
                with _deaf():
                    self.process.start()
                break
            except (OSError, EOFError):  # the process that starts others was killed; another takes its place
                if attempt == STARTS - 1:
                    raise
                time.sleep(attempt)
        theirs.close()

    def give(self, task: _Task[T, P]) -> None:
        """Hand a task over."""
        self.task = task
        self.seen = self.before = self.begun.value
        self.since = time.monotonic()
        with suppress(OSError):  # it died while idle: `recv` will say so
            self.pipe.send(task.items)

    def at(self) -> int:
        """The number of the item in hand; the first, if the process was lost before it began."""
        assert self.task is not None
        begun: int = self.begun.value
        return min(max(begun - self.before - 1, 0), len(self.task.items) - 1)

    def late(self) -> str:
        """Why the process is to be ended now, if it is."""
        if self.begun.value != self.seen:
            self.seen, self.since = self.begun.value, time.monotonic()
        limit = self.bounds.seconds if self.seen else STARTING
        return f"timeout: not done after {limit:g} seconds" if limit and time.monotonic() - self.since > limit else ""

    def end(self) -> None:
        """End the process, whatever it does."""
        if self.process.pid is not None:
            self.process.kill()
            self.process.join()
        self.pipe.close()


def _context(preload: str) -> _Context:
    if not preload or sys.platform == "win32":
        return get_context()
    context = get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


@contextmanager
def _deaf() -> Iterator[None]:
    """Let processes that are started here never see Ctrl-C, which a terminal sends to all, from their first instruction on: this one ends them."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # the start of the first process would start it, and hear Ctrl-C again after that
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, work: Work[T, R, P], begun: Any, megabytes: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()
    if sys.platform == "linux":
        _die_with_parent()
        _bound_memory(megabytes)
    try:
        while True:
            while not pipe.poll(ORPHAN_CHECK):
                if os.getppid() != parent:
                    return
            results = []
            for item in pipe.recv():
                begun.value += 1
                results.append(work.attempt(item))
            pipe.send(work.finish(results))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except (EOFError, OSError):  # the parent is gone
        return


def _die_with_parent() -> None:
    """Let the system end this process when the one that started it ends, whatever this one does then."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _bound_memory(megabytes: int | None) -> None:
    """Bound what this process may allocate beyond what it has."""
    if megabytes is None:
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[5])  # data and stack
    bound = pages * resource.getpagesize() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bound, bound))
