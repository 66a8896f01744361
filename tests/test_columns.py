"""Many documents at once: the columns agree with `to_dict`, row for row, and nothing in a text stops the others."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cleantext import Cleaner, Options, PackError, analyze
from cleantext.columns import BLOCK, COLUMNS, Types, arrow_schema, clean_columns, column_types

STORY = "The ferry is back after eleven weeks in the yard, and the piano of the island's school came with it, wrapped in sails."
TEXT = f"{STORY}\n\nYou've read 3 of 5 free articles. Subscribe to continue."
PAGE = f"""<html lang="en"><head><title>Ferry</title><meta name="author" content="Hedvig Moe"><script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "Ferry", "isAccessibleForFree": false, "wordCount": 21}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"""
BROKEN = '<html><script type="application/ld+json">{"@type": "NewsArticle", "headline": "A \\ud800 b"}</script><p>It ra'
SOURCES: list[str | bytes | None] = [
    TEXT,
    PAGE,
    PAGE.encode(),
    "",
    None,
    b"",
    BROKEN,
    b"\xff\xfe\x00<p>\x00",
    "half \ud801",
    "\0",
]

PYTHON = {"string": str, "bool": bool, "int64": int, "double": float, "list<string>": list}
NULLABLE = {"free", "declared_words"}


def type_of(kind: str | Types) -> type:
    return PYTHON[kind] if isinstance(kind, str) else list


@pytest.mark.parametrize("source", [source or "" for source in SOURCES])
def test_the_types_are_those_of_to_dict(source: str | bytes) -> None:
    record = analyze(source).to_dict()
    assert list(record) == list(COLUMNS)
    for block in record.pop("removed"):
        assert {name: type(value) for name, value in block.items()} == {name: type_of(kind) for name, kind in BLOCK.items()}
    for name, value in record.items():
        assert type(value) is type_of(COLUMNS[name]) or (value is None and name in NULLABLE), name


def test_a_row_for_each_source_in_order() -> None:
    columns = clean_columns(SOURCES, removed=True)
    assert list(columns) == list(COLUMNS)
    assert {len(column) for column in columns.values()} == {len(SOURCES)}
    for row, source in enumerate(SOURCES[:6]):
        assert {name: column[row] for name, column in columns.items()} == analyze("" if source is None else source).to_dict()
    assert columns["status"][3:6] == ["empty"] * 3
    assert columns["text"][8] == "half \ufffd"
    assert columns["title"][6] == "A \ufffd b"


def test_removed_blocks_come_on_request() -> None:
    assert list(clean_columns([TEXT])) == list(column_types()) == [name for name in COLUMNS if name != "removed"]
    assert clean_columns([]) == {name: [] for name in column_types()}


def test_what_is_known_of_a_source_is_used() -> None:
    columns = clean_columns(iter([TEXT, TEXT]), urls=["https://courier.example/a", None], languages=iter(["en", None]))
    assert columns["language"] == ["en", ""]
    strict = Cleaner(Options(keep=frozenset({"paywall"})))  # type: ignore[arg-type]  # labels may be given by name
    assert clean_columns([TEXT], cleaner=strict)["text"] == [TEXT]


@pytest.mark.parametrize(
    ("sources", "beside", "message"),
    [
        (["It rained.", 3], {}, "row 1: source is int"),
        ([bytearray(b"It rained.")], {}, "row 0: source is bytearray"),
        ("It rained.", {}, r"sources is str: .*\[source\]"),
        (["It rained."], {"urls": [3]}, "row 0: url is int"),
        (["It rained."], {"languages": [b"en"]}, "row 0: language is bytes"),
    ],
)
def test_wrong_types_are_named_with_their_row(sources: Any, beside: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        clean_columns(sources, **beside)


def test_columns_must_be_of_one_length() -> None:
    with pytest.raises(ValueError, match="1 urls for 2 sources"):
        clean_columns(["a", "b"], urls=["https://courier.example"])


def test_a_failure_costs_its_row_only(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Cleaner.analyze

    def fails(self: Cleaner, source: str | bytes, **known: str | None) -> Any:
        if source in ("fail", b"fail\xff"):
            raise RuntimeError("unforeseen")
        return real(self, source, **known)

    monkeypatch.setattr(Cleaner, "analyze", fails)
    columns = clean_columns(["It rained.", "fail", b"fail\xff", "It snowed."])
    assert columns["status"] == ["ok", "partial", "partial", "ok"]
    assert columns["text"] == ["It rained.", "fail", "fail\ufffd", "It snowed."]
    assert "RuntimeError: unforeseen" in columns["limits"][1][0]


def test_a_file_that_cannot_be_read_is_nobodys_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Cleaner, source: str | bytes, **known: str | None) -> Any:
        raise PackError("courier.toml: no such file")

    monkeypatch.setattr(Cleaner, "analyze", fails)
    with pytest.raises(PackError, match=r"courier\.toml"):
        clean_columns(["It rained."])


def test_threads_and_copies_agree() -> None:
    cleaner = pickle.loads(pickle.dumps(Cleaner(Options(profile="strict"))))
    expected = clean_columns([TEXT, PAGE], cleaner=Cleaner(Options(profile="strict")), removed=True)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: clean_columns([TEXT, PAGE], cleaner=cleaner, removed=True), range(8)))
    assert all(result == expected for result in results)


def test_arrow_takes_them_all() -> None:
    pa = pytest.importorskip("pyarrow")
    for removed in (False, True):
        schema = arrow_schema(removed=removed)
        table = pa.Table.from_pydict(clean_columns(SOURCES, removed=removed), schema=schema)
        assert table.schema == schema
        assert table.to_pydict() == clean_columns(SOURCES, removed=removed)
    assert [str(schema.field(name).type) for name in ("limits", "free", "declared_words")] == [
        "list<item: string>",
        "bool",
        "int64",
    ]
    assert arrow_schema(prefix="clean_").names == [f"clean_{name}" for name in column_types()]


WARM = """
import sys
from cleantext.columns import clean_columns, warm_up
warm_up()
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
clean_columns([{text!r}, {page!r}], removed=True)
print(*(path for path in opened if "cleantext" in path or "numpy" in path))
"""


def test_after_warming_up_nothing_is_left_to_load() -> None:
    code = WARM.format(text=TEXT, page=PAGE)
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert run.stdout.split() == []
