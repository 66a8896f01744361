"""The cases of tests/cases: texts whose lines to be removed are marked. See the README there."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cleantext import Document, Options, analyze

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.txt"))


@dataclass
class Case:
    """The lines with whether each stays, and what the head says."""

    head: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.lines)

    @property
    def options(self) -> Options:
        return Options(**{"kind": self.head.get("kind", "text"), **json.loads(self.head.get("options", "{}"))})


def read(file: Path) -> Case:
    case = Case()
    for number, line in enumerate(file.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):
        if line.startswith("# ") and not case.lines:
            key, _, value = line[2:].partition(":")
            case.head[key.strip()] = value.strip()
        else:
            assert not line or line[:2] in ("  ", "- "), f"{file.name}:{number}: begin a line with two spaces, or with '- '"
            case.lines.append((line[:2] != "- ", line[2:]))
    return case


def why(document: Document, line: str) -> str:
    blocks = [block for block in document.blocks if line.strip() in block.text]
    reasons = [reason.id for block in blocks for reason in block.reasons]
    return f"{line[:80]!r} ({', '.join(reasons) or 'no rule spoke'})"


def test_cases_are_found() -> None:
    assert len(FILES) >= 12


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_case(file: Path, request: pytest.FixtureRequest) -> None:
    case = read(file)
    if known := case.head.get("known-failure"):
        request.applymarker(pytest.mark.xfail(reason=known, strict=True))
    document = analyze(case.text, options=case.options)
    out = [line for line in document.text.split("\n") if line.strip()]
    stays = [line for keep, line in case.lines if keep and line.strip()]
    lost = [why(document, line) for line in stays if line not in out]
    left = [why(document, line) for keep, line in case.lines if not keep and line in out and line not in stays]
    assert not lost, "lost"
    assert not left, "left"
    assert out == stays
    assert document.restore() == case.text
