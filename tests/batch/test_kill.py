"""A batch that is killed or interrupted at any moment, resumed each time, gives what an undisturbed one gives, byte for byte.

`CLEANTEXT_KILLS=100 CLEANTEXT_RECORDS=20000 python -m pytest tests/batch/test_kill.py` is the long form.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.batch.records import write_csv, write_json_lines, write_warc

KILLS = int(os.environ.get("CLEANTEXT_KILLS", "6"))
RECORDS = int(os.environ.get("CLEANTEXT_RECORDS", "900"))
SHARD = max(RECORDS // 40, 20)
"""Records of a shard, so that there is something to keep from one kill to the next."""

EARLY = 0.2
"""The share of kills that come before a run has added anything."""

PROMPTLY = 10.0
"""Seconds that an interrupted run may take to end; two on a machine that does nothing else."""


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    """Three formats, with broken records in them."""
    third = RECORDS // 3
    write_json_lines(tmp_path / "a.jsonl", range(third), bad=97)
    write_warc(tmp_path / "b.warc.gz", range(third, 2 * third))
    write_csv(tmp_path / "c.csv", range(2 * third, RECORDS))
    return [str(tmp_path / name) for name in ("a.jsonl", "b.warc.gz", "c.csv")]


def command(inputs: list[str], output: Path, form: str, *more: str) -> list[str]:
    sized = ["--shard-size", str(SHARD), "--to", form, "-j", "2", "-q"]
    return [sys.executable, "-m", "cleantext", "batch", *inputs, "-o", str(output), *sized, *more]


def digests(output: Path) -> dict[str, str]:
    """What the output holds, but for the ledger, in which only times of writing differ."""
    files = [file for file in output.rglob("*") if file.is_file() and file.name not in ("ledger.sqlite", ".lock")]
    return {str(file.relative_to(output)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def children(process: int) -> list[int]:
    """All processes that a process started, and theirs."""
    own = [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]
    return own + [pid for child in own for pid in children(child)]


def kill_one(run: subprocess.Popen[bytes], output: Path, chance: random.Random, longest: float) -> bool:
    """After a while, kill the run or one of its processes, if it still runs; did it? `longest` is what an undisturbed run takes, in seconds."""
    before, seconds = len(digests(output)), chance.uniform(0, longest)
    if chance.random() > EARLY:
        while run.poll() is None and len(list(output.rglob("*.*"))) - 1 <= before:
            time.sleep(0.02)
        seconds /= 4
    with suppress(subprocess.TimeoutExpired):
        run.wait(seconds)
    if run.poll() is not None:
        return False
    victims = [run.pid]
    if chance.random() < 0.5:
        with suppress(FileNotFoundError):
            victims = children(run.pid) or victims
    with suppress(ProcessLookupError):
        os.kill(chance.choice(victims), signal.SIGKILL)
    return True


def killed_until_done(again: list[str], output: Path, chance: random.Random, most: int, longest: float) -> int:
    """Start a batch again and again, killing it `most` times, until it ends by itself; how often it was killed."""
    killed = 0
    while True:
        run = subprocess.Popen(again)
        while killed < most and run.poll() is None:
            killed += kill_one(run, output, chance, longest)
            with suppress(subprocess.TimeoutExpired):
                run.wait(0.2)
        if run.wait() >= 0:
            assert run.returncode == 1  # as undisturbed
            return killed


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("form", ["jsonl", "parquet", "text"])
def test_killed_at_any_moment_and_resumed_the_output_is_the_same(tmp_path: Path, inputs: list[str], form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    pytest.importorskip("fastwarc")
    undisturbed, start = tmp_path / "undisturbed", time.monotonic()
    assert subprocess.run(command(inputs, undisturbed, form), check=False).returncode == 1  # some records are broken
    longest, expected = time.monotonic() - start, digests(undisturbed)
    assert len(expected) > 10
    chance, killed, attempts = random.Random(form), 0, 0
    while killed < KILLS:  # on a fast machine one batch may be done before the last kill
        disturbed, attempts = tmp_path / f"disturbed-{attempts}", attempts + 1
        killed += killed_until_done(command(inputs, disturbed, form, "--resume"), disturbed, chance, KILLS - killed, longest)
        assert digests(disturbed) == expected
        subprocess.run([sys.executable, "-m", "cleantext", "verify", str(disturbed)], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_interrupted_as_from_a_keyboard_a_run_ends_quietly_and_can_be_resumed(tmp_path: Path) -> None:
    """A terminal sends the signal to all processes at once."""
    records = str(tmp_path / "a.jsonl")
    write_json_lines(Path(records), range(RECORDS), bad=97)
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    subprocess.run(command([records], undisturbed, "jsonl"), check=False)
    for wait in (0.0, 1.0):  # after its processes have begun
        run = subprocess.Popen(
            command([records], disturbed, "jsonl", "--resume"), start_new_session=True, stderr=subprocess.PIPE, text=True
        )
        while run.poll() is None and not children(run.pid):
            time.sleep(0.01)
        with suppress(subprocess.TimeoutExpired):
            run.wait(wait)
        started = children(run.pid) if run.poll() is None else []
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGINT)
        _, said = run.communicate(timeout=PROMPTLY)
        assert run.returncode in (130, 0, 1)
        assert "Traceback" not in said
        end = time.monotonic() + PROMPTLY
        while left := [pid for pid in started if Path(f"/proc/{pid}").exists()]:
            assert time.monotonic() < end, f"processes that go on: {left}"
            time.sleep(0.1)
    subprocess.run(command([records], disturbed, "jsonl", "--resume"), check=False)
    assert digests(disturbed) == digests(undisturbed)
