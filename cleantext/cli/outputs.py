"""Where results go: one stream, or a tree of files. A file under its final name is whole, or as it was before."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import BinaryIO

from cleantext.batch.enclosed import Enclosed
from cleantext.batch.files import ENDINGS
from cleantext.batch.inputs import STDIN, reason
from cleantext.cli.work import Result
from cleantext.options import Output
from cleantext.report.terminal import escape, escape_line

_numbers = count()


class Stream:
    """Results one after the other: on standard output, or in one file.

    Of several texts each is headed by its name, as head(1) does it; `bare` leaves the headers out. On a `terminal`, characters
    that would steer it are written out.
    """

    def __init__(
        self, file: BinaryIO, output: Output | None, *, several: bool, bare: bool = False, terminal: bool = False
    ) -> None:
        self.file = file
        self.output = output
        self.headed = several and output not in ("json", None)
        self.bare = bare
        self.terminal = terminal
        self.empty = True

    def put(self, result: Result) -> str:
        """Write one result; `output=None` writes its view. There is nothing that could fail for this result alone."""
        text = result.view if self.output is None else result.text
        if self.headed or (self.output is None and not self.empty):
            text = self._framed(result.name, text)
        if self.terminal:
            text = text if self.output is None else escape(text)
            text += "" if text.endswith("\n") or not text else "\n"
        _write(self.file, text.encode("utf-8", "backslashreplace"))
        self.file.flush()
        self.empty = False
        return ""

    def _framed(self, name: str, text: str) -> str:
        text += "" if text.endswith("\n") or not text else "\n"
        header = "" if self.bare or self.output is None else f"==> {escape_line(name)} <=="
        if header and self.output == "html":
            header = f"<!-- {header.replace('--', '- -')} -->"
        return ("" if self.empty else "\n") + (header and header + "\n") + text


class Tree:
    """A file for each result, in a tree that mirrors that of the inputs under their common folder."""

    def __init__(self, folder: str, base: str, output: Output) -> None:
        self.enclosed = Enclosed(folder, str(os.getpid()))
        self.base = base
        self.suffix = ENDINGS[output]
        self.owners: dict[str, str] = {}

    def put(self, result: Result) -> str:
        """Write one result; returns why that failed, if it did."""
        place = self._place(result.path)
        target = os.path.join(self.enclosed.folder, place)
        if result.path != STDIN and same_file(result.path, target):
            return "not written: its output would replace the input itself"
        try:
            owner = self.owners.setdefault(self.enclosed.key(place), result.path)
            if owner != result.path:
                return f"not written: its output would replace that of {escape_line(owner)}, {escape_line(target)}"
            with self.enclosed.file(place) as file:
                file.write(result.text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            return f"not written: {escape_line(target)}: {reason(error)}"
        return ""

    def _place(self, path: str) -> str:
        place = "stdin" if path == STDIN else os.path.relpath(os.path.abspath(path), self.base)
        return os.path.splitext(place)[0] + self.suffix


@contextmanager
def replacing(path: str) -> Iterator[BinaryIO]:
    """A file that takes its name when the block ends well, and is taken away when it doesn't.

    It is written beside its final place, so that the renaming is atomic. What is no regular file (`/dev/null`) is written directly.
    """
    path = os.path.realpath(path)
    if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
        with open(path, "wb") as special:
            yield special
        return
    temporary = os.path.join(os.path.dirname(path), f".cleantext-{os.getpid()}-{next(_numbers)}.tmp")
    try:
        with open(temporary, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            os.chmod(temporary, stat.S_IMODE(os.stat(path).st_mode))
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def _write(file: BinaryIO, data: bytes) -> None:
    """Write all of it: standard output is unbuffered under PYTHONUNBUFFERED, and then takes no more than a pipe does."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def same_file(path: str, other: str) -> bool:
    """Are both names those of one file, which exists?"""
    return os.path.exists(path) and os.path.exists(other) and os.path.samefile(path, other)
