"""The rows that each host is given, and what must come out of them."""

from typing import Any

from cleantext.columns import COLUMNS, clean_columns, column_types

STORY = "The ferry is back after eleven weeks in the yard, and the piano of the island's school came with it, wrapped in sails."
SECOND = "Two men carried it up the hill while the children sang, and nobody has played it since, said Hedvig Moe on Monday."
WALL = "Subscribe to continue reading. 57 % of this article is left."
TEXT = f"{STORY}\n\nYou've read 3 of 5 free articles. Subscribe to continue.\n\n{SECOND}"
CUT = f"{STORY}\n\n{SECOND}\n\nThe council met on Tuesday to decide on the bridge, which has been closed since the storm took\n\n{WALL}"
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "A \\ud800 b", "isAccessibleForFree": false, "wordCount": 21}}
</script></head><body><nav><a href="/">Home</a></nav><article><h1>Ferry</h1><p>{STORY}</p><p>{SECOND}</p></article></body></html>"""

SOURCES: list[str | None] = [TEXT, CUT, PAGE, "", None, "<p>broken <div", "Ætlað börnum.\n\nDownload our app"]
URLS: list[str | None] = ["https://courier.example/a", None, "https://courier.example/b", None, None, "", None]


def expected(*, removed: bool = False, prefix: str = "clean_") -> dict[str, list[Any]]:
    """The columns that every host must give."""
    return {prefix + name: column for name, column in clean_columns(SOURCES, urls=URLS, removed=removed).items()}


def names(*, removed: bool = False) -> list[str]:
    """Their names."""
    return [f"clean_{name}" for name in (COLUMNS if removed else column_types())]
