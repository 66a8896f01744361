"""Names, links and kinds of files that a run may meet: nothing is written outside of its folder, nothing hangs, what is passed over is named."""

import json
import os
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.batch.inputs import find_inputs
from tests.cli.conftest import BODY, TEXT, Run

ROOT = Path(__file__).parents[2]
LIMIT = 60
NAMES = (
    b"-rf.html",
    b"--help.txt",
    b"new\nline.txt",
    b"esc\x1b[31m.txt",
    b"csi\xc2\x9b2J.txt",
    b"bell\x07.txt",
    "turned\u202egnp.txt".encode(),
    b"not-utf-8-\xff\xfe.txt",
    b"quote'\"$(touch x)`touch y`.txt",
    b"back\\slash.txt",
    b" space .txt",
    b"..txt",
    b"...txt",
    b"..html.txt",
    b"percent%00%2e%2e%2f.txt",
    b"x" * 251 + b".txt",
    "caf\u00e9.txt".encode(),
    "cafe\u0301.txt".encode(),
    b"case.txt",
    b"CASE.txt",
    "\u1e9e\U0001f6a2.txt".encode(),
)

VISIBLE = {os.fsdecode(name) for name in NAMES if not name.startswith(b".")}


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    """A folder with all of it, beside what must not change."""
    folder = tmp_path / "in"
    (folder / "sub" / "CON").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "other.txt").write_text("It snowed.", encoding="utf-8")
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(TEXT, encoding="utf-8")
    (folder / "sub" / "CON" / "a.txt").write_text(TEXT, encoding="utf-8")
    os.symlink("loop-2.txt", folder / "loop-1.txt")
    os.symlink("loop-1.txt", folder / "loop-2.txt")
    os.symlink("..", folder / "sub" / "up")
    os.symlink(tmp_path / "outside", folder / "away")
    os.symlink("/dev/zero", folder / "zero.txt")
    os.symlink("nowhere", folder / "gone.txt")
    os.mkfifo(folder / "fifo.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)
        listener.bind("socket.txt")
        os.chdir(here)
        yield tmp_path


SPECIAL = {
    "fifo.txt": "is a FIFO",
    "gone.txt": "no such file",
    "loop-1.txt": "too many levels of symbolic links",
    "loop-2.txt": "too many levels of symbolic links",
    "socket.txt": "is a socket",
    "zero.txt": "is a device",
    "away": "is a link to a folder",
    "up": "is a link to a folder",
}


def call(*arguments: object, cwd: Path, code: int = 1) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cleantext", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, cwd=cwd, timeout=LIMIT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


def there(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def check_said(said: bytes) -> None:
    """Each thing that was passed over is named, on a line of its own, and nothing steers the terminal."""
    assert not set(said) & {0x1B, 0x07}
    assert b"\xc2\x9b" not in said
    assert "\u202e".encode() not in said
    for name, why in SPECIAL.items():
        assert any(f"{name}: {why}".encode() in line for line in said.splitlines()), name


def test_a_tree_of_odd_names_and_kinds(tree: Path) -> None:
    before = there(tree)
    done = call("--lang", "en", "in", "--output-dir", "out", cwd=tree)
    check_said(done.stderr)
    made = there(tree) - before - {"out"}
    assert all(name.startswith("out/") for name in made)
    files = [path for path in (tree / "out").rglob("*") if path.is_file()]
    assert {path.name for path in files} == VISIBLE - {"-rf.html"} | {"-rf.txt", "a.txt"}
    assert {path.read_text(encoding="utf-8") for path in files} == {BODY}
    assert (tree / "outside" / "other.txt").read_text(encoding="utf-8") == "It snowed."
    assert len(done.stderr.splitlines()) == len(SPECIAL) + 1


def test_the_same_in_a_batch(tree: Path) -> None:
    before = there(tree)
    for form in ("text", "jsonl"):
        done = call("batch", "--lang", "en", "in", "-o", form, "--to", form, "-j", "1", cwd=tree)
        assert not set(done.stderr) & {0x1B, 0x07}
        failures = [json.loads(line) for line in (tree / form / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
        assert {Path(one["input"]).name for one in failures} == set(SPECIAL)
        assert all(SPECIAL[Path(one["input"]).name] in one["reason"] for one in failures)
    assert all(name.startswith(("text", "jsonl")) for name in there(tree) - before)
    assert {path.read_text(encoding="utf-8") for path in (tree / "text").rglob("*.txt")} == {BODY}
    assert len(list((tree / "text").rglob("*.txt"))) == len(VISIBLE) + 1
    rows = [json.loads(line) for line in (tree / "jsonl" / "part-000000.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == [BODY] * (len(VISIBLE) + 1)
    for folder in ("text", "jsonl"):
        call("stats", folder, cwd=tree, code=0)
        call("verify", folder, cwd=tree, code=0)


def test_the_same_in_a_report_and_in_learning(tree: Path) -> None:
    before = there(tree)
    check_said(call("explain", "--lang", "en", "in", "--report", "out.html", cwd=tree).stderr)
    assert set((tree / "out.html").read_bytes()) & {0x1B, 0x07, 0x00} == set()
    check_said(call("learn", "in", "-o", "site.toml", cwd=tree).stderr)
    assert there(tree) - before == {"out.html", "site.toml"}


def test_names_on_the_command_line(tree: Path) -> None:
    names = [os.fsdecode(b"in/" + name) for name in NAMES]
    done = call("--lang", "en", *names, "-f", "json", cwd=tree, code=0)
    assert len(done.stdout.splitlines()) == len(NAMES)
    done = call("gone\x1b]0;x\x07.txt", "in/case.txt", cwd=tree)
    assert b"\x1b" not in done.stderr
    done = call("--output-dir", "a", "-o", "\x1b[31m/b", "in", cwd=tree, code=2)
    done = call("-o", "\x1b[31m/b", "in", cwd=tree, code=2)
    assert b"\x1b" not in done.stderr
    done = call("--site-rules", "in/esc\x1b[31m.txt", "in/case.txt", cwd=tree)
    assert b"\x1b" not in done.stderr
    done = call("stats", "in/\x1b[31m", cwd=tree)
    assert b"\x1b" not in done.stderr


def test_a_leading_dash_is_no_option_after_two(tree: Path) -> None:
    done = call("--lang", "en", "-f", "json", "--", "-rf.html", "--help.txt", cwd=tree / "in", code=0)
    assert [json.loads(line)["name"] for line in done.stdout.splitlines()] == ["-rf.html", "--help.txt"]


def test_a_pattern_that_climbs_out_does_not_write_outside(run: Run, folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "a.txt").write_text(TEXT, encoding="utf-8")
    before = there(folder)
    result = run("site/*/../../other/*.txt", "--output-dir", "site/deep/out")
    assert {name for name in there(folder) - before if not name.startswith("site/deep")} == set()
    assert result.exit_code == 0 or "not in the output folder" in result.stderr


def test_a_link_in_the_output_folder_is_not_written_to(run: Run, folder: Path) -> None:
    (folder / "precious.txt").write_text("precious", encoding="utf-8")
    (folder / "elsewhere").mkdir()
    (folder / "out").mkdir()
    os.symlink(folder / "precious.txt", folder / "out" / "letter.txt")
    os.symlink(folder / "elsewhere", folder / "out" / "notes")
    os.mkfifo(folder / "out" / "page.txt")
    result = run("site", "--output-dir", "out")
    assert result.exit_code == 1
    assert "letter.txt: a link of that name is there, and not written to" in result.stderr
    assert "plain.txt: a link in the output folder is in its way, and not followed" in result.stderr
    assert "page.txt: a fifo of that name is there" in result.stderr.lower()
    assert (folder / "precious.txt").read_text(encoding="utf-8") == "precious"
    assert list((folder / "elsewhere").iterdir()) == []


def test_a_batch_writes_to_no_link(tree: Path) -> None:
    (tree / "site").mkdir()
    (tree / "site" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tree / "site" / "b.txt").write_text(TEXT, encoding="utf-8")
    (tree / "out").mkdir()
    os.symlink(tree / "outside" / "other.txt", tree / "out" / "a.txt")
    os.symlink(tree / "outside" / "other.txt", tree / "out" / "b.txt.tmp")
    call("batch", "site", "-o", "out", "--to", "text", "-j", "1", cwd=tree)
    assert (tree / "outside" / "other.txt").read_text(encoding="utf-8") == "It snowed."
    assert (tree / "out" / "b.txt").read_text(encoding="utf-8") == BODY
    (tree / "shards").mkdir()
    os.symlink(tree / "outside" / "other.txt", tree / "shards" / "part-000000.jsonl.tmp")
    os.symlink(tree / "outside" / "other.txt", tree / "shards" / "part-000000.jsonl")
    call("batch", "site", "-o", "shards", "-j", "1", cwd=tree, code=0)
    assert (tree / "outside" / "other.txt").read_text(encoding="utf-8") == "It snowed."
    os.rename(tree / "shards" / "ledger.sqlite", tree / "outside" / "ledger.sqlite")
    os.symlink(tree / "outside" / "ledger.sqlite", tree / "shards" / "ledger.sqlite")
    assert b"is a link" in call("batch", "site", "-o", "shards", "--resume", cwd=tree).stderr


def test_a_refused_output_is_named_whatever_the_name_of_its_owner(tree: Path) -> None:
    (tree / "site").mkdir()
    for ending in (b"html", b"txt"):
        Path(os.fsdecode(os.fsencode(tree / "site") + b"/\xff." + ending)).write_text(TEXT, encoding="utf-8")
    call("batch", "site", "-o", "out", "--to", "text", "-j", "1", cwd=tree)
    (failure,) = (json.loads(line) for line in (tree / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines())
    assert "its output would replace that of" in failure["reason"]
    assert b"would replace that of" in call("site", "--output-dir", "tree", cwd=tree).stderr


def test_a_folder_that_takes_no_files_is_named(run: Run, folder: Path) -> None:
    result = run("site/letter.txt", "--output-dir", "/proc/cleantext")
    assert result.exit_code == 1
    assert "not written: /proc/cleantext/letter.txt: " in result.stderr
    assert "Traceback" not in run("batch", "site", "-o", "/proc/cleantext").output


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_named(run: Run, folder: Path) -> None:
    (folder / "out").mkdir(mode=0o555)
    assert "letter.txt: permission denied" in run("site/letter.txt", "--output-dir", "out").stderr


def test_two_runs_at_once_into_one_folder(tree: Path) -> None:
    for number in range(60):
        (tree / "in" / f"{number}.txt").write_text(TEXT * (number + 1), encoding="utf-8")
    command = [sys.executable, "-m", "cleantext", "-q", "--lang", "en", "in", "--output-dir", "out"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    runs = [subprocess.Popen(command, cwd=tree, stderr=subprocess.PIPE, env=environment) for _ in range(2)]
    said = [one.communicate(timeout=LIMIT)[1] for one in runs]
    assert said[0] == said[1]
    made = sorted((tree / "out").rglob("*"))
    assert not [path for path in made if path.name.startswith(".cleantext")]
    call("--lang", "en", "in", "--output-dir", "alone", cwd=tree)
    assert {path.name: path.read_bytes() for path in made if path.is_file()} == {
        path.name: path.read_bytes() for path in (tree / "alone").rglob("*") if path.is_file()
    }


def test_two_batches_that_begin_at_once_in_one_folder(tree: Path) -> None:
    (tree / "a.jsonl").write_text("".join(json.dumps({"id": n, "text": TEXT}) + "\n" for n in range(200)), encoding="utf-8")
    command = [sys.executable, "-m", "cleantext", "batch", "--lang", "en", "a.jsonl", "-o", "out", "-j", "1", "-q"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    runs = [subprocess.Popen(command, cwd=tree, stderr=subprocess.PIPE, env=environment) for _ in range(3)]
    said = [one.communicate(timeout=LIMIT)[1] for one in runs]
    assert sorted(one.returncode for one in runs) == [0, 1, 1], said
    assert sum(b"another run is at work" in one or b"holds a batch already" in one for one in said) == 2
    call("verify", "out", cwd=tree, code=0)
    assert len((tree / "out" / "part-000000.jsonl").read_bytes().splitlines()) == 200


def test_names_alike_are_told_apart_or_refused(run: Run, folder: Path) -> None:
    for number, name in enumerate(("caf\u00e9.txt", "cafe\u0301.txt", "CAF\u00c9.txt")):
        (folder / "site" / name).write_text(f"It rained on day {number}.", encoding="utf-8")
    inputs = [name for name in os.listdir(folder / "site") if unicodedata.normalize("NFC", name).lower() == "caf\u00e9.txt"]
    result = run("site", "--output-dir", "out")
    made = [name for name in os.listdir(folder / "out") if unicodedata.normalize("NFC", name).lower() == "caf\u00e9.txt"]
    assert len(made) + result.stderr.count("would replace that of") == len(inputs)


@given(
    names=st.lists(
        st.binary(min_size=1, max_size=40).filter(lambda name: not {0, ord("/")} & set(name) and name not in (b".", b"..")),
        min_size=1,
        max_size=20,
        unique=True,
    )
)
@settings(max_examples=40)
def test_files_of_any_name_are_found_and_mirrored(names: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    from cleantext.cli.outputs import Tree
    from cleantext.cli.work import Result

    folder = tmp_path_factory.mktemp("names")
    (folder / "in").mkdir()
    paths = [os.fsdecode(os.fsencode(folder / "in") + b"/" + name + b".txt") for name in names]
    for path in paths:
        Path(path).write_bytes(b"It rained.")
    found = [one.path for one in find_inputs([str(folder / "in")])]
    visible = sorted(path for path in paths if not os.path.basename(path).startswith("."))
    assert sorted(found) == visible or not visible
    tree = Tree(str(folder / "out"), str(folder / "in"), "text")
    assert [tree.put(Result(path, path, text=path)) for path in visible] == [""] * len(visible)
    made = {path: Path(path.replace("/in/", "/out/")).read_bytes() for path in visible}
    assert made == {path: path.encode("utf-8", "backslashreplace") for path in visible}
    assert sorted(os.listdir(folder)) == (["in", "out"] if visible else ["in"])
