"""Site files as text: in a fixed order, so that two runs can be compared line by line."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cleantext.sites.pack import Site, Template

HEADER = """\
# Written by `cleantext learn`, to be read and edited. Delete an entry, and its blocks are left to the other rules;
# set `keep = true`, and they stay, whatever other rules say.
"""


def write_sites(sites: Sequence[Site]) -> str:
    """The text of a site file, which `parse_sites` reads back."""
    return "\n".join([HEADER, *(_site(site) for site in sites)])


def _site(site: Site) -> str:
    lines = ["[[site]]", f"name = {_quoted(site.name)}"]
    if site.host:
        lines.append(f"host = {_quoted(site.host)}")
    lines += [f"documents = {site.documents}", ""]
    return "\n".join([*lines, *map(_template, site.templates)])


def _template(template: Template) -> str:
    lines = [
        "[[site.template]]",
        f"id = {_quoted(template.id)}",
        f"label = {_quoted(template.label)}",
        f"where = {_quoted(template.where)}",
        *(["company = true"] if template.company else []),
        *(["keep = true"] if template.keep else []),
        f"documents = {template.documents}",
        f"share = {template.share:.4g}" if template.share % 1 else f"share = {template.share:.1f}",
        f"templates = {_listed(template.templates)}",
        f"examples = {_listed(template.examples)}",
    ]
    return "\n".join([*lines, ""])


def _listed(texts: Sequence[str]) -> str:
    if len(texts) <= 1:
        return f"[{', '.join(map(_quoted, texts))}]"
    return "\n".join(["[", *(f"    {_quoted(text)}," for text in texts), "]"])


def _quoted(text: str) -> str:
    """A basic string of TOML. JSON escapes all that TOML does, but for DEL; half characters can't be written at all."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
