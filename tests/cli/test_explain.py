"""`cleantext explain`: the terminal's explanation, and the report as a file."""

import os
from pathlib import Path

from tests.cli.conftest import METER, TEXT, Run


def test_without_a_report_it_explains_on_the_terminal(folder: Path, run: Run) -> None:
    assert run("explain", "site/letter.txt").stdout == run("--explain", "site/letter.txt").stdout != ""


def test_a_report_is_one_file_with_the_reasons(folder: Path, run: Run) -> None:
    result = run("explain", "site/letter.txt", "--report", "out.html")
    assert (result.exit_code, result.output) == (0, "")
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert "en.paywall.read-n-of-n" in page
    assert 'id="index"' not in page
    assert "http" not in page.replace('http-equiv="Content', "")


def test_several_inputs_are_listed_and_those_that_fail_are_named(folder: Path, run: Run) -> None:
    result = run("explain", "site", "missing.txt", "--report", "out.html")
    assert result.exit_code == 1
    assert result.stderr == "cleantext: missing.txt: no such file or directory\n3 documents, 5 blocks removed; 1 input failed\n"
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert page.count('<article class="document"') == 3
    assert "<bdi>missing.txt</bdi>: no such file or directory" in page


def test_the_report_is_the_same_for_any_number_of_processes(folder: Path, run: Run) -> None:
    for jobs in (1, 2):
        assert run("explain", "site", "-j", jobs, "--report", f"{jobs}.html").exit_code == 0
    assert (folder / "1.html").read_bytes() == (folder / "2.html").read_bytes()


def test_a_report_that_fails_leaves_the_old_one(folder: Path, run: Run) -> None:
    (folder / "out.html").write_text("old", encoding="utf-8")
    assert run("explain", "missing.txt", "--report", "out.html").exit_code == 1
    assert (folder / "out.html").read_text(encoding="utf-8") == "old"
    assert sorted(os.listdir(folder)) == ["out.html", "site"]


def test_a_report_does_not_replace_an_input(folder: Path, run: Run) -> None:
    result = run("explain", "site/letter.txt", "--report", "site/letter.txt")
    assert result.exit_code == 2
    assert "it is an input" in result.stderr
    assert (folder / "site" / "letter.txt").read_text(encoding="utf-8") == TEXT


def test_the_profile_decides_what_the_report_shows_as_removed(folder: Path, run: Run) -> None:
    run("explain", "site/letter.txt", "--keep", "paywall", "--report", "out.html")
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert "Nothing was removed." in page
    assert METER.replace("'", "&#39;") in page


def test_a_folder_that_is_not_there_is_said_before_any_work(folder: Path, run: Run) -> None:
    result = run("explain", "site", "--report", "nowhere/out.html")
    assert result.exit_code == 2
    assert "there is no such folder" in result.stderr
