"""Defaults for the command line: a file named by `--config`, or `[tool.cleantext]` in pyproject.toml."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from cleantext.cli.group import cli

PROJECT_FILE = "pyproject.toml"
SHARING = ("clean", "batch")
NOT_SETTINGS = frozenset({"inputs", "config", "help", "version", "url", "resume", "retry_failed"})
"""Parameters that make sense for one run only."""


def load_settings(ctx: click.Context, param: click.Parameter, path: str | None) -> str | None:
    """Put the settings under the command line's own values; the callback of `--config`.

    Raises:
        click.UsageError: the file can't be read, or has a key or a value that no option has; the message names it.
    """
    if ctx.resilient_parsing:
        return path
    if path:
        table, where = _parse(Path(path)), path
        if "tool" in table:
            table, where = _project_table(table), f"{path}: [tool.cleantext]"
    else:
        table, where = _nearest_project()
    ctx.default_map = dict(_checked(ctx, table, where))
    return path


def _nearest_project() -> tuple[dict[str, Any], str]:
    """The first pyproject.toml with our table, from the working directory up to the root of its repository."""
    for folder in _folders(Path.cwd()):
        file = folder / PROJECT_FILE
        if file.is_file() and "cleantext" in (text := file.read_text(encoding="utf-8", errors="replace")) and "[tool" in text:
            table = _project_table(_parse(file))
            if table:
                return table, f"{file}: [tool.cleantext]"
    return {}, ""


def _folders(start: Path) -> Sequence[Path]:
    """The folders to look into. Outside of a repository it is the working directory only."""
    folders = [start, *start.parents]
    root = next((i for i, folder in enumerate(folders) if (folder / ".git").exists()), 0)
    return folders[: root + 1]


def _project_table(table: dict[str, Any]) -> dict[str, Any]:
    settings = table.get("tool", {}).get("cleantext", {})
    return settings if isinstance(settings, dict) else {}


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise click.UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path}: {error}") from None


def _checked(ctx: click.Context, table: dict[str, Any], where: str) -> Iterator[tuple[str, Any]]:
    """Names and values of parameters; the same values that the command line takes, lists for those that may be repeated."""
    known = _settings_of(ctx.command)
    for key, value in table.items():
        option = known.get(key.replace("-", "_"))
        if option is None and any(key.replace("-", "_") in _settings_of(command) for command in _commands(ctx)):
            continue
        if option is None or option.name is None:
            raise click.UsageError(f"{where}: unknown key {key!r}{_suggestion(key, known)}")
        if isinstance(value, dict) or (isinstance(value, list) and not option.multiple):
            raise click.UsageError(f"{where}: {key} = {value!r}: takes one value")
        if option.multiple and not isinstance(value, list):
            value = [value]
        if isinstance(value, bool) != bool(getattr(option, "is_flag", False)):
            raise click.UsageError(
                f"{where}: {key} = {value!r}: {'true or false' if not isinstance(value, bool) else 'not true or false'}"
            )
        try:
            option.process_value(ctx, value)
        except click.BadParameter as error:
            raise click.UsageError(f"{where}: {key} = {value!r}: {error.message}") from None
        yield option.name, value


def _settings_of(command: click.Command) -> dict[str | None, click.Parameter]:
    """The parameters of a command that a file may set."""
    return {option.name: option for option in command.params if option.name not in NOT_SETTINGS}


def _commands(ctx: click.Context) -> Iterator[click.Command]:
    """The commands that share one table: a key of one is no mistake for the other."""
    for name in SHARING:
        command = cli.get_command(ctx, name)
        assert command
        yield command


def _suggestion(key: str, known: Iterable[str | None]) -> str:
    names = sorted(name.replace("_", "-") for name in known if name)
    close = difflib.get_close_matches(key.replace("_", "-"), names, 1)
    return f"; did you mean {close[0]!r}?" if close else f"; the keys are {', '.join(names)}"
