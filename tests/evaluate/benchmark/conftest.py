"""Small invented collections, in the layouts of public ones, and invented systems, which a process of their own can import."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PARAGRAPHS = (
    "The night ferry to Skarv calls at the lighthouse again, where three people live.",
    "It brings flour, stamps, and a piano that nobody remembers having asked for.",
)
PAGE = (
    '<html lang="en"><head><title>The ferry is back</title></head><body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>'
    f"<article><h1>The ferry is back</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</article>"
    "<footer>Courier of Skarv, 4 Harbour Street</footer></body></html>"
)
FAKES = '''
import os
import re
import time
from pathlib import Path


def nothing():
    """Gives nothing."""
    return lambda question: ""


def source():
    """Gives what it got."""
    return lambda question: question.source if isinstance(question.source, str) else question.source.decode()


def hashing():
    """Gives what changes with each start of Python, unless that is prevented."""
    return lambda question: str(hash("ferry"))


def article(content_model=None):
    """Gives paragraphs, and of lines all but the last."""

    def call(question):
        if isinstance(question.source, str):
            return question.source.rpartition("\\n")[0]
        return "\\n".join(re.findall("<p>(.*?)</p>", question.source.decode()))

    return call


def raising():
    """Raises on pages that are about a ferry, and says so."""

    def call(question):
        if b"Skarv calls" in question.source:
            raise KeyError("no ferries")
        return "fine"

    return call


def hanging():
    """Never comes back from such pages."""

    def call(question):
        while b"Skarv calls" in question.source:
            time.sleep(0.01)
        return "fine"

    return call


def dying():
    """Ends its process on such pages."""

    def call(question):
        if b"Skarv calls" in question.source:
            os._exit(3)
        return "fine"

    return call


def unloadable():
    """Needs what isn't there."""
    import no_such_module_anywhere


def greedy():
    """Takes memory."""

    def call(question):
        held = bytearray(100_000_000)
        return str(len(held))

    return call
'''


@pytest.fixture
def fakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module of invented systems."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "ferry_fakes.py").write_text(FAKES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    import ferry_fakes  # type: ignore[import-not-found]

    yield ferry_fakes
    del sys.modules["ferry_fakes"]


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Four pages as JSON Lines, of two kinds."""
    pages = [PAGE, "<p>Rain again.</p>", "<p>More rain.</p>", "<p>Still rain.</p>"]
    golds = ["\n\n".join(PARAGRAPHS), "Rain again.", "More rain.", "Still rain."]
    rows = [
        {
            "id": f"{number}",
            "url": f"https://{number}.example/a",
            "type": "article" if number < 3 else "forum",
            "text": gold,
            "html": page,
        }
        for number, (page, gold) in enumerate(zip(pages, golds, strict=True))
    ]
    file = tmp_path / "few-dev.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file
