"""The default command: `cleantext INPUT...`."""

from __future__ import annotations

import sys
from typing import Any, get_args

import click

from cleantext import __version__
from cleantext.cli.cleaning import cleaning_options, config_option, option, reading, writing
from cleantext.cli.layout import DefaultCommand, InputArgument, SectionOption
from cleantext.options import Output


@click.command("clean", cls=DefaultCommand, options_metavar="[OPTIONS]")
@click.argument("inputs", nargs=-1, metavar="INPUT...", cls=InputArgument)
@reading("--url", metavar="URL", help="Where the page came from (one input).")
@cleaning_options
@writing("-f", "--output-format", type=click.Choice(get_args(Output)), default="text", help="json is one object a line.")
@writing("--links/--no-links", default=False, help="Keep the links of HTML pages (default: no); plain text shows none.")
@writing("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to FILE instead of standard output.")
@writing(
    "--output-dir", type=click.Path(file_okay=False), metavar="DIR", help="Write a file for each input, in a tree like theirs."
)
@writing("-j", "--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Use N processes (0: one for each core).")
@option("--explain", is_flag=True, help="Show each removed block, the rule and the words that it matched.")
@option("--diff", is_flag=True, help="Show what was removed, in its context.")
@config_option
@option("-q", "--quiet", is_flag=True, help="No headers, no notes, no summary; only errors.")
@option("-v", "--verbose", is_flag=True, help="A line for each input; long blocks in full.")
@option("--progress/--no-progress", default=None, help="Count on standard error (default: on a terminal).")
@click.version_option(__version__, prog_name="cleantext", cls=SectionOption)
@click.help_option("-h", "--help", cls=SectionOption)
@click.pass_context
def clean(ctx: click.Context, /, inputs: tuple[str, ...], **given: Any) -> None:
    """Give back the article of web pages and texts, whole, and nothing else.

    INPUT is a file, a folder (all .html, .htm, .xhtml, .txt, .md and .markdown files in it), a pattern as 'news/**/*.html', or
    - for standard input.

    \b
    Examples:
      cleantext page.html                         the article, on the screen
      curl -s https://example.org/a | cleantext   from a pipe
      cleantext --explain letter.txt              what goes, and why
      cleantext --diff letter.txt                 the same as a patch
      cleantext crawl --output-dir clean -j 0     a folder, on all cores
      cleantext crawl -f json -o clean.jsonl      one JSON object a line
      cleantext --keep newsletter,app page.html   keep some labels
      cleantext rules en.paywall                  the rules behind a label
    """
    if not inputs and sys.stdin.isatty():
        click.echo(ctx.get_help())
        return
    from cleantext.cli.run import run

    ctx.exit(run(inputs or ("-",), given))
