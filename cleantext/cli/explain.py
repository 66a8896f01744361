"""`cleantext explain`: what was removed and why, on the terminal or as a page to look at."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

import click

from cleantext.batch.inputs import STDIN, find_inputs
from cleantext.batch.workers import Work, spread
from cleantext.cli.cleaning import cleaning_options, config_option, option, reading, writing
from cleantext.cli.layout import InputArgument, SectionCommand
from cleantext.cli.outputs import replacing, same_file
from cleantext.cli.run import SOME_FAILED, check_folder, check_inputs, jobs_of, ready, run, say
from cleantext.cli.work import Job, analysed
from cleantext.report.facts import Summary, summary_of
from cleantext.report.page import Page
from cleantext.report.strip import strip_of
from cleantext.report.terminal import counted
from cleantext.report.view import view

ABSENT: Final = {"output": None, "output_dir": None, "output_format": "text", "links": False, "diff": False, "progress": None}
"""Parameters of the default command that this one hasn't."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A job, its place among the documents, and whether there are others."""

    number: int
    job: Job
    several: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a report holds of one input; or the `failure`."""

    path: str
    name: str
    anchor: str = ""
    summary: Summary | None = None
    view: str = ""
    strip: str = ""
    failure: str = ""


@click.command("explain", cls=SectionCommand)
@click.argument("inputs", nargs=-1, metavar="INPUT...", cls=InputArgument)
@reading("--url", metavar="URL", help="Where the page came from (one input).")
@cleaning_options
@writing("--report", type=click.Path(dir_okay=False), metavar="FILE", help="Write one page to look at with a browser (HTML).")
@writing("-j", "--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Use N processes (0: one for each core).")
@config_option
@option("-q", "--quiet", is_flag=True, help="No notes, no summary; only errors.")
@option("-v", "--verbose", is_flag=True, help="Long blocks in full.")
@click.help_option("-h", "--help")
@click.pass_context
def explain(ctx: click.Context, /, inputs: tuple[str, ...], **given: Any) -> None:
    """Show what goes and why: each removed block, its label, the rules behind it and the words that they matched.

    With --report it is one page, with all inputs in it, that needs no network and can be kept, sent and printed.

    \b
    Examples:
      cleantext explain letter.txt                          on the terminal
      cleantext explain page.html --report page-report.html
      cleantext explain crawl -j 0 --report crawl.html      an index of all pages, by what went or by doubt
    """
    names = inputs or (STDIN,)
    given |= ABSENT | {"explain": True}
    ctx.exit(_report(names, given) if given["report"] else run(names, given))


def _report(names: Sequence[str], given: Mapping[str, Any]) -> int:
    """Write the page; returns the exit code."""
    target = given["report"]
    _check(names, given)
    options = ready(given)
    inputs = find_inputs(names, os.path.abspath(target))
    first = list(islice(inputs, 2))
    several = len(first) > 1
    jobs = jobs_of(chain(first, inputs), options, given)
    numbered = ([Numbered(number, job, several)] for number, job in enumerate(jobs, 1))
    processes = (given["jobs"] or os.cpu_count() or 1) if several else 1
    results = chain.from_iterable(spread(Work(do, failed, list), numbered, processes))
    if not several:
        return _write_one(list(results), target)
    with replacing(target) as file:
        page = Page(file, f"{', '.join(names[:3])}: what was removed", several=True)
        failures = sum(_settle(result, page) for result in _without(results, target))
        page.close()
    if not given["quiet"]:
        failing = f"; {counted(failures, 'input')} failed" if failures else ""
        click.echo(f"{counted(len(page.rows), 'document')}, {counted(page.removed.total(), 'block')} removed{failing}", err=True)
    return SOME_FAILED if failures else 0


def _write_one(results: Sequence[Shown], target: str) -> int:
    """The page of one input; none, if it can't be read or there is none."""
    for result in results:
        if result.failure:
            say(result.name, result.failure)
            return SOME_FAILED
    if not results:
        raise click.UsageError("there are no inputs")
    with replacing(target) as file:
        page = Page(file, f"{results[0].name}: what was removed", several=False)
        _settle(results[0], page)
        page.close()
    return 0


def _without(results: Iterable[Shown], target: str) -> Iterator[Shown]:
    return (result for result in results if not same_file(result.path, target))


def _settle(result: Shown, page: Page) -> bool:
    """Put one result into the page; was it a failure?"""
    if result.summary is None:
        say(result.name, result.failure)
        page.fail(result.name, result.failure)
        return True
    page.add(result.summary, result.view, result.anchor, result.strip)
    return False


def do(item: Numbered) -> Shown:
    """What the report shows of one input. A file that can't be read does not end a run."""
    document = analysed(item.job)
    if isinstance(document, str):
        return failed(item, document)
    name, anchor = item.job.name, f"d{item.number}"
    return Shown(
        item.job.input.path,
        name,
        anchor,
        summary_of(document, name),
        view(document, name, anchor, listed=item.several),
        strip_of(document.blocks),
    )


def failed(item: Numbered, why: str) -> Shown:
    """What stands for an input that came to nothing."""
    return Shown(item.job.input.path, item.job.name, failure=why)


def _check(names: Sequence[str], given: Mapping[str, Any]) -> None:
    target = given["report"]
    check_folder("--report", target)
    if any(same_file(name, target) for name in names):
        raise click.UsageError(f"--report {target}: it is an input")
    check_inputs(names, given)
    if names == (STDIN,) and sys.stdin.isatty():
        raise click.UsageError("name an input, or pipe one in")
