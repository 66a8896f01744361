"""`cleantext INPUT...`: what goes in, what comes out, and how it ends."""

import json
import os
import socket
from pathlib import Path

import pytest

from cleantext.batch.inputs import find_inputs
from tests.cli.conftest import BODY, METER, PAGE, TEXT, Run

SITE = ["site/letter.txt", "site/page.html", "site/notes/plain.md"]

# ---------------------------------------------------------------- input


def test_one_text_comes_out_without_header_or_summary(run: Run, folder: Path) -> None:
    result = run("site/letter.txt")
    assert (result.stdout, result.stderr, result.exit_code) == (BODY, "", 0)


def test_a_text_with_nothing_to_remove_comes_back_byte_for_byte(run: Run, folder: Path) -> None:
    source = "\r\n  It rained.\r\n\r\n\tIt stopped. \n\nÉnd — 終".encode()
    (folder / "a.txt").write_bytes(source)
    assert run("a.txt").stdout_bytes == source


def test_no_input_reads_the_pipe(run: Run) -> None:
    assert run(input=TEXT).stdout == BODY


def test_a_hyphen_reads_the_pipe(run: Run) -> None:
    assert run("-", input=PAGE.encode()).stdout.startswith("The ferry to Skarv")


def test_the_pipe_can_be_read_only_once(run: Run) -> None:
    result = run("-", "-", input=TEXT)
    assert result.exit_code == 2
    assert "only once" in result.stderr


def test_a_folder_means_its_texts_and_pages_in_order(run: Run, folder: Path) -> None:
    names = [json.loads(line)["name"] for line in run("-f", "json", "site").stdout.splitlines()]
    assert [name.replace(os.sep, "/") for name in names] == SITE


def test_a_quoted_pattern_is_expanded(run: Run, folder: Path) -> None:
    names = [json.loads(line)["name"] for line in run("-f", "json", "site/**/*.[mt]*").stdout.splitlines()]
    assert sorted(name.replace(os.sep, "/") for name in names) == ["site/letter.txt", "site/notes/plain.md"]


