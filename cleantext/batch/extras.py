"""Packages that only some formats need."""

from __future__ import annotations

from importlib.util import find_spec

from cleantext.errors import InputError


def require(package: str, purpose: str) -> None:
    """Is a package there?

    Raises:
        InputError: it is not; the message says how to get it.
    """
    if find_spec(package) is None:
        raise InputError(f"{purpose} needs the package {package}: python -m pip install 'cleantext-articles[batch]'")
