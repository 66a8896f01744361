"""Each input in a process of its own, with a bound of memory and a deadline. POSIX only."""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import resource
import signal
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.process import ENDED, THREADS, WARM_UP, peak_memory, said
from cleantext.evaluate.torture.cases import Case, Input
from cleantext.evaluate.torture.judge import Ask, asks, verdict

MEMORY: Final = 4 << 30
"""Bytes of address space."""
PATIENCE: Final = 10
"""How many times the deadline, which is the processor's time, the clock may show: on a busy machine both differ."""
_PRACTICE: Final = Input(Case("practice", "", "", 0, "str"), "str")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a system did with an input. `seconds` are the processor's, `memory` megabytes at the peak, with what the system itself takes."""

    name: str
    group: str
    size: int
    form: str
    result: str
    detail: str = ""
    seconds: float = 0.0
    memory: float = 0.0
    status: str = ""


def torment(system: str, inputs: Sequence[Input], deadline: float) -> Iterator[Outcome]:
    """What a system does with each input, in order. It is loaded once, and each input's process is a fork of that.

    Raises:
        InputError: it can't be loaded.
    """
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_host, args=(theirs, system, inputs, deadline))
    process.start()
    theirs.close()
    try:
        for _ in inputs:
            yield ours.recv()
    except EOFError:
        raise InputError(f"{system} can't be loaded") from None
    finally:
        process.kill()
        process.join()


def _host(pipe: Connection, system: str, inputs: Sequence[Input], deadline: float) -> None:
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read when those libraries are loaded, which is later
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    ask = asks(system)
    for practice in (WARM_UP, f"<html><body><p>{WARM_UP}</p></body></html>"):
        ask(practice, _PRACTICE)
    for given in inputs:
        try:
            pipe.send(_in_its_own(ask, given, deadline))
        except BrokenPipeError:
            return


def _in_its_own(ask: Ask, given: Input, deadline: float) -> Outcome:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_one, args=(theirs, ask, given, deadline), daemon=True)
    process.start()
    theirs.close()
    try:
        if ours.poll(PATIENCE * deadline):
            return _received(ours, given, deadline)
        return _outcome(given, "timeout", f"over {PATIENCE * deadline:g} seconds by the clock", seconds=deadline)
    except EOFError:
        process.join()
        if process.exitcode == -signal.SIGXCPU:
            return _outcome(given, "timeout", f"over {deadline:g} seconds", seconds=deadline)
        return _outcome(given, "died", f"{ENDED}: {process.exitcode}")
    finally:
        process.kill()
        process.join()


def _received(pipe: Connection, given: Input, deadline: float) -> Outcome:
    """The outcome, once it was judged; `recv` raises EOFError if the process ended."""
    seconds = pipe.recv()
    if seconds is not None and not pipe.poll(PATIENCE * deadline):  # judging is not the system's time
        return _outcome(given, "timeout", "while it was judged", seconds=seconds)
    outcome = pipe.recv()
    assert isinstance(outcome, Outcome)
    return outcome


def _one(pipe: Connection, ask: Ask, given: Input, deadline: float) -> None:
    """Ask about one input; first the seconds are sent, then the outcome."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    source = given.read()
    begun = time.process_time()
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(deadline), resource.RLIM_INFINITY))
        seconds, answer_of = ask(source, given)
    except Exception as error:  # noqa: BLE001  # the boundary of an input: it is what is looked for
        pipe.send(None)
        pipe.send(_outcome(given, "exception", said(error), seconds=time.process_time() - begun, memory=peak_memory()))
        return
    memory = peak_memory()
    pipe.send(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    answer = answer_of()
    result, detail = verdict(answer, given.case)
    status = answer.status + (f": {'; '.join(answer.limits)}" if answer.limits else "")
    pipe.send(_outcome(given, result, detail, seconds=seconds, memory=memory, status=status))


def _outcome(
    given: Input, result: str, detail: str, *, seconds: float = 0.0, memory: float = math.nan, status: str = ""
) -> Outcome:
    case = given.case
    return Outcome(case.name, case.group, case.size, given.form, result, detail, seconds, memory, status)
