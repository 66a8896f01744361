"""Options as plain data, for hosts that write them down, and what makes the results of two cleaners the same, for hosts that cache."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import cleantext
from cleantext.options import Options


def plain(options: Options) -> dict[str, Any]:
    """The options that differ from their defaults, as JSON holds them; `Options(**plain(options))` is the same again.

    >>> plain(Options(profile="strict", keep={"app", "ad"}))
    {'profile': 'strict', 'keep': ['ad', 'app']}
    """
    chosen = {option.name: getattr(options, option.name) for option in fields(options)}
    defaults = {option.name: option.default for option in fields(options)}
    return {name: _listed(value) for name, value in chosen.items() if value != defaults[name]}


def identity(options: Options) -> str:
    """A name for all that results depend on: the package's version, the options, and the contents of the files that they name.

    It is the same in every process, which a pickled set is not.
    """
    files = [*options.site_rules, *filter(None, (options.content_model, options.line_model))]
    contents = [sha256(Path(file).read_bytes()).hexdigest() for file in files]
    return sha256(json.dumps([cleantext.__version__, plain(options), contents]).encode()).hexdigest()


def _listed(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return list(value) if isinstance(value, Collection) and not isinstance(value, str) else value
