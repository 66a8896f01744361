"""`cleantext learn`, and what it wrote at work."""

import json
from pathlib import Path

import pytest

from cleantext.sites.pack import load_sites
from tests.cli.conftest import Run
from tests.sites.newspaper import INSERT, SIGN_OFF, story


@pytest.fixture
def courier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a folder of stories and a file of records."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "courier").mkdir()
    rows = []
    for i in range(10):
        text = "\n\n".join([*story(i), SIGN_OFF.format(i)])
        (tmp_path / "courier" / f"{i}.txt").write_text(text, encoding="utf-8")
        rows.append({"text": text, "url": f"https://www.courier.example/{i}", "paper": "The Courier"})
        rows.append({"text": "\n\n".join([INSERT, *story(100 + i)]), "url": f"https://sea.example/{i}", "paper": "The Sea"})
    rows.append(rows[0])
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_a_folder_is_one_site(run: Run, courier: Path) -> None:
    result = run("learn", "courier", "--site", "courier", "-o", "courier.toml")
    assert (result.exit_code, result.stderr) == (0, "10 documents; 1 sites, 1 templates\n")
    (site,) = load_sites("courier.toml")
    assert (site.name, site.documents, len(site.templates)) == ("courier", 10, 1)


def test_what_was_learned_is_removed_and_explained(run: Run, courier: Path) -> None:
    run("learn", "courier", "--site", "courier", "-o", "courier.toml")
    page = "\n\n".join([*story(55), SIGN_OFF.format(20)])
    cleaned = run("--site-rules", "courier.toml", "-", input=page)
    assert cleaned.stdout == "\n\n".join(story(55))
    assert "site: courier.our-desk" in run("--site-rules", "courier.toml", "--explain", "-", input=page).stdout


def test_records_are_many_sites(run: Run, courier: Path) -> None:
    result = run("learn", "news.jsonl", "-o", "sites.toml")
    assert result.stderr == "21 documents, 1 of them copies; 2 sites, 2 templates\n"
    assert [(site.name, site.host) for site in load_sites("sites.toml")] == [
        ("courier.example", "courier.example"),
        ("sea.example", "sea.example"),
    ]


def test_a_field_names_the_site_and_standard_input_is_records(run: Run, courier: Path) -> None:
    given = (courier / "news.jsonl").read_text(encoding="utf-8")
    result = run("learn", "-", "--site-field", "paper", "-q", input=given)
    assert result.stderr == ""
    assert 'name = "The Sea"' in result.stdout
    assert "host" not in result.stdout


def test_an_edited_file_is_replaced_only_on_request_and_keeps_what_is_kept(run: Run, courier: Path) -> None:
    run("learn", "courier", "--site", "courier", "-o", "courier.toml")
    path = courier / "courier.toml"
    path.write_text(path.read_text(encoding="utf-8") + "keep = true\n", encoding="utf-8")
    refused = run("learn", "courier", "--site", "courier", "-o", "courier.toml")
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    assert run("learn", "courier", "--site", "courier", "-o", "courier.toml", "--replace").exit_code == 0
    assert [entry.keep for entry in load_sites("courier.toml")[0].templates] == [True]


def test_small_sites_are_named(run: Run, courier: Path) -> None:
    result = run("learn", "courier/1.txt", "courier/2.txt", "--site", "courier")
    assert "too few documents to learn from (fewer than 8): courier" in result.stderr


def test_an_input_that_cannot_be_read_fails_alone(run: Run, courier: Path) -> None:
    result = run("learn", "gone.txt", "courier", "-o", "courier.toml")
    assert result.exit_code == 1
    assert "gone.txt: no such file" in result.stderr
    assert load_sites("courier.toml")[0].documents == 10
    nothing = run("learn", "gone.txt", "-o", "nothing.toml")
    assert "nothing was learned" in nothing.stderr
    assert not (courier / "nothing.toml").exists()


def test_a_broken_record_is_named(run: Run, courier: Path) -> None:
    (courier / "broken.jsonl").write_text('{"text": "a"}\n{"body": "a"}\n', encoding="utf-8")
    result = run("learn", "broken.jsonl")
    assert (result.exit_code, "broken.jsonl:2: the record has no text" in result.stderr) == (1, True)


def test_a_broken_site_file_is_one_error(run: Run, courier: Path) -> None:
    (courier / "broken.toml").write_text("[[site]]\n", encoding="utf-8")
    result = run("--site-rules", "broken.toml", "courier")
    assert result.exit_code == 1
    assert result.stderr == "Error: broken.toml: site 1: missing name\n"


def test_the_help_teaches_by_example(run: Run) -> None:
    assert "cleantext --site-rules courier.toml --explain page.html" in run("learn", "--help").stdout
