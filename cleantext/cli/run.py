"""One run over all inputs: check what was asked for, clean, write, and say what was done."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, BinaryIO

import click

from cleantext.batch.inputs import STDIN, Input, common_folder, find_inputs
from cleantext.batch.workers import Work, spread
from cleantext.cli.cleaning import options_of
from cleantext.cli.outputs import Stream, Tree, replacing, same_file
from cleantext.cli.progress import Progress
from cleantext.cli.work import BYTES_PER_CHAR, Job, Result, View, do, failed
from cleantext.detect.prompts import prompts
from cleantext.detect.rules import rule_set
from cleantext.options import Options
from cleantext.report.terminal import counted, counts, escape_line, wants_colour
from cleantext.sites.match import load_rules

SOME_FAILED = 1
NARROW, WIDE = 60, 100
"""Columns between which an explanation follows the terminal's width."""


@dataclass(slots=True)
class Tally:
    """What a run did so far."""

    documents: int = 0
    failed: int = 0
    removed: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """The closing line of a run.

        >>> print(Tally(2, 1, Counter(nav=3, ad=1)))
        2 documents, 4 blocks removed: nav 3, ad 1; 1 input failed
        """
        failed = f"; {counted(self.failed, 'input')} failed" if self.failed else ""
        return f"{counted(self.documents, 'document')}, {_removed(self.removed)}{failed}"


class Sinks:
    """Where the texts go, and where the views (`--explain`, `--diff`), which take the texts' place on standard output."""

    def __init__(self, stack: ExitStack, names: Sequence[str], given: Mapping[str, Any], several: bool) -> None:
        self.stack = stack
        self.given = given
        self.several = several
        self.terminal = _on_terminal()
        self.view = Stream(_stdout(), None, several=several, terminal=self.terminal) if _view(given) else None
        self.texts: Tree | Stream | None = None
        if given["output_dir"]:
            self.texts = Tree(given["output_dir"], common_folder(names), given["output_format"])
        elif not given["output"] and not self.view:
            self.texts = self._stream(_stdout(), self.terminal)

    def put(self, result: Result) -> str:
        """Write a result; returns why that failed, if it did."""
        output = self.given["output"]
        if output and result.path != STDIN and same_file(result.path, output):
            return "not cleaned: it is the output itself"
        if output and self.texts is None:  # not before there is something to write, so that a failed run leaves no file
            self.texts = self._stream(self.stack.enter_context(replacing(output)), terminal=False)
        failure = self.texts.put(result) if self.texts else ""
        if self.view and not failure:
            self.view.put(result)
        return failure

    def _stream(self, file: BinaryIO, terminal: bool) -> Stream:
        form, bare = self.given["output_format"], self.given["quiet"]
        return Stream(file, form, several=self.several, bare=bare, terminal=terminal)


def run(names: Sequence[str], given: Mapping[str, Any]) -> int:
    """Clean what `names` name, as the parameters `given` say; returns the exit code."""
    _check(names, given)
    options = ready(given)
    target = given["output"] or given["output_dir"]
    inputs = find_inputs(names, os.path.abspath(target) if target else None)
    first = list(islice(inputs, 2))
    several = len(first) > 1
    jobs = jobs_of(chain(first, inputs), options, given)
    processes = (given["jobs"] or os.cpu_count() or 1) if several else 1
    results = chain.from_iterable(spread(Work(do, failed, list), ([job] for job in jobs), processes))
    tally = Tally()
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(_shows_progress(given, several)))
        sinks = Sinks(stack, names, given, several)
        for result in results:
            progress.clear()
            _settle(result, sinks, tally, given)
            progress.count()
    if (several or given["verbose"]) and not given["quiet"]:
        click.echo(tally, err=True)
    return SOME_FAILED if tally.failed else 0


def ready(given: Mapping[str, Any]) -> Options:
    """The options, once it is sure that what they name can be loaded: a broken rule pack is one error, not one for each input."""
    options = options_of(given)
    rule_set(options.language, options.rules_off)
    load_rules(options.site_rules)
    load_models(options)
    return options


def load_models(options: Options) -> None:
    """Load the models of one's own that the options name.

    Raises:
        ModelError: one of them is none.
    """
    if options.content_model:
        from cleantext.extract.storage import content_model

        content_model(options.content_model)
    if options.line_model:
        from cleantext.detect.learned import line_model

        line_model(options.line_model)
        prompts(options.line_model)


def _settle(result: Result, sinks: Sinks, tally: Tally, given: Mapping[str, Any]) -> None:
    """Write one result, count it, and say what there is to say about it."""
    failure = result.failure or sinks.put(result)
    if failure:
        tally.failed += 1
        say(result.name, failure)
        return
    tally.documents += 1
    tally.removed += result.removed
    if given["quiet"]:
        return
    if result.status != "ok":
        say(result.name, "; ".join(result.limits) or "nothing is left of it", result.status)
    if given["verbose"]:
        say(result.name, _removed(result.removed), result.kind)


def say(name: str, what: str, status: str = "") -> None:
    """A line on standard error about one input."""
    line = f"cleantext: {escape_line(name)}: {status}{': ' if status else ''}{escape_line(what)}"
    click.echo(line, err=True)


def _check(names: Sequence[str], given: Mapping[str, Any]) -> None:
    """Refuse what contradicts itself before anything is read or written."""
    output = given["output"]
    if output and given["output_dir"]:
        raise click.UsageError("--output and --output-dir: choose one")
    if output:
        check_folder("--output", output)
    if given["explain"] and given["diff"]:
        raise click.UsageError("--explain and --diff: choose one")
    check_inputs(names, given)


def check_folder(option: str, target: str) -> None:
    """Refuse a file to be written where there is no folder for it."""
    if not os.path.isdir(os.path.dirname(os.path.abspath(target))):
        raise click.UsageError(f"{option} {target}: there is no such folder")


def check_inputs(names: Sequence[str], given: Mapping[str, Any]) -> None:
    """Refuse inputs that contradict themselves."""
    if names.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")
    if given["url"] and (len(names) > 1 or os.path.isdir(names[0])):
        raise click.UsageError("--url says where one page came from: it takes one input")


def jobs_of(inputs: Iterable[Input], options: Options, given: Mapping[str, Any]) -> Iterator[Job]:
    """What is to be done with each input."""
    width = shutil.get_terminal_size().columns
    colour = wants_colour(sys.stdout, os.environ)
    for found in inputs:
        data = None
        if found.path == STDIN:
            data = sys.stdin.buffer.read(options.max_chars * BYTES_PER_CHAR)
        yield Job(
            found,
            options,
            url=given["url"],
            data=data,
            view=_view(given),
            colour=colour,
            terminal=_on_terminal() or colour,
            width=min(max(width, NARROW), WIDE),
            whole=given["verbose"],
        )


def _view(given: Mapping[str, Any]) -> View:
    return "explain" if given["explain"] else "diff" if given["diff"] else ""


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _stdout() -> BinaryIO:
    if sys.stdout is None:  # the caller has closed it, as `>&-` does
        raise click.UsageError("standard output is closed: name a place with --output")
    sys.stdout.flush()
    return sys.stdout.buffer


def _shows_progress(given: Mapping[str, Any], several: bool) -> bool:
    if given["progress"] is not None:
        return bool(given["progress"])
    on_screen = _on_terminal() and not given["output"] and not given["output_dir"]
    return several and sys.stderr.isatty() and not on_screen and not given["quiet"]


def _removed(labels: Counter[str]) -> str:
    ordered = counts(labels)
    return f"{counted(labels.total(), 'block')} removed{': ' if ordered else ''}{ordered}"
