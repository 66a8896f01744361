"""A small folder of pages and texts, and a way to call the command line in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleantext.cli.group import cli

BODY = "The ferry to Skarv calls at the lighthouse again.\n\nThree people live there, and a seal.\n"
METER = "You've read 3 of 4 free articles this month."
TEXT = f"{BODY}\n{METER}\n"
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ferry</title></head><body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>
<article><h1>Ferry</h1><p>The ferry to Skarv calls at the lighthouse again, the company said on Monday, if the swell allows.</p>
<p>Three people live there, and a seal, which has learned to open a door and has been seen to close it, too.</p>
<p>{METER}</p></article><footer>Contact</footer></body></html>
"""

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `cleantext` with arguments; standard input is empty unless `input` says otherwise."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object, **options: object) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="cleantext", **options)  # type: ignore[arg-type]
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: `site/` with a page, a text, a note in a subfolder, and what is no input."""
    site = tmp_path / "site"
    (site / "notes").mkdir(parents=True)
    (site / "letter.txt").write_text(TEXT, encoding="utf-8")
    (site / "page.html").write_text(PAGE, encoding="utf-8")
    (site / "notes" / "plain.md").write_text("# Ferry\n\nIt sails.\n", encoding="utf-8")
    (site / "picture.png").write_bytes(b"\x89PNG")
    (site / ".hidden.txt").write_text("hidden", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
