"""The rules and models that come with the package: each is read only if it is the file that was shipped.

`SHA256SUMS` lists them, in the form of sha256sum: `sha256sum -c SHA256SUMS` in this folder checks them without Python. After a change of your own
`python -m cleantext.packaged` writes the list anew. Files that a user names stand in no list: they are the user's own.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from cleantext.errors import CleanTextError, ModelError

LISTING: Final = "SHA256SUMS"
COMMAND: Final = "python -m cleantext.packaged"
LARGEST: Final = 64 * 2**20
"""Bytes of a model's file, at most; those that are shipped have 2.5 MB."""


def read(path: str, error: type[CleanTextError]) -> bytes:
    """The content of a file of the package, as `detect/packs/de.toml`.

    Raises:
        CleanTextError: of the class `error`: it is missing, not listed, or another than was shipped; the message says what to do.
    """
    listed = digests().get(path)
    try:
        content = files("cleantext").joinpath(path).read_bytes()
    except OSError:
        raise error(f"cleantext/{path}: is missing; {_remedy('you took it out')}") from None
    if listed is None:
        raise error(f"cleantext/{path}: does not belong to the package, {LISTING} does not list it; {_remedy('you added it')}")
    if hashlib.sha256(content).hexdigest() != listed:
        raise error(f"cleantext/{path}: is not the file that was shipped, by its SHA-256; {_remedy('you changed it')}")
    return content


def content_of(file: str | None, shipped: str) -> bytes:
    """The content of a model's file that a user names, or of the package's own.

    Raises:
        ModelError: it can't be read, or is too large; the package's own is not what was shipped.
    """
    if file is None:
        return read(shipped, ModelError)
    try:
        status = os.stat(file)
        if not stat.S_ISREG(status.st_mode):
            raise ModelError(f"{file}: no file")
        if status.st_size > LARGEST:
            raise ModelError(f"{file}: no model: larger than {LARGEST:,} bytes")
        return Path(file).read_bytes()
    except OSError as error:
        raise ModelError(f"{file}: {(error.strerror or str(error)).lower()}") from None


def _remedy(yours: str) -> str:
    return f"if {yours} yourself, run `{COMMAND}`; else install the package again"


@cache
def digests() -> Mapping[str, str]:
    """The listed files with their SHA-256.

    Raises:
        ModelError: there is no list, or it is malformed.
    """
    try:
        lines = files("cleantext").joinpath(LISTING).read_text(encoding="ascii").splitlines()
        return {path: digest for digest, path in (line.split("  ") for line in lines)}
    except (OSError, ValueError) as error:
        raise ModelError(f"cleantext/{LISTING}: {error}; install the package again") from None
