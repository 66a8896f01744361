"""The hostile files and trees of files, given to the command line."""

from __future__ import annotations

import math
import multiprocessing
import os
import re
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from cleantext.cli import main
from cleantext.evaluate.torture.cases import COMMANDS, Case
from cleantext.evaluate.torture.run import Outcome

TREE: Final = "cli_tree"
_OUT: Final = "OUT"
_DOCUMENTS = re.compile(rb"^([\d,]+) documents?, ", re.MULTILINE)


def torment_commands(folder: Path, cases: Sequence[Case], only: str, deadline: float) -> Iterator[Outcome]:
    """What `cleantext` and `cleantext batch` do with each hostile file, and with the tree of hostile names, if there is one."""
    given = [(case.name, case.file, case.size) for case in cases if case.feed == COMMANDS]
    if (folder / TREE).is_dir() and re.search(only, TREE):
        given.append((TREE, str(folder / TREE), 0))
    for name, file, size in given:
        for form, arguments in _commands(file).items():
            yield _torment(Case(name, "cli", file, size, COMMANDS), form, arguments, deadline)


def _commands(file: str) -> dict[str, list[str]]:
    batch = ["batch", "-j", "1", "-o", _OUT, "--deadline", "20", "--to", "text" if os.path.isdir(file) else "jsonl", "--", file]
    return {"--output-dir": ["--output-dir", _OUT, "--", file], "batch": batch}


def _torment(case: Case, form: str, arguments: list[str], deadline: float) -> Outcome:
    """One command in an empty folder: it has to end by itself, write nothing but its output, and account for all of it."""
    with tempfile.TemporaryDirectory() as place:
        before = _names(case.file)
        code, seconds, said = _call(arguments, place, deadline)
        result, detail = _judge(code, said)
        if result == "clean" and (stray := {*os.listdir(place)} - {_OUT, "said"}):
            result, detail = "leak", f"wrote outside of its folder: {sorted(stray)}"
        if result == "clean" and _names(case.file) != before:
            result, detail = "leak", "changed its input"
        if result == "clean":
            result, detail = _accounted(place, form, said, deadline)
        return Outcome(case.name, case.group, case.size, form, result, detail, seconds, math.nan, f"exit {code}")


def _judge(code: int | None, said: bytes) -> tuple[str, str]:
    if code is None:
        return "timeout", ""
    if code < 0:
        return "died", f"signal {-code}"
    if b"Traceback (most recent call last)" in said:
        return "exception", said.decode("utf-8", "replace").strip().splitlines()[-1]
    if b"\x1b" in said:
        return "leak", "control characters in what it says"
    return "clean", ""


def _accounted(place: str, form: str, said: bytes, deadline: float) -> tuple[str, str]:
    """Is each record in the output or said to have failed?"""
    if not os.path.isdir(os.path.join(place, _OUT)):
        return ("clean", "") if said.strip() else ("silent loss", "no output, and no word about it")
    if form != "--output-dir":
        code, _, told = _call(["verify", _OUT], place, deadline)
        return ("clean", "") if code == 0 else ("silent loss", told.decode("utf-8", "replace")[-200:])
    written = sum(len(files) for _, _, files in os.walk(os.path.join(place, _OUT)))
    counted = [int(number.replace(b",", b"")) for number in _DOCUMENTS.findall(said)] or [1]
    return ("clean", "") if counted[-1] == written else ("silent loss", f"{written} files of {counted[-1]} documents")


def _call(arguments: list[str], place: str, deadline: float) -> tuple[int | None, float, bytes]:
    """The exit code (None if it had to be ended), the processor's seconds with those of its own processes, and what it said."""
    said = os.path.join(place, "said")
    before = _children()
    process = multiprocessing.get_context("spawn").Process(target=_command, args=(arguments, place, said))
    process.start()
    process.join(deadline)
    code = process.exitcode
    if code is None and process.pid:
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return code, _children() - before, Path(said).read_bytes()


def _command(arguments: list[str], place: str, said: str) -> None:
    """`cleantext ARGUMENTS` in a folder, with what it says in a file."""
    os.setsid()
    os.chdir(place)
    words = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(words, 1)
    os.dup2(words, 2)
    sys.argv = ["cleantext", *arguments]
    main()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _names(path: str) -> list[tuple[str, float]]:
    """All that is in a folder, or a file, and when it was changed."""
    found = [os.path.join(top, name) for top, folders, files in os.walk(path) for name in (*folders, *files)]
    return sorted((name, os.lstat(name).st_mtime) for name in (path, *found))
