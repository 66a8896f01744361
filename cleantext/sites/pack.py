"""Site files: TOML that `cleantext learn` writes, a person edits, and `site_rules` reads.

    [[site]]
    name = "courier.example"             # begins the id in every explanation
    host = "courier.example"             # optional: documents whose URL has another host are left alone
    documents = 150                      # how many were read

    [[site.template]]
    id = "you-ve-read-of-free"           # stable
    label = "paywall"
    where = "tail"                       # head, tail or anywhere, as in the rule packs
    company = false                      # true: only beside another unwanted block
    documents = 61                       # how many have it
    share = 0.407
    keep = false                         # set it to true, and the block stays, whatever other rules say
    templates = ["you've read {number} of {number} free articles."]
    examples = ["You've read 2 of 5 free articles."]

`templates` is what blocks are compared with, after `mask`; the figures and examples are for people. Delete what should not go.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from cleantext.detect.finding import Where
from cleantext.document import Label
from cleantext.errors import PackError

SITE_FIELDS: Final[dict[str, type]] = {"name": str, "host": str, "documents": int, "template": list}
TEMPLATE_FIELDS: Final[dict[str, type]] = {
    "id": str,
    "label": str,
    "where": str,
    "company": bool,
    "keep": bool,
    "documents": int,
    "share": float,
    "templates": list,
    "examples": list,
}


@dataclass(frozen=True, slots=True)
class Template:
    """A line of a site: the masked variants that are compared, and what is known of it."""

    id: str
    label: Label
    templates: tuple[str, ...]
    where: Where = "anywhere"
    company: bool = False
    keep: bool = False
    documents: int = 0
    share: float = 0.0
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """The templates of a site. With a `host`, they say nothing about documents that are known to come from another."""

    name: str
    templates: tuple[Template, ...] = ()
    host: str = ""
    documents: int = 0


def load_sites(path: str) -> tuple[Site, ...]:
    """Read a site file.

    Raises:
        PackError: it can't be read, is no TOML, or an entry is malformed; the message names file, entry and field.
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise PackError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError as error:
        raise PackError(f"{path}: {error}") from None
    return parse_sites(text, path)


def parse_sites(text: str, path: str = "site file") -> tuple[Site, ...]:
    """The sites of a file's text; `path` is what messages call it.

    >>> parse_sites('''[[site]]
    ... name = "courier.example"
    ... [[site.template]]
    ... id = "tips"
    ... label = "advice"
    ... templates = ["send us your tips."]
    ... ''', "site.toml")
    Traceback (most recent call last):
    cleantext.errors.PackError: site.toml: courier.example.tips: label = 'advice': choose one of body, title, ...
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{path}: {error}") from None
    entries = data.pop("site", None)
    if data or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        alien = f"unknown key {', '.join(sorted(data))}; " if data else ""
        raise PackError(f"{path}: {alien}a site file holds [[site]] tables, as 'cleantext learn' writes them")
    return tuple(_site(entry, f"{path}: site {number}") for number, entry in enumerate(entries, 1))


def _site(entry: dict[str, Any], place: str) -> Site:
    _check(entry, SITE_FIELDS, ("name",), place)
    name = entry["name"]
    path = place.rpartition(": ")[0]
    templates = tuple(_template(one, f"{path}: {name}", number) for number, one in enumerate(entry.get("template", ()), 1))
    ids = [template.id for template in templates]
    if doubles := {one for one in ids if ids.count(one) > 1}:
        raise PackError(f"{path}: {name}: id used twice: {', '.join(sorted(doubles))}")
    return Site(name, templates, entry.get("host", "").lower(), entry.get("documents", 0))


def _template(entry: Any, place: str, number: int) -> Template:
    if not isinstance(entry, dict):
        raise PackError(f"{place}: template {number}: is no table")
    place = f"{place}.{entry['id']}" if isinstance(entry.get("id"), str) else f"{place}: template {number}"
    _check(entry, TEMPLATE_FIELDS, ("id", "label", "templates"), place)
    _choose("label", entry["label"], list(Label), place)
    _choose("where", entry.get("where", "anywhere"), get_args(Where), place)
    for name in ("templates", "examples"):
        if not all(isinstance(text, str) and text for text in entry.get(name, ())):
            raise PackError(f"{place}: {name}: takes texts that are not empty")
    if not entry["templates"]:
        raise PackError(f"{place}: templates: is empty; delete the entry instead")
    return Template(
        id=entry["id"],
        label=Label(entry["label"]),
        templates=tuple(entry["templates"]),
        where=cast(Where, entry.get("where", "anywhere")),
        company=entry.get("company", False),
        keep=entry.get("keep", False),
        documents=entry.get("documents", 0),
        share=float(entry.get("share", 0.0)),
        examples=tuple(entry.get("examples", ())),
    )


def _check(entry: dict[str, Any], fields: dict[str, type], required: Sequence[str], place: str) -> None:
    if missing := [name for name in required if name not in entry]:
        raise PackError(f"{place}: missing {', '.join(missing)}")
    for name, value in entry.items():
        if name not in fields:
            raise PackError(f"{place}: unknown field {name}; there are {', '.join(fields)}")
        wanted = (int, float) if fields[name] is float else fields[name]
        if not isinstance(value, wanted) or (isinstance(value, bool) and fields[name] is not bool):
            raise PackError(f"{place}: {name} = {value!r}: takes {_called(fields[name])}")


def _called(kind: type) -> str:
    return {str: "a text", int: "a whole number", float: "a number", bool: "true or false", list: "a list"}[kind]


def _choose(name: str, value: str, allowed: Sequence[str], place: str) -> None:
    if value not in allowed:
        raise PackError(f"{place}: {name} = {value!r}: choose one of {', '.join(allowed)}")
