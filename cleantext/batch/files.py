"""Files that are whole, or not there: all that a batch writes goes through here."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final

from cleantext.options import Output

FATAL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})
"""Errors of writing that all further files would meet, too: a run ends, and can be resumed."""

ENDINGS: Final[dict[Output, str]] = {"text": ".txt", "markdown": ".md", "html": ".html", "json": ".json"}
"""How the names of clean documents end."""

TEMPORARY: Final = ".tmp"


class Digested:
    """A file that is written from its beginning to its end, with the digest and number of the bytes so far."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.bytes = 0
        self.closed = False

    def write(self, data: bytes | memoryview) -> int:
        """Write all of `data`."""
        self._file.write(data)
        self._digest.update(data)
        self.bytes += memoryview(data).nbytes
        return memoryview(data).nbytes

    def tell(self) -> int:
        """The place that is written to next: writers of Parquet ask for it."""
        return self.bytes

    def flush(self) -> None:
        """Hand what is written to the system."""
        self._file.flush()

    def close(self) -> None:
        """Nothing: who opened the file closes it."""

    @property
    def digest(self) -> str:
        """SHA-256 of what was written."""
        return self._digest.hexdigest()


@contextmanager
def written(path: str) -> Iterator[Digested]:
    """A file that gets its name, and lasts, when the block ends well, and is taken away when it doesn't."""
    temporary = path + TEMPORARY
    try:
        with new_file(temporary) as file:
            yield Digested(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        sync_folder(os.path.dirname(path))
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def new_file(path: str, folder: int | None = None) -> BinaryIO:
    """A file to write that was not there: what a killed run left under its name is taken away, a link not followed.

    `folder` is the descriptor of the folder that `path` is relative to.
    """
    with suppress(FileNotFoundError):
        os.unlink(path, dir_fd=folder)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return open(os.open(path, flags, 0o666, dir_fd=folder), "wb")


def sync_folder(folder: str) -> None:
    """Let the names in a folder last."""
    if os.name == "nt":
        return
    number = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def digest_of(path: str) -> str:
    """SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
