"""Cutting inputs into records: every record is found, whatever is broken beside it."""

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from cleantext.batch.inflate import STEP
from cleantext.batch.lines import Fields
from cleantext.batch.raw import MAX_BYTES, Raw, Record
from cleantext.batch.readers import Reader, find_sources, format_of, parse
from cleantext.errors import InputError
from tests.batch.records import page, warc_record


def zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))


USUAL = Fields()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd,
}


def read(*files: Path | str) -> list[Raw]:
    return list(Reader(find_sources([str(file) for file in files])))


def records(*files: Path, fields: Fields = USUAL) -> list[Record | str]:
    """What the files hold: records, or why there is none."""
    found: list[Record | str] = []
    for raw in read(*files):
        try:
            found.append(parse(raw, fields))
        except InputError as error:
            found.append(str(error))
    return found


@pytest.mark.parametrize("packed", PACKERS)
def test_json_lines_are_read_packed_or_not(tmp_path: Path, packed: str) -> None:
    file = tmp_path / f"a.jsonl{packed}"
    lines = [json.dumps({"id": i, "text": f"line {i} " + "x" * i * 1000}) for i in range(900)]
    file.write_bytes(PACKERS[packed](("\n".join(lines) + "\n").encode()))
    assert file.stat().st_size > STEP or packed
    assert [raw.data.decode() for raw in read(file)] == lines


@pytest.mark.parametrize("packed", [".gz", ".bz2", ".xz"])
def test_what_stands_before_a_cut_is_read_and_the_cut_is_reported(tmp_path: Path, packed: str) -> None:
    file = tmp_path / f"a.jsonl{packed}"
    lines = b"".join(json.dumps({"text": f"{i * 7919 % 1000}"}).encode() + b"\n" for i in range(200_000))
    file.write_bytes(PACKERS[packed](lines)[:-40])
    found = read(file)
    assert len(found) > 10_000
    assert not any(raw.failure for raw in found[:-1])
    assert "end too early" in found[-1].failure


def test_a_damaged_gzip_member_of_json_lines_costs_itself(tmp_path: Path) -> None:
    members = [
        gzip.compress(b"".join(b'{"text": "%d %d"}\n' % (member, i * 7919 % 1000) for i in range(500))) for member in range(4)
    ]
    members[1] = members[1][:400] + bytes([members[1][400] ^ 255]) + members[1][401:]
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(b"".join(members))
    found = read(file)
    sound = [json.loads(raw.data)["text"] for raw in found if not raw.failure]
    assert sum(bool(raw.failure) for raw in found) == 1
    assert [sum(text.startswith(f"{member} ") for text in sound) for member in (0, 2, 3)] == [500, 500, 500]
    assert len({raw.place for raw in found}) == len(found)


def test_a_broken_line_is_one_failure(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(
        b'\xef\xbb\xbf{"text": "a", "id": 7}\r\n{"text":\n\n[1]\n{"text": null}\n\xff\n{"text": "\\ud83d"}\n{"text": "b\xe2\x80\xa8c"}'
    )
    found = records(file)
    assert [one.id if isinstance(one, Record) else one.partition(":")[0] for one in found] == [
        "7",
        "no JSON",
        "no JSON object",
        "no text in a field 'html' or 'html_base64' or 'raw_content' or 'text' or 'content' or 'body'; it has 'text'",
        "no JSON",
        f"{file}:7",
        f"{file}:8",
    ]


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "a"}\n' + b"x" * (MAX_BYTES + 1) + b'\n{"text": "b"}\n')
    found = read(file)
    assert [raw.place for raw in found] == ["line 1", "line 2", "line 3"]
    assert "too long" in found[1].failure


def test_deep_json_is_one_failure(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "a", "meta": ' + "[" * 100_000 + "]" * 100_000 + '}\n{"text": "b"}\n', encoding="ascii")
    assert records(file)[0] == "the JSON is nested too deeply"
    assert isinstance(records(file)[1], Record)


def test_fields_are_named_and_others_carried(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"key": "k1", "page": "<p>It rained.</p>", "where": "https://a.example/", "topic": "rain"}\n', encoding="ascii"
    )
    (record,) = records(file, fields=Fields(html="page", id="key", url="where"))
    assert isinstance(record, Record)
    assert (record.id, record.source, record.url, record.kind) == ("k1", "<p>It rained.</p>", "https://a.example/", "html")
    assert record.fields["topic"] == "rain"


def test_csv_with_line_ends_in_fields(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b'id,text\r\n1,"It rained.\n\nIt snowed, ""too""."\r\n2\r\n3,caf\xe9\r\n')
    found = records(file)
    assert [one.source if isinstance(one, Record) else one for one in found] == [
        'It rained.\n\nIt snowed, "too".',
        "1 fields, where the first row names 2",
        "café",
    ]


@pytest.mark.parametrize(
    ("data", "failed"), [(b'id,text\n1,a\n2,"b\n3,c\n', True), (b'id,text\n1,a\n2,"b\n3,c"', False), (b"id,text\n1,a", False)]
)
def test_a_field_that_never_ends_is_told(tmp_path: Path, data: bytes, *, failed: bool) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    found = records(file)
    assert isinstance(found[0], Record)
    assert any(isinstance(one, str) and "quotation marks" in one for one in found) is failed


def warc(tmp_path: Path, data: bytes, name: str = "a.warc") -> Path:
    pytest.importorskip("fastwarc")
    file = tmp_path / name
    file.write_bytes(data)
    return file


