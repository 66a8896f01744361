"""What a caller may send: one JSON object, checked before any work."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cleantext.errors import OptionsError
from cleantext.options import Options

FIELDS: Final[Mapping[str, type]] = {"source": str, "source_base64": str, "url": str, "name": str, "options": dict}
OPTIONS: Final[Mapping[str, type]] = {
    "profile": str,
    "drop": list,
    "keep": list,
    "include": list,
    "output": str,
    "links": bool,
    "extractor": str,
    "kind": str,
    "encoding": str,
    "language": str,
    "rules_off": list,
}
"""The options that a caller may set: none that names a file of this machine, or moves its limits."""

_CALLED: Final = {str: "a string", list: "a list of strings", bool: "true or false", dict: "an object"}


class RefusedError(Exception):
    """An answer that is an error: its status, and what to say."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Question:
    """A source and how to clean it; `name` is what the view calls it."""

    source: str | bytes
    options: Options
    url: str | None = None
    name: str = ""


def question_of(body: bytes) -> Question:
    """The question in a request's body.

    >>> question_of(b'{"source": "It rained.", "options": {"profile": "careful"}}').options.profile
    'careful'

    Raises:
        RefusedError: 400, if it is none; the message says what to mend.
    """
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, f"the body is not JSON: {error}") from None
    if not isinstance(asked, dict):
        raise RefusedError(400, 'the body must be a JSON object, as {"source": "..."}')
    asked = _checked(asked, FIELDS, "")
    given = _checked(asked.get("options") or {}, OPTIONS, "options.")
    if ("source" in asked) == ("source_base64" in asked):
        raise RefusedError(400, "send either source, a string, or source_base64, bytes of unknown encoding")
    try:
        if given.get("output") == "json":
            raise RefusedError(400, "options.output: the answer is JSON in any case; choose text, markdown or html")
        options = Options(**given)
        source = asked["source"] if "source" in asked else base64.b64decode(asked["source_base64"], validate=True)
    except OptionsError as error:
        raise RefusedError(400, f"options: {error}") from None
    except binascii.Error as error:
        raise RefusedError(400, f"source_base64: {error}") from None
    return Question(source, options, asked.get("url"), asked.get("name", ""))


def _checked(given: Mapping[str, Any], known: Mapping[str, type], prefix: str) -> dict[str, Any]:
    """The fields that are not null, once all are known and of their type."""
    for name, value in given.items():
        if name not in known:
            raise RefusedError(400, f"{prefix}{name}: there is no such field; known are {', '.join(known)}")
        right = value is None or isinstance(value, known[name])
        if not right or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
            raise RefusedError(400, f"{prefix}{name}: must be {_CALLED[known[name]]}")
    return {name: value for name, value in given.items() if value is not None}
