"""The public interface: what goes in, what comes out, and what is said about it."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any

import pytest

import cleantext
from cleantext import Cleaner, Label, Options, OptionsError, analyze, clean
from cleantext.document import Document

STORY = "The ferry is back after eleven weeks in the yard, and the piano of the island's school came with it, wrapped in sails."
METER = "You've read 3 of 5 free articles. Subscribe to continue."
SOURCE = f"{STORY}\n\n{METER}\n\n{STORY}\n"


def test_clean_gives_the_article() -> None:
    assert clean(SOURCE) == f"{STORY}\n\n{STORY}\n"


def test_bytes_are_decoded() -> None:
    assert clean(SOURCE.encode("utf-16")) == clean(SOURCE)
    document = Cleaner(Options(encoding="cp1252")).analyze("Café".encode("cp1252"))
    assert (document.text, document.replaced) == ("Café", 0)


@pytest.mark.parametrize("source", [None, 3, ["text"], bytearray(b"text")])
def test_other_types_are_refused(source: Any) -> None:
    with pytest.raises(TypeError, match=f"source is {type(source).__name__}: pass"):
        clean(source)


@pytest.mark.parametrize("source", ["", " ", "\n\n", b"", METER])
def test_nothing_left_is_said(source: str | bytes) -> None:
    document = analyze(source)
    assert document.text.strip() == ""
    assert document.status == "empty"


def test_every_removal_has_a_reason() -> None:
    (block,) = analyze(SOURCE).removed
    assert (block.text, block.label, block.keep) == (METER, Label.PAYWALL, False)
    assert SOURCE[block.start : block.end] == METER
    reason = block.reasons[0]
    assert reason.source == "rule"
    assert reason.id.startswith("en.paywall.")
    assert reason.evidence in METER


def test_a_rule_can_be_switched_off() -> None:
    off = {reason.id for block in analyze(SOURCE).removed for reason in block.reasons}
    assert METER in clean(SOURCE, options=Options(rules_off=frozenset(off)))


def test_a_label_can_be_kept() -> None:
    document = analyze(SOURCE, options=Options(keep=frozenset({Label.PAYWALL})))
    assert document.text == SOURCE
    assert [block.label for block in document.blocks] == [Label.BODY, Label.PAYWALL, Label.BODY]


def test_the_language_restricts_the_rules() -> None:
    assert clean(SOURCE, language="de") == SOURCE
    assert clean(SOURCE, options=Options(language="de")) == SOURCE
    assert clean(SOURCE, language="en") == clean(SOURCE)
    assert clean(SOURCE, language="en-GB") == clean(SOURCE, language="EN_us") == clean(SOURCE)
    assert clean(SOURCE, language="xx") == SOURCE, "a language without a pack has the rules of none"


def test_longer_sources_come_back_whole() -> None:
    document = analyze(SOURCE, options=Options(max_chars=100))
    assert (document.text, document.status) == (SOURCE, "too_large")
    assert document.limits == (f"max_chars: {len(SOURCE)} characters, limit 100",)
    assert document.restore() == SOURCE


def test_out_of_time_is_said_and_removes_nothing_more() -> None:
    document = analyze(SOURCE, options=Options(timeout=1e-9))
    assert (document.text, document.status) == (SOURCE, "limit")
    assert document.limits[0].startswith("timeout")


@pytest.mark.parametrize("extractor", ["auto", "trafilatura"])
def test_a_page_out_of_time_is_kept_as_it_is_shown(extractor: Any) -> None:
    page = f"<title>Tides</title><nav>Home | Tides | Boats</nav><article><p>{STORY}</p><p>{METER}</p></article>"
    document = analyze(page, options=Options(timeout=1e-9, extractor=extractor))
    assert (document.text, document.status) == (f"Home | Tides | Boats\n\n{STORY}\n\n{METER}", "limit")
    assert document.limits[0].startswith("timeout")


@pytest.mark.parametrize("output", ["text", "markdown", "html", "json"])
def test_outputs(output: Any) -> None:
    result = Cleaner(Options(output=output)).clean(SOURCE)
    assert STORY in (json.loads(result)["text"] if output == "json" else result.replace("&#x27;", "'"))
    assert METER not in (json.loads(result)["text"] if output == "json" else result)


def test_the_record_is_flat_and_its_fields_do_not_depend_on_the_content() -> None:
    full, empty = analyze(SOURCE).to_dict(), analyze("").to_dict()
    assert full.keys() == empty.keys()
    assert json.loads(json.dumps(full)) == full
    assert full["removed_by_label"] == ["paywall:1"]
    assert all(isinstance(value, str | int | float | bool | list | type(None)) for value in full.values())


LINKED = f"""<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{STORY} See <a href="/map">the map</a>.</p>
<p>{STORY}</p><ul><li>One {STORY}<ul><li>{STORY} Two, and <a href="javascript:go()">not</a> <a href="b_(1)">three</a>.</ul></ul></article></body></html>"""


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("markdown", ["See [the map](https://a.example/map).", "not [three](https://a.example/sea/b_(1))"]),
        ("html", ['See <a href="https://a.example/map">the map</a>.', 'not <a href="https://a.example/sea/b_(1)">three</a>']),
        ("text", ["See the map.", "not three"]),
    ],
)
@pytest.mark.parametrize("extractor", ["auto", "trafilatura", "none"])
def test_links_on_request(output: Any, shown: list[str], extractor: Any) -> None:
    options = Options(output=output, links=True, extractor=extractor)
    text = clean(LINKED, options=options, url="https://a.example/sea/")
    assert [part for part in shown if part not in text] == []
    document = analyze(LINKED, options=options, url="https://a.example/sea/")
    assert document.text == text
    found = [(document.text[link.start : link.end], link.target) for link in document.links]
    there = [("the map", "https://a.example/map"), ("three", "https://a.example/sea/b_(1)")]
    assert found == (there if output == "text" else [])
    without = Options(output=output, extractor=extractor)
    assert ("[" in text or "<a" in text) == (text != clean(LINKED, options=without))
    assert not any(block.links for block in analyze(LINKED, options=without).blocks)


def test_links_without_an_address_stay_relative_and_text_has_none() -> None:
    assert "See [the map](/map)." in clean(LINKED, options=Options(output="markdown", links=True))
    markdown = f"# Ferry\n\n{STORY} See [the map](/map).\n"
    assert clean(markdown, options=Options(links=True)) == markdown
    assert analyze(markdown, options=Options(links=True)).links == ()


def test_links_in_the_record() -> None:
    record = json.loads(clean(LINKED, options=Options(output="json", links=True)))
    assert [record["text"][link["start"] : link["end"]] for link in record["links"]] == ["the map", "three"]
    block = next(block for block in analyze(LINKED, options=Options(links=True)).blocks if block.links)
    (link,) = block.to_dict()["links"]
    assert link == {"start": block.text.index("the map"), "end": block.text.index("the map") + 7, "target": "/map"}


def test_many_come_in_order_and_one_at_a_time() -> None:
    taken = []

    def sources() -> Any:
        for source in (SOURCE, STORY, METER):
            taken.append(source)
            yield source

    results = Cleaner().clean_many(sources())
    assert next(results) == clean(SOURCE)
    assert taken == [SOURCE]
    assert list(results) == [clean(STORY), clean(METER)]


def test_one_cleaner_in_many_threads() -> None:
    cleaner = Cleaner()
    sources = [SOURCE.replace("eleven", str(n)) for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cleaner.clean, sources)) == [cleaner.clean(source) for source in sources]


def test_the_same_page_ten_times_is_the_same_each_time() -> None:
    page = f"<html><body><article><p>{STORY}</p><p>{STORY[:60]}, it is said.</p><p>{METER}</p></article></body></html>"
    assert len({clean(page) for _ in range(10)}) == 1


def test_results_and_options_can_be_pickled() -> None:
    document, options = analyze(SOURCE), Options(profile="strict", drop=frozenset({Label.CAPTION}))
    assert pickle.loads(pickle.dumps(document)) == document
    assert pickle.loads(pickle.dumps(options)) == options
    assert hash(options) == hash(Options(profile="strict", drop=frozenset({Label.CAPTION})))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"profile": "lenient"}, "profile='lenient': choose one of careful, standard, strict"),
        ({"output": "pdf"}, "output='pdf'"),
        ({"kind": "xml"}, "kind='xml'"),
        ({"extractor": "magic"}, "extractor='magic'"),
        ({"drop": "body"}, "drop='body': pass a set of labels"),
        ({"drop": {"bodies"}}, "drop: 'bodies' is not a valid Label; the labels are body, title"),
        ({"drop": {"ad"}, "keep": {"ad"}}, "drop and keep both name ad"),
        ({"include": {"body"}}, "include=body: only byline, caption, dateline, title stand apart"),
        ({"rules_off": "en.none"}, "rules_off=.en.none.: pass a set of ids"),
        ({"max_chars": 0}, "max_chars=0"),
        ({"timeout": 0}, "timeout=0"),
        ({"encoding": "klingon"}, "encoding='klingon'"),
        ({"encoding": "rot13"}, "encoding='rot13'"),
    ],
)
def test_wrong_options_are_shown(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionsError, match=message):
        Options(**wrong)


def test_public_names() -> None:
    assert set(cleantext.__all__) >= {
        "clean",
        "analyze",
        "Cleaner",
        "Options",
        "Document",
        "Block",
        "Reason",
        "Completeness",
        "Label",
    }
    assert {field.name for field in fields(Document)} >= {"text", "blocks", "completeness", "metadata", "status", "limits"}
