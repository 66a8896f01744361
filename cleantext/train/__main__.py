"""`python -m cleantext.train`: make the models of the package again, from collections that anybody can get."""

from __future__ import annotations

import importlib.util
import json
import shlex
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from cleantext.errors import CleanTextError
from cleantext.train.collection import CollectionError, digest, fold_of, read_collection

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
    help="With --folds: write out-of-fold texts here, {id: text} by collection.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="GROUP",
    help="Leave out features that begin so (container., learned.words); for ablations.",
)
@click.option(
    "--ablations", is_flag=True, help="Print the scores without each part of the model, as a Markdown table (two hours)."
)
@click.option("--trees", default=400, show_default=True, help="Number of trees.")
@click.option("--threads", default=2, show_default=True, help="Threads of the fit; another number gives slightly other trees.")
@click.option(
    "--folds",
    type=click.Path(file_okay=False, path_type=Path),
    help="Score on sites left out, five-fold, before the final fit, and write the five models here.",
)
def content(
    collections: tuple[Path, ...],
    output: Path | None,
    predictions: Path | None,
    without: tuple[str, ...],
    trees: int,
    threads: int,
    folds: Path | None,
    *,
    ablations: bool,
) -> None:
    """Train the content model on COLLECTIONS of pages with their main content.

    A collection is a JSON Lines file (.jsonl, .jsonl.xz, .jsonl.gz), a page a line: "html" (or "html_base64"), its main content in "text" (or
    "blocks", each with a "text"), "url", and, if known, its kind in "type".

    Example: python -m cleantext.train content wcxb-dev.jsonl.xz fundus-dev.jsonl.xz --folds folds -o content.npz
    """
    from cleantext.train.boost import Boosting
    from cleantext.train.content import Settings
    from cleantext.train.run import Run

    try:
        examples = {file: read_collection(file) for file in collections}
    except CollectionError as error:
        raise click.ClickException(str(error)) from None
    progress = _progress()
    run = Run(examples, FOLDS, Settings(Boosting(trees=trees, threads=threads)), without, progress)
    scores = {}
    if folds:
        folds.mkdir(parents=True, exist_ok=True)
        texts = run.cross_validated_texts(folds)
        scores = run.scores(texts)
        for name, kinds in scores.items():
            click.echo(f"{name}: " + ", ".join(f"{kind} {f1:.4f} ({pages})" for kind, (pages, f1) in kinds.items()))
        if predictions:
            for file in collections:
                own = {example.id: texts[file][example.id] for example in examples[file]}
                _write_texts(predictions / f"{file.name.split('.')[0]}.json", own)
    if ablations:
        for number, found in enumerate(run.ablations(), 1):
            click.echo(f"Folds 1 to {number} of {FOLDS}:\n\n{_table(found)}\n")
    if output:
        model = run.final()
        run.write(model, output)
        _record(output, {file.name: digest(file) for file in collections}, scores)


@main.command()
@click.argument("labelled", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--pages",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A collection of pages, as for `content`: their articles are learned from, too.",
)
@click.option(
    "--loose",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of lines that stand in no document, as corpora/prompts and corpora/lines: words are learned from them.",
)
@click.option(
    "--surroundings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of what stands around stories, as corpora/surroundings: it is put around the bodies of all documents, and into them.",
)
@click.option(
    "--letters",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of letters to readers, and of articles that speak as these do, as corpora/letters.",
)
@click.option(
    "--texts",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="English texts that nobody labelled, in JSON Lines with `text` and `publisher`: what no rule finds in them is no letter.",
)
@click.option(
    "--leave-out",
    multiple=True,
    metavar="WORD",
    help="Don't learn from documents whose `source` has this word (a licence forbids).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write the network here (.npz), its phrases and the words of prompts and letters beside it (.tsv, .prompts.tsv, .letters.tsv).",
)
@click.option(
    "--folds",
    type=click.Path(file_okay=False, path_type=Path),
    help="Score on publishers left out, five-fold, before the final fit, and write the five models here.",
)
def lines(
    labelled: tuple[Path, ...],
    pages: tuple[Path, ...],
    loose: tuple[Path, ...],
    surroundings: Path | None,
    letters: Path | None,
    texts: tuple[Path, ...],
    leave_out: tuple[str, ...],
    output: Path | None,
    folds: Path | None,
) -> None:
    """Train the line model on LABELLED documents: files in JSON Lines, or folders as corpora/documents.

    Example: python -m cleantext.train lines appeals-dev.jsonl.xz corpora/documents --loose corpora/prompts --loose corpora/lines
    --pages wcxb-dev.jsonl.xz --folds folds -o lines.npz
    """
    from cleantext.evaluate.labelled import read_collection as read_labelled
    from cleantext.evaluate.labelled import read_prompts
    from cleantext.evaluate.lines import score, table
    from cleantext.train import lines as train
    from cleantext.train.surroundings import bodies_of, interrupted, surrounded

    progress = _progress()
    try:
        parts = {path.name: [d for part in read_labelled(path).values() for d in part] for path in labelled}
        examples = [example for file in pages for example in read_collection(file)]
        fragments = [fragment for folder in loose for fragment in read_prompts(folder)]
        sites = read_prompts(surroundings) if surroundings else []
        asking = [*fragments, *sites, *(read_prompts(letters) if letters else [])]
    except CleanTextError as error:
        raise click.ClickException(str(error)) from None
    progress("reading")
    documents = [document for part in parts.values() for document in part]
    sheets = [train.sheet_of_document(d) for d in documents if not any(word in d.source for word in leave_out)]
    sheets += train.sheets_of_pages(examples)
    bodies = bodies_of(sheets)
    mixed = [*surrounded(sites, bodies), *interrupted([*sites, *fragments], bodies)] if sites else []
    known = train.loose_lines(fragments)
    appeals = [*train.loose_lines(asking), *(line for file in texts for line in train.lines_of_texts(file))]
    scores = {}
    if folds:
        folds.mkdir(parents=True, exist_ok=True)
        unseen = list(train.judge_unseen(documents, sheets, mixed, known, appeals, folds, progress))
        for name, part in parts.items():
            found = score(judgement for judgement in unseen if judgement.document in part)
            click.echo(f"{name}\n{table(found)}\n")
            scores[name] = {key: round(figure, 4) for key, figure in found.figures().items()}
    if output:
        progress("the model from all documents")
        train.write(
            train.fit([*sheets, *mixed]), train.learn_prompts(sheets, known), train.learn_letters(sheets, appeals), output
        )
        _record(output, {path.name: digest(path) for path in (*labelled, *pages, *texts) if path.is_file()}, scores)


