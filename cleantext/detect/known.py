"""What the patterns of the packs require, worked out beforehand: `literals.tsv`. To work it out takes three seconds, to read it a tenth of one.

A line a pattern: its digest, so that nothing is said of another one, and as JSON, for each of its alternatives, the strings, whether they
lead, the further sets, and whether it is anchored. `python -m cleantext.packaged` writes it. What it does not know is worked out when it is
asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Final

from cleantext import packaged
from cleantext.detect.literals import Requirement, requirements
from cleantext.errors import PackError

TABLE: Final = "detect/literals.tsv"


def requirements_of(pattern: str) -> tuple[Requirement, ...]:
    """What `requirements` says of a pattern.

    Raises:
        PackError: the table is not what was shipped.
    """
    known = _table().get(_key(pattern))
    return tuple(_requirement(*row) for row in json.loads(known)) if known else requirements(pattern)


def write_table(required: Mapping[str, Sequence[Requirement]]) -> str:
    """A table of what patterns require."""
    known = {_key(pattern): [_row(one) for one in ones] for pattern, ones in required.items()}
    return "".join(f"{key}\t{json.dumps(rows, ensure_ascii=False)}\n" for key, rows in sorted(known.items()))


def _requirement(strings: list[str], leading: bool, also: list[list[str]], anchored: bool) -> Requirement:
    return Requirement(frozenset(strings), leading, tuple(map(tuple, also)), anchored)


def _row(one: Requirement) -> tuple[list[str], bool, tuple[tuple[str, ...], ...], bool]:
    return sorted(one.strings), one.leading, one.also, one.anchored


def _key(pattern: str) -> str:
    return blake2b(pattern.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@cache
def _table() -> dict[str, str]:
    """The JSON of each pattern, by its digest."""
    lines = packaged.read(TABLE, PackError).decode("utf-8").split("\n")
    return {key: known for key, _, known in (line.partition("\t") for line in lines)}
