"""datatrove: a real pipeline from JSON Lines to JSON Lines, in this process and in workers that are started anew."""

import json
import pickle
import time
from pathlib import Path
from typing import Any

import pytest

from cleantext import Cleaner, Options
from tests.integrations.rows import CUT, PAGE, SECOND, SOURCES, STORY, TEXT, expected

pytest.importorskip("datatrove")
pytest.importorskip("orjson")  # datatrove's reader and writer of JSON Lines need it

from datatrove.data import Document  # the host must be there
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from cleantext.integrations.datatrove import CleanDocument, CleanText, CompletenessFilter, ExtractArticle

TEXTS = [source for source in SOURCES if source]  # the reader drops empty ones


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for shard in range(2):
        records = [{"text": text, "id": f"{shard}/{n}", "url": f"https://courier.example/{n}"} for n, text in enumerate(TEXTS)]
        (tmp_path / "in" / f"{shard}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return tmp_path


def run(folder: Path, *steps: Any, workers: int = 1) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The records that are written (datatrove leaves out fields that are empty), and the statistics of the steps."""
    pipeline = [JsonlReader(str(folder / "in")), *steps, JsonlWriter(str(folder / "out"), compression=None)]
    logs = folder / "logs"
    LocalPipelineExecutor(pipeline, tasks=2, workers=workers, logging_dir=str(logs)).run()
    records = [json.loads(line) for file in sorted((folder / "out").glob("*.jsonl")) for line in file.read_text().splitlines()]
    steps = json.loads((logs / "stats.json").read_text())
    return records, {step["name"]: {name: _total(value) for name, value in step["stats"].items()} for step in steps}


def _total(value: Any) -> int:
    return value["total"] if isinstance(value, dict) else value


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_are_cleaned_labelled_and_filtered(folder: Path, workers: int) -> None:
    cut = JsonlWriter(str(folder / "cut"), compression=None)
    records, stats = run(folder, CleanDocument(), CompletenessFilter(exclusion_writer=cut), workers=workers)
    kept = [text for text in TEXTS if text != CUT]
    assert [record.get("text", "") for record in records] == 2 * [Cleaner().clean(text) for text in kept]
    assert records[0]["metadata"] == {
        "url": "https://courier.example/0",
        "clean_status": "ok",
        "clean_completeness": "unknown",
        "clean_removed": "paywall:1",
        "file_path": records[0]["metadata"]["file_path"],
    }
    receipt, verdicts = stats["✂️ - FORMAT: 🧹 cleantext, with receipt"], stats["🔻 - FILTER: 🧹 completeness"]
    assert receipt["total"] == 2 * len(TEXTS)
    assert receipt["completeness_truncated"] == 2
    assert receipt["removed_paywall"] == 4
    assert verdicts["dropped_truncated"] == 2
    excluded = [json.loads(line) for file in (folder / "cut").glob("*.jsonl") for line in file.read_text().splitlines()]
    assert {record["metadata"]["filter_reason"] for record in excluded} == {"truncated"}


def test_the_formatter_gives_articles(folder: Path) -> None:
    records, _ = run(folder, CleanText())
    assert {record["text"] for record in records} == set(expected()["clean_text"]) - {""}  # datatrove leaves empty documents out


@pytest.mark.parametrize("workers", [1, 2])
def test_pages_are_extracted_in_the_sandbox(folder: Path, workers: int) -> None:
    (folder / "in" / "1.jsonl").write_text(json.dumps({"text": PAGE, "id": "page"}) + "\n")
    (folder / "in" / "0.jsonl").write_text(json.dumps({"text": "<p></p>", "id": "empty"}) + "\n")
    records, _ = run(folder, ExtractArticle(), workers=workers)
    assert [(record["id"], record["text"]) for record in records] == [("page", f"{STORY}\n\n{SECOND}")]


def test_a_page_that_takes_too_long_costs_itself_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(ExtractArticle):
        def extract(self, text: str) -> str:
            if text == "slow":
                time.sleep(60)
            return super().extract(text)

    texts = [PAGE, "slow", TEXT]
    extracted = list(Slow(timeout=2).run(Document(text, str(n)) for n, text in enumerate(texts)))
    assert [document.id for document in extracted] == ["0", "2"]


def test_the_filter_looks_for_itself_if_nobody_did() -> None:
    assert CompletenessFilter().filter(Document(CUT, "1")) == (False, "truncated")
    assert CompletenessFilter().filter(Document(TEXT, "1")) is True
    assert CompletenessFilter(drop=("truncated", "unknown")).filter(Document(TEXT, "1")) == (False, "unknown")
    assert CompletenessFilter().filter(Document("", "1", metadata={"clean_completeness": "truncated"})) == (False, "truncated")


def test_steps_can_be_pickled_with_their_cleaner() -> None:
    cleaner = Cleaner(Options(keep=frozenset({"paywall"})))  # type: ignore[arg-type]
    for step in (CleanText(cleaner), ExtractArticle(cleaner=cleaner)):
        copy = pickle.loads(pickle.dumps(step))
        assert (copy.extract if isinstance(copy, ExtractArticle) else copy.format)(TEXT) == TEXT
