"""Which kind of text is this: HTML, Markdown or plain text?

Plain text is the default, and the other two take good evidence: an error costs more than a miss, since plain text read as
HTML loses what stands in angle brackets, and read as Markdown its lines are joined to paragraphs.
"""

from __future__ import annotations

import re
from typing import Final

from cleantext.document import Kind

_PREFIX: Final = 16 * 1024
_COMMENTS: Final = 64 * 1024

# ---------------------------------------------------------------- HTML

_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body|\?xml|rss|feed|urlset|svg|frameset)(?=[\s:/>\[?-])", re.IGNORECASE)
_ROOT: Final = re.compile(r"<([A-Za-z][\w.:-]{0,60})(?:\s[^<>]*)?/?>")
_STRUCTURAL: Final = (
    "p|div|br|hr|ul|ol|li|dl|dt|dd|table|tbody|thead|tr|td|th|h[1-6]|section|article|header|footer|nav|main|aside|figure|"
    "figcaption|blockquote|pre|form|script|style|link|meta|title|head|body|html|iframe|noscript|center|button|template"
)
_INLINE: Final = "a|b|i|u|em|strong|span|img|font|small|sub|sup|code|cite|time|picture|source|svg|path|input|label|video"
# A tag ends at the next angle bracket, so that no character is read twice; a page may be cut off within a tag.
_TAG: Final = re.compile(rf"</?(?:({_STRUCTURAL})|(?:{_INLINE}))(?=[\s/>])[^<>]*(?:>|\Z)", re.IGNORECASE)
_STARTS: Final = re.compile(rf"</?(?:{_STRUCTURAL}|{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SOURCE_CODE: Final = re.compile(
    r"#!|#include\b|#define\b|diff --git |(?:---|\+\+\+) \S|@@ |Index: |<\?php|/\*|//|['\"]use \w+['\"]|"
    r"(?:import|from|const|let|var|function|export|class|interface|def|package|using|public|private|return|async)\s"
)

# ---------------------------------------------------------------- Markdown

# By their rare character, since looking for one character is ten times quicker than looking for two
_TRACES: Final = {"]": ("](",), "*": ("**",), "#": ("\n#",), "`": ("\n```",), "~": ("\n~~~",), "|": ("-|", "- |", ":|")}
_CODE_LINE: Final = re.compile(
    r"\s*+(?:[\w.\[\]'\"-]+ *[-+*/|]?=(?!=) *\S|(?:import|from|def|class|return|export|echo|sudo|if|for|while|else|elif|fi|done|"
    r"set|cd|let|const|var)\b.*[\w)\]'\";:{}]\s*\Z|[}\])]|.*[;{}\\]\s*\Z|[\w.]+\(.*\)\s*\Z|\$ )"
)
_HEADING: Final = re.compile(r" {0,3}#{1,6} +\S")
_FENCE: Final = re.compile(r" {0,3}(?:```[^`]*|~~~.*)\Z")
_TABLE: Final = re.compile(r" {0,3}\|? *:?-{3,}:? *(?:\| *:?-{3,}:? *)+\|?\s*\Z|\s*\| *:?-{3,}:? *\|\s*\Z")
_ITEM: Final = re.compile(r"\s{0,8}(?:[-*+]|\d{1,3}\.) +\S")
_LINK: Final = re.compile(r"(!?)\[[^\[\]\n]{0,300}\]\((?:<[^<>\n]*>|https?://|mailto:|[#/.\w-])[^\s()]{0,1000}")
_BOLD: Final = re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*\*(?![\w*])")
_RST: Final = re.compile(r"^\.\. [\w|-].*::|^\.\. _|::\s*$|`_(?!\w)", re.MULTILINE)
_FRONT_MATTER: Final = (
    re.compile(  # a line is read in one way only, also one that ends with \r\n: two ways, and lines, are exponential
        r"---[ \t]*\r?\n[\w-]+[ \t]*:(?=\s)[^\n]*+\n(?:(?!---)[^\n]*+\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)|"
        r"\+\+\+[ \t]*\r?\n(?:[\w.\"-]+[ \t]*=|\[)[^\n]*+\n(?:(?!\+\+\+)[^\n]*+\n){0,200}?\+\+\+[ \t]*(?:\r?\n|\Z)"
    )
)


def sniff(text: str) -> Kind:
    """Tell HTML, Markdown and plain text apart by the first 16,384 characters.

    >>> sniff("<p>The lamp <b>burned</b>.</p>"), sniff("The tag <b>x</b> makes it bold."), sniff("# Lamps\\n\\nSee [here](/a).")
    ('html', 'text', 'markdown')
    """
    start = _after_comments(text)
    prefix = text[start : start + _PREFIX].lstrip("\ufeff \t\r\n\f\0")
    if "<" not in prefix:
        return "markdown" if _is_markdown(prefix) else "text"
    if _PAGE.match(prefix):
        return "html"
    if _SOURCE_CODE.match(prefix):
        return "text"
    structural, share = _tags(prefix)
    if share < 0.6 and _is_markdown(prefix):
        return "markdown"
    return "html" if _is_markup(prefix, structural, share, start > 0) else "text"


def _after_comments(text: str) -> int:
    """Where the text begins that follows the comments at the head, if any."""
    start = 0
    while text[start : start + 64].lstrip("\ufeff \t\r\n\f").startswith("<!--"):
        end = text.find("-->", start, start + _COMMENTS)
        if end < 0:
            break
        start = end + 3
    return start


def _tags(prefix: str) -> tuple[int, float]:
    """The number of structural tags, and the share of the lines with text on them that hold a tag."""
    structural = sum(1 for tag in _TAG.finditer(prefix) if tag[1])
    lines = [line for line in prefix.splitlines() if line and not line.isspace()]
    tagged = sum(1 for line in lines if "<" in line and _TAG.search(line))
    return structural, tagged / max(len(lines), 1)


def _is_markup(prefix: str, structural: int, share: float, commented: bool) -> bool:
    if start := _STARTS.match(prefix):
        return structural > 0 or prefix.rstrip().endswith(">") or "</" in prefix[start.end() :]
    if commented and structural:
        return True
    if root := _ROOT.match(prefix):  # an XML document of any vocabulary
        return f"</{root[1]}>" in prefix or (prefix.count("</") >= 3 and share == 0 and f"\n<{root[1]}> " not in prefix)
    return structural >= 3 and share >= 0.5


def _is_markdown(prefix: str) -> bool:
    """Two points make Markdown; what plain text and source code have too counts for little or nothing."""
    if prefix.startswith(("---", "+++")) and _FRONT_MATTER.match(prefix):
        return True
    if not prefix.startswith(("#", "```", "~~~")) and not _has_traces(prefix):
        return False
    if _SOURCE_CODE.match(prefix) or _RST.search(prefix):
        return False
    lines = prefix.splitlines()
    points = _links(prefix) + _blocks(lines)
    if _BOLD.search(prefix):
        points += 1 + (sum(1 for line in lines if _ITEM.match(line)) >= 2)
    return points >= 2


def _has_traces(prefix: str) -> bool:
    return any(character in prefix and any(trace in prefix for trace in traces) for character, traces in _TRACES.items())


def _links(prefix: str) -> int:
    links = list(_LINK.finditer(prefix))
    return min(2, len(links) + any(link[1] for link in links))


def _blocks(lines: list[str]) -> int:
    """Points for fences, tables and headings."""
    if sum(1 for line in lines if _FENCE.match(line)) >= 2 or any(_TABLE.match(line) for line in lines):
        return 2
    marked = [i for i, line in enumerate(lines) if line.lstrip(" ").startswith("#")]
    headings = [i for i in marked if _HEADING.match(lines[i]) and _stands_alone(lines, i)]
    if not headings or 2 * len(headings) < len(marked):
        return 0  # the comments of a script or a configuration stand over what they explain
    others = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not others or 5 * sum(1 for line in others if _CODE_LINE.match(line)) > len(others):
        return 0
    return 2 if len(headings) >= 2 or headings == [0] else 1


def _stands_alone(lines: list[str], i: int) -> bool:
    return (i == 0 or not lines[i - 1].strip()) and (i + 1 == len(lines) or not lines[i + 1].strip())
