"""`cleantext rules`: what the rule packs hold."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import click

from cleantext.detect.pack import Rule, load_all
from cleantext.document import ARTICLE_LABELS
from cleantext.report.terminal import escape_line


@click.command("rules", epilog="Switch one off: cleantext --rules-off en.share.button page.html")
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option("--label", metavar="LABEL", help="Only those of one label.")
@click.option("--lang", metavar="CODE", help="Only those of one language; 'und' for those of none.")
@click.help_option("-h", "--help")
def rules(names: tuple[str, ...], label: str | None, lang: str | None) -> None:
    """List the rules, or explain one.

    ID is a rule's whole id, or how it begins: en, en.paywall.

    \b
    Examples:
      cleantext rules                          all of them
      cleantext rules en.paywall               one label's of a language
      cleantext rules en.paywall.read-n-of-n   one rule in full
    """
    chosen = [rule for pack in load_all() for rule in pack.rules]
    for name in names:
        if not any(_named(rule, name) for rule in chosen):
            raise click.UsageError(_unknown(name, chosen))
    chosen = [rule for rule in chosen if not names or any(_named(rule, name) for name in names)]
    chosen = [rule for rule in chosen if label in (None, rule.label) and lang in (None, rule.language)]
    if len(chosen) == 1 or (chosen and all(rule.id in names for rule in chosen)):
        click.echo("\n\n".join(_explained(rule) for rule in chosen))
        return
    width = max((len(rule.id) for rule in chosen), default=0)
    for rule in chosen:
        click.echo(f"{rule.id:{width}}  {rule.strength:6}  {rule.where}")
    click.echo(f"{len(chosen)} rules", err=True)


def _named(rule: Rule, name: str) -> bool:
    """Is `name` the rule's id, or a part of it up to a full stop?"""
    return rule.id == name or rule.id.startswith(name.rstrip(".") + ".")


def _unknown(name: str, known: Sequence[Rule]) -> str:
    close = difflib.get_close_matches(name, [rule.id for rule in known], 3)
    return f"no rule is called {name!r}" + (f"; did you mean {', '.join(close)}?" if close else "; 'cleantext rules' lists them")


def _explained(rule: Rule) -> str:
    line, entry = _source(rule)
    effect = (
        "names a part of the article, kept" if rule.label in ARTICLE_LABELS else "removed by the profiles that drop its label"
    )
    facts = {
        "label": f"{rule.label} ({effect})",
        "strength": {
            "strong": "strong: suffices by itself",
            "weak": "weak: needs other evidence beside it",
            "anchor": "anchor: suffices by itself, and opens a run",
        }[rule.strength],
        "where": rule.where,
        "length": f"blocks of up to {rule.max_chars} characters",
        "cuts": "it says that a rest is missing" if rule.rest else "the text may have been cut off here" if rule.cuts else "",
        "note": entry.get("note", ""),
        "pattern": entry.get("pattern", ""),
        "file": f"cleantext/detect/packs/{rule.file}:{line}",
    }
    lines = [rule.id, *(f"  {name:9} {escape_line(value)}" for name, value in facts.items() if value)]
    for name in ("lines", "removes", "keeps"):
        lines += [f"  {name if i == 0 else '':9} {escape_line(example)}" for i, example in enumerate(entry.get(name, ()))]
    return "\n".join(lines)


def _source(rule: Rule) -> tuple[int, dict[str, Any]]:
    """The line of the pack on which the rule has its id, and the rule as it is written there."""
    text = (files("cleantext.detect") / "packs" / rule.file).read_text(encoding="utf-8")
    line = text[: max(text.find(f'"{rule.id}"'), 0)].count("\n") + 1
    entries = tomllib.loads(text)["rule"]
    return line, next(entry for entry in entries if entry["id"] == rule.id)
