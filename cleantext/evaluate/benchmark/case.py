"""What every layout of a collection is read into: cases, each a source and what is known to be right about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cleantext.errors import InputError
from cleantext.evaluate.benchmark.metrics import Metric
from cleantext.evaluate.benchmark.question import Question
from cleantext.evaluate.benchmark.truth import Truth
from cleantext.train.publishers import publisher_key


@dataclass(frozen=True, slots=True)
class Case:
    """A document: `source` is a page's bytes, or the lines of a text.

    `groups` are the parts of the collection that it counts in (its kind of page, its language). `site` and `publisher` say whose it is: of
    models of folds, the one is asked that did not see these. `apart`: title, byline and captions are wanted, too.
    """

    id: str
    source: bytes | str
    truth: Truth
    groups: tuple[str, ...] = ()
    site: str = ""
    publisher: str = ""
    apart: bool = False

    def question(self) -> Question:
        """What systems are asked."""
        return Question(self.source, self.site, self.publisher or publisher_key(self.site), self.apart)


@dataclass(frozen=True, slots=True)
class Collection:
    """Cases that are judged by one metric. `warning` says, if it is so, that cleantext learned from them."""

    name: str
    layout: str
    metric: Metric
    cases: tuple[Case, ...]
    unit: str = "pages"
    warning: str = ""
    notes: tuple[str, ...] = ()

    def sample(self, every: int = 1, limit: int | None = None, group: str | None = None) -> Collection:
        """Each `every`-th case of those in `group`, at most `limit` of them; which ones depends on nothing else.

        Raises:
            InputError: no case is left.
        """
        chosen = [case for case in self.cases if group is None or group in case.groups]
        chosen = chosen[::every][:limit]
        if not chosen:
            known = ", ".join(self.groups()) or "there are none"
            raise InputError(f"{self.name}: no case of type {group!r} ({known})" if group else f"{self.name}: no case is left")
        return replace(self, cases=tuple(chosen))

    def groups(self) -> list[str]:
        """The names of all groups, the largest first."""
        counts: dict[str, int] = {}
        for case in self.cases:
            for group in case.groups:
                counts[group] = counts.get(group, 0) + 1
        return sorted(counts, key=lambda group: (-counts[group], group))

    def digest(self) -> str:
        """A fingerprint of the cases: sources and truths, in order."""
        return digest(self.cases)


def digest(cases: Iterable[Case]) -> str:
    """The SHA-256 of all that a score depends on."""
    whole = hashlib.sha256()
    for case in cases:
        source = case.source if isinstance(case.source, bytes) else case.source.encode("utf-8", "surrogatepass")
        for part in (case.id.encode(), source, repr(case.truth).encode("utf-8", "surrogatepass")):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
