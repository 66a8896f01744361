"""Is a batch's output what its ledger says?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from cleantext.batch.files import digest_of
from cleantext.batch.ledger import Ledger


def faults_of(ledger: Ledger) -> Iterator[str]:
    """What is wrong with the output: shards that are missing or changed, records that are not accounted for."""
    after = 0
    for number, shard in enumerate(ledger.shards):
        if shard.number != number:
            yield f"shard {number:,} is not in the ledger"
            return
        records, written = ledger.numbers_of(shard.number)
        if records != range(after, shard.after):
            yield f"shard {number:,}: the ledger has not all records from {after:,} to {shard.after - 1:,}"
        if written != shard.documents:
            yield f"shard {number:,}: {shard.documents:,} documents, but {written:,} records that were cleaned"
        after = shard.after
        if shard.name:
            yield from _of_file(os.path.join(ledger.folder, shard.name), digest_of, shard.digest)
    if not ledger.finished:
        yield "the batch isn't finished: go on with --resume"


def faults_at_a_glance(ledger: Ledger) -> Iterator[str]:
    """Which shards are missing, or have another size than was written; their content isn't read."""
    for shard in ledger.shards:
        if shard.name:
            yield from _of_file(os.path.join(ledger.folder, shard.name), os.path.getsize, shard.bytes)


def _of_file(path: str, measure: Callable[[str], object], written: object) -> Iterator[str]:
    """What is wrong with a file of which a digest or size was entered."""
    try:
        if measure(path) != written:
            yield f"{path}: is not what was written"
    except OSError as error:
        yield f"{path}: {(error.strerror or str(error)).lower()}"
