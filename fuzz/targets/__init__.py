"""A module for each part of the package, with `check(data)`, which raises if anything does not hold for this input."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

NAMES: Final = tuple(sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem != "__init__"))


def check_of(name: str) -> Callable[[bytes], None]:
    """The check of a target."""
    return cast(Callable[[bytes], None], import_module(f"fuzz.targets.{name}").check)
