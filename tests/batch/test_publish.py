"""What is published at an address is the output, however often the run was killed; the manifest comes last."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.batch.records import text, write_json_lines
from tests.batch.test_batch import FAULT, batch

pytest.importorskip("fsspec")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_json_lines(tmp_path / "a.jsonl", range(250), bad=97)
    return tmp_path / "a.jsonl"


def published(tmp_path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (tmp_path / "store").iterdir()}


def check(tmp_path: Path) -> None:
    files = published(tmp_path)
    shards = json.loads(files["manifest.json"])["shards"]
    assert {shard["name"] for shard in shards} == {name for name in files if name.startswith("part-")}
    for shard in shards:
        data = files[shard["name"]]
        assert data == (tmp_path / "out" / shard["name"]).read_bytes()
        assert (shard["bytes"], shard["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_the_output_is_copied_with_a_manifest(tmp_path: Path, source: Path) -> None:
    batch(source, "-o", tmp_path / "out", "--shard-size", 100, "--publish", f"file://{tmp_path}/store", code=1)
    check(tmp_path)
    assert len(published(tmp_path)) == 5  # three shards, the failures, the manifest
    assert published(tmp_path)["failures.jsonl"] == (tmp_path / "out" / "failures.jsonl").read_bytes()


def test_what_is_missing_or_half_there_is_copied_by_a_resume(tmp_path: Path, source: Path) -> None:
    address = f"file://{tmp_path}/store"
    batch(source, "-o", tmp_path / "out", "--shard-size", 100, "--publish", address, code=1)
    (tmp_path / "store" / "part-000000.jsonl").write_bytes(b"{")
    (tmp_path / "store" / "part-000001.jsonl").unlink()
    (tmp_path / "store" / "part-000007.jsonl").write_bytes(b"an older run's")
    batch(source, "-o", tmp_path / "out", "--shard-size", 100, "--publish", address, "--resume", code=1)
    check(tmp_path)


def test_shards_that_are_made_anew_take_the_place_of_the_old(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "text": text(n) + (FAULT.format("raise") if n == 7 else "")}) for n in range(60)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    given = (tmp_path / "a.jsonl", "-o", tmp_path / "out", "--shard-size", 50, "--publish", f"file://{tmp_path}/store")
    batch(*given, code=1, CLEANTEXT_TEST_FAULTS="1")
    assert "part-000000.jsonl" in published(tmp_path)
    batch(*given, "--retry-failed")
    check(tmp_path)
    assert set(published(tmp_path)) == {"part-000000-r1.jsonl", "part-000001.jsonl", "manifest.json"}


def test_a_tree_of_texts_is_not_published(tmp_path: Path, source: Path) -> None:
    said = batch(source, "-o", tmp_path / "out", "--to", "text", "--publish", "memory://x", code=2)
    assert "--to jsonl" in said
    assert not (tmp_path / "out").exists()


def test_an_address_of_no_known_kind_is_refused_before_anything_is_written(tmp_path: Path, source: Path) -> None:
    said = batch(source, "-o", tmp_path / "out", "--publish", "nowhere://x", code=1)
    assert "nowhere://x" in said
    assert not (tmp_path / "out").exists()
