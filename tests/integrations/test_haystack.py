"""Haystack: in a real pipeline, saved and read back."""

import pytest

from tests.integrations.rows import SOURCES, TEXT, expected

pytest.importorskip("haystack")

from haystack import Document, Pipeline  # the host must be there

from cleantext.integrations.haystack import CleanDocuments


def documents() -> list[Document]:
    return [Document(content=source, meta={"number": n}) for n, source in enumerate(SOURCES)]


def test_a_pipeline_cleans_and_the_given_documents_stay() -> None:
    pipeline = Pipeline()
    pipeline.add_component("clean", CleanDocuments())
    given = documents()
    cleaned = pipeline.run({"clean": {"documents": given}})["clean"]["documents"]
    assert given == documents()
    assert [document.content for document in cleaned] == [
        None if source is None else text for source, text in zip(SOURCES, expected()["clean_text"], strict=True)
    ]
    assert cleaned[0].meta == {"number": 0, "clean_status": "ok", "clean_completeness": "unknown", "clean_removed": "paywall:1"}
    assert cleaned[4] == given[4]
    assert cleaned[0].id != given[0].id
    assert CleanDocuments(keep_id=True).run(documents=given)["documents"][0].id == given[0].id


def test_a_pipeline_is_saved_and_read_back() -> None:
    pipeline = Pipeline()
    pipeline.add_component("clean", CleanDocuments({"keep": ["paywall"]}, url_key="address"))
    again = Pipeline.loads(pipeline.dumps(), **_trust())
    assert again.get_component("clean").options == {"keep": ["paywall"]}
    assert again.run({"clean": {"documents": [Document(content=TEXT)]}})["clean"]["documents"][0].content == TEXT


def test_it_warms_up() -> None:
    clean = CleanDocuments()
    clean.warm_up()
    clean.warm_up()


def test_wrong_options_are_named_at_once() -> None:
    with pytest.raises(ValueError, match="profile='lenient'"):
        CleanDocuments({"profile": "lenient"})


def _trust() -> dict[str, object]:
    """From Haystack 3 on, a saved pipeline names no component from elsewhere unless the reader allows it."""
    try:
        from haystack.core.serialization import allow_deserialization_module
    except ImportError:
        return {}
    allow_deserialization_module("cleantext.*")
    return {}
