"""Hugging Face datasets: the second map is found in the cache, in whatever process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext import Options
from tests.integrations.rows import SOURCES, TEXT, URLS, expected, names

pytest.importorskip("datasets")

from datasets import Dataset, IterableDataset, Value, load_dataset  # the host must be there
from datasets.fingerprint import Hasher

from cleantext.integrations.datasets import CleanBatch, clean_dataset

ROOT = Path(__file__).parent.parent.parent
CHOSEN = """CleanBatch("page", Options(keep={"app", "ad", "share", "nav", "legal"}, rules_off={"a", "b", "c"}), url="url")"""


@pytest.fixture
def dataset() -> Dataset:
    return Dataset.from_dict({"page": SOURCES, "url": URLS})


@pytest.mark.parametrize("num_proc", [None, 2])
def test_results_stand_beside_the_columns(dataset: Dataset, num_proc: int | None) -> None:
    cleaned = clean_dataset(dataset, "page", url="url", removed=True, batch_size=3, num_proc=num_proc)
    assert cleaned.column_names == ["page", "url", *names(removed=True)]
    assert cleaned["page"][:] == SOURCES
    assert {name: cleaned[name][:] for name in names(removed=True)} == expected(removed=True)
    assert cleaned.features["clean_declared_words"] == Value("int64")
    assert cleaned.format["type"] is None


def test_the_checksum_is_the_same_in_each_process_and_after_use(dataset: Dataset) -> None:
    code = f"from cleantext import Options; from cleantext.integrations.datasets import CleanBatch; from datasets.fingerprint import Hasher; print(Hasher.hash({CHOSEN}))"
    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    clean = CleanBatch("page", Options(keep=frozenset("app ad share nav legal".split()), rules_off=frozenset("abc")), url="url")  # type: ignore[arg-type]
    here = Hasher.hash(clean)
    clean(dataset.with_format("arrow")[:])
    assert {here, Hasher.hash(clean), *elsewhere} == {here}
    assert Hasher.hash(CleanBatch("page", url="url")) != here


def test_the_second_map_is_found_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Dataset.from_dict({"page": SOURCES, "url": URLS}).to_parquet(tmp_path / "pages.parquet")
    loaded = load_dataset("parquet", data_files=str(tmp_path / "pages.parquet"), split="train", cache_dir=str(tmp_path / "cache"))
    first = clean_dataset(loaded, "page")
    monkeypatch.setattr(CleanBatch, "__call__", lambda self, table: pytest.fail("cleaned again"))
    second = clean_dataset(loaded, "page")
    assert first["clean_text"][:] == second["clean_text"][:] == expected()["clean_text"]
    monkeypatch.undo()
    assert clean_dataset(loaded, "page", options=Options(keep=frozenset({"paywall"})))["clean_text"][0] == TEXT  # type: ignore[arg-type]


def test_a_stream_is_cleaned_as_it_comes(dataset: Dataset) -> None:
    stream = dataset.to_iterable_dataset(num_shards=2)
    assert isinstance(stream, IterableDataset)
    cleaned = stream.with_format("arrow").map(CleanBatch("page", url="url"), batched=True, batch_size=2).with_format(None)
    assert [row["clean_text"] for row in cleaned] == expected()["clean_text"]


def test_names_are_looked_at(dataset: Dataset) -> None:
    with pytest.raises(ValueError, match="the table has 'url' already"):
        clean_dataset(dataset, "page", prefix="")
