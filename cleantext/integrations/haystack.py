"""Haystack: a component that cleans documents. Extra: `haystack`, which is `haystack-ai`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from haystack import Document, component

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns, warm_up
from cleantext.integrations.step import receipts
from cleantext.options import Options


@component
class CleanDocuments:
    """Documents whose content is the article of theirs, with the receipt in their `meta`. The given ones stay as they are.

    >>> result = CleanDocuments().run(documents=[Document(content="It rained.\\n\\nDownload our app")])
    >>> [(document.content, document.meta["clean_removed"]) for document in result["documents"]]
    [('It rained.', 'app:1')]

    `options` are those of `cleantext.Options`, by name, so that a pipeline can be saved. Identifiers are made anew from the content,
    unless `keep_id` is set. Documents without text are passed on.
    """

    def __init__(self, options: dict[str, Any] | None = None, *, url_key: str = "url", keep_id: bool = False) -> None:
        self.options = options
        self._cleaner()  # wrong options are named here, not at the first document
        self.url_key = url_key
        self.keep_id = keep_id

    def warm_up(self) -> None:
        """Load rules and models; without it the first document waits for them."""
        warm_up(self._cleaner())

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """The same number of documents, in their order."""
        urls = [url if isinstance(url := document.meta.get(self.url_key), str) else None for document in documents]
        columns = clean_columns([document.content for document in documents], urls=urls, cleaner=self._cleaner())
        cleaned = zip(documents, columns["text"], receipts(columns), strict=True)
        return {"documents": [self._with_text(*one) for one in cleaned]}

    def _cleaner(self) -> Cleaner:
        return Cleaner(Options(**(self.options or {})))

    def _with_text(self, document: Document, text: str, receipt: dict[str, str]) -> Document:
        if document.content is None:
            return document
        return replace(document, id=document.id if self.keep_id else "", content=text, meta={**document.meta, **receipt})