@main.command()
@click.argument("labelled", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("pages", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--content-models", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--line-models", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--predictions", type=click.Path(file_okay=False, path_type=Path), help="Write the texts here, {id: text} by place."
)
@click.option("--show", is_flag=True, help="Print each line that came out.")
def inserts(
    labelled: Path, pages: Path, content_models: Path, line_models: Path, predictions: Path | None, *, show: bool
) -> None:
    """Put the prompts of LABELLED documents into PAGES as plain paragraphs, and count those that come out.

    The models are those of the folds, as `content` and `lines` write them with --folds.
    """
    from cleantext.evaluate.labelled import read_json_lines
    from cleantext.train.inserts import PLACES, prompts_of, try_inserts

    try:
        examples, prompts = read_collection(pages), prompts_of(read_json_lines(labelled))
    except CleanTextError as error:
        raise click.ClickException(str(error)) from None
    trials = list(try_inserts(examples, prompts, content_models, line_models, FOLDS))
    if not trials:
        raise click.ClickException(
            f"{pages}: no page whose paragraphs are found, and for which there is a prompt of another publisher"
        )
    for place in PLACES:
        own = [trial for trial in trials if trial.place == place]
        put_in, left = (sum(len(lines) for lines in column) for column in zip(*((t.put_in, t.left) for t in own), strict=True))
        click.echo(f"{place}: {len(own)} pages, {put_in - left} of {put_in} lines removed ({(put_in - left) / put_in:.1%})")
        if show:
            click.echo("".join(f"  {trial.page}  {line}\n" for trial in own for line in trial.left), nl=False)
        if predictions:
            _write_texts(predictions / f"{place}.json", {trial.page: trial.text for trial in own})


@main.command()
@click.argument("sites", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("documents", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--line-models",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Models of the folds, as `lines` writes them; each article is cleaned by the one that did not see it.",
)
def surroundings(sites: Path, documents: Path, line_models: Path | None) -> None:
    """Put what stands around stories on SITES (a folder as corpora/unseen) around the articles of DOCUMENTS, and count what goes.

    By language, each site around one article of its own.
    """
    from cleantext.cleaner import Cleaner
    from cleantext.evaluate.labelled import read_documents, read_prompts
    from cleantext.evaluate.lines import judge, score, table
    from cleantext.options import Options
    from cleantext.train.lines import FOLDS as PARTS
    from cleantext.train.surroundings import around_articles

    try:
        cases = list(around_articles(read_prompts(sites), read_documents(documents)))
    except CleanTextError as error:
        raise click.ClickException(str(error)) from None
    if not cases:
        raise click.ClickException(f"{documents}: no article in the language of any site of {sites}")
    files = [str(line_models / f"{part}.npz") if line_models else None for part in range(PARTS)]
    cleaners = [Cleaner(Options(kind="text", line_model=file)) for file in files]
    found = [judge(case, cleaners[fold_of(case.publisher, PARTS)].analyze(case.text)) for case in cases]
    for language in sorted({case.language for case in cases}):
        click.echo(f"{language}\n{table(score(one for one in found if one.document.language == language))}\n")


def _progress() -> Callable[[str], None]:
    """What prints messages with the seconds since now."""
    started = time.monotonic()
    return lambda message: click.echo(f"{time.monotonic() - started:6.0f} s  {message}", err=True)


def _write_texts(file: Path, texts: Mapping[str, str]) -> None:
    """Write texts by id, as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")


def _record(model: Path, digests: dict[str, str], scores: object) -> None:
    """Write beside a model how it was made."""
    command = shlex.join(["python", "-m", "cleantext.train", *sys.argv[1:]])
    record = {"command": command, "collections": digests, "scores": scores}
    model.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _table(scores: dict[str, dict[str, tuple[int, float]]]) -> str:
    kinds = list(next(iter(scores.values())))
    lines = [["without", *kinds], ["---"] * (len(kinds) + 1)]
    lines += [[name, *(f"{found[kind][1]:.4f}" for kind in kinds)] for name, found in scores.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
