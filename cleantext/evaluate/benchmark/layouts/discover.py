"""Which layout is it?"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Collection
from cleantext.evaluate.benchmark.layouts import articles, daniel, evaldata, fundus, labelled, packed, readability, wcxb

LAYOUTS: Final[tuple[ModuleType, ...]] = (packed, wcxb, articles, evaldata, fundus, daniel, readability, labelled)


def read_collections(path: Path) -> list[Collection]:
    """The collections at a path: a clone of a public one, its folder of data, or a file that packs one.

    Raises:
        InputError: it has no known layout (the message lists them), or a case is malformed.
    """
    if not path.exists():
        raise InputError(f"{path}: does not exist")
    for layout in LAYOUTS:
        if layout.recognise(path):
            collections: list[Collection] = layout.read(path)
            return collections
    shapes = "".join(f"\n  {layout.SHAPE}" for layout in LAYOUTS)
    raise InputError(f"{path}: no collection is recognised; looked for{shapes}")
