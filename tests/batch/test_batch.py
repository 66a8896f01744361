"""`cleantext batch`: what goes in is accounted for, and what comes out is in order."""

import json
import os
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cleantext import clean
from tests.batch.records import page, text, write_csv, write_json_lines, write_warc

FAULT = "<!--cleantext-fault:{}-->"


def batch(*arguments: object, code: int = 0, **environment: str) -> str:
    """Run `cleantext batch`; returns what it says."""
    command = [sys.executable, "-m", "cleantext", "batch", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=os.environ | environment)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done.stderr


def rows(folder: Path) -> list[dict[str, Any]]:
    """What the shards hold."""
    files = sorted(folder.glob("part-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def failures(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "failures.jsonl").read_text(encoding="utf-8").splitlines()]


def test_json_lines_in_order_with_their_fields(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(300))
    said = batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "-j", 2, "--shard-size", 100)
    assert [row["id"] for row in rows(tmp_path / "out")] == [f"j{n}" for n in range(300)]
    assert [row["text"] for row in rows(tmp_path / "out")] == [clean(text(n)) for n in range(300)]
    assert {row["topic"] for row in rows(tmp_path / "out")} == {"sea"}
    assert len(list((tmp_path / "out").glob("part-*"))) == 3
    assert "300 records: ok 300" in said


def test_processes_and_tasks_change_nothing(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", range(150))
    for processes in (1, 3):
        batch(tmp_path / "a.csv", "-o", tmp_path / f"out{processes}", "-j", processes, "--removed")
    one, three = ((tmp_path / f"out{n}" / "part-000000.jsonl").read_bytes() for n in (1, 3))
    assert one == three
    assert json.loads(one.splitlines()[1])["removed"]


def test_what_hangs_dies_or_eats_memory_costs_itself(tmp_path: Path) -> None:
    faults = {30: "hang", 31: "kill", 60: "oom", 61: "exit", 90: "raise"}
    lines = [json.dumps({"id": n, "text": FAULT.format(faults[n]) if n in faults else text(n)}) for n in range(120)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    limits = ("-j", 2, "--deadline", 2, "--memory", 300)
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", *limits, code=1, CLEANTEXT_TEST_FAULTS="1")
    assert [row["id"] for row in rows(tmp_path / "out")] == [str(n) for n in range(120) if n not in faults]
    reasons = {failure["number"]: failure["reason"] for failure in failures(tmp_path / "out")}
    assert reasons == {
        30: "timeout: not done after 2 seconds",
        31: "the process that worked on it ended twice, perhaps for want of memory",
        60: "out of memory: it needs more than 300 MB",
        61: "the process that worked on it ended twice, perhaps for want of memory",
        90: "internal error, please report it: RuntimeError: a fault was asked for",
    }
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", *limits, "--retry-failed")
    assert [row["id"] for row in rows(tmp_path / "out")] == [str(n) for n in range(120)]
    assert not (tmp_path / "out" / "failures.jsonl").exists()
    verify(tmp_path / "out")


@pytest.mark.parametrize("form", ["parquet", "text"])
def test_a_retry_puts_documents_where_they_belong(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    lines = [json.dumps({"id": f"j{n}", "text": text(n) + (FAULT.format("raise") if n % 40 == 7 else "")}) for n in range(120)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    given = (tmp_path / "a.jsonl", "--to", form, "--shard-size", 50, "-j", 1)
    batch(*given, "-o", tmp_path / "whole")
    batch(*given, "-o", tmp_path / "out", code=1, CLEANTEXT_TEST_FAULTS="1")
    said = batch(*given, "-o", tmp_path / "out", "--retry-failed", "--log-format", "json")
    assert json.loads(said.splitlines()[0])["records"] == 120, "those that failed before are counted once"
    verify(tmp_path / "out")
    pattern = "part-*.parquet" if form == "parquet" else "*.txt"
    files = [[file.read_bytes() for file in sorted((tmp_path / name).rglob(pattern))] for name in ("whole", "out")]
    assert files[0] == files[1]
    assert len(files[0]) == (3 if form == "parquet" else 120)


def test_other_options_or_inputs_are_refused(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(10))
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out")
    assert "holds a batch already" in batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", code=1)
    said = batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--resume", "--profile", "strict", "--removed", code=1)
    assert "profile was 'standard', is 'strict'" in said
    assert "removed blocks was False, is True" in said
    write_json_lines(tmp_path / "b.jsonl", range(3))
    assert "new inputs" in batch(tmp_path / "a.jsonl", tmp_path / "b.jsonl", "-o", tmp_path / "out", "--resume", code=1)
    write_json_lines(tmp_path / "a.jsonl", range(11))
    assert "changed inputs" in batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--resume", code=1)


def test_an_input_that_is_not_there_is_said_before_anything_is_written(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(3))
    assert "no such file" in batch(tmp_path / "a.jsonl", tmp_path / "b.jsonl", "-o", tmp_path / "out", code=1)
    assert "no file matches" in batch(tmp_path / "*.csv", "-o", tmp_path / "out", code=1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("changed", [".prompts.tsv", ".letters.tsv"])
def test_a_batch_with_a_model_of_ones_own_is_not_resumed_when_words_beside_it_have_changed(tmp_path: Path, changed: str) -> None:
    for suffix in (".npz", ".tsv", ".prompts.tsv", ".letters.tsv"):
        (tmp_path / f"own{suffix}").write_bytes(files("cleantext.detect").joinpath(f"lines{suffix}").read_bytes())
    write_json_lines(tmp_path / "a.jsonl", range(10))
    arguments = (tmp_path / "a.jsonl", "-o", tmp_path / "out", "--line-model", tmp_path / "own.npz")
    batch(*arguments)
    batch(*arguments, "--resume")
    words = tmp_path / f"own{changed}"
    words.write_text(words.read_text(encoding="utf-8") + "zyxwv-\t0.05\tshare\ten\n", encoding="utf-8")
    assert "models was" in batch(*arguments, "--resume", code=1)


def test_a_finished_batch_resumes_to_nothing(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(10))
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out")
    before = (tmp_path / "out" / "part-000000.jsonl").read_bytes()
    assert "10 records" in batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--resume")
    assert (tmp_path / "out" / "part-000000.jsonl").read_bytes() == before


def test_a_resume_says_which_shards_are_gone_or_cut(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(30))
    arguments = [tmp_path / "a.jsonl", "-o", tmp_path / "out", "--shard-size", "10"]
    batch(*arguments)
    (tmp_path / "out" / "part-000000.jsonl").unlink()
    with (tmp_path / "out" / "part-000002.jsonl").open("a", encoding="ascii") as shard:
        shard.write("x")
    said = batch(*arguments, "--resume", code=1)
    assert "part-000000.jsonl: no such file" in said
    assert "part-000001.jsonl" not in said
    assert "part-000002.jsonl: is not what was written" in said


def test_two_runs_in_one_folder(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    from cleantext.batch.ledger import Ledger

    write_json_lines(tmp_path / "a.jsonl", range(10))
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out")
    with Ledger(str(tmp_path / "out")):
        assert "another run is at work" in batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--resume", code=1)


def test_every_record_of_an_archive_is_accounted_for(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    write_warc(tmp_path / "a.warc.gz", range(100))
    said = batch(tmp_path / "a.warc.gz", "-o", tmp_path / "out")
    assert "100 records: ok 80, skipped 20" in said
    assert "content type image/png 10" in said
    assert rows(tmp_path / "out")[0]["url"].startswith("https://skarv.example/")


def test_a_tree_like_that_of_the_inputs(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "sea").mkdir(parents=True)
    (site / "a.html").write_bytes(page(1))
    (site / "sea" / "b.html").write_bytes(page(2))
    (site / "sea" / "b.txt").write_text(text(3), encoding="utf-8")
    (site / "link").symlink_to("/dev/zero")
    os.mkfifo(site / "pipe.html")
    batch(site, "-o", tmp_path / "out", "--to", "text", "-f", "markdown", code=1)
    assert sorted(str(file.relative_to(tmp_path / "out")) for file in (tmp_path / "out").rglob("*.md")) == ["a.md", "sea/b.md"]
    assert [Path(failure["input"]).name for failure in failures(tmp_path / "out")] == ["pipe.html", "b.txt"]
    assert "would replace that of" in failures(tmp_path / "out")[1]["reason"]


def test_columns_of_parquet_keep_their_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    table = pa.table({"id": [1, 2], "text": [text(1), text(2)], "rank": pa.array([3, None], pa.int16()), "title": ["x", "y"]})
    parquet.write_table(table, tmp_path / "a.parquet")
    batch(tmp_path / "a.parquet", "-o", tmp_path / "out", "--to", "parquet", "--removed")
    made = parquet.read_table(tmp_path / "out" / "part-000000.parquet")
    assert made.schema.field("rank").type == pa.int16()
    assert made.column("source_title").to_pylist() == ["x", "y"]
    assert made.column("text").to_pylist() == [clean(text(1)), clean(text(2))]
    assert made.column("removed").to_pylist()[0][0]["reasons"]


def test_a_full_disk_ends_the_run_and_loses_nothing(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(400))
    command = [
        sys.executable,
        "-m",
        "cleantext",
        "batch",
        tmp_path / "a.jsonl",
        "-o",
        tmp_path / "out",
        "--shard-size",
        "100",
        "-j",
        "1",
    ]
    limited = f"ulimit -f 60; trap '' XFSZ; exec {' '.join(map(str, command))}"  # blocks of 1,024 bytes
    done = subprocess.run(["bash", "-c", limited], check=False, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "--resume" in done.stderr
    assert "Traceback" not in done.stderr
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--shard-size", 100, "--resume")
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "whole", "--shard-size", 100)
    assert rows(tmp_path / "out") == rows(tmp_path / "whole")


def test_verify_finds_a_changed_byte(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(10))
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out")
    shard = tmp_path / "out" / "part-000000.jsonl"
    data = bytearray(shard.read_bytes())
    data[100] ^= 1
    shard.write_bytes(data)
    assert "is not what was written" in verify(tmp_path / "out", code=1)
    shard.unlink()
    assert "no such file" in verify(tmp_path / "out", code=1)


def test_stats_count_by_label_rule_and_site(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(30))
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--removed")
    said = subprocess.run(
        [sys.executable, "-m", "cleantext", "stats", tmp_path / "out", "--json"], check=True, capture_output=True
    )
    counted = json.loads(said.stdout)
    removed = Counter(block["label"] for row in rows(tmp_path / "out") for block in row["removed"])
    assert {label: numbers["blocks"] for label, numbers in counted["label"].items()} == removed
    assert counted["records"] == {"ok": 30}
    assert "en.paywall.read-n-of-n" in counted["rule"]


def test_settings_of_a_project_are_shared_with_the_default_command(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(1, 9))
    settings = tmp_path / "settings.toml"
    settings.write_text('explain = true\nkeep = ["paywall", "app", "newsletter", "related"]\nto = "jsonl"\n', encoding="utf-8")
    batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--config", settings)
    assert [row["text"] for row in rows(tmp_path / "out")] == [text(n) for n in range(1, 9)]


def test_progress_as_json(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", range(30))
    said = batch(tmp_path / "a.jsonl", "-o", tmp_path / "out", "--log-format", "json")
    told = json.loads(said.splitlines()[0])
    assert (told["event"], told["records"], told["failed"]) == ("progress", 30, 0)


def verify(folder: Path, code: int = 0) -> str:
    done = subprocess.run([sys.executable, "-m", "cleantext", "verify", folder], check=False, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stderr
