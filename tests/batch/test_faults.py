"""Whatever file operation of a batch fails, nothing half-written is left under a final name, and a resume makes the output whole."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from cleantext import Options
from cleantext.batch import files
from cleantext.batch.job import Clerk, Form
from cleantext.batch.ledger import Ledger
from cleantext.batch.lines import Fields
from cleantext.batch.readers import find_sources
from cleantext.batch.run import Batch
from cleantext.batch.workers import Bounds
from cleantext.cli.gauge import Silent
from tests.batch.records import write_json_lines
from tests.batch.test_kill import digests


class Fault:
    """Lets the n-th file operation fail."""

    def __init__(self, number: int, code: int) -> None:
        self.left, self.code = number, code

    def around(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*given: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, os.strerror(self.code))
            return operation(*given, **named)

        return failing


@contextmanager
def failing(number: int, code: int) -> Iterator[Fault]:
    fault = Fault(number, code)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "open", fault.around(open), raising=False)
        patch.setattr(files.Digested, "write", fault.around(files.Digested.write))
        for name in ("fsync", "replace"):
            patch.setattr(os, name, fault.around(getattr(os, name)))
        yield fault


def run(open_ledger: Callable[[], Ledger], batch: Batch) -> None:
    with closing(open_ledger()) as ledger:
        batch.run(ledger, Silent())


@pytest.mark.parametrize(
    ("form", "code"), [("jsonl", errno.ENOSPC), ("jsonl", errno.EIO), ("parquet", errno.ENOSPC), ("text", errno.ENOSPC)]
)
def test_any_file_operation_may_fail(tmp_path: Path, form: Form, code: int) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    write_json_lines(tmp_path / "a.jsonl", range(9), bad=4)
    clerk, sources = Clerk(Options(), Fields(), form), find_sources([str(tmp_path / "a.jsonl")])

    def batch(name: str) -> Batch:
        return Batch(str(tmp_path / name), sources, clerk, shard_size=4, bounds=Bounds(), preload="")

    run(batch("whole").begin, batch("whole"))
    expected = digests(tmp_path / "whole")
    number = 0
    while True:
        number += 1
        job = batch(str(number))
        with failing(number, code) as fault, suppress(OSError):
            run(job.begin, job)
        if fault.left > 0:
            break
        partial = digests(tmp_path / str(number))
        assert {name: digest for name, digest in partial.items() if name != "failures.jsonl"}.items() <= expected.items()
        run(job.resume, job)
        assert digests(tmp_path / str(number)) == expected
    assert number > 8
    assert digests(tmp_path / str(number)) == expected
