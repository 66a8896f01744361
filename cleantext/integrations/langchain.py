"""LangChain: a transformer of documents. Extra: `langchain`, which is `langchain-core`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from langchain_core.documents import BaseDocumentTransformer, Document

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns
from cleantext.integrations.step import receipts

AT_A_TIME = 32


class CleanDocuments(BaseDocumentTransformer):
    """Documents whose `page_content` is the article of theirs, with the receipt in the metadata. The given ones stay as they are.

    >>> document = Document("It rained.\\n\\nDownload our app", metadata={"source": "https://courier.example/rain"})
    >>> (cleaned,) = CleanDocuments().transform_documents([document])
    >>> cleaned.page_content, cleaned.metadata["clean_removed"]
    ('It rained.', 'app:1')

    Loaders of pages put the address into the metadata under `source`; `url_key` names another key. A document without an article
    comes back empty, with `clean_status` `empty`.
    """

    def __init__(self, cleaner: Cleaner | None = None, *, url_key: str = "source") -> None:
        self.cleaner = cleaner or Cleaner()
        self.url_key = url_key

    def transform_documents(self, documents: Sequence[Document], **_: Any) -> Sequence[Document]:
        """All of them, cleaned."""
        return list(self.lazy_transform_documents(documents))

    def lazy_transform_documents(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The same for a stream, a few at a time: what loaders' `lazy_load` gives."""
        stream = iter(documents)
        while batch := list(islice(stream, AT_A_TIME)):
            yield from self._cleaned(batch)

    def _cleaned(self, documents: Sequence[Document]) -> Iterator[Document]:
        urls = [_address(document.metadata.get(self.url_key)) for document in documents]
        columns = clean_columns([document.page_content for document in documents], urls=urls, cleaner=self.cleaner)
        for document, text, receipt in zip(documents, columns["text"], receipts(columns), strict=True):
            yield document.model_copy(update={"page_content": text, "metadata": {**document.metadata, **receipt}})


def _address(source: object) -> str | None:
    """Loaders of files put a path there."""
    return source if isinstance(source, str) and "://" in source else None
