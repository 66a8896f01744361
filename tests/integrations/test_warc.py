"""WARC files: pages and their addresses, whatever else is in them."""

import gzip
from pathlib import Path

import pytest

pytest.importorskip("fastwarc")
pytest.importorskip("pyarrow")

from cleantext.integrations.arrow import ROWS  # the host must be there
from cleantext.integrations.warc import SCHEMA, archives, page_batches, pages
from tests.integrations.rows import PAGE
from tests.integrations.warcs import response

OTHER = response("https://courier.example/a.png", b"\x89PNG", "image/png")


def test_pages_come_with_their_addresses(tmp_path: Path) -> None:
    zipped = gzip.compress(PAGE.encode())
    records = [
        response("https://courier.example/ä", PAGE.encode()),
        OTHER,
        response("https://courier.example/z", zipped, "text/html", "Content-Encoding: gzip\r\n"),
        response("https://courier.example/e", b""),
    ]
    for name, packed in (("a.warc", b"".join(records)), ("b.warc.gz", b"".join(map(gzip.compress, records)))):
        (tmp_path / name).write_bytes(packed)
        found = list(pages(str(tmp_path / name)))
        assert [url for url, _ in found] == [f"https://courier.example/{end}" for end in "äze"]
        assert [body for _, body in found] == [PAGE.encode(), PAGE.encode(), b""]
    assert archives(str(tmp_path)) == [str(tmp_path / "a.warc"), str(tmp_path / "b.warc.gz")]
    assert archives(str(tmp_path / "a.warc")) == [str(tmp_path / "a.warc")]


def test_batches_go_over_the_ends_of_files(tmp_path: Path) -> None:
    for n in range(2):
        (tmp_path / f"{n}.warc").write_bytes(response("https://courier.example/", b"<p>It rained.") * ROWS + OTHER)
    (tmp_path / "none.warc").write_bytes(OTHER)
    batches = list(page_batches(archives(str(tmp_path))))
    assert [batch.num_rows for batch in batches] == [ROWS, ROWS]
    assert batches[0].schema == SCHEMA


def test_a_broken_end_costs_what_is_broken(tmp_path: Path) -> None:
    packed = gzip.compress(response("https://courier.example/", PAGE.encode()))
    (tmp_path / "a.warc.gz").write_bytes(packed + packed[:-40])
    assert next(pages(str(tmp_path / "a.warc.gz"))) == ("https://courier.example/", PAGE.encode())
