"""One linear pass over the markup, before any parser sees it.

No HTML parser is safe from every input: trees nested ten thousand deep, a thousand attributes on a tag or hundreds of open
formatting elements cost quadratic time and gigabytes. The survey finds them first, and also what would make a parser swallow
the rest of the page (a comment, tag or script that never ends), so that nothing is lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

MAX_DEPTH: Final = 512
MAX_ATTRIBUTES: Final = 1_000
MAX_FORMATTING: Final = 200
MAX_OPTIONS: Final = 20_000
MAX_ELEMENTS: Final = 500_000  # a million take 0.8 GB and 4 s a megabyte as segments

RAW: Final = frozenset("script style textarea title xmp iframe noembed noframes noscript".split())
"""Elements whose content is text up to their own end tag, whatever it looks like."""

_VOID, _FORMATTING, _SCOPE, _IMPLIED, _IMPLIED_SCOPE, _PLAIN = range(6)
_KINDS = (
    dict.fromkeys(
        "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split(), _VOID
    )
    | dict.fromkeys("b big code em font i s small strike strong tt u".split(), _FORMATTING)  # `a` and `nobr` end the one before
    | dict.fromkeys("ul ol dl table select object template svg math caption".split(), _SCOPE)
    | dict.fromkeys("p li dt dd tr tbody thead tfoot option a nobr button".split(), _IMPLIED)
    | dict.fromkeys("td th".split(), _IMPLIED_SCOPE)
)
_CLOSES = {name: group.split() for group in ("dt dd", "td th", "tbody thead tfoot") for name in group.split()}

_MARKUP = re.compile(  # all repeats are possessive: what has no end is seen once and not tried again from every `<`
    r"""
    < (?: (/?[a-zA-Z][^\s/>]*+)                                             # 1: the name
          (?: [^>=]++ | = \s*+ (?: "[^"]*+" | '[^']*+' | (?!["']) ) )*+     # attributes
          (>?)                                                              # 2: empty if the tag never ends
        | (!--)                                                             # 3: a comment
        | [!?/] )
    """,
    re.VERBOSE,
)
_COMMENT_END = re.compile(r"--!?>")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_ATTRIBUTE = re.compile(r"[^\s/=]+")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_BROKEN_TAG = 256  # a page cut off inside a tag loses no text if the rest is a single tag of up to so many characters


class Tag(NamedTuple):
    """A piece of markup at `source[start:end]`: a tag (an end tag's name begins with `/`), or a comment and the like (no name).

    `content_end` is where a raw element's content ends, else the same as `end`. `unclosed` says what never ends.
    """

    start: int
    end: int
    name: str
    content_end: int
    unclosed: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the pass found: `limits` in words, whether a parser may be used at all, and up to where (`cut`)."""

    limits: tuple[str, ...]
    parseable: bool
    cut: int


def scan_tags(source: str) -> Iterator[Tag]:
    """All tags and comments, as a browser's tokenizer would see them, in linear time.

    Of a piece that never ends only its opening mark is passed over, so that what follows is seen.
    """
    position = 0
    hopeless: set[str] = set()  # what has no end from here on: looked for once, not again
    search = _MARKUP.search
    while found := search(source, position):
        start, end = found.span()
        name, bracket, comment = found.groups()
        if name is None:
            tag = _comment(source, start, comment is not None, hopeless)
        elif not bracket:
            tag = Tag(start, found.end(1), name.lower(), found.end(1), f"<{name}> tag")
        else:
            name = name.lower()
            tag = _raw(source, start, end, name, hopeless) if name in RAW else Tag(start, end, name, end)
        yield tag
        position = tag.content_end


def _comment(source: str, start: int, proper: bool, hopeless: set[str]) -> Tag:
    what = "comment" if proper else "declaration"
    if what not in hopeless:
        if proper and (found := _COMMENT_END.search(source, start + 2)):
            return Tag(start, found.end(), "", found.end())
        if not proper and (end := source.find(">", start + 2) + 1):
            return Tag(start, end, "", end)
        hopeless.add(what)
    end = start + (4 if proper else 2)
    return Tag(start, end, "", end, what)


def _raw(source: str, start: int, end: int, name: str, hopeless: set[str]) -> Tag:
    if name not in hopeless:
        if found := _RAW_END[name].search(source, end):
            return Tag(start, end, name, found.start())
        hopeless.add(name)
    closed = source[end - 2] == "/"  # as <style/> in an SVG
    return Tag(start, end, name, end, "" if closed or not source[end : end + 99].strip() else f"<{name}> element")


class _Tree:
    """A rough model of the parser's open elements, cheap enough to run over every page."""

    __slots__ = ("active", "counts", "depth", "elements", "formatting", "opened", "options", "scopes")

    def __init__(self) -> None:
        self.opened: list[str] = []  # in the innermost scope
        self.counts: dict[str, int] = {}
        self.scopes: list[tuple[str, list[str], dict[str, int]]] = []
        self.formatting: dict[str, list[str]] = {}
        self.depth = self.active = self.options = self.elements = 0

    def open(self, name: str, markup: str) -> None:
        self.elements += 1
        kind = _KINDS.get(name, _PLAIN)
        if kind == _VOID:
            return
        if kind == _FORMATTING:
            same = self.formatting.setdefault(name, [])
            if same.count(markup) < 3:  # a fourth of the same kind replaces the first
                same.append(markup)
                self.active += 1
        if kind in (_IMPLIED, _IMPLIED_SCOPE):
            self.options += name == "option"
            for other in _CLOSES.get(name, (name,)):
                self.close(other)
        self.depth += 1
        if kind in (_SCOPE, _IMPLIED_SCOPE):
            self.scopes.append((name, self.opened, self.counts))
            self.opened, self.counts = [], {}
        else:
            self.opened.append(name)
            self.counts[name] = self.counts.get(name, 0) + 1

    def close(self, name: str) -> None:
        kind = _KINDS.get(name, _PLAIN)
        if kind == _FORMATTING:
            self._close_formatting(name)
        elif self.counts.get(name):
            while self._pop() != name:
                pass
        elif kind == _SCOPE and any(scope == name for scope, _, _ in self.scopes):
            while self._leave() != name:
                pass
        elif kind in (_IMPLIED, _IMPLIED_SCOPE) and self.scopes and self.scopes[-1][0] in _CLOSES.get(name, ()):
            self._leave()

    def _close_formatting(self, name: str) -> None:
        if self.formatting.get(name):
            self.formatting[name].pop()
            self.active -= 1
        if self.counts.get(name):  # what was opened inside it stays open
            at = len(self.opened) - 1 - self.opened[::-1].index(name)
            del self.opened[at]
            self.counts[name] -= 1
            self.depth -= 1

    def _pop(self) -> str:
        name = self.opened.pop()
        self.counts[name] -= 1
        self.depth -= 1
        return name

    def _leave(self) -> str:
        self.depth -= len(self.opened) + 1
        name, self.opened, self.counts = self.scopes.pop()
        return name

    def limit(self) -> str:
        if self.active > MAX_FORMATTING:
            return f"formatting: more than {MAX_FORMATTING} open formatting elements"
        if self.depth + self.active > MAX_DEPTH:
            return f"depth: more than {MAX_DEPTH} open elements"
        if self.options > MAX_OPTIONS:
            return f"options: more than {MAX_OPTIONS} option elements"
        if self.elements > MAX_ELEMENTS:
            return f"elements: more than {MAX_ELEMENTS} elements"
        return ""


def survey(source: str) -> Survey:
    """Is this page fit for a parser, and up to where?

    >>> survey("<p>One <b>two</b>").limits
    ()
    >>> survey("<div>" * 600 + "text").limits
    ('depth: more than 512 open elements',)
    >>> survey("<p>Seen <!-- <p>never closed").cut
    8
    """
    tree = _Tree()
    for start, end, name, _, unclosed in scan_tags(source):
        if unclosed:
            if unclosed.endswith("tag") and start + _BROKEN_TAG >= len(source) and "<" not in source[start + 1 :]:
                break
            return Survey((f"markup: {unclosed} without an end at {start}",), True, start)
        if not name:
            continue
        if name[0] == "/":
            tree.close(name[1:])
            continue
        if end - start > MAX_ATTRIBUTES and _attributes(source[start:end]) > MAX_ATTRIBUTES:
            return Survey((f"attributes: more than {MAX_ATTRIBUTES} on a <{name}> tag",), False, len(source))
        tree.open(name, source[start:end] if end - start < 200 else name)
        if (tree.depth + tree.active > MAX_FORMATTING or not tree.elements % 1000) and (limit := tree.limit()):
            return Survey((limit,), False, len(source))
    return Survey((), True, len(source))


def _attributes(markup: str) -> int:
    """How many attributes a tag may have; values without quotes count too."""
    return len(_ATTRIBUTE.findall(_QUOTED.sub("", markup)))
