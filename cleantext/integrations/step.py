"""What hosts share: which column of a table to clean and what to call the results, and the receipt of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns, column_types


@dataclass(frozen=True)
class Step:
    """The cleaning of one column: what all hosts that hold tables take, by these names.

    >>> step = Step("page", prefix="")
    >>> step.results({"page": ["It rained.\\n\\nDownload our app"]}.__getitem__)["text"]
    ['It rained.']

    `column` holds the pages or texts, `url` and `language` name columns that say what is known of them. The results are the columns of
    `cleantext.columns`, each with `prefix` before its name, since tables of pages often have a `url` or `title` of their own; the blocks
    that were taken out come along with `removed=True`. A step can be pickled, and takes the cleaner's site rules along; the files of
    `content_model` and `line_model` must lie where it is used.
    """

    column: str
    url: str | None = None
    language: str | None = None
    cleaner: Cleaner = field(default_factory=Cleaner)
    removed: bool = False
    prefix: str = "clean_"

    def results(self, values: Callable[[str], Sequence[Any]]) -> dict[str, list[Any]]:
        """The new columns; `values` gives those of the table by name."""
        columns = clean_columns(
            values(self.column),
            urls=values(self.url) if self.url else None,
            languages=values(self.language) if self.language else None,
            cleaner=self.cleaner,
            removed=self.removed,
        )
        return {self.prefix + name: column for name, column in columns.items()}

    def check(self, names: Iterable[str]) -> None:
        """Look at the names of a table's columns, before any work is done.

        Raises:
            ValueError: a column is missing, or has the name of a new one.
        """
        given = list(names)
        for name in (self.column, self.url, self.language):
            if name is not None and name not in given:
                raise ValueError(f"there is no column {name!r}: the table has {', '.join(map(repr, given))}")
        new = {
            (self.prefix + name).lower() for name in column_types(removed=self.removed)
        }  # Spark does not tell "Text" from "text"
        if taken := [name for name in given if name.lower() in new]:
            raise ValueError(f"the table has {', '.join(map(repr, taken))} already: choose another prefix than {self.prefix!r}")


def receipts(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, str]]:
    """What is said of each document in its metadata: plain strings, which every store takes.

    >>> receipts(clean_columns(["It rained.\\n\\nDownload our app"]))
    [{'clean_status': 'ok', 'clean_completeness': 'unknown', 'clean_removed': 'app:1'}]
    """
    rows = zip(columns["status"], columns["completeness"], columns["removed_by_label"], strict=True)
    return [
        {"clean_status": status, "clean_completeness": verdict, "clean_removed": ", ".join(removed)}
        for status, verdict, removed in rows
    ]
