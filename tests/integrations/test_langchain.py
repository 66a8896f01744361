"""LangChain: new documents, their receipts, addresses from loaders."""

import asyncio

import pytest

from cleantext import Cleaner, Options
from tests.integrations.rows import SOURCES, TEXT, expected

pytest.importorskip("langchain_core")

from langchain_core.documents import Document  # the host must be there

from cleantext.integrations.langchain import AT_A_TIME, CleanDocuments

TEXTS = [source or "" for source in SOURCES]


def documents() -> list[Document]:
    return [Document(text, id=str(n), metadata={"source": f"folder/{n}.html"}) for n, text in enumerate(TEXTS)]


def test_documents_are_cleaned_and_the_given_ones_stay() -> None:
    given = documents()
    cleaned = CleanDocuments().transform_documents(given)
    assert given == documents()
    assert [document.page_content for document in cleaned] == expected()["clean_text"]
    assert [document.id for document in cleaned] == [document.id for document in given]
    assert cleaned[0].metadata == {
        "source": "folder/0.html",
        "clean_status": "ok",
        "clean_completeness": "unknown",
        "clean_removed": "paywall:1",
    }


def test_lazy_and_asynchronous_give_the_same() -> None:
    many = documents() * AT_A_TIME
    stream = CleanDocuments().lazy_transform_documents(iter(many))
    assert next(stream).page_content == expected()["clean_text"][0]
    assert len(list(stream)) == len(many) - 1
    assert asyncio.run(CleanDocuments().atransform_documents(documents())) == CleanDocuments().transform_documents(documents())


def test_the_cleaner_is_used() -> None:
    cleaner = Cleaner(Options(keep=frozenset({"paywall"})))  # type: ignore[arg-type]
    assert CleanDocuments(cleaner).transform_documents([Document(TEXT)])[0].page_content == TEXT
