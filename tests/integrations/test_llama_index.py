"""LlamaIndex: in a real ingestion pipeline, whose cache must hold for the same options and for no others."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.rows import SOURCES, TEXT, expected

pytest.importorskip("llama_index.core")

from llama_index.core.ingestion import IngestionCache, IngestionPipeline  # the host must be there
from llama_index.core.ingestion.pipeline import get_transformation_hash
from llama_index.core.schema import Document, MetadataMode

from cleantext.integrations import llama_index
from cleantext.integrations.llama_index import CleanNodes

TEXTS = [source or "" for source in SOURCES]


def documents() -> list[Document]:
    return [Document(text=text, id_=str(n), metadata={"url": f"https://courier.example/{n}"}) for n, text in enumerate(TEXTS)]


def test_documents_are_cleaned_and_the_given_ones_stay() -> None:
    given = documents()
    nodes = CleanNodes()(given)
    assert [node.get_content() for node in given] == TEXTS
    assert [node.get_content(MetadataMode.NONE) for node in nodes] == expected()["clean_text"]
    assert [node.node_id for node in nodes] == [node.node_id for node in given]
    assert nodes[0].metadata["clean_removed"] == "paywall:1"
    assert "clean_removed" not in nodes[0].get_content(MetadataMode.EMBED)
    assert "clean_removed" not in nodes[0].get_content(MetadataMode.LLM)
    assert [node.get_content() for node in asyncio.run(CleanNodes().acall(given))] == [node.get_content() for node in nodes]


def test_the_cache_of_a_pipeline_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(nodes: Any, text: Any, receipt: Any) -> Any:
        calls.append(1)
        return real(nodes, text, receipt)

    real = llama_index._with_text  # noqa: SLF001  # what is done for each node that is not in the cache
    monkeypatch.setattr(llama_index, "_with_text", counted)
    cache = IngestionCache()
    for _ in range(2):
        nodes = IngestionPipeline(transformations=[CleanNodes()], cache=cache).run(documents=documents())
        assert [node.get_content(MetadataMode.NONE) for node in nodes] == expected()["clean_text"]
    assert len(calls) == len(TEXTS)
    nodes = IngestionPipeline(transformations=[CleanNodes(options={"keep": ["paywall"]})], cache=cache).run(documents=documents())
    assert len(calls) == 2 * len(TEXTS)
    assert nodes[0].get_content(MetadataMode.NONE) == TEXT


def test_what_a_cache_sees_changes_with_the_files_that_are_read(tmp_path: Path) -> None:
    file = tmp_path / "courier.toml"
    file.write_text("# nothing learned")
    clean = CleanNodes(options={"site_rules": [str(file)]})
    before = get_transformation_hash(documents(), clean)
    assert before == get_transformation_hash(documents(), CleanNodes(options={"site_rules": [str(file)]}))
    file.write_text("# something else")
    assert get_transformation_hash(documents(), clean) != before


def test_it_is_saved_and_read_back() -> None:
    clean = CleanNodes(options={"profile": "strict"}, url_key="source")
    assert CleanNodes.from_dict(clean.to_dict()) == clean
    assert CleanNodes.from_json(clean.to_json()) == clean


def test_wrong_options_are_named() -> None:
    with pytest.raises(ValueError, match="profile='lenient'"):
        CleanNodes(options={"profile": "lenient"})
