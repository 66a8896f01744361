"""Cleaning touches nothing but its source: no network, no file, no process; and what is loaded runs no code."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.sources import CANARY, HOSTILE, cleaners, record

ROOT = Path(__file__).parent.parent


def child(what: str, given: str = "") -> dict[str, list[Any]]:
    """What a process of its own did, as the interpreter's audit tells it, and which modules it has loaded."""
    command = [sys.executable, "-m", "tests.contained", what, given]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


def test_cleaning_opens_no_connection_no_file_and_no_process(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")
    assert child("clean", str(secret))["seen"] == []


def test_no_file_that_a_page_names_comes_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")
    for cleaner in cleaners():
        for page in HOSTILE:
            assert CANARY not in record(cleaner, page.replace("{secret}", str(secret)))


def test_loading_rules_and_models_runs_no_code() -> None:
    modules = set(child("clean")["modules"]) - {"__main__"}
    assert {"numpy", "selectolax.lexbor", "trafilatura", "cleantext.extract.model"} <= modules
    assert child("load", json.dumps(sorted(modules)))["seen"] == []


def test_the_audit_sees_what_it_should() -> None:
    code = "import tests.contained as c, sys, socket, os, pickle; sys.addaudithook(c.watch.see); c.watch.kinds = c.OUTSIDE + c.CODE\n"
    deeds = "open('README.md'); socket.socket().close(); exec('1'); pickle.loads(pickle.dumps(os.getpid)); os.system('true')"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}{deeds}; print(*{{event for event, _ in c.watch.seen}})"],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert {"open", "socket.__new__", "exec", "pickle.find_class", "os.system"} <= set(done.stdout.split())