def test_a_warc_with_all_kinds_of_records(tmp_path: Path) -> None:
    charsets = ("utf-8", "iso-8859-1", "windows-1251", "shift_jis", "gb18030")
    words = ("naïve", "façade", "дождь", "雨が降った", "下雨了")
    pages = [f'<html lang="x"><p>{word}</p></html>'.encode(charset) for charset, word in zip(charsets, words, strict=True)]
    answers = [warc_record(n, body, content_type=f"text/html; charset={charsets[n]}") for n, body in enumerate(pages)]
    others = [
        warc_record(10, b"%PDF", content_type="application/pdf"),
        warc_record(11, b"", http="HTTP/1.1 302 Found"),
        warc_record(12, b"", kind="request"),
        warc_record(13, page(13)).replace(b"Content-Length: ", b"Content-Length: x"),
    ]
    found = records(warc(tmp_path, b"".join(gzip.compress(record) for record in answers + others), "a.warc.gz"))
    assert [one.encoding for one in found if isinstance(one, Record) and not one.skipped] == list(charsets)
    assert [one.skipped for one in found if isinstance(one, Record) and one.skipped] == [
        "content type application/pdf",
        "HTTP status 302",
    ]
    assert [one for one in found if isinstance(one, str)] == ["it has no Content-Length that is a number"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_is_damaged_costs_no_record_after_it(tmp_path: Path, name: str) -> None:
    good = [warc_record(n, page(n)) for n in range(4)]
    if name.endswith(".gz"):
        good = [gzip.compress(record) for record in good]
        damaged = good[1][:200] + b"\0" * 20 + good[1][220:]
    else:
        damaged = good[1].replace(b"WARC/1.0", b"GARBAGE!")
    found = records(warc(tmp_path, b"".join([good[0], damaged, *good[2:]]), name))
    assert [one.id for one in found if isinstance(one, Record)] == ["00000000", "00000002", "00000003"]
    assert sum(isinstance(one, str) for one in found) == 1


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_record_that_is_cut_short_fails(tmp_path: Path, name: str) -> None:
    record = warc_record(1, page(1))
    data = warc_record(0, page(0)), record
    whole = b"".join(map(gzip.compress, data)) if name.endswith(".gz") else b"".join(data)
    found = records(warc(tmp_path, whole[:-60], name))
    assert isinstance(found[0], Record)
    assert isinstance(found[1], str)
    assert "cut short" in found[1] or "end too early" in found[1]


@pytest.mark.parametrize("length", ["10", "1000000000000000", "-5", "abc"])
def test_a_wrong_length_costs_its_record_only(tmp_path: Path, length: str) -> None:
    wrong = warc_record(1, page(1))
    at = wrong.index(b"Content-Length: ") + len("Content-Length: ")
    wrong = wrong[:at] + length.encode() + wrong[wrong.index(b"\r\n", at) :]
    found = records(warc(tmp_path, warc_record(0, page(0)) + wrong + warc_record(2, page(2))))
    assert [one.id for one in found if isinstance(one, Record)] == ["00000000", "00000002"]
    assert len(found) == 3


def test_a_bomb_is_passed_over(tmp_path: Path) -> None:
    data = gzip.compress(b"\0" * 200_000_000, 9) + gzip.compress(warc_record(1, page(1)))
    found = records(warc(tmp_path, data, "a.warc.gz"))
    assert [one.id for one in found if isinstance(one, Record)] == ["00000001"]


def test_parquet_rows_and_what_is_none(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    file = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"id": [1, 2, 3], "text": ["a", None, "c"]}), file, row_group_size=1)
    found = records(file)
    assert [one.source if isinstance(one, Record) else one.partition(";")[0] for one in found][::2] == ["a", "c"]
    assert isinstance(found[1], str)
    broken = tmp_path / "b.parquet"
    broken.write_bytes(b"PAR1" + b"\0" * 100 + b"PAR1")
    (failure,) = records(broken)
    assert isinstance(failure, str)
    assert failure.startswith("no Parquet file")


def test_a_damaged_row_group_costs_no_other(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    file = tmp_path / "a.parquet"
    rows = [f"row {i} " * 50 for i in range(30)]
    parquet.write_table(pa.table({"text": rows}), file, row_group_size=10, compression="gzip", use_dictionary=False)
    column = parquet.ParquetFile(file).metadata.row_group(1).column(0)
    data = bytearray(file.read_bytes())
    data[column.data_page_offset : column.data_page_offset + 40] = b"\xff" * 40
    file.write_bytes(data)
    found = records(file)
    assert [one.source for one in found if isinstance(one, Record)] == rows[:10] + rows[20:]
    assert [one[:13] for one in found if isinstance(one, str)] == ["rows 11 to 20"]


def test_reading_goes_on_from_any_record(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text("".join(f'{{"text": "{name}{i}"}}\n' for i in range(5)), encoding="ascii")
    sources = find_sources([str(tmp_path)])
    whole = list(Reader(sources))
    reader = Reader(sources)
    for count, _ in enumerate(reader, 1):
        assert list(Reader(sources, reader.source, reader.of_source)) == whole[count:]
    assert reader.done == sum(source.size for source in sources)


def test_an_address_is_read_through_fsspec(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    (tmp_path / "a.jsonl").write_text('{"text": "It rained."}\n', encoding="ascii")
    assert [raw.data for raw in read(f"file://{tmp_path}/*.jsonl")] == [b'{"text": "It rained."}']


def test_formats_are_told_by_names() -> None:
    names = ["a.warc.gz", "b.JSONL", "c.html.zst", "d", "e.csv.bz2", "f.parquet", "g.tsv"]
    assert [format_of(name) for name in names] == ["warc", "jsonl", "file", "file", "csv", "parquet", "tsv"]
