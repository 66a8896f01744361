"""A report: one page that needs nothing else, and may do nothing but show itself."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from typing import BinaryIO, Final

from cleantext.report.facts import Summary
from cleantext.report.index import index
from cleantext.report.markup import shown

ROOM: Final = 40_000_000
"""Bytes of documents that one report shows; the index lists those behind them, too, with their counts."""

CARD: Final = '<div id="card" role="tooltip" hidden></div>'
"""Where the script shows why a block went."""


def asset(name: str) -> str:
    """A style sheet or a script of this package."""
    return files("cleantext.report").joinpath(name).read_text(encoding="utf-8")


def policy(styles: Sequence[str], scripts: Sequence[str], more: str = "") -> str:
    """The content security policy of a page with these and nothing else.

    >>> policy(["p {}"], [])
    "default-src 'none'; style-src 'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4='; base-uri 'none'; form-action 'none'"
    """
    kinds = (("script-src", scripts), ("style-src", styles))
    allowed = [f"{kind} {' '.join(map(_digest, texts))}" for kind, texts in kinds if texts]
    return "; ".join(["default-src 'none'", *allowed, *([more] if more else []), "base-uri 'none'", "form-action 'none'"])


def head(title: str, styles: Sequence[str], scripts: Sequence[str], classes: str, more: str = "") -> str:
    """The page to where its content begins; `more` is what its policy allows besides."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(styles, scripts, more)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{shown(title)}</title>\n'
        f'{"".join(f"<style>{style}</style>" for style in styles)}\n</head>\n<body class="{classes}">\n'
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class Page:
    """A report that is written as its documents come: the head, each document's view, then the index and the script."""

    def __init__(self, file: BinaryIO, title: str, *, several: bool) -> None:
        self.file, self.several = file, several
        self.room = ROOM
        self.rows: list[tuple[Summary, str, str]] = []
        self.failures: list[tuple[str, str]] = []
        self.script = asset("page.js")
        self._write(head(title, [asset("page.css")], [self.script], "many" if several else "one") + "<main>\n")

    def add(self, summary: Summary, view: str, anchor: str, strip: str) -> None:
        """Put one document in, and its row into the index."""
        data = view.encode("utf-8")
        fits = len(data) + len(strip) <= self.room
        if fits:
            self.room -= len(data) + len(strip)
            self.file.write(data)
        self.rows.append((summary, anchor, strip) if fits else (summary, "", ""))

    def fail(self, name: str, why: str) -> None:
        """Name an input that could not be read."""
        self.failures.append((name, why))

    def close(self) -> None:
        """Write what follows the documents."""
        if self.several:
            self._write(index(self.rows, self.failures))
        self._write(f"</main>\n{CARD}\n<script>{self.script}</script>\n</body>\n</html>\n")

    @property
    def removed(self) -> Counter[str]:
        """Removed blocks of all documents, by label."""
        return sum((summary.removed for summary, *_ in self.rows), Counter[str]())

    def _write(self, text: str) -> None:
        self.file.write(text.encode("utf-8"))
