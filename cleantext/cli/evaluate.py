"""`cleantext evaluate`: score a labelled collection and hold its figures to their floors, or compare systems on public collections."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import click

from cleantext.document import Label
from cleantext.errors import InputError
from cleantext.evaluate.benchmark.layouts import labelled, packed
from cleantext.evaluate.benchmark.layouts.files import read_rows
from cleantext.evaluate.benchmark.systems import SYSTEMS
from cleantext.evaluate.floors import Measured, lowered, read_floors, sunk, write_floors
from cleantext.evaluate.labelled import LabelledDocument, digest, read_collection
from cleantext.evaluate.lines import Judgement, Line, judge_all, score, table
from cleantext.options import Profile

LONG_RUN = 50
"""Documents from which on a bar on stderr shows the progress."""


def _list_systems(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        for system in SYSTEMS.values():
            click.echo(f"{system.name:22} {system.version or 'missing':14} {system.missing or system.how}")
        ctx.exit()


@click.command()
@click.argument("collections", nargs=-1, required=True, metavar="COLLECTION...", type=click.Path(path_type=Path))
@click.option("--show", is_flag=True, help="List each line that was lost or left, with the rule behind it.")
@click.option("--language", help="Only documents of this language.")
@click.option("--label", type=click.Choice([str(label) for label in Label]), help="With --show: only lines of this label.")
@click.option("--profile", type=click.Choice(get_args(Profile)), default="standard", show_default=True)
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="Write figures and mistakes here.")
@click.option(
    "--floors", type=click.Path(path_type=Path, dir_okay=False), help="Fail (exit 1) if a figure is below its floor here."
)
@click.option("--pin", is_flag=True, help="Write the figures to the file of floors.")
@click.option("--allow-lower", is_flag=True, help="Let --pin lower a floor.")
@click.option("--systems", metavar="NAME,...", help="Compare these systems (default: all that are known); see --list-systems.")
@click.option("--predictions", multiple=True, metavar="NAME=FILE", help="A further system: its texts, {id: text} in JSON.")
@click.option("--reference", default="cleantext", show_default=True, help="The system that others are compared with.")
@click.option(
    "--content-model", type=click.Path(exists=True, path_type=Path), help="For cleantext: a file, or a folder of folds."
)
@click.option("--line-model", type=click.Path(exists=True, path_type=Path), help="For cleantext: a file, or a folder of folds.")
@click.option("--type", "kind", help="Only pages of this type (or language, or form).")
@click.option("--every", type=click.IntRange(1), default=1, show_default=True, help="Only each N-th case.")
@click.option("--limit", type=click.IntRange(1), help="At most so many cases.")
@click.option(
    "--deadline", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True, help="Seconds a document may take."
)
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Write report.md, report.json and plots here.")
@click.option("--outputs", is_flag=True, help="With --output: write what came out, too, as --predictions reads it.")
@click.option("--list-systems", is_flag=True, is_eager=True, expose_value=False, callback=_list_systems, help="List the systems.")
def evaluate(collections: tuple[Path, ...], **given: Any) -> None:
    """Score labelled documents, or compare systems on public collections of pages.

    COLLECTION is a folder with documents/ and pages/ (as corpora/) or a JSON Lines file of labelled lines; then cleantext is scored, and --show
    lists its mistakes. Or it is a clone of a public collection, or a file in JSON Lines that packs one; then all systems are measured side by side,
    as they are on labelled lines if --systems, --predictions or --output is given.
    """
    try:
        if len(collections) == 1 and _is_labelled(collections[0]) and not _compares(given):
            _score(collections[0], given)
        else:
            _compare(collections, given)
    except InputError as error:
        raise click.ClickException(str(error)) from None


def _is_labelled(path: Path) -> bool:
    """Has it labelled lines?"""
    if packed.recognise(path):
        return packed.is_labelled(next(read_rows(path), ("", {}))[1])
    return labelled.recognise(path)


def _compares(given: Mapping[str, Any]) -> bool:
    return any(given[name] for name in ("systems", "predictions", "output"))


def _compare(collections: tuple[Path, ...], given: Mapping[str, Any]) -> None:
    from cleantext.cli.benchmark import benchmark

    if alien := [f"--{name}" for name in ("show", "language", "label", "floors", "pin") if given[name]]:
        raise click.UsageError(
            f"{', '.join(alien)}: only for the scores of one labelled collection, without --systems and --output"
        )
    benchmark(collections, given)


def _score(collection: Path, given: Mapping[str, Any]) -> None:
    language, profile, floors, json_file = (given[name] for name in ("language", "profile", "floors", "json_file"))
    if floors and (language or profile != "standard"):
        raise click.UsageError("--floors hold for a whole collection under the profile standard")
    if given["pin"] and not floors:
        raise click.UsageError("--pin needs --floors FILE to write to")
    parts = read_collection(collection)
    pinned = read_floors(floors) if floors else {}
    results, measured = {}, {}
    for name, documents in _of_language(parts, language).items():
        judgements = list(_judge(name, documents, profile))
        total = score(judgements)
        measured[name] = Measured(digest(documents), total.figures())
        results[name] = _record(measured[name], judgements)
        _print_part(name, judgements)
        if given["show"]:
            _print_mistakes(judgements, given["label"])
    if json_file:
        json_file.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if floors:
        _hold(floors, measured, pinned, pin=given["pin"], allow_lower=given["allow_lower"])


def _of_language(parts: dict[str, list[LabelledDocument]], language: str | None) -> dict[str, list[LabelledDocument]]:
    if not language:
        return parts
    chosen = {name: [d for d in documents if d.language == language] for name, documents in parts.items()}
    if not any(chosen.values()):
        known = sorted({d.language for documents in parts.values() for d in documents})
        raise click.ClickException(f"no document of language {language!r}; there are {', '.join(known)}")
    return {name: documents for name, documents in chosen.items() if documents}


def _judge(name: str, documents: list[LabelledDocument], profile: Profile) -> Iterator[Judgement]:
    if len(documents) < LONG_RUN or not sys.stderr.isatty():
        yield from judge_all(documents, profile)
        return
    with click.progressbar(judge_all(documents, profile), length=len(documents), label=name, file=sys.stderr) as bar:
        yield from bar


def _print_part(name: str, judgements: list[Judgement]) -> None:
    click.echo(f"\n{name}: {len(judgements)} documents\n{table(score(judgements))}")
    if hard := [judgement for judgement in judgements if judgement.document.hard_negative]:
        figures = score(hard).figures()
        click.echo(
            f"hard negatives ({len(hard)}): bodies intact {figures['bodies_intact']:.3f}   "
            f"exact core {figures['exact_core']:.3f}   exact {figures['exact']:.3f}"
        )


def _print_mistakes(judgements: list[Judgement], label: str | None) -> None:
    for judgement in judgements:
        for line in judgement.mistakes:
            if label in (None, line.label):
                click.echo(
                    f"  {_verdict(line)} {judgement.document.id} {line.label} [{' '.join(line.reasons)}] {line.text[:110]}"
                )


def _verdict(line: Line) -> str:
    return "left" if line.kept else "LOST"


def _record(measured: Measured, judgements: list[Judgement]) -> dict[str, Any]:
    total = score(judgements)
    return {
        "documents": total.documents,
        "digest": measured.digest,
        "figures": dict(measured.figures),
        "labels": {label: {"lines": total.total[label], "removed": total.gone[label]} for label in sorted(total.total)},
        "mistakes": [
            {
                "document": judgement.document.id,
                "line": line.number,
                "label": line.label,
                "verdict": _verdict(line).lower(),
                "reasons": line.reasons,
                "text": line.text,
            }
            for judgement in judgements
            for line in judgement.mistakes
        ],
    }


def _hold(file: Path, measured: dict[str, Measured], pinned: dict[str, Measured], *, pin: bool, allow_lower: bool) -> None:
    """Pin the figures, or fail where one is below its floor."""
    if pin:
        if (lower := lowered(measured, pinned)) and not allow_lower:
            raise click.ClickException("--pin would lower floors; say --allow-lower if it must be:\n  " + "\n  ".join(lower))
        write_floors(file, measured, pinned)
        click.echo(f"\npinned in {file}")
    elif problems := sunk(measured, pinned):
        raise click.ClickException("\n  ".join([f"{file}:", *problems]))
    else:
        click.echo(f"\nno figure is below its floor in {file}")
