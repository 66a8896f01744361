"""What tests of the whole are run on, in any process: pages and texts of `corpora/`, and hostile ones. `python -m tests.sources` prints
one digest for what comes out, whatever order and however many threads are asked for."""

import hashlib
import json
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from cleantext import Cleaner, Options

CORPORA = Path(__file__).parent.parent / "corpora"
STORY = "The ferry is back after eleven weeks in the yard, and the piano of the island's school came with it, wrapped in sails."
CANARY = "canary-7f3a"

XML = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y SYSTEM "http://127.0.0.1:9/y">]>
<html><body><p>STORY &x; &y;</p></body></html>"""
DTD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://127.0.0.1:9/xhtml.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>STORY</p></body></html>"""
FEED = """<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/a.xsl"?>
<!DOCTYPE r [<!ENTITY % p SYSTEM "file://{secret}"> %p;]>
<rss xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file://{secret}" parse="text"/><p>STORY</p></rss>"""
LINKED = """<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/next"><base href="http://127.0.0.1:9/base/">
<link rel="stylesheet" href="a.css"><link rel="canonical" href="file://{secret}"><script src="a.js"></script></head><body>
<p>STORY</p><img src="a.png"><iframe src="file://{secret}"></iframe><object data="a.swf"></object><a href="http://127.0.0.1:9/">on</a>
<script type="application/ld+json">{"@context": "http://127.0.0.1:9/context", "articleBody": "http://127.0.0.1:9/body"}</script>
<p>STORY</p></body></html>"""
NOTE = """---
include: file://{secret}
---

# Ferry

![map](http://127.0.0.1:9/map.png)

STORY

[[include:{secret}]]
"""
HOSTILE = tuple(page.replace("STORY", STORY) for page in (XML, DTD, FEED, LINKED, NOTE))
"""Pages that name files and addresses: `{secret}` is a file's path."""


def sources() -> list[str | bytes]:
    """Pages, Markdown and texts, in many languages."""
    files = sorted(file for file in (CORPORA / "examples").iterdir())
    pages = sorted((CORPORA / "pages").iterdir())[::3]
    texts = sorted((CORPORA / "documents").rglob("*.txt"))[::20]
    hostile = [page.replace("{secret}", "/nowhere") for page in HOSTILE]
    return [*(file.read_bytes() for file in (*files, *pages)), *(file.read_text(encoding="utf-8") for file in texts), *hostile]


def record(cleaner: Cleaner, source: str | bytes) -> str:
    """All that is said of a source, as text."""
    return json.dumps([cleaner.clean(source), cleaner.analyze(source).to_dict()])


def cleaners() -> list[Cleaner]:
    """One that works as usual, one that uses all there is."""
    return [Cleaner(), Cleaner(Options(extractor="trafilatura", profile="strict", output="markdown", links=True))]


def digest(records: list[str]) -> str:
    """What many records are compared by."""
    return hashlib.sha256("\n".join(records).encode()).hexdigest()


def in_threads(cleaner: Cleaner, given: list[str | bytes], threads: int) -> list[list[str]]:
    """The records that each thread gets, all beginning at once, each in an order of its own."""
    start = Barrier(threads)

    def work(number: int) -> list[str]:
        order = random.Random(number).sample(range(len(given)), len(given))
        start.wait()
        found = {i: record(cleaner, given[i]) for i in order}
        return [found[i] for i in range(len(given))]

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(threads)))


if __name__ == "__main__":
    of_threads = [digest(records) for cleaner in cleaners() for records in in_threads(cleaner, sources(), int(sys.argv[1]))]
    sys.stdout.write(" ".join(sorted(set(of_threads))))
