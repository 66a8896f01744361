"""Defaults from `--config` and from pyproject.toml."""

from pathlib import Path

import pytest

from tests.cli.conftest import BODY, TEXT, Run

KEEPS = 'keep = ["paywall"]\n'


def project(folder: Path, settings: str) -> None:
    (folder / "pyproject.toml").write_text(f"[project]\nname = 'x'\n[tool.cleantext]\n{settings}", encoding="utf-8")


def test_pyproject_of_the_working_directory_gives_defaults(run: Run, folder: Path) -> None:
    project(folder, KEEPS)
    assert run("site/letter.txt").stdout == TEXT


def test_the_command_line_wins(run: Run, folder: Path) -> None:
    project(folder, KEEPS)
    assert run("--keep", "nav", "site/letter.txt").stdout == BODY


def test_a_parent_is_asked_up_to_the_root_of_the_repository(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(folder, KEEPS)
    monkeypatch.chdir(folder / "site")
    assert run("letter.txt").stdout == BODY
    (folder / ".git").mkdir()
    assert run("letter.txt").stdout == TEXT
    (folder / "site" / ".git").mkdir()
    assert run("letter.txt").stdout == BODY


def test_a_file_named_takes_the_place_of_pyproject(run: Run, folder: Path) -> None:
    project(folder, 'profile = "nonsense"\n')
    (folder / "mine.toml").write_text(KEEPS, encoding="utf-8")
    assert run("--config", "mine.toml", "site/letter.txt").stdout == TEXT


def test_a_file_named_may_be_a_pyproject(run: Run, folder: Path) -> None:
    (folder / "other.toml").write_text(f"[tool.cleantext]\n{KEEPS}", encoding="utf-8")
    assert run("--config", "other.toml", "site/letter.txt").stdout == TEXT


def test_keys_may_be_written_with_either_dash(run: Run, folder: Path) -> None:
    for key in ("output-format", "output_format"):
        project(folder, f'{key} = "json"\n')
        assert run("site/letter.txt").stdout.startswith("{")


@pytest.mark.parametrize(
    ("settings", "said"),
    [('profil = "careful"', "unknown key 'profil'; did you mean 'profile'?"), ("zzz = 1", "unknown key 'zzz'; the keys are"),
     ('profile = "lenient"', "profile = 'lenient'"), ("quiet = 1", "quiet = 1: true or false"), ("jobs = true", "jobs = True"),
     ('jobs = "many"', "jobs = 'many'"), ("profile = ['strict']", "takes one value"), ('url = "https://x"', "unknown key 'url'"),
     ("keep = ", "Invalid value"), ('keep = ["spam"]', "'spam'"), ("keep = [1]", "'1'")],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_said_with_its_name(run: Run, folder: Path, settings: str, said: str) -> None:
    project(folder, settings)
    result = run("site/letter.txt")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "pyproject.toml" in result.stderr or "spam" in said or "'1'" in said


def test_a_file_that_is_not_there_is_an_error(run: Run, folder: Path) -> None:
    result = run("--config", "gone.toml", "site/letter.txt")
    assert result.exit_code == 2
    assert "gone.toml: no such file" in result.stderr


def test_another_projects_file_is_no_error(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\nx = 1\n", encoding="utf-8")
    assert run("site/letter.txt").stdout == BODY


def test_help_is_shown_whatever_a_file_says(run: Run, folder: Path) -> None:
    project(folder, "profil = 1")
    assert run("--help").exit_code == 0
    assert run("--version").exit_code == 0
