"""Scrapy: a real crawler over pages on disk, in a process of its own, since a reactor starts once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integrations.rows import PAGE, SECOND, STORY

pytest.importorskip("scrapy")

from scrapy.settings import Settings  # the host must be there

from cleantext.integrations.scrapy import CleanItems

ROOT = Path(__file__).parent.parent.parent
CRAWL = """
import json, sys, time
import scrapy
from scrapy.crawler import CrawlerProcess
from cleantext.integrations import scrapy as ours

real = ours.clean_columns
def slow(*given, **more):
    time.sleep(2)  # as a very long page would take
    return real(*given, **more)
ours.clean_columns = slow

class Tick:
    def __init__(self, crawler):
        self.last, self.longest = None, 0.0
        crawler.signals.connect(self.start, scrapy.signals.spider_opened)
        crawler.signals.connect(self.stop, scrapy.signals.spider_closed)
    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)
    def start(self):
        from twisted.internet.task import LoopingCall
        self.loop = LoopingCall(self.tick)
        self.loop.start(0.02)
    def tick(self):
        now = time.monotonic()
        if cleaning and self.last:
            self.longest = max(self.longest, now - self.last)
        self.last = now
    def stop(self):
        self.loop.stop()
        print(json.dumps({"longest": self.longest}))

cleaning = []
class Spider(scrapy.Spider):
    name = "courier"
    start_urls = sys.argv[1:]
    def parse(self, response):
        cleaning.append(1)
        yield {"html": response.body, "url": response.url}
        yield {"title": "no page"}

class Print:
    def process_item(self, item):
        print(json.dumps({name: value for name, value in item.items() if name != "html"}))
        return item

process = CrawlerProcess({
    "ITEM_PIPELINES": {"cleantext.integrations.scrapy.CleanItems": 300, Print: 400},
    "EXTENSIONS": {Tick: 1}, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
})
crawler = process.create_crawler(Spider)
process.crawl(crawler)
process.start()
print(json.dumps({"ok": crawler.stats.get_value("cleantext/ok"), "errors": crawler.stats.get_value("log_count/ERROR")}))
"""


def test_a_crawl_is_cleaned_and_goes_on_meanwhile(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.html").write_text(PAGE)
    urls = [(tmp_path / f"{n}.html").as_uri() for n in range(3)]
    run = subprocess.run([sys.executable, "-c", CRAWL, *urls], capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    *records, longest, stats = [json.loads(line) for line in run.stdout.splitlines()]
    items = sorted((record for record in records if "url" in record), key=lambda item: item["url"])
    assert [item["url"] for item in items] == urls
    assert items[0]["text"] == f"{STORY}\n\n{SECOND}"
    assert (items[0]["clean_status"], items[0]["clean_completeness"]) == ("ok", "complete")
    assert records.count({"title": "no page"}) == 3
    assert stats == {"ok": 3, "errors": None}
    assert longest["longest"] < 1.5, "the reactor stood still while a page was cleaned"


def test_results_and_options_are_chosen() -> None:
    pipeline = CleanItems(Settings({"CLEANTEXT_SOURCE": "page", "CLEANTEXT_FIELDS": {"text": "body", "removed": "gone"}}))
    item = pipeline.cleaned({"page": f"{STORY}\n\nDownload our app"})
    assert item["body"] == STORY
    assert item["gone"][0]["label"] == "app"
    kept = CleanItems(Settings({"CLEANTEXT_OPTIONS": {"keep": ["app"]}})).cleaned({"html": f"{STORY}\n\nDownload our app"})
    assert kept["text"] == f"{STORY}\n\nDownload our app"


def test_wrong_settings_are_named() -> None:
    with pytest.raises(ValueError, match="no result body"):
        CleanItems(Settings({"CLEANTEXT_FIELDS": {"body": "text"}}))
    with pytest.raises(ValueError, match="lenient"):
        CleanItems(Settings({"CLEANTEXT_OPTIONS": {"profile": "lenient"}}))
