"""How the default command shows itself: options in sections, the other commands below, completion of both."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import CompletionItem

from cleantext.cli.group import COMMANDS

SECTIONS = ("What to read", "What to remove", "What to write", "How to work", "What to say")


class SectionOption(click.Option):
    """An option that `--help` lists in a section."""

    def __init__(self, *args: Any, section: str = "What to say", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section


class InputArgument(click.Argument):
    """Completed by file names, and by commands where one may stand."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, then those of files, which the shell looks up."""
        commands = [] if ctx.params.get(self.name or "") else [name for name in COMMANDS if name.startswith(incomplete)]
        return [CompletionItem(name, help=COMMANDS[name]) for name in commands] + [CompletionItem(incomplete, type="file")]


class SectionCommand(click.Command):
    """A command that lists its options in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options by section."""
        for section in SECTIONS:
            options = [param for param in self.get_params(ctx) if isinstance(param, SectionOption) and param.section == section]
            records = [record for option in options if (record := option.get_help_record(ctx))]
            if records:
                with formatter.section(section):
                    formatter.write_dl(records)


class DefaultCommand(SectionCommand):
    """The command that needs no name: it shows itself under the name of its group."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """A context of its own, named as the group was called."""
        return super().make_context(parent.info_name if parent else info_name, args, parent=None, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options by section, then the commands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
