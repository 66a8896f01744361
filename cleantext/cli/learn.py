"""`cleantext learn`: a site's own boilerplate, from its documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click

from cleantext.batch.inputs import find_inputs, read, reason
from cleantext.cli.outputs import replacing
from cleantext.cli.progress import Progress
from cleantext.cli.work import BYTES_PER_CHAR
from cleantext.errors import InputError
from cleantext.options import Options
from cleantext.report.terminal import escape_line
from cleantext.sites.choose import LEAST_DOCUMENTS
from cleantext.sites.learn import carry_over, learned
from cleantext.sites.observe import SiteDocument, observe
from cleantext.sites.pack import Site, load_sites
from cleantext.sites.reading import Fields, is_records, read_records
from cleantext.sites.store import Store
from cleantext.sites.written import write_sites

SOME_FAILED = 1


@click.command("learn", epilog="Then: cleantext --site-rules courier.toml page.html")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to FILE, not to standard output.")
@click.option("--replace", is_flag=True, help="FILE may exist; its entries with 'keep = true' are taken over.")
@click.option("--site", default="site", metavar="NAME", help="What to call the site of inputs that don't tell it.")
@click.option("--site-field", default="", metavar="FIELD", help="JSON Lines: the field that names a record's site.")
@click.option("--url-field", default="url", metavar="FIELD", help="JSON Lines: the field with the address (default: url).")
@click.option("--content-field", default="", metavar="FIELD", help="JSON Lines: the field with the page or text.")
@click.option("-q", "--quiet", is_flag=True, help="No notes, no summary; only errors.")
@click.option("--progress/--no-progress", default=None, help="Count on standard error (default: on a terminal).")
@click.help_option("-h", "--help")
@click.pass_context
def learn(ctx: click.Context, /, inputs: tuple[str, ...], output: str | None, replace: bool, **given: str | bool | None) -> None:
    """Learn a site's own boilerplate from its documents: the blocks that recur, with other numbers, across its stories.

    INPUT is a file, a folder or a pattern, as for cleaning, of one site's pages or texts; or a JSON Lines file (.jsonl, also .gz or
    .xz; - for standard input) with a page in the field "html" or "html_base64", or a text in "text". Records are of the site that
    --site-field names, or else of their address's host: one run learns many sites, into one file. A site needs 8 documents; 100
    teach more. Copies of a document, and versions of one story, count once.

    The file is made to be read and edited. Delete an entry, and its lines are left to the other rules; set 'keep = true', and they
    stay, whatever other rules say.

    \b
    Examples:
      cleantext learn courier/ --site courier -o courier.toml    a folder of one site's pages
      cleantext --site-rules courier.toml --explain page.html    what it takes from a page
      cleantext learn crawl.jsonl.gz -o sites.toml               many sites, by host
      cleantext learn news.jsonl --site-field publisher -o p.toml
      cleantext learn courier/ --site courier -o courier.toml --replace
    """
    old = _old(output, replace=replace)
    if output and not os.path.isdir(os.path.dirname(os.path.abspath(output))):
        raise click.UsageError(f"--output {output}: there is no such folder")
    fields = Fields(str(given["content_field"]), str(given["url_field"]), str(given["site_field"]), str(given["site"]))
    failures: list[str] = []
    quiet = bool(given["quiet"])
    shown = sys.stderr.isatty() and not quiet if given["progress"] is None else bool(given["progress"])
    with Store() as store:
        read_in = _read_in(store, _documents(inputs, fields, failures), shown=shown)
        sites = carry_over(old, learned(store))
    for failure in failures:
        click.echo(f"cleantext: {failure}", err=True)
    if not read_in[0]:
        raise click.ClickException("no document could be read: nothing was learned")
    _write(sites, output)
    if not quiet:
        _report(sites, *read_in)
    ctx.exit(SOME_FAILED if failures else 0)


def _old(output: str | None, *, replace: bool) -> Sequence[Site]:
    if not output or not os.path.exists(output):
        return ()
    if not replace:
        raise click.UsageError(f"--output {output}: exists; --replace writes it anew, and takes over what has 'keep = true'")
    return load_sites(output)


def _read_in(store: Store, documents: Iterator[SiteDocument], *, shown: bool) -> tuple[int, int]:
    """Count all documents into the store; returns how many there were, and how many of them were new."""
    total = new = 0
    with Progress(shown) as progress:
        for document in documents:
            new += store.add(observe(document))
            total += 1
            progress.count()
    return total, new


def _documents(names: Sequence[str], fields: Fields, failures: list[str]) -> Iterator[SiteDocument]:
    """The documents of all inputs; a file that can't be read is noted, and the others go on."""
    for found in find_inputs(names):
        failure = found.failure
        if not failure and is_records(found.path):
            yield from read_records(found.path, fields)
        elif not failure:
            try:
                yield SiteDocument(fields.default, read(found.path, Options().max_chars * BYTES_PER_CHAR))
            except OSError as error:
                failure = reason(error)
            except InputError as error:
                failure = str(error)
        if failure:
            failures.append(f"{escape_line(found.path)}: {failure}")


def _write(sites: Sequence[Site], output: str | None) -> None:
    text = write_sites(sites)
    if not output:
        click.echo(text, nl=False)
        return
    with replacing(output) as file:
        file.write(text.encode("utf-8"))


def _report(sites: Sequence[Site], total: int, new: int) -> None:
    templates = sum(len(site.templates) for site in sites)
    copies = f", {total - new:,} of them copies" if total > new else ""
    click.echo(f"{total:,} documents{copies}; {len(sites):,} sites, {templates:,} templates", err=True)
    if small := [site.name for site in sites if site.documents < LEAST_DOCUMENTS]:
        names = ", ".join(map(escape_line, small[:5])) + (", ..." if len(small) > 5 else "")
        click.echo(f"too few documents to learn from (fewer than {LEAST_DOCUMENTS}): {names}", err=True)
