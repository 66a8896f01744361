"""spaCy: a component that marks what is not the article, and edits nothing. Extra: `spacy`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans, minibatch

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns
from cleantext.options import Options

GROUP = "removed"


@Language.factory("cleantext", default_config={"options": {}, "group": GROUP})
class MarkRemoved:
    """Importing this module gives every pipeline the component `cleantext`.

    >>> from spacy import blank
    >>> language = blank("en")
    >>> language.add_pipe("cleantext", config={"options": {"profile": "strict"}}).group
    'removed'
    >>> doc = language("It rained.\\n\\nDownload our app")
    >>> [(span.label_, span.text) for span in doc.spans["removed"]]
    [('app', 'Download our app')]

    Each span that does not belong to the article has its label; spans don't overlap. A text is read as plain text, whatever it looks
    like, unless `options` say `kind="markdown"`: offsets into pages there are none.
    """

    def __init__(self, nlp: Language, name: str, options: dict[str, Any], group: str) -> None:  # noqa: ARG002  # spaCy passes both
        self.cleaner = Cleaner(Options(**{"kind": "text", **options}))
        self.group = group

    def __call__(self, doc: Doc) -> Doc:
        """The same document, with spans."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The same documents, with spans."""
        for docs in minibatch(stream, batch_size):
            columns = clean_columns([doc.text for doc in docs], cleaner=self.cleaner, removed=True)
            for doc, blocks in zip(docs, columns["removed"], strict=True):
                spans = [doc.char_span(one["start"], one["end"], label=one["label"], alignment_mode="expand") for one in blocks]
                doc.spans[self.group] = filter_spans(span for span in spans if span is not None)
                yield doc
