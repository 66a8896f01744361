"""`python -m cleantext.train`: make the models of the package again, from collections that anybody can get."""

from __future__ import annotations

import importlib.util
import json
import shlex
import sys
import time
from pathlib import Path

import click

from cleantext.train.collection import CollectionError, digest, read_collection

FOLDS = 5


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Train the models that come with cleantext. Needs: python -m pip install 'cleantext-articles[train]'."""
    if missing := [name for name in ("catboost", "jax", "optax", "sklearn") if importlib.util.find_spec(name) is None]:
        raise click.ClickException(f"{', '.join(missing)} not installed: python -m pip install 'cleantext-articles[train]'")


@main.command()
@click.argument("collections", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the model here (.npz), its card beside it (.md).")
@click.option(
    "--predictions",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write out-of-fold texts here, {id: text} by collection.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="GROUP",
    help="Leave out features that begin so (container., learned.words); for ablations.",
)
@click.option("--ablations", is_flag=True, help="Print the scores without each part of the model, as a Markdown table (an hour).")
@click.option("--trees", default=400, show_default=True, help="Number of trees.")
@click.option("--threads", default=2, show_default=True, help="Threads of the fit; another number gives slightly other trees.")
@click.option(
    "--cross-validate/--no-cross-validate", default=True, help="Score on sites left out, five-fold, before the final fit."
)
def content(
    collections: tuple[Path, ...],
    output: Path | None,
    predictions: Path | None,
    without: tuple[str, ...],
    trees: int,
    threads: int,
    *,
    cross_validate: bool,
    ablations: bool,
) -> None:
    """Train the content model on COLLECTIONS of pages with their main content.

    A collection is a JSON Lines file (.jsonl, .jsonl.xz, .jsonl.gz), a page a line: "html" (or "html_base64"), its main content in "text" (or
    "blocks", each with a "text"), "url", and, if known, its kind in "type".

    Example: python -m cleantext.train content wcxb-dev.jsonl.xz fundus-dev.jsonl.xz -o content.npz
    """
    from cleantext.train.boost import Boosting
    from cleantext.train.content import Settings
    from cleantext.train.run import Run

    try:
        examples = {file: read_collection(file) for file in collections}
    except CollectionError as error:
        raise click.ClickException(str(error)) from None
    started = time.monotonic()

    def progress(message: str) -> None:
        click.echo(f"{time.monotonic() - started:6.0f} s  {message}", err=True)

    run = Run(examples, FOLDS, Settings(Boosting(trees=trees, threads=threads)), without, progress)
    scores = {}
    if cross_validate:
        texts = run.cross_validated_texts()
        scores = run.scores(texts)
        for name, kinds in scores.items():
            click.echo(f"{name}: " + ", ".join(f"{kind} {f1:.4f} ({pages})" for kind, (pages, f1) in kinds.items()))
        if predictions:
            predictions.mkdir(parents=True, exist_ok=True)
            for file in collections:
                own = {example.id: texts[file][example.id] for example in examples[file]}
                (predictions / f"{file.name.split('.')[0]}.json").write_text(
                    json.dumps(own, ensure_ascii=False), encoding="utf-8"
                )
    if ablations:
        click.echo(_table(run.ablations()))
    if output:
        model = run.final()
        run.write(model, output)
        command = shlex.join(["python", "-m", "cleantext.train", *sys.argv[1:]])
        digests = {file.name: digest(file) for file in collections}
        output.with_suffix(".json").write_text(
            json.dumps({"command": command, "collections": digests, "scores": scores}, indent=1) + "\n"
        )


def _table(scores: dict[str, dict[str, tuple[int, float]]]) -> str:
    kinds = list(next(iter(scores.values())))
    lines = [["without", *kinds], ["---"] * (len(kinds) + 1)]
    lines += [[name, *(f"{found[kind][1]:.4f}" for kind in kinds)] for name, found in scores.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
