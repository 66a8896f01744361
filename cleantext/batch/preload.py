"""Loads rules and models when it is imported: processes that are started from one that did so share its memory, and begin at once."""

from __future__ import annotations

from cleantext.columns import clean_columns

clean_columns(["It rained.\n\nDownload our app", "<!doctype html><title>Rain</title><p>It rained.</p>"])
