"""From what the command line names to the files that it means, in a fixed order, one at a time."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cleantext.errors import InputError

STDIN = "-"
SUFFIXES = (".htm", ".html", ".markdown", ".md", ".txt", ".xhtml")
"""What is looked for in a folder. A file that is named itself may have any."""

DEEP = "**"

MANY = 12
"""Endings of names that a message lists."""

KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or standard input (`-`); or, with a `failure`, what could not be found and why."""

    path: str
    failure: str = ""


def find_inputs(names: Sequence[str], leave_out: str | None = None, suffixes: Sequence[str] = SUFFIXES) -> Iterator[Input]:
    """The files that `names` mean: files, folders with all in them that ends in one of `suffixes`, patterns, and `-`.

    Hidden files and folders are passed over, as is the file or folder `leave_out`, where the output goes. No link to a folder is
    followed, but it is named; under the `**` of a pattern it is passed over. A folder's files come in the order of their names, before those of its subfolders.
    """
    for name in names:
        if name == STDIN or not _is_pattern(name):
            yield from _named(name, leave_out, suffixes)
        elif matches := sorted(set(_matches(name))):
            for match in matches:
                yield from _named(match, leave_out, suffixes)
        else:
            yield Input(name, "no file matches")


def common_folder(names: Sequence[str]) -> str:
    """The innermost folder that holds all inputs; a tree of outputs mirrors what lies under it."""
    folders = [os.path.abspath(_folder(name)) for name in names if name != STDIN]
    try:
        return os.path.commonpath(folders) if folders else os.getcwd()
    except ValueError:
        raise InputError("the inputs lie on different drives: clean them one drive at a time") from None


def read(path: str, max_bytes: int) -> bytes:
    """The content of a regular file. Never waits for one that nobody writes to.

    Raises:
        InputError: it is a FIFO, a device, or larger than `max_bytes`.
        OSError: it can't be opened or read.
    """
    with open_regular(path, max_bytes) as file:
        return file.read()


def open_regular(path: str, max_bytes: int = sys.maxsize) -> BinaryIO:
    """A regular file to read; the rest as for `read`."""
    _check(os.stat(path), max_bytes)
    # O_NONBLOCK: should a FIFO take the file's place in between, opening it doesn't wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = open(os.open(path, flags), "rb")  # noqa: SIM115  # the caller closes it
    try:
        _check(os.fstat(file.fileno()), max_bytes)
    except InputError:
        file.close()
        raise
    return file


def _check(status: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = KINDS.get(stat.S_IFMT(status.st_mode), "special")
        raise InputError(f"is {kind}, not a file" + (": pipe it in, as '... | cleantext -'" if kind == "a FIFO" else ""))
    if status.st_size > max_bytes:
        raise InputError(f"is too large: {status.st_size:,} bytes, limit {max_bytes:,}")


def _is_pattern(name: str) -> bool:
    return glob.has_magic(name) and not os.path.lexists(name)


def _matches(pattern: str) -> Iterator[str]:
    """What a pattern matches. Its `**` is any number of folders, links to folders not among them: glob's goes round in their circles."""
    parts = pattern.replace(os.altsep or os.sep, os.sep).split(os.sep)
    if DEEP not in parts:
        yield from glob.iglob(pattern)
        return
    at = parts.index(DEEP)
    base = os.sep.join(parts[:at]) or (os.sep if at else "")
    rest = [part for part in parts[at + 1 :] if part != DEEP]
    for top in glob.iglob(base) if base else [""]:
        if not rest:
            yield top or os.curdir
            continue
        for folder, folders, _ in os.walk(top or os.curdir):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inside = folder if top else folder[len(os.curdir + os.sep) :]
            yield from _matches(os.path.join(glob.escape(inside), *rest))


def _folder(name: str) -> str:
    """The folder that an input's place is counted from."""
    if os.path.isdir(name):
        return name
    if _is_pattern(name):
        while glob.has_magic(name):
            name = os.path.dirname(name)
        return name
    return os.path.dirname(name)


def _named(name: str, leave_out: str | None, suffixes: Sequence[str]) -> Iterator[Input]:
    if name == STDIN or not os.path.isdir(name):
        yield Input(name)
        return
    empty = True
    for found in _walk(name, leave_out, tuple(suffixes)):
        empty = False
        yield found
    if empty:
        yield Input(name, f"no file in it ends in {', '.join(suffixes[:MANY])}{', ...' if len(suffixes) > MANY else ''}")


def _walk(folder: str, leave_out: str | None, suffixes: tuple[str, ...]) -> Iterator[Input]:
    errors: list[OSError] = []
    output = _outputs(folder, leave_out)
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if _counts(parent, name, output))
        for name in sorted(files):
            if _counts(parent, name, output) and name.lower().endswith(suffixes):
                yield Input(os.path.join(parent, name))
        for link in filter(os.path.islink, (os.path.join(parent, name) for name in folders)):
            yield Input(link, "is a link to a folder, which is not followed: name it to read what is in it")
    for error in errors:
        yield Input(str(error.filename), reason(error))


def _outputs(folder: str, leave_out: str | None) -> frozenset[str]:
    """What the output is called where it lies in a folder: by its own name, and if one of the two is reached by a link."""
    if leave_out is None:
        return frozenset()
    inside = os.path.relpath(os.path.realpath(leave_out), os.path.realpath(folder))
    return frozenset({leave_out, os.path.abspath(os.path.join(folder, inside))})


def _counts(parent: str, name: str, output: frozenset[str]) -> bool:
    return not name.startswith(".") and os.path.abspath(os.path.join(parent, name)) not in output


def reason(error: OSError) -> str:
    """Why the system refused, in one clause."""
    return (error.strerror or str(error) or type(error).__name__).lower()
