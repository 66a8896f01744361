"""A folder that files are written into, and nothing outside of it, whatever links stand or are put in it while a run goes on."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

from cleantext.batch.files import TEMPORARY, new_file
from cleantext.batch.inputs import KINDS

DESCRIPTORS: Final = {os.open, os.mkdir, os.stat, os.rename, os.unlink} <= os.supports_dir_fd
"""Can folders be walked by descriptors? If not (Windows), by paths, which somebody might change between two steps."""

_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class _Place:
    """An open folder; `number` is None where there are no descriptors."""

    path: str
    number: int | None

    def of(self, name: str) -> str:
        """What to call a file in it."""
        return name if self.number is not None else os.path.join(self.path, name)


class Enclosed:
    """Files under a folder, which itself may be a link. No link below it is followed, and none is written to.

    Temporary names hold `mark`: runs that may be at work at once have different ones, and a run that is resumed has that of the run
    that was killed, whose leavings it then replaces. With `lasting`, a file that has its place survives a failure of power.
    """

    def __init__(self, folder: str, mark: str, *, lasting: bool = False) -> None:
        self.folder = os.path.abspath(folder)
        self.mark, self.lasting = mark, lasting
        self._same: Callable[[str], str] | None = None

    def key(self, place: str) -> str:
        """What tells places apart: two with one key are one file to this folder's file system, as `A.txt` and `a.txt` may be."""
        if self._same is None:
            os.makedirs(self.folder, exist_ok=True)
            self._same = names_alike(*_forgiving(self.folder, self._temporary("probe")))
        return self._same(os.path.normpath(place))

    @contextmanager
    def file(self, place: str) -> Iterator[BinaryIO]:
        """A file that gets its place, relative to the folder, when the block ends well, and is taken away when it doesn't.

        Raises:
            OSError: it can't be written, a link or a device stands there, or a link on the way to it.
        """
        *folders, name = place.split(os.sep)
        if not {"", os.curdir, os.pardir}.isdisjoint((*folders, name)):
            raise OSError(errno.EINVAL, "its place is not in the output folder", place)
        with self._inside(folders) as at:
            mode = _mode(at, name)
            temporary = at.of(self._temporary(name))
            try:
                with new_file(temporary, at.number) as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                    if mode is not None and os.chmod in os.supports_fd:
                        os.chmod(file.fileno(), mode)
                os.replace(temporary, at.of(name), src_dir_fd=at.number, dst_dir_fd=at.number)
                if self.lasting and at.number is not None:
                    os.fsync(at.number)
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary, dir_fd=at.number)
                raise

    def _temporary(self, name: str) -> str:
        """Short, since the name itself may be as long as the system allows."""
        digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
        return f".cleantext-{self.mark}-{digest}{TEMPORARY}"

    @contextmanager
    def _inside(self, folders: Sequence[str]) -> Iterator[_Place]:
        os.makedirs(self.folder, exist_ok=True)
        if not DESCRIPTORS:
            yield _Place(_by_path(self.folder, folders), None)
            return
        number = os.open(self.folder, _FOLDER)
        try:
            for name in folders:
                inner = _into(name, number)
                os.close(number)
                number = inner
            yield _Place("", number)
        finally:
            os.close(number)


def names_alike(any_case: bool, any_form: bool) -> Callable[[str], str]:
    """What makes names one that a file system takes for one: in any case of their letters, composed or not.

    >>> alike = names_alike(any_case=True, any_form=True)
    >>> alike("E\\u0301t\\u00e9.txt") == alike("\\u00e9t\\u00e9.TXT"), names_alike(False, False)("A.txt")
    (True, 'A.txt')
    """

    def key(name: str) -> str:
        cased = name.casefold() if any_case else name
        return unicodedata.normalize("NFC", cased) if any_form else cased

    return key


def _forgiving(folder: str, name: str) -> tuple[bool, bool]:
    """Does the folder's file system find a file in any case of its letters, and in any form of composed ones? Asked by making one."""
    composed = os.path.join(folder, f"{name}-\u00e9")
    try:
        with new_file(composed):
            cased = os.path.join(folder, f"{name.upper()}-\u00e9")
            decomposed = os.path.join(folder, f"{name}-e\u0301")
            return os.path.lexists(cased), os.path.lexists(decomposed)
    except (OSError, UnicodeError):  # nothing can be written, which is said when it is tried; or names are of one kind only
        return False, False
    finally:
        with suppress(OSError, UnicodeError):
            os.unlink(composed)


def _into(name: str, number: int) -> int:
    """The descriptor of a folder in another, made if it isn't there."""
    with suppress(FileExistsError):
        os.mkdir(name, dir_fd=number)
    try:
        return os.open(name, _FOLDER | _NO_LINK, dir_fd=number)
    except OSError as error:
        if stat.S_ISLNK(os.stat(name, dir_fd=number, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, "a link in the output folder is in its way, and not followed", name) from error
        raise


def _by_path(folder: str, folders: Sequence[str]) -> str:
    path = os.path.join(folder, *folders)
    os.makedirs(path, exist_ok=True)
    if os.path.realpath(path) != os.path.join(os.path.realpath(folder), *folders):
        raise OSError(errno.ELOOP, "a link in the output folder is in its way, and not followed", path)
    return path


def _mode(at: _Place, name: str) -> int | None:
    """The permissions of the file that is to be replaced, if there is one."""
    try:
        status = os.stat(at.of(name), dir_fd=at.number, follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        kind = "a link" if stat.S_ISLNK(status.st_mode) else KINDS.get(stat.S_IFMT(status.st_mode), "no file")
        raise OSError(errno.EEXIST, f"{kind} of that name is there, and not written to", name)
    return stat.S_IMODE(status.st_mode)
