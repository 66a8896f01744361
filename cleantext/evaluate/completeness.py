"""How good the verdict on completeness is, on labelled pages and texts.

    python -m cleantext.evaluate.completeness COLLECTION_FOLDER

The labels (`corpora/completeness.toml`) name documents of public collections and hold none of their text; the folder holds those
collections as JSON Lines. Publishers are split in two halves by a digest of their name: `tuning` was looked at while the rules
were made, `final` only for its figures. Where even a reader can't tell, any verdict but `truncated` will do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from cleantext.cleaner import Cleaner
from cleantext.document import Completeness, Verdict
from cleantext.errors import InputError
from cleantext.evaluate.labelled import open_text, page_of

HALVES: Final = ("tuning", "final")
DIGEST: Final = 12
"""Hexadecimal digits of the source's SHA-256 that a label names."""
ENDINGS: Final = (".jsonl.xz", ".jsonl.gz", ".jsonl")
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled document: where it is found, the reader's verdict, and why, in the reader's words."""

    id: str
    collection: str
    verdict: Verdict
    kind: str
    publisher: str
    note: str
    sha256: str

    @property
    def half(self) -> str:
        """The half that the publisher, with all its documents in all collections, is in."""
        return HALVES[hashlib.sha256(self.publisher.encode()).digest()[0] % 2]


def read_cases(file: Path) -> list[Case]:
    """The labels of a file.

    Raises:
        InputError: the file cannot be read, a label lacks a field or has an unknown verdict, or there is none.
    """
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("case", [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file}: {error}") from None
    cases = []
    for number, entry in enumerate(entries, 1):
        try:
            case = Case(**entry)
        except TypeError as error:
            raise InputError(f"{file}: case {number}: {error}") from None
        if case.verdict not in VERDICTS:
            raise InputError(f"{file}: {case.id}: verdict={case.verdict!r}: choose one of {', '.join(VERDICTS)}")
        cases.append(case)
    if not cases:
        raise InputError(f"{file}: no cases found")
    return cases


def judge(cases: Sequence[Case], folder: Path) -> Iterator[tuple[Case, Completeness]]:
    """The verdict on each case whose collection is in the folder.

    Raises:
        InputError: a document is missing in its collection, or is not the one that was labelled, or no collection is there.
    """
    cleaner = Cleaner()
    found = False
    for collection in sorted({case.collection for case in cases}):
        files = [file for ending in ENDINGS if (file := folder / f"{collection}{ending}").exists()]
        if not files:
            continue
        found = True
        wanted = {case.id: case for case in cases if case.collection == collection}
        for record in _records(files[0]):
            if case := wanted.pop(str(record.get("id")), None):
                source = _source(record)
                if hashlib.sha256(source).hexdigest()[:DIGEST] != case.sha256:
                    raise InputError(f"{files[0]}: {case.id} is not the document that was labelled: its digest differs")
                yield case, cleaner.analyze(source if "text" not in record or "html" in record else source.decode()).completeness
        if wanted:
            raise InputError(f"{files[0]}: has no document {next(iter(wanted))}")
    if not found:
        raise InputError(f"{folder}: none of the collections {', '.join(sorted({case.collection for case in cases}))}")


def report(judged: Sequence[tuple[Case, Completeness]]) -> Iterator[str]:
    """The confusion table, precision and recall, and the mistakes."""
    table = Counter((case.verdict, found.verdict) for case, found in judged)
    yield f"{'labelled':<12}" + "".join(f"{verdict:>11}" for verdict in VERDICTS)
    for label in VERDICTS:
        yield f"{label:<12}" + "".join(f"{table[label, verdict]:>11}" for verdict in VERDICTS)
    for verdict in ("truncated", "complete"):
        right = table[verdict, verdict]
        yield f"{verdict}: precision {_share(right, sum(table[label, verdict] for label in VERDICTS))}, recall " + _share(
            right, sum(table[verdict, other] for other in VERDICTS)
        )
    for case, found in judged:
        if found.verdict != case.verdict and "truncated" in (case.verdict, found.verdict):
            yield f"  {case.verdict} -> {found.verdict}  {case.collection} {case.id[:60]} ({case.kind}) {found.because} {found.gate[:40]!r}"


def _records(file: Path) -> Iterator[dict[str, Any]]:
    with open_text(file) as lines:
        for line in lines:
            yield json.loads(line)


def _source(record: dict[str, Any]) -> bytes:
    return page_of(record) if {"html", "html_base64"} & record.keys() else record["text"].encode("utf-8", "surrogatepass")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part} of {whole})" if whole else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(prog="python -m cleantext.evaluate.completeness", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="holds the collections, as JSON Lines")
    parser.add_argument("--labels", type=Path, default=Path("corpora/completeness.toml"))
    parser.add_argument("--half", choices=HALVES, action="append", help="only this half")
    options = parser.parse_args(arguments)
    try:
        cases = read_cases(options.labels)
        halves = options.half or HALVES
        judged = list(judge([case for case in cases if case.half in halves], options.folder))
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    for half in halves:
        print(f"\n{half}: {len(kept := [pair for pair in judged if pair[0].half == half])} documents")
        print("\n".join(report(kept)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
