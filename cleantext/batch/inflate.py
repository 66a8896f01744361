"""Files as streams of bytes, compressed or not. Damage is an error with its place, never a quiet end; no file is held in memory."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from cleantext.batch.extras import require
from cleantext.errors import InputError

STEP: Final = 1 << 18
"""Bytes that are handed on at once, at most (of zstd: about as many)."""

_READ: Final = 1 << 16
_GZIP: Final = b"\x1f\x8b\x08"
_ERRORS: Final = (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError)

COMPRESSED: Final = (".gz", ".bz2", ".xz", ".zst")


class DamagedError(InputError):
    """A file can't be read on from a place; the message says where and why."""


def _gzip() -> Any:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


class _Zstd:
    """The interface of the standard library's decompressors; zstd's own can't bound its output, so it is given little at a time."""

    def __init__(self) -> None:
        require("zstandard", "reading .zst")
        import zstandard

        self._inner = zstandard.ZstdDecompressor().decompressobj()
        self._error = zstandard.ZstdError
        self.eof = False
        self.unused_data = self.unconsumed_tail = b""

    def decompress(self, data: bytes, _length: int) -> bytes:
        few, self.unconsumed_tail = data[:1024], data[1024:]
        try:
            out = self._inner.decompress(few)
        except self._error as error:
            raise ValueError(str(error)) from None
        self.eof = self._inner.eof
        if self.eof:
            self.unused_data, self.unconsumed_tail = self._inner.unused_data + self.unconsumed_tail, b""
        return bytes(out)


_DECOMPRESSORS: Final[dict[str, Callable[[], Any]]] = {
    ".gz": _gzip,
    ".bz2": bz2.BZ2Decompressor,
    ".xz": lzma.LZMADecompressor,
    ".zst": _Zstd,
}


class Inflater:
    """Reads a file in pieces, decompressed if its name says so. `at` is the place in the file that the last piece came from.

    A compressed file may hold several members, one after the other, as `cat a.gz b.gz` makes them, or an archive of records. After damage
    `recover` goes on with the next gzip member.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._make = next((make for suffix, make in _DECOMPRESSORS.items() if name.lower().endswith(suffix)), None)
        self._member: Any = None
        self._input = b""
        self.at = 0  # where the member in hand begins; of a plain file, where the last piece begins
        self._read_to = 0
        self._damage: DamagedError | None = None

    @property
    def position(self) -> int:
        """How many bytes of the file were read."""
        return self._read_to

    def read(self) -> bytes:
        """The next piece; none is left when it is empty.

        Raises:
            DamagedError: what follows can't be read, or the file ends too early; again and again, until `recover`.
        """
        if self._damage:
            raise self._damage
        try:
            return self._read()
        except DamagedError as error:
            self._damage = error
            raise

    def _read(self) -> bytes:
        if self._make is None:
            self.at = self._read_to
            return self._more(STEP)
        while True:
            if not self._input and not self._pending():
                self._input = self._more(_READ)
                if not self._input:
                    if self._member is not None:
                        raise DamagedError(f"the compressed data that begin at byte {self.at:,} end too early")
                    return b""
            if self._member is None:
                self._member, self.at = self._make(), self._read_to - len(self._input)
            piece = self._inflate()
            if piece:
                return piece

    def recover(self) -> bool:
        """After damage: go to where another gzip member may begin; is there one?"""
        if self._make is not _gzip:
            return False
        start = self.at + 1
        self._member = self._damage = None
        self._file.seek(start)
        self._read_to, self._input = start, b""
        while piece := self._more(_READ):
            self._input = self._input[-len(_GZIP) :] + piece
            place = self._input.find(_GZIP)
            if place >= 0:
                self._input = self._input[place:]
                return True
        self._input = b""
        return False

    def _pending(self) -> bool:
        """Has the decompressor output that it could not hand on yet?"""
        if self._member is None:
            return False
        return bool(getattr(self._member, "unconsumed_tail", b"")) or not getattr(self._member, "needs_input", True)

    def _inflate(self) -> bytes:
        data = getattr(self._member, "unconsumed_tail", b"") + self._input
        self._input = b""
        try:
            piece: bytes = self._member.decompress(data, STEP)
        except _ERRORS as error:
            raise DamagedError(f"the compressed data that begin at byte {self.at:,} are damaged: {error}") from None
        if self._member.eof:
            self._input, self._member = self._member.unused_data, None
            if self._make is _gzip and not self._input.strip(b"\0"):  # some writers fill a block of a tape or disk
                self._input = b""
        return piece

    def _more(self, size: int) -> bytes:
        try:
            data = self._file.read(size)
        except OSError as error:
            raise DamagedError(f"it can't be read on from byte {self._read_to:,}: {error.strerror or error}") from None
        self._read_to += len(data)
        return data
