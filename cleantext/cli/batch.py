"""`cleantext batch`: many documents, in archives or folders, into shards or a tree; can be killed and resumed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, get_args

import click

from cleantext.batch.extras import require
from cleantext.batch.job import FAILED, Clerk, Form
from cleantext.batch.ledger import Ledger
from cleantext.batch.lines import Fields
from cleantext.batch.publish import Publisher
from cleantext.batch.readers import FORMATS, find_sources
from cleantext.batch.run import FAILURES, SHARD_SIZE, Batch
from cleantext.batch.tables import schema_of
from cleantext.batch.verify import faults_at_a_glance
from cleantext.batch.workers import Bounds
from cleantext.cli.cleaning import cleaning_options, config_option, option, options_of, reading, writing
from cleantext.cli.gauge import LOGS, gauge
from cleantext.cli.layout import SectionCommand, SectionOption
from cleantext.cli.run import load_models
from cleantext.cli.stats import summary
from cleantext.errors import InputError
from cleantext.options import Output
from cleantext.report.terminal import escape_line
from cleantext.sites.match import load_rules

SOME_FAILED = 1


@click.command("batch", cls=SectionCommand, options_metavar="[OPTIONS]")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@reading("--from", "format_", type=click.Choice(FORMATS), help="The format of the inputs, if their names don't say it.")
@reading("--text-field", default="", metavar="NAME", help="The field with the text (default: text, content or body).")
@reading("--html-field", default="", metavar="NAME", help="The field with the page (default: html, html_base64 or raw_content).")
@reading("--id-field", default="", metavar="NAME", help="The field with the record's name (default: id).")
@reading("--url-field", default="", metavar="NAME", help="The field with the address (default: url).")
@cleaning_options
@writing(
    "-o",
    "--output-dir",
    required=True,
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where the output goes, and the ledger.",
)
@writing(
    "--publish",
    default="",
    metavar="ADDRESS",
    help="Copy each shard to s3://bucket/clean, for example, when it is done, and last a manifest.json.",
)
@writing("--to", type=click.Choice(get_args(Form)), default="jsonl", help="Shards of JSON Lines or Parquet, or a tree of texts.")
@writing(
    "-f",
    "--output-format",
    type=click.Choice([form for form in get_args(Output) if form != "json"]),
    default="text",
    help="What the clean texts are.",
)
@writing("--links/--no-links", default=False, help="Keep the links of HTML pages (default: no); plain text shows none.")
@writing("--removed", is_flag=True, help="Write with each document the blocks that were removed, and why.")
@writing(
    "--shard-size", type=click.IntRange(min=1), default=SHARD_SIZE, show_default=True, metavar="N", help="Records of a shard."
)
@writing("--resume", is_flag=True, help="Go on with the batch in DIR, after a crash or an interruption.")
@writing("--retry-failed", is_flag=True, help="Work once more on the records of the batch in DIR that failed.")
@option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Use N processes (default: one for each core).",
    section="How to work",
)
@option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Give a document up after so long.",
    section="How to work",
)
@option(
    "--memory",
    type=click.IntRange(min=16),
    default=2048,
    show_default=True,
    metavar="MB",
    help="Give a document up that needs more (Linux).",
    section="How to work",
)
@option(
    "--log-format",
    type=click.Choice(LOGS),
    default="auto",
    help="How progress is told: a bar on terminals, else lines of text; or JSON.",
)
@config_option
@option("-q", "--quiet", is_flag=True, help="No progress, no summary; only errors.")
@click.help_option("-h", "--help", cls=SectionOption)
@click.pass_context
def batch(ctx: click.Context, /, inputs: tuple[str, ...], **given: Any) -> None:
    """Clean many documents, in archives, tables or folders, so that nothing is lost.

    INPUT is a file, a folder, a pattern, an address as s3://bucket/crawl (with fsspec), or -. Read are pages and texts (.html .htm .xhtml
    .txt .md .markdown), JSON Lines (.jsonl .ndjson), CSV and TSV, Parquet, WARC and WET; all but Parquet also compressed (.gz .bz2 .xz .zst).

    DIR gets the clean documents, in the order of the inputs; failures.jsonl, with what could not be read or cleaned, and why; and the
    ledger, by which a batch that was killed goes on where it was: --resume, with the same options. The output is then the same,
    byte for byte, as that of a run that was never disturbed.

    \b
    Examples:
      cleantext batch crawl.warc.gz -o clean                  shards of JSON Lines
      cleantext batch news.jsonl --html-field page -o clean   from and to JSON Lines
      cleantext batch 'parts/*.parquet' -o clean --to parquet --removed
      cleantext batch site/ -o clean --to text -f markdown    a tree like that of the pages
      cleantext batch crawl.warc.gz -o clean --resume         on, after a crash
      cleantext batch s3://crawl/2026/*.warc.gz -o clean --publish s3://crawl/clean
      cleantext stats clean                                   what was removed
    """
    retry, quiet = given["retry_failed"], given["quiet"]
    if given["resume"] and retry:
        raise click.UsageError("--resume and --retry-failed: choose one; resume first")
    if given["publish"] and given["to"] == "text":
        raise click.UsageError("--publish copies shards: choose --to jsonl or --to parquet")
    job = _batch(inputs, given)
    with _ledger(job, given) as ledger, gauge(given["log_format"], job, ledger, quiet=quiet, retry=retry) as progress:
        try:
            (job.retry if retry else job.run)(ledger, progress)
        except OSError as error:
            raise InputError(
                f"{error.filename or job.folder}: {(error.strerror or str(error)).lower()}; what is done is safe, go on with --resume"
            ) from None
        except KeyboardInterrupt:
            click.echo("cleantext: what is done is safe; go on with --resume", err=True)
            raise
    with Ledger(job.folder, lock=False) as ledger:
        failed = ledger.statuses()[FAILED]
        if not quiet:
            click.echo(summary(ledger), err=True)
        if failed:
            where = os.path.join(job.folder, FAILURES)
            click.echo(f"cleantext: {failed:,} failed, listed in {escape_line(where)}", err=True)
        faults = list(faults_at_a_glance(ledger))  # of shards that an earlier run wrote
        for fault in faults:
            click.echo(f"cleantext: {escape_line(fault)} (see 'cleantext verify')", err=True)
    ctx.exit(SOME_FAILED if failed or faults else 0)


def _batch(inputs: Sequence[str], given: dict[str, Any]) -> Batch:
    options = options_of(given)
    load_rules(options.site_rules)
    load_models(options)
    sources = find_sources(inputs, given["format_"], os.path.abspath(given["output_dir"]))
    if any(source.format == "warc" for source in sources):
        require("fastwarc", "reading WARC")
    if given["to"] == "parquet" or any(source.format == "parquet" for source in sources):
        require("pyarrow", "Parquet")
    fields = Fields(given["text_field"], given["html_field"], given["id_field"], given["url_field"])
    clerk = Clerk(options, fields, given["to"], given["removed"])
    if clerk.form == "parquet" and sources and all(source.format == "parquet" for source in sources):
        schema = schema_of([source.path for source in sources if not source.failure])
        clerk = clerk.carrying(schema) if schema is not None else clerk
    bounds = Bounds(given["deadline"], given["memory"])
    publisher = Publisher(given["output_dir"], given["publish"]) if given["publish"] else None
    processes = given["jobs"] or os.cpu_count() or 1
    return Batch(given["output_dir"], sources, clerk, given["shard_size"], processes, bounds, publisher=publisher)


def _ledger(job: Batch, given: dict[str, Any]) -> Ledger:
    if not (given["resume"] or given["retry_failed"]):
        return job.begin()
    ledger = job.resume(retry=given["retry_failed"])
    if given["retry_failed"] and not ledger.finished:
        ledger.close()
        raise InputError(f"{job.folder}: the batch isn't finished: --resume first")
    return ledger
