"""Reading the files of collections; what is wrong with one is said with its name."""

from __future__ import annotations

import gzip
import json
import lzma
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleantext.errors import InputError
from cleantext.evaluate.labelled import open_text

NUMBER = re.compile(r"(\d+)")


def read_json(file: Path) -> Any:
    """What a JSON file holds."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise InputError(f"{file}: not JSON: {error}") from None


def read_rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSON Lines file (also `.gz`, `.xz`), each with where it stands."""
    with open_text(file) as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise InputError(f"{file}:{number}: not an object")
                    yield f"{file}:{number}", row
        except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
            raise InputError(f"{file}: {error}") from None


def read_page(file: Path) -> bytes:
    """The bytes of a page, unpacked if its name ends in `.gz`."""
    try:
        return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{file}: {error}") from None


def field(row: Any, place: str, *names: str) -> Any:
    """A field within fields.

    Raises:
        InputError: it is not there; the message says where and which.
    """
    for depth, name in enumerate(names, 1):
        if not isinstance(row, dict) or name not in row:
            raise InputError(f"{place}: has no field {'.'.join(names[:depth])}")
        row = row[name]
    return row


def texts_in(value: Any, place: str) -> tuple[str, ...]:
    """A list of texts.

    Raises:
        InputError: it is none.
    """
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise InputError(f"{place}: not a list of texts")
    return tuple(value)


def natural(name: str) -> list[tuple[int, str]]:
    """Orders names with numbers as people do.

    >>> sorted(["V10", "V2", "V1_1", "V1"], key=natural)
    ['V1', 'V1_1', 'V2', 'V10']
    """
    return [(int(part), "") if part.isdigit() else (-1, part) for part in NUMBER.split(name)]
