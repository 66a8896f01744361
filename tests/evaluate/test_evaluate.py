"""Collections, their score, and the floors that it must not sink below."""

import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cleantext import InputError, Label
from cleantext.cli.evaluate import evaluate
from cleantext.evaluate.floors import Measured, lowered, read_floors, sunk, write_floors
from cleantext.evaluate.labelled import digest, read_collection, read_documents, read_json_lines, read_pages, read_prompts
from cleantext.evaluate.lines import judge_all, score

DOCUMENT = """\
# language: en
# hard-negative: yes
title: The ferry is back
body: It came with a piano, wrapped in sails, and four passengers.

newsletter: Sign up for our newsletter
other: Qwertz
"""
PAGE = '<html><body><p data-label="body">One line.<br>Another &amp; more.</p><div data-label="share">Share</div></body></html>'
RECORD: dict[str, Any] = {
    "id": "a",
    "lang": "en",
    "text": "It rained.\nSign up for our newsletter",
    "labels": ["body", "newsletter"],
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    (tmp_path / "documents" / "en").mkdir(parents=True)
    (tmp_path / "documents" / "en" / "ferry.txt").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "en-page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_documents(collection: Path) -> None:
    (document,) = read_documents(collection / "documents")
    assert (document.id, document.language, document.hard_negative) == ("en/ferry", "en", True)
    assert document.lines[0] == "The ferry is back"
    assert document.labels == (Label.TITLE, Label.BODY, Label.NEWSLETTER, Label.OTHER)


def test_pages_are_cleaned_without_their_labels(collection: Path) -> None:
    (page,) = read_pages(collection / "pages")
    assert page.lines == ["One line.", "Another & more.", "Share"]
    assert page.labels == (Label.BODY, Label.BODY, Label.SHARE)
    assert "data-label" not in page.page
    assert "<p>One line." in page.page


@pytest.mark.parametrize(("folder", "least"), [("surroundings", 600), ("unseen", 140)])
def test_in_surroundings_it_is_marked_where_the_story_stands(folder: str, least: int) -> None:
    sites = read_prompts(Path("corpora") / folder)
    assert len(sites) >= least
    assert [site.id for site in sites if "*" not in site.lines or set(site.labels) == {Label.BODY}] == []
    assert {line for site in sites for line, label in zip(site.lines, site.labels, strict=True) if label is Label.BODY} == {"*"}


def test_prompts_are_parted_by_blank_lines(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("# language: en\n\npaywall: One\npaywall: Two\n\n\nshare: Three\n", encoding="utf-8")
    assert [(prompt.id, prompt.lines) for prompt in read_prompts(tmp_path)] == [("en/1", ["One", "Two"]), ("en/2", ["Three"])]


@pytest.mark.parametrize(("suffix", "opener"), [("", open), (".gz", gzip.open), (".xz", lzma.open)])
def test_json_lines(tmp_path: Path, suffix: str, opener: Any) -> None:
    file = tmp_path / f"few.jsonl{suffix}"
    with opener(file, "wt", encoding="utf-8") as stream:
        stream.write(json.dumps(RECORD | {"ambiguous": [1]}) + "\n\n")
    ((name, (document,)),) = read_collection(file).items()
    assert (name, document.id, document.ambiguous) == ("few", "a", frozenset({1}))


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"labels": ["body"]}, "2 lines, but 1 labels"),
        ({"labels": ["body", "nonsense"]}, "'nonsense' is not a valid Label"),
        ({"labels": 7}, ":1: "),
        ({"text": "It rained."}, "1 lines, but 2 labels"),
    ],
)
def test_a_wrong_record_is_named(tmp_path: Path, record: dict[str, Any], message: str) -> None:
    file = tmp_path / "few.jsonl"
    file.write_text(json.dumps(RECORD | record), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_json_lines(file)


def test_no_cases_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "cut.jsonl.xz").write_bytes(b"\xfd7zXZ\0")
    for path in (tmp_path / "none.jsonl", tmp_path / "cut.jsonl.xz", tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(InputError, match=str(path)):
            read_collection(path)
    for read in (read_documents, read_pages, read_prompts):
        with pytest.raises(InputError, match="no cases found"):
            read(tmp_path)


def test_a_line_without_a_label_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("body: One\nTwo\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.txt:2: 'Two': write <label>: <text>"):
        read_documents(tmp_path)


def test_score(collection: Path) -> None:
    (judgement,) = judge_all(read_documents(collection / "documents"))
    assert [(line.label, line.kept) for line in judgement.mistakes] == [(Label.OTHER, True)]
    total = score([judgement])
    assert total.removed([Label.NEWSLETTER]) == (1, 1)
    assert (total.intact, total.exact_core, total.exact) == (1, 1, 0)
    assert total.figures()["others_removed"] == 0.0


def test_the_digest_depends_on_texts_and_labels(collection: Path) -> None:
    before = digest(read_documents(collection / "documents"))
    assert before == digest(read_documents(collection / "documents"))
    file = collection / "documents" / "en" / "ferry.txt"
    file.write_text(DOCUMENT.replace("other:", "legal:"), encoding="utf-8")
    assert digest(read_documents(collection / "documents")) != before


def test_floors(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    pinned = {"pages": Measured("d", {"exact": 2 / 3})}
    write_floors(file, pinned, {})
    floors = read_floors(file)
    assert floors["pages"].figures == {"exact": 0.6666}
    assert sunk(pinned, floors) == []
    assert "no floors are pinned" in sunk({"new": pinned["pages"]}, floors)[0]
    assert "the data is not that of the floors" in sunk({"pages": Measured("e", {"exact": 1})}, floors)[0]
    assert lowered({"pages": Measured("e", {"exact": 0.5})}, floors) == ["pages: exact from 0.6666 to 0.5000"]
    file.write_text("[pages]\nexact = 1\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a file of floors"):
        read_floors(file)


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(evaluate, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_command(collection: Path) -> None:
    code, output = run(collection, "--show", "--json", collection / "out.json")
    assert code == 0
    assert "left en/ferry other [] Qwertz" in output
    assert json.loads((collection / "out.json").read_text(encoding="utf-8"))["documents"]["mistakes"][0]["verdict"] == "left"
    assert "Qwertz" in run(collection, "--show", "--label", "other")[1]
    assert "Qwertz" not in run(collection, "--show", "--label", "legal")[1]
    assert run(collection, "--language", "xx")[0] == 1


def test_command_holds_the_floors(collection: Path) -> None:
    floors = collection / "floors.toml"
    code, output = run(collection, "--floors", floors)
    assert (code, "pin them with --pin" in output) == (1, True)
    assert run(collection, "--floors", floors, "--pin")[0] == 0
    assert run(collection, "--floors", floors)[0] == 0
    file = collection / "documents" / "en" / "ferry.txt"
    file.write_text(DOCUMENT + "legal: Zuiop\n", encoding="utf-8")
    assert run(collection, "--floors", floors)[0] == 1
    code, output = run(collection, "--floors", floors, "--pin")
    assert (code, "--allow-lower" in output) == (1, True)
    assert run(collection, "--floors", floors, "--pin", "--allow-lower")[0] == 0
    assert run(collection, "--floors", floors)[0] == 0
    assert run(collection, "--floors", floors, "--language", "en")[0] == 2
