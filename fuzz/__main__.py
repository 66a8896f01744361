"""Run a target: `python -m fuzz TARGET --runs N`, or an input that was found: `python -m fuzz TARGET --replay FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fuzz.targets import NAMES, check_of

WARM: int = 40
"""Seeds that are tried before the fuzzer starts, so that modules that load late are instrumented, too."""


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=0, help="end after so many (0: when the runs are done)")
    parser.add_argument("--work", type=Path, default=Path("fuzz-work"), help="folder for the corpus and for inputs that fail")
    parser.add_argument("--replay", type=Path, help="only try this input")
    arguments = parser.parse_args()
    if arguments.replay:
        check_of(arguments.target)(arguments.replay.read_bytes())
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
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *flags, str(work / "corpus"), str(work / "seeds")], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
