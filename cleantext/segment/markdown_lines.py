"""The lines of Markdown, and what each kind of block begins and ends with (CommonMark 0.31, GitHub's tables)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Possessive repeats throughout: a line is read from left to right, once.
LINE: Final = re.compile(r"([ \t]*+)([^\r\n]*+)(?:\r\n|[\r\n]|\Z)")
_QUOTE: Final = re.compile(r"(?:[ \t]{0,3}+> ?+)++")
_INDENT: Final = re.compile(r"[ \t]*+")
SPECIAL: Final = frozenset("`~#=-*_+>[<|:0123456789")
"""What a line must begin with to be anything else than text."""
FENCE: Final = re.compile(r"(`{3,}+)[^`]*+\Z|(~{3,}+)")
ATX: Final = re.compile(r"(#{1,6}+)(?:[ \t]|\Z)")
UNDERLINE: Final = re.compile(r"(?:=++|-++)[ \t]*+\Z")
RULE: Final = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z")
MARKER: Final = re.compile(r"([-+*]|(\d{1,9}+)[.)])([ \t]++|\Z)")
DELIMITER: Final = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+\Z")
PIPE: Final = re.compile(r"(?<!\\)\|")
FOOTNOTE: Final = re.compile(r"\[\^[^\[\]]{1,999}+\]:")

_BLOCK_TAGS: Final = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|"
    "noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
ENDED_BY_TEXT: Final = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|\Z)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
)
ENDED_BY_BLANK: Final = re.compile(rf"</?(?:{_BLOCK_TAGS})(?=\s|/?>|\Z)", re.IGNORECASE)
LONE_TAG: Final = re.compile(r"</?[A-Za-z][\w-]*+(?:\s[^<>]*+)?>[ \t]*+\Z")

FRONT_MATTER: Final = {
    "---": re.compile(r"[\w\"'-][^:\r\n]*+:(?:\s|\Z)|#|---"),
    "+++": re.compile(r"[\w\"'.-]++[ \t]*+=|\[|#|\+\+\+"),
}
CLOSING: Final = {"---": ("---", "..."), "+++": ("+++",)}

TAB: Final = 4


@dataclass(slots=True)
class Line:
    """A line: where it starts and its text ends; how deep it is quoted, the columns of the quotation's first mark and of
    the text behind its last; the columns of indentation there, and what follows.
    """

    start: int
    end: int
    quote: int
    lead: int
    margin: int
    indent: int
    body: str

    @property
    def column(self) -> int:
        """The column at which the body begins."""
        return self.margin + self.indent


def read_line(match: re.Match[str], depth: int) -> Line:
    """The parts of a line that `LINE` matched; `depth` is the column at which the text of the innermost list's item begins."""
    start, body, indent = match.start(), match[2], width(match[1])
    if not body.startswith(">") or indent - depth >= TAB or not (marks := _QUOTE.match(body)):
        return Line(start, match.end(2), 0, 0, 0, indent, body)
    rest = body[marks.end() :]
    inner = rest.lstrip(" \t")
    inside = width(rest[: len(rest) - len(inner)])
    return Line(start, match.end(2), marks[0].count(">"), indent, indent + marks.end(), inside, inner)


def width(space: str) -> int:
    """Columns of white space."""
    return len(space.expandtabs(TAB)) if "\t" in space else len(space)


def closes(body: str, fence: str) -> bool:
    """Is the line a fence of the same sign, no shorter?"""
    mark = body.rstrip()
    return len(mark) >= len(fence) and not mark.strip(fence[0])


def cells(row: str) -> int:
    """The number of cells in a table's row."""
    row = row.strip()
    return len(PIPE.findall(row)) + 1 - row.startswith("|") - (len(row) > 1 and row.endswith("|"))
