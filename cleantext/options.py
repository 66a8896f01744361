"""Everything a caller can choose, in one frozen object that is checked once."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal, get_args

from cleantext.document import ARTICLE_LABELS, Label
from cleantext.errors import OptionsError
from cleantext.ingest.labels import look_up

Profile = Literal["careful", "standard", "strict"]
Output = Literal["text", "markdown", "html", "json"]
Extractor = Literal["auto", "trafilatura", "none"]
Source = Literal["auto", "html", "markdown", "text"]

UNCERTAIN = frozenset({Label.RELATED, Label.NAV, Label.AUTHOR_BIO, Label.OTHER, Label.AD, Label.COMMENTS})
APPARATUS = frozenset({Label.CAPTION, Label.CREDIT, Label.BYLINE, Label.DATELINE})
PROFILES: dict[str, frozenset[Label]] = {
    "careful": frozenset(Label) - ARTICLE_LABELS - UNCERTAIN,
    "standard": frozenset(Label) - ARTICLE_LABELS,
    "strict": frozenset(Label) - ARTICLE_LABELS | APPARATUS,
}
"""The labels that each profile removes."""

MARKED_APART = frozenset({Label.TITLE, Label.BYLINE, Label.DATELINE, Label.CAPTION})
"""In HTML, markup tells these from the body; they stand in the output only if `include` asks for them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to clean. All fields have defaults, all are plain data, so that the object can be pickled and hashed.

    >>> Options(profile="lenient")
    Traceback (most recent call last):
    cleantext.errors.OptionsError: profile='lenient': choose one of careful, standard, strict

    `drop` and `keep` are labels to remove or keep whatever the profile says; `include` names what to show of an HTML page
    beside its body (title, byline, dateline, caption). `links` keeps a page's links, in Markdown and HTML as such, for JSON and
    plain text, which stays as it is, in `Document.links`. `rules_off` switches rules off by id. `language` restricts the rules to those of
    one language and of none; by default the rules of all languages are tried. `content_model` and `line_model` are files of other
    models than the package's (see `python -m cleantext.train`; a line model's phrases and words lie beside it); the profile `careful` has no line model. `site_rules` are files of a site's own boilerplate (see `cleantext learn`). Longer sources than `max_chars` are not looked at:
    they come back whole, with status `too_large`. After `timeout` seconds no more removals are looked for in a document, and its
    status is `limit`; it is looked at between the steps of the work and between rules, so that a large page takes seconds longer.
    """

    profile: Profile = "standard"
    drop: frozenset[Label] = frozenset()
    keep: frozenset[Label] = frozenset()
    include: frozenset[Label] = frozenset()
    output: Output = "text"
    links: bool = False
    extractor: Extractor = "auto"
    kind: Source = "auto"
    encoding: str | None = None
    language: str | None = None
    rules_off: frozenset[str] = frozenset()
    content_model: str | None = None
    line_model: str | None = None
    site_rules: tuple[str, ...] = ()
    max_chars: int = 64_000_000
    timeout: float | None = None

    def __post_init__(self) -> None:
        _choose("profile", self.profile, get_args(Profile))
        _choose("output", self.output, get_args(Output))
        _choose("extractor", self.extractor, get_args(Extractor))
        _choose("kind", self.kind, get_args(Source))
        for name in ("drop", "keep", "include"):
            object.__setattr__(self, name, _labels(name, getattr(self, name)))
        if isinstance(self.rules_off, str):
            raise OptionsError(f"rules_off={self.rules_off!r}: pass a set of ids, as {{{self.rules_off!r}}}")
        object.__setattr__(self, "rules_off", frozenset(self.rules_off))
        if both := self.drop & self.keep:
            raise OptionsError(f"drop and keep both name {', '.join(sorted(both))}: remove it from one of them")
        if alien := self.include - MARKED_APART:
            allowed = ", ".join(sorted(MARKED_APART))
            raise OptionsError(f"include={', '.join(sorted(alien))}: only {allowed} stand apart from the body")
        for name in ("content_model", "line_model"):
            file = getattr(self, name)
            if file is not None and not os.path.isfile(file):
                raise OptionsError(f"{name}={file!r}: no such file")
        object.__setattr__(self, "site_rules", _paths("site_rules", self.site_rules))
        if self.encoding is not None and look_up(self.encoding) is None:
            raise OptionsError(f"encoding={self.encoding!r}: no encoding of the web is called so")
        if self.max_chars < 1:
            raise OptionsError(f"max_chars={self.max_chars!r}: must be at least 1")
        if self.timeout is not None and not self.timeout > 0:
            raise OptionsError(f"timeout={self.timeout!r}: must be more than 0 seconds, or None")

    @property
    def removed_labels(self) -> frozenset[Label]:
        """The labels that go: the profile's, with `drop` added and `keep` taken away."""
        return _removed_labels(self.profile, self.drop, self.keep)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all options."""
        return tuple(option.name for option in fields(cls))


@lru_cache(maxsize=64)
def _removed_labels(profile: Profile, drop: frozenset[Label], keep: frozenset[Label]) -> frozenset[Label]:
    return (PROFILES[profile] | drop) - keep


def _choose(name: str, value: object, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise OptionsError(f"{name}={value!r}: choose one of {', '.join(allowed)}")


def _paths(name: str, values: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    if isinstance(values, str | os.PathLike):
        raise OptionsError(f"{name}={os.fspath(values)!r}: pass a sequence of files, as ({os.fspath(values)!r},)")
    paths = tuple(os.fspath(value) for value in values)
    for path in paths:
        if not os.path.isfile(path):
            raise OptionsError(f"{name}: {path!r}: no such file")
    return paths


def _labels(name: str, values: Iterable[str]) -> frozenset[Label]:
    if isinstance(values, str):
        raise OptionsError(f"{name}={values!r}: pass a set of labels, as {{{values!r}}}")
    try:
        return frozenset(Label(value) for value in values)
    except ValueError as error:
        raise OptionsError(f"{name}: {error}; the labels are {', '.join(Label)}") from None
