"""Arrays of numbers in a file (numpy's npz), read without trust: what a file says of its size is checked before anything that size is made.

Of the format only what `numpy.savez_compressed` writes for numbers is read, and no part of a file is ever evaluated.
"""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from math import prod
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from cleantext.errors import ModelError

MAX_BYTES: Final = 64 * 2**20
"""Of all arrays together; the models that are shipped have 2.5 MB."""
MAX_ARRAYS: Final = 1_000

_HEADER: Final = re.compile(
    rb"\x93NUMPY\x01\x00(..)"  # the format's mark and version, the length of what follows
    rb"\{'descr': '([<|][biuf][1248])', 'fortran_order': (False|True), 'shape': \(((?:\d{1,12}, ?)*(?:\d{1,12})?)\), \} *\n",
    re.DOTALL,
)
_BROKEN: Final = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What zip files that are damaged, encrypted or packed in other ways raise."""


def read_arrays(content: bytes) -> dict[str, NDArray[Any]]:
    """The arrays in a file, by name. They can't be written to.

    Raises:
        ModelError: it is no such file, is damaged, holds other things than numbers, or is too large.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAX_ARRAYS or sum(member.file_size for member in members) > MAX_BYTES:
                raise ModelError(f"it is too large: more than {MAX_ARRAYS:,} arrays or {MAX_BYTES:,} bytes")
            if not {member.compress_type for member in members} <= {ZIP_STORED, ZIP_DEFLATED}:
                raise ModelError("it is packed in another way than models are")
            return {member.filename.removesuffix(".npy"): _array(archive.read(member)) for member in members}
    except _BROKEN as error:
        raise ModelError(f"it can't be read: {error}") from None


def _array(data: bytes) -> NDArray[Any]:
    header = _HEADER.match(data)
    if not header or header.end() != 10 + int.from_bytes(header[1], "little"):
        raise ModelError("an array in it is none of numbers")
    kind = np.dtype(header[2].decode())
    shape = tuple(int(size) for size in header[4].replace(b",", b" ").split())
    if prod(shape) * kind.itemsize != len(data) - header.end():
        raise ModelError(f"an array in it has {len(data) - header.end():,} bytes, where its shape is {shape}")
    numbers = np.frombuffer(data, kind, offset=header.end())
    if kind.kind == "b":
        numbers = numbers.view(np.uint8) != 0  # numpy counts on truth values to be 0 or 1
    return numbers.reshape(shape, order="F" if header[3] == b"True" else "C")


def checked(array: NDArray[Any], *shape: int | None, kinds: str = "f", endless: bool = False) -> NDArray[Any]:
    """The array, if it has this shape (`None`: any size), the kind of numbers, and none that is no number, or, unless `endless`, infinite.

    Raises:
        ModelError: it has not.
    """
    right = array.ndim == len(shape) and all(want in (None, size) for want, size in zip(shape, array.shape, strict=True))
    if not right or array.dtype.kind not in kinds:
        wanted = " x ".join("any" if size is None else str(size) for size in shape) or "one number"
        raise ModelError(f"an array of {wanted} is wanted, of kind {kinds!r}: {array.dtype} {array.shape}")
    if array.dtype.kind == "f" and (np.isnan(array) if endless else ~np.isfinite(array)).any():
        raise ModelError("a number is infinite, or none")
    return array
