"""`python -m cleantext.evaluate.growth`: documents that differ, marks, and a verdict."""

import json
import sys
from itertools import islice
from pathlib import Path

import pytest

from cleantext.errors import InputError
from cleantext.evaluate import growth
from cleantext.evaluate.growth import Mark, documents, vary

PAGE = '<html><body class="a b"><p>It rained.</P><p id=b>It snowed.</p></body></html>'
LINE = "The ferry is back after eleven weeks in the yard, and the piano of the school came with it."


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    rows = [{"id": "page", "html": PAGE, "text": "It rained."}, {"id": "text", "text": f"Share\n{LINE}"}]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def test_no_two_documents_share_a_paragraph_or_the_names_of_an_element() -> None:
    assert vary(PAGE.encode(), 5) == PAGE.encode().replace(b"</P>", b" 5</P>").replace(b"</p>", b" 5</p>").replace(
        b'"a b', b'"n5 a b'
    )
    assert vary(f"Share\n{LINE}", 5) == f"Share\n{LINE} 5"


def test_collections_take_turns_for_ever(collection: Path, corpora: Path) -> None:
    found = list(islice(documents([collection, corpora]), 2000))
    assert len(set(found)) == 2000
    assert [isinstance(one, bytes) for one in found[:8:2]] == [True, False, True, False]
    assert all(isinstance(one, str) for one in islice(documents([collection], "texts"), 5))
    assert all(isinstance(one, bytes) for one in islice(documents([collection], "pages"), 5))


def test_a_collection_without_such_documents_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text('{"text": "It rained."}', encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.jsonl: no pages"):
        next(documents([tmp_path / "b.jsonl"], "pages"))


def test_growth_is_counted_from_the_first_mark() -> None:
    marks = [Mark(10, 150.0, 140.0, 5, 1.0), Mark(20, 190.0, 140.0, 5, 2.0), Mark(30, 151.5, 140.0, 5, 3.0)]
    assert growth.growth(marks) == 1.5
    assert growth.growth(marks, 15) == -38.5


@pytest.mark.parametrize(("megabytes", "code"), [([100.0, 119.0], 0), ([100.0, 121.0], 1)])
def test_the_verdict_is_the_exit_code(
    collection: Path, megabytes: list[float], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = collection.with_name("growth.json")
    monkeypatch.setattr(sys, "argv", ["growth", str(collection), "--documents", "4", "--step", "2", "-o", str(output)])
    measured = iter([one for megabyte in megabytes for one in (megabyte, megabyte)])
    monkeypatch.setattr(growth, "resident", lambda: next(measured))
    with pytest.raises(SystemExit) as ended:
        growth.main()
    assert int(ended.value.code or 0) == code
    written = json.loads(output.read_text(encoding="utf-8"))
    assert [mark["documents"] for mark in written["marks"]] == [2, 4]
    assert f"growth {written['growth']:.1f} MB, allowed 20 MB" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_is_that_of_this_process() -> None:
    before = growth.resident()
    held = b"x" * 50_000_000
    assert 40 < growth.resident() - before < 60
    assert len(held) == 50_000_000
