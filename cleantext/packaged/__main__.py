"""Write anew what the patterns of the packs require, and the list of rules and models: `python -m cleantext.packaged`, after a change of your own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from cleantext.detect.known import TABLE, write_table
from cleantext.detect.pack import load_all
from cleantext.packaged import LISTING

PACKAGE: Final = Path(__file__).parent.parent
KINDS: Final = frozenset({".npz", ".toml", ".tsv"})
"""What decides about text: models, rules, learned phrases. The rest of the package's data is for show."""


def present(package: Path = PACKAGE) -> Mapping[str, str]:
    """The files that belong into the list, as they are now, with their SHA-256."""
    found = [file for file in package.rglob("*") if file.suffix in KINDS]
    return {file.relative_to(package).as_posix(): sha256(file.read_bytes()).hexdigest() for file in found}


def write_listing(package: Path = PACKAGE) -> None:
    """Take the rules and models that are there for those that are shipped."""
    lines = (f"{digest}  {path}\n" for path, digest in sorted(present(package).items()))
    (package / LISTING).write_bytes("".join(lines).encode("ascii"))


def write_requirements(package: Path = PACKAGE) -> None:
    """Work out what all patterns of the packs require, for which the table is empty at first; from packs that are listed, so the list is
    written before and after.
    """
    (package / TABLE).write_bytes(b"")
    write_listing(package)
    required = {rule.pattern: rule.requirements for pack in load_all() for rule in pack.rules if rule.pattern}
    (package / TABLE).write_bytes(write_table(required).encode("utf-8"))
    write_listing(package)


if __name__ == "__main__":
    write_requirements()
    sys.stderr.write(f"cleantext/{LISTING} holds the rules and models as they are now\n")
