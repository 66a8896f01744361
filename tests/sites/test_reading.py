"""JSON Lines of several sites."""

import base64
import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from cleantext.errors import InputError
from cleantext.sites.observe import SiteDocument
from cleantext.sites.reading import Fields, is_records, read_records


def records(folder: Path, *rows: Any, name: str = "a.jsonl") -> str:
    path = folder / name
    data = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".xz":
        data = lzma.compress(data)
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson.xz"])
def test_records_are_of_the_site_of_their_address(tmp_path: Path, name: str) -> None:
    rows = ({"text": "It rained.", "url": "https://www.courier.example/a"}, "", {"text": "It snowed."})
    assert is_records(name)
    assert list(read_records(records(tmp_path, *rows, name=name), Fields(default="none"))) == [
        SiteDocument("courier.example", "It rained.", "https://www.courier.example/a", "courier.example"),
        SiteDocument("none", "It snowed."),
    ]


def test_fields_can_be_named(tmp_path: Path) -> None:
    path = records(tmp_path, {"body": "It rained.", "link": "https://a.example/", "paper": "Courier"})
    assert list(read_records(path, Fields("body", "link", "paper"))) == [
        SiteDocument("Courier", "It rained.", "https://a.example/")
    ]


def test_pages_come_before_texts_and_bytes_stay_bytes(tmp_path: Path) -> None:
    packed = base64.b64encode(b"<p>\xff").decode()
    path = records(tmp_path, {"text": "a", "html": "<p>a"}, {"text": "a", "html_base64": packed})
    assert [document.source for document in read_records(path, Fields())] == ["<p>a", b"<p>\xff"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{", ":2: "),
        ("[]", "no JSON object"),
        ({"body": "a"}, "no text in a field 'html' or 'html_base64' or 'text'; it has body"),
        ({"html_base64": "?"}, "html_base64"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, row: Any, why: str) -> None:
    path = records(tmp_path, {"text": "a"}, row)
    with pytest.raises(InputError, match=r"a\.jsonl:2: ") as caught:
        list(read_records(path, Fields()))
    assert why in str(caught.value)


def test_a_missing_site_field_and_a_missing_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no field 'paper'; it has text"):
        list(read_records(records(tmp_path, {"text": "a"}), Fields(site="paper")))
    with pytest.raises(InputError, match="no such file"):
        list(read_records(str(tmp_path / "gone.jsonl"), Fields()))


def test_a_damaged_archive_is_an_error(tmp_path: Path) -> None:
    path = Path(records(tmp_path, {"text": "a" * 100}, name="a.jsonl.gz"))
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match=r"a\.jsonl\.gz"):
        list(read_records(str(path), Fields()))
