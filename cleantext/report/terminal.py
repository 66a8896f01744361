"""What was removed and why, as text for a terminal: readable at 80 columns, with colour or without."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, TextIO

from cleantext.document import Block, Document, Reason
from cleantext.report.evidence import span_of, spans_of
from cleantext.report.wrap import wrap

UNSAFE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|\r(?!\n)"
)
"""Characters that steer a terminal instead of showing: controls, marks that turn the direction of text, lone surrogates."""

SNIPPET: Final = 200
"""Characters of a block that are shown unless all are asked for."""

LEAD: Final = 60
"""Characters shown before the matched words of a long block."""

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand in for the marks around matched words while lines are wrapped; the block's own are taken out first."""

COLOURS: Final = {"label": "\x1b[1m", "rule": "\x1b[36m", "mark": "\x1b[1;31m", "-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}
RESET: Final = "\x1b[0m"


def counted(number: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "record"), counted(2000, "record")
    ('1 record', '2,000 records')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def escape(text: str) -> str:
    r"""The text with everything that would steer a terminal written out; the escapes are valid in JSON, too.

    >>> print(escape("red: \x1b[31m, back: \u202e"))
    red: \u001b[31m, back: \u202e
    """
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def escape_line(text: str) -> str:
    r"""`escape` for what must stay on one line, as a file name.

    >>> escape_line("a\nb.html")
    'a\\u000ab.html'
    """
    return re.sub(r"[\n\r\t]", lambda match: f"\\u{ord(match[0]):04x}", escape(text))


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Colour on a terminal; `NO_COLOR` forbids and `FORCE_COLOR` demands it (no-color.org, force-color.org)."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def counts(labels: Iterable[str]) -> str:
    """How often each label occurs, the most frequent first.

    >>> counts(["nav", "ad", "nav"])
    'nav 2, ad 1'
    """
    ordered = sorted(Counter(labels).items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{label} {number}" for label, number in ordered)


def explain(document: Document, name: str, *, colour: bool = False, width: int = 80, whole: bool = False) -> str:
    """Each removed block with its label, the rules behind it and the words they matched, then what was kept.

    Neighbours with the same label and reasons are shown together, and long blocks are shortened, unless `whole`.
    """
    lines = [_paint("label", f"==> {escape_line(name)} <==", colour), _headline(document)]
    lines += [f"  {escape_line(limit)}" for limit in document.limits]
    if document.completeness.gate:
        lines += wrap(f"The article stops at: {escape_line(document.completeness.gate)}", "  ", width)
    for position, blocks in _runs(document, whole):
        label = str(blocks[0].label)
        place = f"  line {position}" if position else ""
        number = f"  {len(blocks)} blocks" if len(blocks) > 1 else ""
        lines += ["", f"- {_paint('label', label, colour)}{place}{number}"]
        lines += [_paint("rule", line, colour) for line in wrap("; ".join(_reasons(blocks)), "    ", width)]
        lines += _excerpt(blocks, colour, width, whole)
    return "\n".join([*lines, ""])


def diff(document: Document, name: str, *, colour: bool = False, terminal: bool = False, context: int = 3) -> str:
    """A unified diff from the source to the article, each hunk headed by the labels of what goes in it.

    For text and Markdown it is a patch that can be applied; for HTML its lines are the page's blocks. For a `terminal`,
    characters that would steer it are written out, which ends its use as a patch.
    """
    import difflib

    source, target = _versions(document)
    labels = _labels_by_line(document)
    name = escape_line(name)
    out = []
    for line in difflib.unified_diff(source, target, name, f"{name} (clean)", n=context):
        if line.startswith("@@"):
            line = f"{line.rstrip()} {_heading(line, labels)}".rstrip() + "\n"
        body, end = (line[:-1], "\n") if line.endswith("\n") else (line, "\n\\ No newline at end of file\n")
        out.append(_paint(line[0], escape(body) if terminal else body, colour) + end)
    return "".join(out)


def _versions(document: Document) -> tuple[list[str], list[str]]:
    """The lines of the source and those of the article."""
    if document.kind != "html":
        return _lines(document.restore()), _lines(document.text)
    blocks = [(block.keep, _lines(block.text + "\n")) for block in document.blocks]
    return [line for _, lines in blocks for line in lines], [line for keep, lines in blocks if keep for line in lines]


def _lines(text: str) -> list[str]:
    """Lines as `patch` counts them: a form feed or U+2028 ends none."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _headline(document: Document) -> str:
    blocks, removed = document.blocks, document.removed
    kept = [str(block.label) for block in blocks if block.keep]
    head = f"{document.kind}, {len(removed)} of {len(blocks)} blocks removed"
    facts = [head, f"kept {counts(kept)}" if kept else "nothing kept"]
    if document.completeness.verdict != "unknown":
        facts.append(document.completeness.verdict)
    if document.status != "ok":
        facts.append(f"status {document.status}")
    return "; ".join(facts)


def _runs(document: Document, whole: bool) -> Iterator[tuple[int, list[Block]]]:
    """The removed blocks, neighbours with the same label and reasons together; before each the line it stands on (0 in HTML)."""
    numbered = zip(_line_numbers(document), document.blocks, strict=True)
    groups = groupby(
        enumerate(numbered), lambda item: item[0] if whole else (item[1][1].keep, item[1][1].label, _ids(item[1][1]))
    )
    for _, group in groups:
        members = [member for _, member in group]
        if not members[0][1].keep:
            yield members[0][0], [block for _, block in members]


def _ids(block: Block) -> frozenset[str]:
    return frozenset(reason.id for reason in block.reasons)


def _line_numbers(document: Document) -> Iterator[int]:
    number = 1
    for block in document.blocks:
        yield 0 if document.kind == "html" else number
        number += block.text.count("\n") + block.after.count("\n")


def _reasons(blocks: Sequence[Block]) -> list[str]:
    """The reasons of some blocks, those that weigh most first; of several with one name the first speaks for all."""
    first: dict[tuple[str, str], Reason] = {}
    for reason in sorted(
        (reason for block in blocks for reason in block.reasons), key=lambda reason: (-reason.weight, _from_run(reason))
    ):
        first.setdefault((reason.source, reason.id), reason)
    return [_reason(reason, blocks) for reason in first.values()]


def _from_run(reason: Reason) -> bool:
    """Does the rule speak of its run only, not of this block's words?"""
    return reason.source == "rule" and reason.id in reason.evidence


def _reason(reason: Reason, blocks: Sequence[Block]) -> str:
    """A reason's id, with its evidence unless that is marked in the text anyhow."""
    name = escape_line(reason.id if reason.source == "rule" else f"{reason.source}: {reason.id}")  # a site file names its own
    if _from_run(reason):
        return f"{name} (in its run)"
    shown = not reason.evidence or any(span_of(reason, _flat(block.text)) for block in blocks)
    return name if shown else f"{name} ({escape_line(_flat(reason.evidence))})"


def _excerpt(blocks: Sequence[Block], colour: bool, width: int, whole: bool) -> list[str]:
    if len(blocks) == 1:
        text = _marked(blocks[0], None if whole else SNIPPET)
    else:
        text = " | ".join(_flat(block.text) for block in blocks)
        text = text if len(text) <= SNIPPET else text[:SNIPPET].rstrip() + " ..."
    text = escape_line(text)
    if not colour:
        return wrap(text.replace(OPEN, "[[").replace(CLOSE, "]]"), "    ", width)
    return list(_coloured(wrap(text, "    ", width, unseen=OPEN + CLOSE)))


def _coloured(lines: Iterable[str]) -> Iterator[str]:
    """The lines with their marks as colours, which end with each line: a pager shows lines one by one."""
    within = False
    for line in lines:
        begin = COLOURS["mark"] if within else ""
        within = line.rfind(OPEN) > line.rfind(CLOSE) or (within and CLOSE not in line)
        text = line.replace(OPEN, COLOURS["mark"]).replace(CLOSE, RESET)
        yield begin + text + (RESET if within else "")


def _marked(block: Block, limit: int | None) -> str:
    """The block's text on one line, marks around what its reasons matched, shortened to about `limit` characters."""
    text = _flat(block.text)
    spans = spans_of(block.reasons, text)
    first = spans[0][0] if spans else 0
    start = first - LEAD if limit and len(text) > limit and first > 2 * LEAD else 0
    stop = start + limit if limit and len(text) > start + limit else len(text)
    parts, at = ["... " if start else ""], start
    for begin, end in spans:
        if begin < stop:
            parts += [text[at:begin], OPEN, text[begin : min(end, stop)], CLOSE]
            at = min(end, stop)
    return "".join([*parts, text[at:stop], " ..." if stop < len(text) else ""])


def _flat(text: str) -> str:
    return " ".join(text.replace(OPEN, " ").replace(CLOSE, " ").split())


def _labels_by_line(document: Document) -> dict[int, str]:
    """The labels of removed blocks by the number of their first line in `restore()`."""
    number, labels = 1, {}
    for block in document.blocks:
        if not block.keep:
            labels[number] = str(block.label)
        number += block.text.count("\n") + (1 if document.kind == "html" else block.after.count("\n"))
    return labels


def _heading(hunk: str, labels: Mapping[int, str]) -> str:
    match = re.match(r"@@ -(\d+)(?:,(\d+))?", hunk)
    if match is None:
        return ""
    first, length = int(match[1]), int(match[2] or 1)
    return ", ".join(dict.fromkeys(labels[line] for line in range(first, first + length) if line in labels))


def _paint(role: str, text: str, colour: bool) -> str:
    return f"{COLOURS[role]}{text}{RESET}" if colour and role in COLOURS else text
