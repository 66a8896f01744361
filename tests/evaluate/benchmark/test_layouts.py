"""Each layout of a public collection is read, and what is not there is missed."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from cleantext import InputError, Label
from cleantext.evaluate.benchmark.case import Collection
from cleantext.evaluate.benchmark.layouts.discover import LAYOUTS, read_collections
from cleantext.evaluate.benchmark.truth import Content, Lines, Snippets

PAGE = "<html><body><p>Ferries and <b>flour</b>.</p></body></html>"


def write(file: Path, content: Any) -> None:
    data = (content if isinstance(content, str) else json.dumps(content)).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)


def only(path: Path) -> Collection:
    (collection,) = read_collections(path)
    return collection


@pytest.fixture
def wcxb(tmp_path: Path) -> Path:
    row = {
        "url": "https://www.skarv.example/a",
        "_internal": {"page_type": {"primary": "forum"}},
        "ground_truth": {"main_content": "Ferries and flour.", "with": [], "without": []},
    }
    for split in ("dev", "test"):
        write(tmp_path / split / "ground-truth" / "0001.json", row)
        write(tmp_path / split / "html" / "0001.html.gz", PAGE)
    return tmp_path


def test_wcxb(wcxb: Path) -> None:
    dev, test = read_collections(wcxb)
    assert (dev.name, test.name, bool(dev.warning), bool(test.warning)) == ("wcxb-dev", "wcxb-test", True, False)
    (case,) = dev.cases
    assert (case.id, case.source, case.truth) == ("0001", PAGE.encode(), Content(("Ferries and flour.",)))
    assert (case.groups, case.site) == (("forum",), "skarv.example")
    assert only(wcxb / "test").digest() == test.digest()


def test_wcxb_without_a_page_is_an_error(wcxb: Path) -> None:
    (wcxb / "dev" / "html" / "0001.html.gz").unlink()
    with pytest.raises(InputError, match=r"0001\.html\.gz"):
        read_collections(wcxb)


def test_wcxb_without_cases_says_what_it_looked_for(wcxb: Path) -> None:
    (wcxb / "dev" / "ground-truth" / "0001.json").unlink()
    with pytest.raises(InputError, match=r"no cases found \(ground-truth/\*\.json\)"):
        read_collections(wcxb)


def test_articles(tmp_path: Path) -> None:
    write(tmp_path / "ground-truth.json", {"ab": {"articleBody": "Ferries.", "url": "https://skarv.example/"}})
    write(tmp_path / "html" / "ab.html.gz", PAGE)
    collection = only(tmp_path)
    assert (collection.metric.name, collection.warning) == ("shingles", "")
    assert [(case.id, case.truth) for case in collection.cases] == [("ab", Content(("Ferries.",)))]
    write(tmp_path / "ground-truth.json", {})
    with pytest.raises(InputError, match="no cases found"):
        read_collections(tmp_path)


EVALDATA = {
    "https://skarv.example/a": {"file": "a.html", "with": ["Ferries"], "without": ["Home"]},
    "https://skarv.example/b": {"file": "b.html", "with": ["Ferries"], "without": ["Home"]},
}


@pytest.mark.parametrize("form", ["json", "py"])
def test_evaldata_in_both_of_its_forms(tmp_path: Path, form: str) -> None:
    written = json.dumps(EVALDATA) if form == "json" else f"import os\nEVAL_PAGES = {EVALDATA!r}\nos.abort()\n"
    write(tmp_path / "tests" / f"evaldata.{form}", written)
    write(tmp_path / "tests" / "eval" / "a.html", PAGE)
    collection = only(tmp_path)
    assert [(case.id, case.truth) for case in collection.cases] == [
        ("https://skarv.example/a", Snippets(("Ferries",), ("Home",)))
    ]
    assert "1 pages of evaldata" in collection.notes[0]


def test_evaldata_that_is_no_list_of_pages(tmp_path: Path) -> None:
    write(tmp_path / "evaldata.py", "PAGES = {}")
    with pytest.raises(InputError, match="EVAL_PAGES"):
        read_collections(tmp_path)


@pytest.fixture
def fundus(tmp_path: Path) -> Path:
    def body(text: str) -> dict[str, Any]:
        section = {"headline": ["Later", ""], "paragraphs": [text]}
        return {"body": {"summary": ["A ferry."], "sections": [{"headline": [], "paragraphs": ["It came."]}, section]}}

    folder = tmp_path / "tests" / "resources" / "parser" / "test_data" / "no"
    write(folder / "Skarv.json", {"V1": body("One."), "V1_1": body("Two."), "V10": {"title": "no body"}, "V2": body("Three.")})
    for date in ("2024_01_02", "2025_01_02", "2025_11_02"):
        write(folder / f"Skarv_{date}.html.gz", PAGE)
    write(folder / "SkarvToday.json", {"V1": body("Nothing.")})
    write(folder / "meta.info", {"Skarv_2025_01_02.html.gz": {"url": "https://skarv.example/two"}})
    return tmp_path


def test_fundus(fundus: Path) -> None:
    collection = only(fundus)
    assert [case.id for case in collection.cases] == ["no/Skarv/V1", "no/Skarv/V1_1", "no/Skarv/V2"]
    case = collection.cases[1]
    assert case.truth == Content(
        ("A ferry.", "It came.", "Later", "Two."), ("A ferry.", "It came.", "Two."), frozenset({"A ferry."})
    )
    assert case.site == "skarv.example"
    assert "SkarvToday" in collection.notes[0]


def test_fundus_without_pages(fundus: Path) -> None:
    for page in fundus.rglob("*.html.gz"):
        page.unlink()
    with pytest.raises(InputError, match="no cases found"):
        read_collections(fundus)


def test_daniel(tmp_path: Path) -> None:
    names = ["20111101_www.skarv.example_1", "20111101_www.skarv.example_2"]
    write(tmp_path / "Corpus" / "doc_lg.json", dict.fromkeys(names, "Polish"))
    write(tmp_path / "Corpus" / "html" / names[0], PAGE)
    write(
        tmp_path / "Corpus" / "reference" / names[0], "<p>Title &amp; more\n</p>\n<p class='x'> A ferry.\n</p>\n<p></p>\n<p>Last"
    )
    collection = only(tmp_path)
    (case,) = collection.cases
    texts = ("Title & more", "A ferry.", "Last")
    assert (case.truth, case.groups, case.site) == (Content(texts, texts, titled=True), ("Polish",), "skarv.example")
    assert "1 documents" in collection.notes[0]
    write(tmp_path / "Corpus" / "reference" / names[0], "A ferry.")
    with pytest.raises(InputError, match="no paragraphs"):
        read_collections(tmp_path)


def test_readability(tmp_path: Path) -> None:
    write(tmp_path / "test" / "test-pages" / "001" / "source.html", PAGE)
    write(tmp_path / "test" / "test-pages" / "001" / "expected.html", "<div><p>Ferries and <b>fl</b>our.<p>Two</div>")
    (case,) = only(tmp_path).cases
    assert (case.id, case.truth) == ("001", Content(("Ferries and flour.", "Two")))


def test_corpora(corpora: Path) -> None:
    collections = {collection.name: collection for collection in read_collections(corpora)}
    assert set(collections) == {"documents", "pages"}
    page = collections["pages"].cases[0]
    assert isinstance(page.source, bytes)
    assert page.apart
    assert isinstance(page.truth, Lines)


PACKINGS: dict[str, tuple[dict[str, Any], object]] = {
    "wcxb": ({"html": PAGE, "text": "Ferries"}, Content(("Ferries",))),
    "fundus": (
        {"html": PAGE, "summary": ["A"], "blocks": [{"kind": "paragraph", "text": "A"}, {"kind": "heading", "text": "B"}]},
        Content(("A", "B"), ("A",), frozenset({"A"})),
    ),
    "daniel": ({"html_base64": "/w==", "paragraphs": ["A", "B"]}, Content(("A", "B"), ("A", "B"), titled=True)),
    "readability": ({"html": PAGE, "expected_html": "<p>A"}, Content(("A",))),
    "labelled": (
        {"text": "A\nB", "labels": ["body", "share"], "ambiguous": [1]},
        Lines(("A", "B"), (Label.BODY, Label.SHARE), frozenset({1})),
    ),
}


@pytest.mark.parametrize("layout", PACKINGS)
def test_packings_are_told_apart_by_their_fields(tmp_path: Path, layout: str) -> None:
    row, truth = PACKINGS[layout]
    write(tmp_path / "some.jsonl", json.dumps({"id": "1"} | row) + "\n")
    collection = only(tmp_path / "some.jsonl")
    assert (collection.name, collection.layout, collection.cases[0].truth) == ("some", layout, truth)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no cases found"),
        ([{"id": "1", "text": "A"}], "no cases found"),
        ([{"id": "1", "html": PAGE, "text": "A"}, {"id": "2", "text": "A"}], r"some\.jsonl:2: "),
        ([{"id": "1", "html": PAGE, "blocks": [{"text": "A"}]}], r"some\.jsonl:1: has no field kind"),
        ([{"id": "1", "html": PAGE, "paragraphs": [7]}], "not a list of texts"),
    ],
)
def test_a_malformed_packing_is_named_with_its_line(tmp_path: Path, rows: list[Any], message: str) -> None:
    write(tmp_path / "some.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(InputError, match=message):
        read_collections(tmp_path / "some.jsonl")


def test_what_is_no_collection_is_told_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_collections(tmp_path)
    assert all(layout.SHAPE in str(caught.value) for layout in LAYOUTS)
    with pytest.raises(InputError, match="does not exist"):
        read_collections(tmp_path / "nowhere")


def test_samples_are_the_same_each_time(packed: Path) -> None:
    collection = only(packed)
    assert [case.id for case in collection.sample(2).cases] == ["0", "2"]
    assert [case.id for case in collection.sample(2, 1).cases] == ["0"]
    assert [case.id for case in collection.sample(group="forum").cases] == ["3"]
    with pytest.raises(InputError, match=r"no case of type 'shop' \(article, forum\)"):
        collection.sample(group="shop")


def test_the_digest_is_of_sources_and_truths(packed: Path) -> None:
    before = only(packed).digest()
    assert only(packed).digest() == before
    packed.write_text(packed.read_text(encoding="utf-8").replace("Still rain", "Still, rain", 1), encoding="utf-8")
    assert only(packed).digest() != before
