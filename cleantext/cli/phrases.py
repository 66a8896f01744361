"""`cleantext phrases`: what the line model learned."""

from __future__ import annotations

from collections import Counter

import click

from cleantext.detect.letters import letters as shipped_letters
from cleantext.detect.phrases import shipped_phrases
from cleantext.detect.prompts import prompts as shipped_prompts
from cleantext.report.terminal import escape_line

SHOWN = 40


@click.command("phrases")
@click.argument("language", required=False)
@click.option(
    "--label", metavar="LABEL", help="Only those that speak for one label; 'body' for those that speak for the article."
)
@click.option("--prompts", is_flag=True, help="The words that tell a prompt by themselves, cut after five letters.")
@click.option("--letters", is_flag=True, help="The words that tell a letter to readers, cut after five letters.")
@click.option("-n", "--number", default=SHOWN, show_default=True, help="How many, the weightiest first; 0 for all.")
@click.help_option("-h", "--help")
def phrases(language: str | None, label: str | None, number: int, *, prompts: bool, letters: bool) -> None:
    """List the phrases that were learned, of one LANGUAGE (en, de, ...); without it, count them by language.

    A phrase is a word, or two or three in a row; ^ is a line's beginning, $ its end, 0 any number. Weights are log-odds: above 0 for
    what is not the article, below 0 for the article. What no phrase is known in is judged by form and place alone.

    \b
    Examples:
      cleantext phrases                     languages, with their numbers of phrases
      cleantext phrases de                  the weightiest German ones
      cleantext phrases en --label appeal   those that speak for an appeal
      cleantext phrases de --prompts        what lines say that no rule knows
      cleantext phrases en --letters        what the paragraphs of letters to readers say
    """
    if prompts and letters:
        raise click.UsageError("--prompts or --letters, not both")
    known = (shipped_letters().phrases if letters else shipped_prompts().phrases if prompts else shipped_phrases()).weights
    if language is None:
        for name, count in Counter(name for phrase in known.values() for name in phrase.languages).most_common():
            click.echo(f"{name:4} {count:7,}")
        return
    chosen = [
        (name, phrase) for name, phrase in known.items() if language in phrase.languages and label in (None, str(phrase.label))
    ]
    if not chosen:
        raise click.UsageError(
            f"no phrases of {language!r}{f' for {label!r}' if label else ''}: 'cleantext phrases' lists the languages"
        )
    chosen.sort(key=lambda item: (-abs(item[1].weight), item[0]))
    for name, phrase in chosen[: number or None]:
        click.echo(f"{phrase.weight:+6.2f}  {phrase.label:10}  {escape_line(name)}")
    click.echo(f"{len(chosen):,} phrases", err=True)