@pytest.mark.parametrize("prefix", ["", "{}/", "./"])
@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("**/*.txt", ["a.txt", "site/letter.txt", "site/notes/b.txt"]),
        ("site/**/*.txt", ["site/letter.txt", "site/notes/b.txt"]),
        ("**/notes/**/*.*", ["site/notes/b.txt", "site/notes/plain.md"]),
        ("**/site/**", ["site/letter.txt", "site/notes/b.txt", "site/notes/plain.md", "site/page.html"]),
        ("s*/**/notes/*.*", ["site/notes/b.txt", "site/notes/plain.md"]),
        ("**", ["a.txt", "site/letter.txt", "site/notes/b.txt", "site/notes/plain.md", "site/page.html"]),
    ],
)
def test_a_pattern_does_not_go_round_in_circles(folder: Path, pattern: str, names: list[str], prefix: str) -> None:
    for name in ("a.txt", "site/notes/b.txt", "site/.hidden/c.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("It rained.", encoding="utf-8")
    os.symlink("..", folder / "site" / "up")
    os.symlink("../..", folder / "site" / "notes" / "up")
    found = [os.path.relpath(one.path) for one in find_inputs([prefix.format(folder) + pattern]) if not one.failure]
    assert sorted(found) == names


def test_a_file_named_like_a_pattern_is_that_file(run: Run, folder: Path) -> None:
    (folder / "a[1].txt").write_text("It rained.", encoding="utf-8")
    assert run("a[1].txt").stdout == "It rained."


def test_a_file_named_like_a_command_is_reached_by_its_path(run: Run, folder: Path) -> None:
    (folder / "rules").write_text("It rained.", encoding="utf-8")
    assert run("./rules").stdout == "It rained."


@pytest.mark.parametrize(
    ("name", "why"),
    [("gone.txt", "no such file"), ("*.nothing", "no file matches"), ("empty", "no file in it ends in"), ("pipe", "is a FIFO"),
     ("/dev/zero", "is a device"), ("socket", "is a socket"), ("dangling.txt", "no such file"), ("loop.txt", "symbolic links")],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_and_the_rest_is_done(run: Run, folder: Path, name: str, why: str) -> None:
    (folder / "empty").mkdir()
    os.mkfifo(folder / "pipe")
    os.symlink("nowhere", folder / "dangling.txt")
    os.symlink("loop.txt", folder / "loop.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        result = run("-q", name, "site/letter.txt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"cleantext: {name}: ")
    assert why in result.stderr
    assert result.stdout == BODY


def test_a_fifo_in_a_folder_does_not_hang_the_run(run: Run, folder: Path) -> None:
    os.mkfifo(folder / "site" / "fifo.html")
    result = run("site", "--output-dir", "out")
    assert result.exit_code == 1
    assert "fifo.html: is a FIFO" in result.stderr
    assert (folder / "out" / "letter.txt").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_one_line(run: Run, folder: Path) -> None:
    (folder / "site" / "letter.txt").chmod(0)
    assert "letter.txt: permission denied" in run("site").stderr


def test_a_link_to_a_folder_is_not_followed(run: Run, folder: Path) -> None:
    os.symlink(folder, folder / "site" / "loop")
    assert len(run("-f", "json", "site").stdout.splitlines()) == len(SITE)


# ---------------------------------------------------------------- output


def test_several_texts_are_headed_by_their_names_and_counted(run: Run, folder: Path) -> None:
    result = run("site/letter.txt", "site/notes/plain.md")
    assert result.stdout == f"==> site/letter.txt <==\n{BODY}\n==> site/notes/plain.md <==\n# Ferry\n\nIt sails.\n"
    assert result.stderr == "2 documents, 1 block removed: paywall 1\n"


def test_quiet_leaves_headers_and_summary_out(run: Run, folder: Path) -> None:
    result = run("-q", "site/letter.txt", "site/notes/plain.md")
    assert (result.stdout, result.stderr) == (f"{BODY}\n# Ferry\n\nIt sails.\n", "")


def test_json_is_one_object_a_line_with_the_reasons(run: Run, folder: Path) -> None:
    record = json.loads(run("-f", "json", "site/letter.txt").stdout)
    assert record["name"] == "site/letter.txt"
    assert record["removed"][0]["text"] == METER
    assert record["removed"][0]["reasons"] == ["rule:en.paywall.read-n-of-n"]


@pytest.mark.parametrize(
    ("form", "start"), [("text", "The ferry"), ("markdown", "The ferry"), ("html", "<article>"), ("json", "{")]
)
def test_a_page_in_every_form_ends_in_a_line_break(run: Run, folder: Path, form: str, start: str) -> None:
    text = run("-f", form, "site/page.html").stdout
    assert text.startswith(start)
    assert text.endswith("\n")
    assert METER not in text or form == "json"


def test_names_cannot_end_a_comment_in_html(run: Run, folder: Path) -> None:
    (folder / "--><b>.txt").write_text("It rained.", encoding="utf-8")
    assert "--><b>" not in run("-f", "html", "--", "--><b>.txt", "site/letter.txt").stdout


def test_output_goes_to_a_file(run: Run, folder: Path) -> None:
    assert run("-o", "all.txt", "site/letter.txt").stdout == ""
    assert (folder / "all.txt").read_text(encoding="utf-8") == BODY


def test_an_output_folder_mirrors_the_inputs(run: Run, folder: Path) -> None:
    assert run("site", "--output-dir", "out").exit_code == 0
    written = sorted(str(path.relative_to(folder / "out")) for path in (folder / "out").rglob("*.*"))
    assert written == ["letter.txt", "notes/plain.txt", "page.txt"]


def test_several_inputs_are_mirrored_from_their_common_folder(run: Run, folder: Path) -> None:
    assert run("site/notes", "site/page.html", "--output-dir", "out", "-f", "markdown").exit_code == 0
    written = sorted(str(path.relative_to(folder / "out")) for path in (folder / "out").rglob("*.*"))
    assert written == ["notes/plain.md", "page.md"]


def test_a_second_run_does_not_read_the_first_ones_output(run: Run, folder: Path) -> None:
    first = run("site", "--output-dir", "site/clean").stderr
    assert run("site", "--output-dir", "site/clean").stderr == first
    first = run("site", "-o", "site/all.txt").stderr
    assert run("site", "-o", "site/all.txt").stderr == first


def test_nor_does_it_if_a_link_leads_to_the_output_or_the_input(run: Run, folder: Path) -> None:
    (folder / "site" / "clean").mkdir()
    os.symlink(folder / "site" / "clean", folder / "out")
    os.symlink(folder / "site", folder / "in")
    first = run("site", "--output-dir", "out").stderr
    for source, target in (("site", "out"), ("in", "out"), ("in", "site/clean")):
        assert run(source, "--output-dir", target).stderr == first


def test_two_inputs_with_one_output_name_are_told_apart(run: Run, folder: Path) -> None:
    (folder / "site" / "letter.md").write_text("It rained.", encoding="utf-8")
    result = run("site", "--output-dir", "out")
    assert result.exit_code == 1
    assert "letter.txt: not written: its output would replace that of site/letter.md" in result.stderr
    assert (folder / "out" / "letter.txt").read_text(encoding="utf-8") == "It rained."


def test_an_input_named_twice_is_no_collision(run: Run, folder: Path) -> None:
    assert run("site", "site/letter.txt", "--output-dir", "out").exit_code == 0


def test_an_input_is_never_overwritten(run: Run, folder: Path) -> None:
    for arguments in (["--output-dir", "site"], ["-o", "site/letter.txt"]):
        result = run("site/letter.txt", *arguments)
        assert result.exit_code == 1
        assert (folder / "site" / "letter.txt").read_text(encoding="utf-8") == TEXT


def test_a_failed_run_leaves_the_old_output_and_no_other_file(run: Run, folder: Path) -> None:
    (folder / "old.txt").write_text("old", encoding="utf-8")
    assert run("gone.txt", "-o", "old.txt").exit_code == 1
    assert (folder / "old.txt").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["old.txt", "site"]


def test_an_output_keeps_its_permissions_and_stays_behind_its_link(run: Run, folder: Path) -> None:
    (folder / "real.txt").write_text("old", encoding="utf-8")
    (folder / "real.txt").chmod(0o640)
    os.symlink("real.txt", folder / "link.txt")
    run("site/letter.txt", "-o", "link.txt")
    assert (folder / "link.txt").is_symlink()
    assert (folder / "real.txt").read_text(encoding="utf-8") == BODY
    assert (folder / "real.txt").stat().st_mode & 0o777 == 0o640


def test_the_null_device_stays_a_device(run: Run, folder: Path) -> None:
    assert run("site/letter.txt", "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


# ---------------------------------------------------------------- options


def test_labels_may_be_kept_dropped_and_parted_by_commas(run: Run, folder: Path) -> None:
    assert run("--keep", "nav,paywall", "site/letter.txt").stdout == TEXT
    assert run("--keep", "nav", "--keep", "paywall", "site/letter.txt").stdout == TEXT


def test_a_rule_may_be_switched_off(run: Run, folder: Path) -> None:
    assert run("--rules-off", "en.paywall.read-n-of-n", "site/letter.txt").stdout == TEXT


def test_the_title_of_a_page_is_shown_on_request(run: Run, folder: Path) -> None:
    assert run("--include", "title", "-f", "markdown", "site/page.html").stdout.startswith("# Ferry\n")


def test_a_language_without_rules_is_said(run: Run, folder: Path) -> None:
    result = run("--lang", "tlh", "site/letter.txt")
    assert result.stdout == TEXT
    assert "no rules for language 'tlh'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--keep", "spam"], "the labels are"), (["--profile", "lenient"], "careful"), (["--keep", "ad", "--drop", "ad"], "both name ad"),
     (["--include", "nav"], "stand apart"), (["--rules-off", "en.none"], "no rule is called en.none"), (["--nonsense"], "--nonsense"),
     (["--encoding", "utf-88"], "encoding='utf-88'"),
     (["-o", "a", "--output-dir", "b"], "choose one"), (["--explain", "--diff"], "choose one"), (["-o", "no/such/file"], "no such folder"),
     (["--url", "https://example.org", "site"], "one input"), (["-j", "-1"], "-1")],
)  # fmt: skip
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(run: Run, folder: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments, "site/letter.txt")
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_help_teaches_by_example_and_names_the_commands(run: Run) -> None:
    text = run("--help").stdout
    assert text.startswith("Usage: cleantext [OPTIONS] INPUT...")
    for part in ("Examples:", "What to remove:", "Commands:", "evaluate", "rules"):
        assert part in text
    assert run("-h").stdout == text
    assert max(map(len, text.splitlines())) <= 80


def test_nothing_left_is_said(run: Run, folder: Path) -> None:
    (folder / "meter.txt").write_text(METER, encoding="utf-8")
    result = run("meter.txt")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == "cleantext: meter.txt: empty: nothing is left of it\n"


def test_verbose_says_a_line_for_each_input(run: Run, folder: Path) -> None:
    assert "site/letter.txt: text: 1 block removed: paywall 1\n" in run("-v", "site/letter.txt").stderr


def test_links_are_kept_on_request(run: Run, folder: Path) -> None:
    page = PAGE.replace("the lighthouse", '<a href="light">the lighthouse</a>')
    (folder / "linked.html").write_text(page, encoding="utf-8")
    markdown = run("-f", "markdown", "--links", "--url", "https://a.example/sea/ferry", "linked.html").stdout
    assert "[the lighthouse](https://a.example/sea/light) again" in markdown
    assert "](" not in run("-f", "markdown", "linked.html").stdout
    (folder / "pyproject.toml").write_text("[tool.cleantext]\nlinks = true\n", encoding="utf-8")
    assert "[the lighthouse](light) again" in run("-f", "markdown", "linked.html").stdout
    assert "](" not in run("-f", "markdown", "--no-links", "linked.html").stdout
