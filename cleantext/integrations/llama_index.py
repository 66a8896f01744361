"""LlamaIndex: a transformation for an `IngestionPipeline`. Extra: `llama-index`, which is `llama-index-core`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from llama_index.core.schema import BaseNode, MetadataMode, TransformComponent
from pydantic import Field, computed_field

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns
from cleantext.integrations.settings import identity
from cleantext.integrations.step import receipts
from cleantext.options import Options


class CleanNodes(TransformComponent):
    """Nodes whose text is the article of theirs, with the receipt in the metadata; to be put before the splitter.

    >>> from llama_index.core.schema import Document
    >>> (node,) = CleanNodes(options={"profile": "strict"})([Document(text="It rained.\\n\\nDownload our app")])
    >>> node.get_content(), node.metadata["clean_removed"]
    ('It rained.', 'app:1')

    `options` are those of `cleantext.Options`, by name. LlamaIndex looks for results in its cache by what `to_dict()` says of a
    transformation: the options, the package's version and the contents of the files that they name. The given nodes stay as they are.
    """

    options: dict[str, Any] = Field(default_factory=dict, description="The fields of cleantext.Options that are not the default.")
    url_key: str = Field(default="url", description="The metadata's key with a page's address.")

    def model_post_init(self, _: Any) -> None:
        """Wrong options are named at once."""
        Options(**self.options)

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own form
    @property
    def identity(self) -> str:
        """What results depend on, beside the nodes."""
        return identity(Options(**self.options))

    @classmethod
    def class_name(cls) -> str:
        """The name under which it is saved."""
        return "CleanNodes"

    def __call__(self, nodes: Sequence[BaseNode], **_: Any) -> Sequence[BaseNode]:
        """New nodes, with the old ones' identifiers."""
        urls = [url if isinstance(url := node.metadata.get(self.url_key), str) else None for node in nodes]
        sources = [node.get_content(metadata_mode=MetadataMode.NONE) for node in nodes]
        columns = clean_columns(sources, urls=urls, cleaner=Cleaner(Options(**self.options)))
        return [
            _with_text(node, text, receipt) for node, text, receipt in zip(nodes, columns["text"], receipts(columns), strict=True)
        ]

    async def acall(self, nodes: Sequence[BaseNode], **_: Any) -> Sequence[BaseNode]:
        """The same in a thread, so that the event loop goes on."""
        return await asyncio.to_thread(self, nodes)


def _with_text(node: BaseNode, text: str, receipt: dict[str, str]) -> BaseNode:
    """A copy whose receipt is not shown to models."""
    new = node.model_copy(deep=True)
    new.set_content(text)
    new.metadata.update(receipt)
    for keys in (new.excluded_embed_metadata_keys, new.excluded_llm_metadata_keys):
        keys.extend(key for key in receipt if key not in keys)
    return new
