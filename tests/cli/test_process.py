"""What only a process of its own shows: signals, pipes, terminals, start-up."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT

COMMAND = [sys.executable, "-m", "cleantext", "--lang", "en"]
ROOT = Path(__file__).parents[2]
LIMIT = 30


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | variables


def call(*arguments: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, cwd=cwd, timeout=LIMIT, env=environment(**variables), check=False
    )


def on_a_terminal(*arguments: str, cwd: Path, **variables: str) -> bytes:
    """What the program shows on a terminal."""
    ours, theirs = pty.openpty()
    subprocess.run(
        [*COMMAND, *arguments],
        stdout=theirs,
        stderr=theirs,
        stdin=theirs,
        cwd=cwd,
        timeout=LIMIT,
        env=environment(**variables),
        check=False,
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other end is closed: all has been read
        pass
    os.close(ours)
    return shown


def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"Story {number}.\n\n" * (40 - number) + TEXT, encoding="utf-8")
    one, three = call("-j", "1", ".", cwd=tmp_path), call("-j", "3", ".", cwd=tmp_path)
    assert one.returncode == three.returncode == 0
    assert one.stdout == three.stdout
    assert one.stderr == three.stderr


def test_unbuffered_output_is_whole(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("It rained.\n\n" * 100_000, encoding="utf-8")
    assert len(call("long.txt", cwd=tmp_path, PYTHONUNBUFFERED="1").stdout) == 1_200_000


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("It rained.\n\n" * 100_000, encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "long.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment()
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(LIMIT) == 141


def test_a_full_disk_is_an_error() -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [*COMMAND, "corpora/examples"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            timeout=LIMIT,
            env=environment(),
            check=False,
        )
    assert result.returncode == 1
    assert b"no space left" in result.stderr
    assert b"Traceback" not in result.stderr


def interrupted(tmp_path: Path, signal_number: int, *arguments: str) -> tuple[int, str, list[str]]:
    """End a run that waits for standard input: its code, what it said, and the files that are there then."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    line = [*COMMAND, "a.txt", "-", "-o", "out.txt", *arguments]
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment(), text=True
    ) as process:
        deadline = time.monotonic() + LIMIT
        while not any(tmp_path.glob(".cleantext-*.tmp")) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal_number)
        _, said = process.communicate(timeout=LIMIT)
    return process.returncode, said, sorted(path.name for path in tmp_path.iterdir())


def test_an_interrupted_run_ends_with_130_and_leaves_no_file(tmp_path: Path) -> None:
    # Two are handed out at once only with several processes; then the first result isn't written before the second is read.
    code, said, files = interrupted(tmp_path, signal.SIGINT)
    assert (code, said.strip(), files) == (130, "cleantext: interrupted", ["a.txt"])


def test_a_terminated_run_leaves_no_file(tmp_path: Path) -> None:
    code, _, files = interrupted(tmp_path, signal.SIGTERM)
    assert (code, files) == (128 + signal.SIGTERM, ["a.txt"])


def test_a_terminal_is_not_steered_by_what_it_shows(tmp_path: Path) -> None:
    name = "red\x1b[31m\n.txt"
    (tmp_path / name).write_text("Before \x1b]0;title\x07 \x9b2J \u202e after.\n\n" + TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    for arguments in ([], ["-f", "json"], ["--explain"], ["--diff"], ["-v"]):
        shown = on_a_terminal(*arguments, ".", cwd=tmp_path, NO_COLOR="1")
        assert shown
        assert not {b"\x1b", b"\x07", b"\xc2\x9b", "\u202e".encode()} & {
            shown[i : i + n] for n in (1, 2, 3) for i in range(len(shown))
        }


def test_a_terminal_gets_colour_and_a_pipe_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert b"\x1b[1;31mYou've read" in on_a_terminal("--explain", "a.txt", cwd=tmp_path)
    assert b"\x1b" not in on_a_terminal("--explain", "a.txt", cwd=tmp_path, NO_COLOR="1")
    assert b"\x1b" not in call("--explain", "a.txt", cwd=tmp_path).stdout
    assert b"\x1b[1;31mYou've read" in call("--explain", "a.txt", cwd=tmp_path, FORCE_COLOR="1").stdout


def test_without_input_a_terminal_gets_help(tmp_path: Path) -> None:
    assert b"Usage:" in on_a_terminal(cwd=tmp_path)


def test_version_loads_no_rules_and_no_parser() -> None:
    code = (
        "import sys\nsys.argv = ['cleantext', '--version']\nfrom cleantext.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print({'lxml', 'trafilatura', 'multiprocessing', 'cleantext.cli.run'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=LIMIT, env=environment(), check=False
    )
    assert result.stdout.splitlines()[1] == "set()"


def test_a_shell_completes_commands_and_options() -> None:
    def complete(words: str, position: int) -> str:
        variables = {"_CLEANTEXT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(position)}
        code = "from cleantext.cli import main; main()"
        result = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=LIMIT,
            env=environment(**variables),
            check=False,
        )
        return result.stdout

    assert "plain,rules" in complete("cleantext ru", 1)
    assert "plain,--output-dir" in complete("cleantext --out", 1)
    assert "plain,markdown" in complete("cleantext -f ", 2)
    assert "file," in complete("cleantext pa", 1)


def test_a_closed_standard_output_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="ascii")
    command = [sys.executable, "-m", "cleantext", "a.txt"]
    closed = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env=environment(),
    )
    assert (closed.returncode, closed.stderr.splitlines()[-1]) == (
        2,
        "Error: standard output is closed: name a place with --output",
    )


@pytest.mark.parametrize("option", ["--content-model", "--line-model"])
@pytest.mark.parametrize("command", [[], ["explain"], ["batch", "-o", "out"]])
def test_a_model_that_is_none_is_an_error_at_once(tmp_path: Path, option: str, command: list[str]) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="ascii")
    (tmp_path / "own.npz").write_text("no model", encoding="ascii")
    result = subprocess.run(
        [sys.executable, "-m", "cleantext", *command, "a.txt", option, "own.npz"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert result.returncode == 1
    assert "internal error" not in result.stderr
    assert "Error: own.npz: not a " in result.stderr
