"""The endpoint, described for programs (OpenAPI 3.1); what can be chosen is read from `Options` itself."""

from __future__ import annotations

from typing import Any, Final, get_args

from cleantext import __version__
from cleantext.document import Document, Label
from cleantext.options import MARKED_APART, Extractor, Output, Profile, Source
from cleantext.serve.answer import CLEANED
from cleantext.serve.question import OPTIONS

_CHOICES: Final = {
    "profile": get_args(Profile),
    "output": get_args(Output)[:3],
    "extractor": get_args(Extractor),
    "kind": get_args(Source),
}
_LABELS: Final = {"drop": sorted(Label), "keep": sorted(Label), "include": sorted(MARKED_APART)}

_ERRORS: Final = {
    400: "The body is not what was asked for; `error` says what to mend.",
    403: "Asked under a foreign name, or by a page from elsewhere.",
    408: "The body took too long to arrive.",
    413: "The body is too large, or the source needs too much memory.",
    415: "The body is not JSON.",
    500: "A fault of the program.",
    503: "Too many requests at once.",
    504: "The source took too long.",
}


def description() -> dict[str, Any]:
    """The description as JSON has it."""
    record = _schema_of(Document("", "text", "", ()).to_dict())
    properties = record["properties"]
    cleaned = {"type": "object", "required": list(CLEANED), "properties": {name: properties[name] for name in CLEANED}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cleantext",
            "version": __version__,
            "description": "A page or text in, the article out, with a receipt.",
        },
        "paths": {
            "/clean": _operation("clean", "The article, and what was removed in numbers.", "Cleaned"),
            "/analyze": _operation("analyze", "The article with every removed block and the reasons for it.", "Document"),
        },
        "components": {
            "schemas": {"Question": _question(), "Cleaned": cleaned, "Document": record, "Error": _error()},
        },
    }


def _operation(name: str, summary: str, answer: str) -> dict[str, Any]:
    return {
        "post": {
            "operationId": name,
            "summary": summary,
            "requestBody": {"required": True, "content": _content("Question")},
            "responses": {
                "200": {"description": summary, "content": _content(answer)},
                **{str(status): {"description": what, "content": _content("Error")} for status, what in _ERRORS.items()},
            },
        }
    }


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _question() -> dict[str, Any]:
    options = {name: _option(name, kind) for name, kind in OPTIONS.items()}
    return {
        "type": "object",
        "additionalProperties": False,
        "oneOf": [{"required": ["source"]}, {"required": ["source_base64"]}],
        "properties": {
            "source": {"type": "string", "description": "The page or text."},
            "source_base64": {
                "type": "string",
                "contentEncoding": "base64",
                "description": "The same as bytes, whose encoding is found out.",
            },
            "url": {"type": "string", "description": "Where the page came from."},
            "name": {"type": "string"},
            "options": {"type": "object", "additionalProperties": False, "properties": options},
        },
    }


def _option(name: str, kind: type) -> dict[str, Any]:
    if kind is bool:
        return {"type": "boolean"}
    if kind is list:
        item: dict[str, Any] = {"type": "string"}
        return {"type": "array", "items": item | ({"enum": _LABELS[name]} if name in _LABELS else {})}
    return {"type": "string"} | ({"enum": list(_CHOICES[name])} if name in _CHOICES else {})


def _error() -> dict[str, Any]:
    properties = {"error": {"type": "string"}, "status": {"type": "integer"}}
    return {"type": "object", "required": list(properties), "properties": properties}


_NULLABLE: Final = {"free": "boolean", "declared_words": "integer"}
_OBJECTS: Final = ("removed", "links")
_NAMES: Final = {bool: "boolean", int: "integer", float: "number", str: "string"}


def _schema_of(record: dict[str, Any]) -> dict[str, Any]:
    """The schema of a document's record, whose types never depend on the content."""
    properties = {name: _field(name, value) for name, value in record.items()}
    return {"type": "object", "required": list(properties), "properties": properties}


def _field(name: str, value: object) -> dict[str, Any]:
    if name in _NULLABLE:
        return {"type": [_NULLABLE[name], "null"]}
    if isinstance(value, list):
        return {"type": "array", "items": {"type": "object" if name in _OBJECTS else "string"}}
    return {"type": _NAMES[type(value)]}
