"""Scrapy: an item pipeline that cleans in a thread, so that downloads go on meanwhile. Extra: `scrapy`.

In `settings.py` (the values shown are the defaults):

    ITEM_PIPELINES = {"cleantext.integrations.scrapy.CleanItems": 300}
    CLEANTEXT_SOURCE = "html"        # the item's field with the page: response.body, or response.text
    CLEANTEXT_URL = "url"            # the field with its address
    CLEANTEXT_FIELDS = {"text": "text", "status": "clean_status", "completeness": "clean_completeness"}  # result: field
    CLEANTEXT_OPTIONS = {}           # of cleantext.Options, by name
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.utils.asyncio import run_in_thread

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns, column_types
from cleantext.options import Options

FIELDS = {"text": "text", "status": "clean_status", "completeness": "clean_completeness"}


class CleanItems:
    """The pipeline. Items without a page pass as they are; the crawler's statistics count the others as `cleantext/<status>`.

    >>> pipeline = CleanItems(Settings({"CLEANTEXT_FIELDS": {"text": "body"}}))
    >>> pipeline.cleaned({"html": "<article><p>It rained all night on the island.</p></article>"})["body"]
    'It rained all night on the island.'
    """

    def __init__(self, settings: Settings, crawler: Crawler | None = None) -> None:
        self._source = settings.get("CLEANTEXT_SOURCE", "html")
        self._url = settings.get("CLEANTEXT_URL", "url")
        self._fields: Mapping[str, str] = settings.getdict("CLEANTEXT_FIELDS") or FIELDS
        self._cleaner = Cleaner(Options(**settings.getdict("CLEANTEXT_OPTIONS")))
        self._crawler = crawler
        if unknown := self._fields.keys() - column_types(removed=True).keys():
            raise ValueError(
                f"CLEANTEXT_FIELDS: there is no result {', '.join(sorted(unknown))}; choose of {', '.join(column_types())}"
            )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler.settings, crawler)

    async def process_item(self, item: Any) -> Any:
        """The item with its results, when a thread has cleaned it."""
        return await run_in_thread(self.cleaned, item)

    def cleaned(self, item: Any) -> Any:
        """The item with its results."""
        adapter = ItemAdapter(item)
        if (source := adapter.get(self._source)) is not None:
            columns = clean_columns(
                [source], urls=[adapter.get(self._url)], cleaner=self._cleaner, removed="removed" in self._fields
            )
            for result, field in self._fields.items():
                adapter[field] = columns[result][0]
            if self._crawler and self._crawler.stats:
                self._crawler.stats.inc_value(f"cleantext/{columns['status'][0]}")
        return item
