"""datatrove: steps of a pipeline. Extra: `datatrove`, which is the bare package, without its extra `processing`."""

from __future__ import annotations

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.extractors.base import BaseExtractor
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.pipeline.writers.disk_base import DiskWriter
from datatrove.utils.batching import batched
from datatrove.utils.typeshelper import StatHints

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns, warm_up
from cleantext.integrations.step import receipts

AT_A_TIME = 32


class CleanText(BaseFormatter):
    """Texts, cleaned. datatrove shows a formatter nothing but the text: `CleanDocument` says what went, too.

    >>> CleanText().format("It rained.\\n\\nDownload our app")
    'It rained.'
    """

    name = "🧹 cleantext"

    def __init__(self, cleaner: Cleaner | None = None) -> None:
        super().__init__()
        self.cleaner = cleaner

    def format(self, text: str) -> str:
        """The article."""
        return str(clean_columns([text], cleaner=self.cleaner)["text"][0])


class CleanDocument(PipelineStep):
    """Texts or pages, cleaned, with the receipt in their metadata and in the pipeline's statistics.

    >>> (document,) = CleanDocument().run([Document("It rained.\\n\\nDownload our app", "1")])
    >>> document.text, document.metadata
    ('It rained.', {'clean_status': 'ok', 'clean_completeness': 'unknown', 'clean_removed': 'app:1'})

    The address is looked for in the metadata under `url`, which datatrove's readers of WARC files fill.
    """

    type = "✂️ - FORMAT"
    name = "🧹 cleantext, with receipt"

    def __init__(self, cleaner: Cleaner | None = None, url: str = "url") -> None:
        super().__init__()
        self.cleaner = cleaner
        self.url = url

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:  # noqa: ARG002
        """The same documents with other texts, read a few at a time."""
        for batch in batched(data, AT_A_TIME):
            with self.track_time("batch"):
                texts, urls = zip(*((document.text, document.metadata.get(self.url)) for document in batch), strict=True)
                columns = clean_columns(texts, urls=urls, cleaner=self.cleaner)
            for document, text, receipt in zip(batch, columns["text"], receipts(columns), strict=True):
                document.text = text
                document.metadata |= receipt
                self._count(receipt)
                yield document

    def _count(self, receipt: dict[str, str]) -> None:
        self.stat_update(StatHints.total, f"status_{receipt['clean_status']}", f"completeness_{receipt['clean_completeness']}")
        for entry in filter(None, receipt["clean_removed"].split(", ")):
            label, _, count = entry.partition(":")
            self.stat_update(f"removed_{label}", value=int(count))


class CompletenessFilter(BaseFilter):
    """Drops documents that are cut off, by the verdict of a `CleanDocument` before it, or else by looking at the text.

    >>> wall = "The council met on Tuesday to decide on the bridge, which has been\\n\\nTo continue reading, subscribe for 4 euros."
    >>> CompletenessFilter().filter(Document(wall, "1"))
    (False, 'truncated')

    `drop` are the verdicts that go; datatrove counts each as `dropped_<verdict>`. After a `CleanText` there is nothing left to tell by.
    """

    name = "🧹 completeness"

    def __init__(
        self, drop: tuple[str, ...] = ("truncated",), cleaner: Cleaner | None = None, exclusion_writer: DiskWriter | None = None
    ) -> None:
        super().__init__(exclusion_writer)
        self.drop = drop
        self.cleaner = cleaner

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Is the document to be kept? If not, why."""
        verdict = doc.metadata.get("clean_completeness") or clean_columns([doc.text], cleaner=self.cleaner)["completeness"][0]
        return (False, verdict) if verdict in self.drop else True


class ExtractArticle(BaseExtractor):
    """Pages to articles in datatrove's sandbox: a process that is ended when a page takes longer than `timeout` seconds.

    >>> ExtractArticle().extract("<nav>Home</nav><article><p>It rained all night on the island.</p></article>")
    'It rained all night on the island.'

    datatrove drops such a page, and pages without text. A process that starts must load rules and models within the same time: where
    it is not a copy of one that has, a second is too short.
    """

    name = "🧹 cleantext, pages"

    def __init__(self, timeout: float = 20, cleaner: Cleaner | None = None) -> None:
        super().__init__(timeout)
        self.cleaner = cleaner

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Load rules and models before the sandbox is made, so that its processes start with them."""
        warm_up(self.cleaner)
        yield from super().run(data, rank, world_size)

    def extract(self, text: str) -> str:
        """The article of a page; the empty one that the sandbox begins with loads rules and models."""
        if not text:
            warm_up(self.cleaner)
        return str(clean_columns([text], cleaner=self.cleaner)["text"][0])
