"""A process for each system: its own memory, its own time, and its own end if it hangs.

Processes are forked from a server that has loaded next to nothing (where there is none, on Windows, they start anew), so that what
the parent holds does not count as theirs.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from typing import Final

from cleantext.evaluate.benchmark.question import Answer, Question
from cleantext.evaluate.benchmark.systems import System

THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Set to 1: threads of numerical libraries would take the processors that other systems, in their turn, have to themselves or not."""
HASHES: Final = "PYTHONHASHSEED"
STARTING: Final = 180.0
"""Seconds that a system may take to load."""
WARM_UP: Final = (
    "The ferry to Skarv sails again.\nIt carried a piano, wrapped in sails, and four passengers, who said that they "
    "had waited for it since the storm in March, and would wait again if they had to.\nSign up for our newsletter"
)
ENDED: Final = "its process ended"


class Runner:
    """A system in a process. `started` are the seconds until its first answer, `base` the memory it had before it loaded anything."""

    def __init__(self, system: System, deadline: float) -> None:
        self.system, self.deadline = system, deadline
        self.started = self.base = self.peak = 0.0
        self.broken = ""
        self._start()

    def ask(self, question: Question) -> Answer:
        """The system's answer; a failure if there is none in time, or the process ends."""
        if self.broken:
            return Answer(failure=self.broken)
        try:
            self._pipe.send(question)
            answer = self._receive(self.deadline)
        except (EOFError, OSError):
            return self._anew(ENDED)
        if answer is None:
            return self._anew(f"no answer within {self.deadline:g} seconds")
        self.peak = max(self.peak, answer.peak)
        return answer

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _anew(self, failure: str) -> Answer:
        self.end()
        self._start()
        return Answer(failure=failure)

    def _start(self) -> None:
        context = get_context() if sys.platform == "win32" else _forkserver()
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, self.system), daemon=True)
        with _fixed_hashes():
            self._process.start()
        theirs.close()
        late = Answer(failure=f"not ready within {STARTING:g} seconds")
        try:
            base, first = self._receive(STARTING) or late, self._receive(STARTING) or late
        except (EOFError, OSError):
            base = first = Answer(failure=ENDED)
        self.broken = first.failure and f"can't be loaded: {first.failure}"
        self.started = max(self.started, first.seconds)
        self.base, self.peak = base.peak, max(self.peak, first.peak)

    def _receive(self, seconds: float) -> Answer | None:
        """What the process says next; None if that takes longer."""
        if not self._pipe.poll(seconds):
            return None
        answer = self._pipe.recv()
        assert isinstance(answer, Answer)
        return answer


def serve(pipe: Connection, system: System) -> None:
    """Load the system, answer once for practice, then each question."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read when those libraries are loaded, which is later
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    pipe.send(Answer(peak=peak_memory()))
    begun = time.perf_counter()
    try:
        extract = system.make()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is said in the report
        pipe.send(Answer(failure=said(error)))
        return

    def answer(question: Question) -> Answer:
        given = prepare(question, system)
        start, cpu = time.perf_counter(), time.process_time()
        text = failure = ""
        try:
            text = extract(given)
        except Exception as error:  # noqa: BLE001  # the boundary of a document: it costs that document, and is counted
            failure = said(error)
        seconds, spent = time.perf_counter() - start, time.process_time() - cpu
        return Answer(text, seconds, spent, failure, peak_memory())

    for practice in (Question(WARM_UP), Question(WARM_UP).as_page()):
        answer(practice)
    pipe.send(Answer(seconds=time.perf_counter() - begun, peak=peak_memory()))
    while True:
        try:
            question = pipe.recv()
        except EOFError:
            return
        pipe.send(answer(question))


def prepare(question: Question, system: System) -> Question:
    """The question as the system reads it."""
    if system.reads == "source":
        return question
    page = question.as_page()
    return page if system.reads == "bytes" else replace(page, source=page.page_text())


def said(error: BaseException) -> str:
    """An exception in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def peak_memory() -> float:
    """The most memory that this process had so far, in megabytes; 0 where the system doesn't tell."""
    if sys.platform == "win32":
        return 0.0
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


@contextmanager
def _fixed_hashes() -> Iterator[None]:
    """What is started here orders sets in the same way each time: the text of some systems depends on it."""
    before = os.environ.get(HASHES)
    os.environ[HASHES] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[HASHES]
        else:
            os.environ[HASHES] = before


def _forkserver() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context
