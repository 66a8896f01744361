"""trafilatura's evaluation data: pages with snippets that must, and must not, come out (its folder `tests`)."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any, Final

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.case import Case, Collection
from cleantext.evaluate.benchmark.layouts.files import field, read_json, read_page, texts_in
from cleantext.evaluate.benchmark.metrics import SNIPPETS
from cleantext.evaluate.benchmark.truth import Snippets
from cleantext.train.collection import site_of

SHAPE: Final = "trafilatura's tests/: evaldata.json or evaldata.py, pages in cache/ and eval/"
NAME: Final = "EVAL_PAGES"
"""What the older form, a Python file, calls its dictionary; it is read, not run."""


def recognise(path: Path) -> bool:
    """Is it the clone, or its folder of tests?"""
    return _file(path) is not None


def read(path: Path) -> list[Collection]:
    """All pages that are there; those that the list names and the folders lack are counted in the notes."""
    file = _file(path)
    assert file is not None
    pages = _pages_of_python(file) if file.suffix == ".py" else read_json(file)
    if not isinstance(pages, dict):
        raise InputError(f"{file}: no cases found (an object of pages by address)")
    cases, missing = [], 0
    for url, row in pages.items():
        place = f"{file}: {url}"
        name = str(field(row, place, "file"))
        found = [page for page in (file.parent / "cache" / name, file.parent / "eval" / name) if page.is_file()]
        missing += not found
        if found:
            wanted, unwanted = (texts_in(field(row, place, key), place) for key in ("with", "without"))
            cases.append(Case(url, read_page(found[0]), Snippets(wanted, unwanted), site=site_of(url)))
    if not cases:
        raise InputError(f"{file.parent}: no cases found (cache/* and eval/*, which {file.name} names)")
    notes = (f"{missing} pages of {file.name} are not in cache/ and eval/: left out",) if missing else ()
    return [Collection("trafilatura-evaldata", "evaldata", SNIPPETS, tuple(cases), notes=notes)]


def _file(path: Path) -> Path | None:
    places = [folder / name for folder in (path, path / "tests") for name in ("evaldata.json", "evaldata.py")]
    return next((place for place in places if place.is_file()), None)


def _pages_of_python(file: Path) -> Any:
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for statement in tree.body:
            if isinstance(statement, ast.Assign) and any(ast.unparse(target) == NAME for target in statement.targets):
                return ast.literal_eval(statement.value)
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{file}: {error}") from None
    raise InputError(f"{file}: no cases found ({NAME} = {{...}})")
