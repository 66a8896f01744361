"""`python -m cleantext.evaluate.torture FOLDER`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from cleantext.cli.benchmark import Watch
from cleantext.errors import CleanTextError
from cleantext.evaluate.benchmark.systems import OURS, choose
from cleantext.evaluate.benchmark.table import as_markdown
from cleantext.evaluate.torture.cases import inputs_of, read_cases
from cleantext.evaluate.torture.commands import torment_commands
from cleantext.evaluate.torture.report import summary, worst, write_report
from cleantext.evaluate.torture.run import Outcome, torment

BAD = frozenset({"silent loss", "leak", "broken promise", "exception", "timeout", "died"})


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--systems", default=OURS, metavar="NAMES", help="Which systems, parted by commas.")
@click.option("--only", default="", metavar="REGEX", help="Only inputs whose names match.")
@click.option("--forms", default="", metavar="NAMES", help="Only in these forms, parted by commas: bytes, str, 'str as text' ...")
@click.option("--deadline", type=click.FloatRange(min=0, min_open=True), default=60.0, metavar="SECONDS", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder for torture.md and torture.json."
)
@click.pass_context
def main(ctx: click.Context, folder: Path, systems: str, only: str, forms: str, deadline: float, output: Path | None) -> None:
    """Give the hostile inputs in FOLDER, which its manifest.json lists, to systems, each in a process of its own with 4 GB.

    The exit code is 1 if this package failed on one.
    """
    outcomes: dict[str, list[Outcome]] = {}
    try:
        cases = read_cases(folder.resolve(), only)
        for system in choose(systems):
            outcomes[system.name] = []
            inputs = list(inputs_of(cases, system.name, forms))
            watch = Watch(system.name, "inputs")
            for done, outcome in enumerate(torment(system.name, inputs, deadline)):
                outcomes[system.name].append(outcome)
                watch(done + 1, len(inputs), outcome.name)
            _write(output, outcomes)
        if OURS in outcomes and (found := list(torment_commands(folder.resolve(), cases, only, deadline))):
            outcomes[f"{OURS}, command"] = found
    except CleanTextError as error:
        raise click.ClickException(str(error)) from None
    _write(output, outcomes)
    ctx.exit(_tell(outcomes))


def _write(folder: Path | None, outcomes: dict[str, list[Outcome]]) -> None:
    """After each system, so that a run that is stopped leaves what it has."""
    if folder:
        write_report(folder, outcomes, shlex.join(["python", "-m", "cleantext.evaluate.torture", *sys.argv[1:]]))


def _tell(outcomes: dict[str, list[Outcome]]) -> int:
    click.echo(as_markdown(summary(outcomes)))
    ours = [(system, one) for system, found in outcomes.items() if system.startswith(OURS) for one in found]
    for system, one in ours:
        if one.result in BAD:
            click.echo(f"{system}: {one.name} ({one.form}): {one.result}: {one.detail}")
    if OURS in outcomes:
        click.echo("\n" + as_markdown(worst(outcomes[OURS])))
    return int(any(one.result in BAD for _, one in ours))


if __name__ == "__main__":  # not in the processes that it starts
    main(prog_name="python -m cleantext.evaluate.torture")
