"""Run a target: `python -m fuzz TARGET --runs N`, or an input that was found: `python -m fuzz TARGET --replay FILE`."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from hashlib import sha1
from pathlib import Path
from random import Random
from typing import Final

from fuzz.targets import NAMES, check_of

WARM: Final = 40
"""Seeds that are tried before the fuzzer starts, so that modules that load late are instrumented, too."""

TIMEOUT: Final = 20
"""Seconds for one input."""

REPORTED: Final = 10_000
"""Runs without coverage after which their number is told."""


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=0, help="end after so many (0: when the runs are done)")
    parser.add_argument("--work", type=Path, default=Path("fuzz-work"), help="folder for the corpus and for inputs that fail")
    parser.add_argument(
        "--blind",
        type=int,
        metavar="SEED",
        help="without coverage, which is several times as fast: change what other runs have found",
    )
    parser.add_argument("--replay", type=Path, help="only try this input")
    arguments = parser.parse_args()
    if arguments.replay:
        check_of(arguments.target)(arguments.replay.read_bytes())
    elif arguments.blind is not None:
        stumble(arguments.target, arguments.runs, arguments.seconds, arguments.work / arguments.target, arguments.blind)
    else:
        fuzz(arguments.target, arguments.runs, arguments.seconds, arguments.work / arguments.target)


def fuzz(target: str, runs: int, seconds: int, work: Path) -> None:
    """Fuzz a target with coverage of cleantext's own modules; what fails is written to `work`, with a traceback on standard error."""
    import atheris

    with atheris.instrument_imports(include=["cleantext"]):
        from fuzz.drawing import CHOICES
        from fuzz.seeds import longest, seeds, write_dictionary, write_seeds

        check = check_of(target)
        for _, data in zip(range(WARM), seeds(target), strict=False):
            check(data)
    write_seeds(target, work / "seeds")
    (work / "corpus").mkdir(exist_ok=True)
    write_dictionary(work / "tokens.dict")
    flags = [
        f"-runs={runs}",
        f"-max_total_time={seconds}",
        f"-max_len={CHOICES + longest(target)}",
        f"-dict={work / 'tokens.dict'}",
        f"-artifact_prefix={work}/failed-",
        f"-timeout={TIMEOUT}",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *flags, str(work / "corpus"), str(work / "seeds")], check)
    atheris.Fuzz()


def stumble(target: str, runs: int, seconds: int, work: Path, seed: int) -> None:
    """Try changed inputs of the target's corpus in `work` and of its seeds; what fails, or takes too long, is written to `work`."""
    from fuzz.mutate import mutate
    from fuzz.seeds import dictionary, longest
    from fuzz.seeds import seeds as seeds_of

    check, random = check_of(target), Random(seed)  # noqa: S311
    inputs = [*seeds_of(target), *(file.read_bytes() for file in sorted((work / "corpus").glob("*")))]
    tokens, size = list(dictionary()), longest(target)
    work.mkdir(parents=True, exist_ok=True)
    began, run = time.monotonic(), 0
    signal.signal(signal.SIGALRM, _too_long)
    while run < runs and not 0 < seconds < time.monotonic() - began:
        run += 1
        data = mutate(random, inputs, tokens, size)
        signal.alarm(TIMEOUT)
        try:
            check(data)
        except BaseException:
            signal.alarm(0)
            (work / f"failed-blind-{sha1(data, usedforsecurity=False).hexdigest()}").write_bytes(data)
            raise
        if run % REPORTED == 0:
            sys.stderr.write(f"{run:,} runs, {run / (time.monotonic() - began):.0f} a second\n")
    signal.alarm(0)
    sys.stderr.write(f"Done {run} runs from {len(inputs)} inputs in {time.monotonic() - began:.0f} seconds\n")


def _too_long(*_: object) -> None:
    raise TimeoutError(f"over {TIMEOUT} seconds")


if __name__ == "__main__":
    main()
