"""The options of the command line that say how to clean, shared by the commands that do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar, get_args

import click

from cleantext.cli.layout import SectionOption
from cleantext.cli.settings import load_settings
from cleantext.detect.pack import languages, primary_language
from cleantext.detect.rules import rule_set
from cleantext.errors import OptionsError
from cleantext.options import PROFILES, Extractor, Options, Source

F = TypeVar("F", bound=Callable[..., Any])

option = partial(click.option, cls=SectionOption)
reading = partial(option, section="What to read")
removing = partial(option, section="What to remove")
writing = partial(option, section="What to write")


def _split(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> frozenset[str]:
    """Words that were given one by one or parted by commas."""
    return frozenset(word.strip() for value in values for word in value.split(",") if word.strip())


words = partial(removing, multiple=True, callback=_split)


config_option = option(
    "--config",
    metavar="FILE",
    is_eager=True,
    expose_value=False,
    callback=load_settings,
    help="Take defaults from FILE, not from pyproject.toml.",
)

_OPTIONS: Final = (
    reading(
        "-i",
        "--input-format",
        type=click.Choice(get_args(Source)),
        default="auto",
        help="What the inputs are, if it can't be told from them.",
    ),
    reading("--encoding", metavar="NAME", help="The encoding of inputs that don't say it."),
    reading("--lang", metavar="CODE", help="The language, as 'de': only its rules and those of no language are tried."),
    reading(
        "--extractor", type=click.Choice(get_args(Extractor)), default="auto", help="What finds the main content of HTML pages."
    ),
    reading(
        "--content-model", type=click.Path(exists=True, dir_okay=False), help="Another content model than the package's (.npz)."
    ),
    reading(
        "--line-model", type=click.Path(exists=True, dir_okay=False), help="Another line model (.npz, with its .tsv beside it)."
    ),
    reading(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Look no longer for removals in one input.",
    ),
    removing(
        "--profile",
        type=click.Choice(list(PROFILES)),
        default="standard",
        help="How much goes: careful takes only what is certain, strict captions and credits too.",
    ),
    words("--drop", metavar="LABELS", help="Remove these labels, too, as 'credit,caption'."),
    words("--keep", metavar="LABELS", help="Keep these labels."),
    words("--include", metavar="LABELS", help="Show of HTML pages also: title, byline, dateline, caption."),
    removing(
        "--site-rules",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Remove a site's own boilerplate, too (see 'cleantext learn').",
    ),
    words("--rules-off", metavar="IDS", help="Do without these rules (see 'cleantext rules')."),
)


def cleaning_options(command: F) -> F:
    """Add the options to a command, in their order."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


def options_of(given: Mapping[str, Any]) -> Options:
    """The options that parameters of the command line stand for.

    Raises:
        click.UsageError: they contradict each other, or name what there isn't.
    """
    language = primary_language(given["lang"]) if given["lang"] else None
    try:
        options = Options(
            profile=given["profile"],
            drop=given["drop"],
            keep=given["keep"],
            include=given["include"],
            output=given["output_format"],
            links=given["links"],
            extractor=given["extractor"],
            content_model=given["content_model"],
            line_model=given["line_model"],
            kind=given["input_format"],
            encoding=given["encoding"],
            language=language,
            rules_off=given["rules_off"],
            site_rules=given["site_rules"],
            timeout=given["timeout"],
        )
    except OptionsError as error:
        raise click.UsageError(str(error)) from None
    if options.rules_off and (unknown := options.rules_off - {rule.id for rule in rule_set().rules}):
        raise click.UsageError(f"--rules-off: no rule is called {', '.join(sorted(unknown))}; see 'cleantext rules'")
    if language and language not in languages() and not given["quiet"]:
        click.echo(f"cleantext: no rules for language {language!r} yet: only those of no language are tried", err=True)
    return options
