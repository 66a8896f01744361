"""The examples at scale run: on two small newspapers, from Parquet and from WARC files."""

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.warcs import response
from tests.sites.newspaper import SIGN_OFF, story

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SITES = {
    "courier.example": SIGN_OFF,
    "tribune.example": "Call {} if your lamp goes out, and the keeper of the harbour will come by.",
}
STORIES = [(f"https://{site}/{n}", story(n), line.format(n)) for site, line in SITES.items() for n in range(20, 32)]


def write(folder: Path, kind: str) -> None:
    folder.mkdir()
    if kind == "parquet":
        pages = ["\n\n".join([*paragraphs, line]) for _, paragraphs, line in STORIES]
        parquet.write_table(pa.table({"url": [url for url, _, _ in STORIES], "page": pages}), folder / "pages.parquet")
        return
    for site in SITES:
        records = [
            response(url, f"<article>{''.join(f'<p>{text}</p>' for text in (*paragraphs, line))}</article>".encode())
            for url, paragraphs, line in STORIES
            if site in url
        ]
        (folder / f"{site}.warc").write_bytes(b"".join(records))


@pytest.mark.parametrize(("engine", "kind"), [("spark", "warc"), ("ray", "parquet")])
def test_sites_are_learned_and_pages_cleaned(
    engine: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(engine)
    pytest.importorskip("fastwarc")
    write(tmp_path / "in", kind)
    monkeypatch.setattr(sys, "argv", [f"{engine}_at_scale.py", str(tmp_path / "in"), str(tmp_path / "out"), "--sample", "100"])
    runpy.run_path(str(EXAMPLES / f"{engine}_at_scale.py"), run_name="__main__")
    sites = parquet.read_table(tmp_path / "out" / "sites").to_pylist()
    assert sorted(row["site"] for row in sites) == sorted(SITES)
    assert all("[[site.template]]" in row["rules"] for row in sites)
    rows: list[dict[str, Any]] = parquet.read_table(tmp_path / "out" / "pages").to_pylist()
    texts = {row["url"]: row["clean_text"] for row in rows}
    assert texts == {url: "\n\n".join(paragraphs) for url, paragraphs, _ in STORIES}
    assert "page" not in rows[0]


def test_ray_reads_archives(tmp_path: Path, ray: Any) -> None:
    pytest.importorskip("fastwarc")
    write(tmp_path / "in", "warc")
    pages = runpy.run_path(str(EXAMPLES / "ray_at_scale.py"))["read"](str(tmp_path / "in"))
    assert sorted(row["url"] for row in pages.take_all()) == sorted(url for url, _, _ in STORIES)
