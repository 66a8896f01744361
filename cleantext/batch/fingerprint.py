"""What a batch was begun with, in words that can be compared: options, version, and the digests of rules and models."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

from cleantext import __version__
from cleantext.batch.files import digest_of
from cleantext.batch.job import Clerk
from cleantext.batch.readers import Source
from cleantext.detect.letters import SUFFIX as LETTERS
from cleantext.detect.pack import FOLDER, languages
from cleantext.detect.phrases import SUFFIX as PHRASES
from cleantext.detect.phrases import beside
from cleantext.detect.prompts import SUFFIX as PROMPTS
from cleantext.errors import CleanTextError
from cleantext.options import Options
from cleantext.packaged import digests, read

_FEW: Final = 5


def settings_of(clerk: Clerk) -> dict[str, Any]:
    """All that the output depends on, but for the inputs."""
    options = asdict(clerk.options)
    return {
        "cleantext": __version__,
        "rules and models": _digest_of_package(),
        "output": clerk.form,
        "removed blocks": clerk.removed,
        **{name: sorted(value) if isinstance(value, frozenset) else value for name, value in options.items()},
        **{f"{name} field": value for name, value in asdict(clerk.fields).items()},
        "site rules": [digest_of(file) for file in clerk.options.site_rules],
        "models": [digest_of(file) for file in _own_models(clerk.options)],
        "carried fields": str(clerk.carried) if clerk.carried is not None else None,
    }


def unlike(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The settings that differ.

    >>> unlike({"profile": "standard", "output": "jsonl"}, {"profile": "strict", "output": "jsonl"})
    ["profile was 'standard', is 'strict'"]
    """
    return [
        f"{name} was {before.get(name)!r}, is {value!r}" for name, value in now.items() if before.get(name) != _jsonable(value)
    ]


def unlike_sources(before: Sequence[Source], now: Sequence[Source]) -> list[str]:
    """The inputs that were added, are gone, or have changed."""
    old, new = ({source.path: source for source in sources} for sources in (before, now))
    lists = {
        "new": [path for path in new if path not in old],
        "gone": [path for path in old if path not in new],
        "changed": [path for path, source in new.items() if path in old and old[path] != source],
    }
    found = [
        f"{what} inputs: {', '.join(paths[:_FEW])}{' and others' if len(paths) > _FEW else ''}"
        for what, paths in lists.items()
        if paths
    ]
    return found or (["the order of the inputs"] if list(old) != list(new) else [])


def _own_models(options: Options) -> list[str]:
    """The files of models that a user names, and those that lie beside a line model: its phrases, the words of prompts and of letters."""
    line_model = options.line_model
    tables = [beside(line_model, suffix) for suffix in (PHRASES, PROMPTS, LETTERS)] if line_model else []
    return [file for file in (options.content_model, line_model, *tables) if file and Path(file).is_file()]


def _jsonable(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@cache
def _digest_of_package() -> str:
    """One digest over all rules and models that are shipped. Each is looked at here, once, before many processes meet one that differs."""
    digest = hashlib.sha256()
    for path in sorted({*digests(), *(f"{FOLDER}/{language}.toml" for language in languages())}):
        read(path, CleanTextError)
        digest.update(f"{path} {digests()[path]}\n".encode())
    return digest.hexdigest()
