"""A copy of a batch's output at an address: each shard when it is entered, and last a manifest of all of them.

The ledger stays in the output folder, which has everything first: a store of objects has no renaming and no locks. What a killed run
left half copied, or not, is seen by its size when the batch is resumed, and copied then.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from cleantext.batch.files import written
from cleantext.batch.ledger import Ledger, Shard
from cleantext.batch.readers import file_system

MANIFEST: Final = "manifest.json"
"""Names each shard with its bytes, SHA-256 and documents. It comes last: where it is, all is."""


class Publisher:
    """Copies the files of a folder to an address.

    Raises:
        InputError: there is no such kind of address, or what it needs isn't installed.
    """

    def __init__(self, folder: str, address: str) -> None:
        self.folder = folder
        self.system, root = file_system(address)
        self.root = root.rstrip("/")

    def begin(self, shards: Sequence[Shard]) -> None:
        """Copy what the folder has and the address hasn't, and take away the manifest until all is there."""
        self.system.makedirs(self.root, exist_ok=True)
        self._remove(MANIFEST)
        for shard in shards:
            self.put(shard)

    def put(self, shard: Shard) -> None:
        """Copy a shard, unless it is there."""
        if self._size(shard.name) != shard.bytes:
            self._copy(shard.name)

    def finish(self, ledger: Ledger, others: Sequence[str]) -> None:
        """Copy further files of the folder, take away shards that were made anew under another name, and write the manifest."""
        shards = ledger.shards
        current = {shard.name for shard in shards}
        for name in others:
            if os.path.exists(os.path.join(self.folder, name)):
                self._copy(name)
            else:
                self._remove(name)
        for path in self.system.find(self.root, maxdepth=1):
            name = path.rpartition("/")[2]
            if name.startswith("part-") and name not in current:
                self._remove(name)
        rows = [{"name": s.name, "bytes": s.bytes, "sha256": s.digest, "documents": s.documents} for s in shards]
        with written(os.path.join(self.folder, MANIFEST)) as file:
            file.write((json.dumps({"shards": rows}, indent=1) + "\n").encode())
        self._copy(MANIFEST)

    def _copy(self, name: str) -> None:
        self.system.put_file(os.path.join(self.folder, name), f"{self.root}/{name}")

    def _remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self.system.rm_file(f"{self.root}/{name}")

    def _size(self, name: str) -> Any:
        try:
            return self.system.size(f"{self.root}/{name}")
        except FileNotFoundError:
            return None
