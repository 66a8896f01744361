"""Figures that must not sink: pinned in a file, with a digest of the data that they were measured on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleantext.errors import InputError
from cleantext.evaluate.lines import floor

HEADER = """\
# Figures that must not sink. Written by `cleantext evaluate corpora --floors corpora/floors.toml --pin`, which
# refuses to lower one without `--allow-lower`. Each from 0 to 1, the more the better.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a part of a collection, and the digest of its data."""

    digest: str
    figures: Mapping[str, float]


def read_floors(file: Path) -> dict[str, Measured]:
    """The pinned figures of each part; none if there is no such file.

    Raises:
        InputError: the file is malformed.
    """
    if not file.exists():
        return {}
    try:
        parts: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
        return {
            name: Measured(part["digest"], {key: float(value) for key, value in part.items() if key != "digest"})
            for name, part in parts.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{file}: not a file of floors ({error!r}): delete it, and write it anew with --pin") from None


def sunk(measured: Mapping[str, Measured], floors: Mapping[str, Measured]) -> list[str]:
    """What is wrong, one sentence each: a figure below its floor, data other than the pinned, a part that is not pinned.

    >>> sunk({"pages": Measured("d1", {"exact": 0.5})}, {"pages": Measured("d1", {"exact": 0.6})})
    ['pages: exact is 0.5000, its floor 0.6000: find what broke with --show, or lower it with --pin --allow-lower']
    """
    problems = []
    for part, now in measured.items():
        if part not in floors:
            problems.append(f"{part}: no floors are pinned: look at the figures, then pin them with --pin")
        elif now.digest != floors[part].digest:
            problems.append(f"{part}: the data is not that of the floors: look at the figures, then pin them with --pin")
        else:
            hint = "find what broke with --show, or lower it with --pin --allow-lower"
            problems += [
                f"{part}: {name} is {figure:.4f}, its floor {least:.4f}: {hint}"
                for name, figure, least in _lower(now, floors[part])
            ]
    return problems


def lowered(measured: Mapping[str, Measured], floors: Mapping[str, Measured]) -> list[str]:
    """The floors that pinning these figures would lower."""
    return [
        f"{part}: {name} from {least:.4f} to {figure:.4f}"
        for part, now in measured.items()
        if part in floors
        for name, figure, least in _lower(now, floors[part])
    ]


def write_floors(file: Path, measured: Mapping[str, Measured], floors: Mapping[str, Measured]) -> None:
    """Pin the figures measured; floors of parts that were not measured stay."""
    text = HEADER
    for part, pinned in sorted({**floors, **measured}.items()):
        text += f'\n[{part}]\ndigest = "{pinned.digest}"\n'
        text += "".join(f"{name} = {floor(figure):.4f}\n" for name, figure in pinned.figures.items())
    file.write_text(text, encoding="utf-8")


def _lower(now: Measured, pinned: Measured) -> list[tuple[str, float, float]]:
    """The figures below their floors: name, figure, floor. A figure that is no longer measured is 0."""
    figures = {name: floor(now.figures.get(name, 0.0)) for name in pinned.figures}
    return [(name, figures[name], least) for name, least in pinned.figures.items() if figures[name] < least]
