"""scrapinghub/article-extraction-benchmark: articles, judged by shingles."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.layouts.files import field, read_json, read_page
from cleantext.evaluate.benchmark.metrics import SHINGLES
from cleantext.evaluate.benchmark.truth import Content
from cleantext.train.collection import site_of

SHAPE: Final = "article-extraction-benchmark: ground-truth.json, html/*.html.gz"
TRUTH: Final = "ground-truth.json"


def recognise(path: Path) -> bool:
    """Is it the clone?"""
    return (path / TRUTH).is_file() and (path / "html").is_dir()


def read(path: Path) -> list[Collection]:
    """All articles, by their ids."""
    truth = read_json(path / TRUTH)
    if not truth or not isinstance(truth, dict):
        raise InputError(f"{path / TRUTH}: no cases found (an object of pages by id)")
    cases = []
    for name, row in sorted(truth.items()):
        text = str(field(row, f"{path / TRUTH}: {name}", "articleBody") or "")
        page = read_page(path / "html" / f"{name}.html.gz")
        cases.append(Case(name, page, Content((text,)), site=site_of(str(row.get("url") or name))))
    return [Collection("article-extraction-benchmark", "articles", SHINGLES, tuple(cases))]
