"""`cleantext verify`: does a batch's output hold what its ledger says?"""

from __future__ import annotations

import click

from cleantext.batch.ledger import Ledger
from cleantext.batch.verify import faults_of
from cleantext.cli.stats import summary
from cleantext.report.terminal import counted, escape_line

WRONG = 1


@click.command("verify")
@click.argument("folder", metavar="DIR")
@click.help_option("-h", "--help")
@click.pass_context
def verify(ctx: click.Context, folder: str) -> None:
    """Check the batch in DIR: is each record accounted for, and is each shard, byte for byte, what was written?"""
    with Ledger(folder, lock=False) as ledger:
        faults = list(faults_of(ledger))
        for fault in faults:
            click.echo(f"cleantext: {escape_line(fault)}", err=True)
        click.echo(summary(ledger, ()))
    click.echo(counted(len(faults), "fault") if faults else "the output is what the ledger says")
    ctx.exit(WRONG if faults else 0)
