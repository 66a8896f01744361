"""`cleantext INPUT...` cleans; `cleantext COMMAND ...` does something else. Commands are imported when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from cleantext.errors import CleanTextError
from cleantext.report.terminal import escape

COMMANDS = {
    "explain": "Show what was removed and why, as a page to look at.",
    "serve": "Open a page to try it on, and an endpoint.",
    "batch": "Clean archives and tables of documents; resumable.",
    "stats": "Say what a batch removed.",
    "verify": "Check a batch's output against its ledger.",
    "rules": "List the rules, or explain one.",
    "phrases": "List the phrases that were learned.",
    "learn": "Learn a site's own boilerplate from its documents.",
    "evaluate": "Measure quality on labelled documents.",
}
"""Each stands in a module of its name in this package."""

INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports for a program that SIGPIPE ended."""


class CleaningGroup(click.Group):
    """A group whose first word may also be an input: then `clean` takes the whole line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands by name; `clean` itself has none."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module."""
        if cmd_name != "clean" and cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"cleantext.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `clean` before a line that doesn't begin with a command."""
        return super().parse_args(ctx, args if args and args[0] in COMMANDS else ["clean", *args])

    def invoke(self, ctx: click.Context) -> Any:
        """Turn what ends a run early into exit codes."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("cleantext: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(BROKEN_PIPE)
        except CleanTextError as error:
            raise click.ClickException(escape(str(error))) from error
        except OSError as error:
            where = f"{error.filename}: " if error.filename else "can't write: "
            raise click.ClickException(escape(where + (error.strerror or str(error)).lower())) from error
        except click.ClickException as error:
            error.message = escape(error.message)  # type: ignore[misc]  # it may hold the name of a file, and that may steer a terminal
            raise


cli = CleaningGroup("cleantext", add_help_option=False)
