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

from cleantext.segment.open_elements import EVENTFUL, IMPLYING, MAX_FORMATTING, MAX_OPTIONS, VOID, OpenElements

MAX_ATTRIBUTES: Final = 1_000

RAW: Final = frozenset("script style textarea title xmp iframe noembed noframes noscript".split())
"""Elements whose content is text up to their own end tag, whatever it looks like."""

_ATTRIBUTES = r"""(?: [^>=]++ | = \s*+ (?: "[^"]*+" | '[^']*+' | (?!["']) ) )*+"""
_MARKUP = re.compile(  # all repeats are possessive: what has no end is seen once and not tried again from every `<`
    rf"""
    < (?: ([a-zA-Z][^\s/>]*+) {_ATTRIBUTES} (?: (>) (?: [^<]*+ </\1> () )?+ )?+   # a tag; its end; its end tag, if only text is inside
        | / ([a-zA-Z][^\s/>]*+) {_ATTRIBUTES} (>)?+                               # an end tag; its end
        | (!--)
        | ([!?/]) )
    """,
    re.VERBOSE,
)
_NAME, _TAG, _LEAF, _END_NAME, _END_TAG, _COMMENT, _DECLARATION = range(1, 8)  # the last group of a match says what was found
_START_TAGS = frozenset({_TAG, _LEAF})
_ENDLESS = frozenset({_NAME, _END_NAME})
_COMMENT_END = re.compile(r"--!?>")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_ATTRIBUTE = re.compile(r"[^\s/=]+")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_FEW = MAX_FORMATTING // 2 - 1  # elements, each of which may be a formatting element, too
_SHORT_TAG = 512
_NAMES = 3  # of a tag and attributes without values
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
    hopeless: set[str] = set()  # what has no end from here on: looked for once, not again
    position = vain = 0
    while found := _search(source, position, vain):
        tag = _tag(source, found, hopeless)
        yield tag
        if found.lastindex in _ENDLESS:
            vain = max(vain, found.end())
        position = tag.content_end


def _search(source: str, position: int, vain: int) -> re.Match[str] | None:
    """The next piece of markup. Up to `vain` a tag was looked through that has no end: there others must be short."""
    while position < vain:
        position = source.find("<", position, vain)
        if position < 0:
            position = vain
        elif found := _MARKUP.match(source, position, position + _SHORT_TAG):
            return found
        else:
            position += 1
    return _MARKUP.search(source, position)


def _tag(source: str, found: re.Match[str], hopeless: set[str]) -> Tag:
    """The piece of markup that a match begins; of an element with nothing but text in it, the start tag."""
    start, what = found.start(), found.lastindex
    if what in (_COMMENT, _DECLARATION):
        return _comment(source, start, what == _COMMENT, hopeless)
    if what in _ENDLESS:
        name, end = found[what].lower(), found.end(what)
        slash = "/" if what == _END_NAME else ""
        return Tag(start, end, slash + name, end, f"<{slash}{found[what]}> tag")
    if what == _END_TAG:
        return Tag(start, found.end(), "/" + found[_END_NAME].lower(), found.end())
    name, end = found[_NAME].lower(), found.end(_TAG)
    return _raw(source, start, end, name, hopeless) if name in RAW else Tag(start, end, name, end)


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


def survey(source: str) -> Survey:
    """Is this page fit for a parser, and up to where?

    >>> survey("<p>One <b>two</b>").limits
    ()
    >>> survey("<div>" * 600 + "text").limits
    ('depth: more than 512 open elements',)
    >>> survey("<p>Seen <!-- <p>never closed").cut
    8
    """
    return Survey((), True, len(source)) if _orderly(source) else _careful(source)


def _orderly(source: str) -> bool:
    """Is all markup complete, and so well nested that no limit can be near? Quick, and true of most pages.

    An end tag counts only if it closes the last element that was opened, or one of those that are `settled`. So `opened` holds at
    least all elements, and with them the formatting elements, that the model behind `_careful` would hold open: a page with few
    has few there, too.
    """
    opened, elements = [""], 0
    settled = 1
    hopeless: set[str] = set()
    position: int | None = 0
    while position is not None:
        matches, position = _MARKUP.finditer(source, position), None
        for found in matches:
            what = found.lastindex
            if what == _END_TAG:
                settled = _close(opened, found[_END_NAME].lower(), settled)
                continue
            if what in _START_TAGS:
                elements += 1
                if len(opened) > _FEW or _is_overloaded(found):
                    return False
                name = found[_NAME].lower()
                if what != _LEAF and name not in VOID and not (name == opened[-1] and name in IMPLYING):
                    opened.append(name)
                if name in EVENTFUL:
                    settled = len(opened) - (what == _TAG and name == "svg")
                if what == _LEAF or name not in RAW:
                    continue
            tag = _tag(source, found, hopeless)
            if tag.unclosed:
                return False
            position = tag.content_end  # what is before this is no markup
            break
    return elements <= MAX_OPTIONS and "template" not in opened


def _close(opened: list[str], name: str, settled: int) -> int:
    """Take in an end tag, and say from where on the opened elements are settled now.

    These were opened since the last tag that may close others in passing, and with nothing but tags that were understood in between:
    the model has the very same, innermost. So an end tag may close several at once, as it does after drawings (`<svg><path/></svg>`).
    """
    if name == opened[-1]:
        opened.pop()
    elif name in opened[settled:]:
        while opened.pop() != name:
            pass
    else:
        return len(opened)
    return min(settled, len(opened))


def _careful(source: str) -> Survey:
    """The same with a model of what the tags close."""
    elements = OpenElements()
    templates: list[Tag] = []  # those that are open: all that follows one that never ends would be inert
    hopeless: set[str] = set()
    position: int | None = 0
    while position is not None:
        matches, position = _MARKUP.finditer(source, position), None
        for found in matches:
            what = found.lastindex
            if what == _END_TAG:
                name = found[_END_NAME].lower()
                elements.close(name)
                if name == "template":
                    del templates[-1:]
                continue
            name = found[_NAME].lower() if what in _START_TAGS else ""
            if name == "template" and what != _LEAF:
                templates.append(Tag(found.start(), found.end(), name, found.end(), "<template> element"))
            if what != _LEAF and (not name or name in RAW):
                tag = _tag(source, found, hopeless)
                if tag.unclosed:
                    return _cut(source, tag)
                position = tag.content_end
            if name and (limit := _add(elements, name, found)):
                return Survey((limit,), False, len(source))
            if position is not None:  # what is in this one is no markup: go on behind it
                break
    return _cut(source, templates[0]) if templates else Survey((), True, len(source))


def _add(elements: OpenElements, name: str, found: re.Match[str]) -> str:
    """Take in a start tag, and its end tag if it has nothing but text inside; gives back the limit that this breaks, if any."""
    leaf = found.lastindex == _LEAF
    if _is_overloaded(found):
        return f"attributes: more than {MAX_ATTRIBUTES} on a <{name}> tag"
    if leaf and elements.pass_over(name):
        return elements.limit()
    start, end = found.start(), found.end(_TAG)
    elements.open(name, found.string[start:end] if end - start < 200 else name)
    limit = elements.limit()
    if leaf:
        elements.close(name)
    return limit


def _cut(source: str, tag: Tag) -> Survey:
    """The page up to what never ends; all of it if that is only a tag in which the page breaks off."""
    start = tag.start
    if tag.unclosed.endswith("tag") and start + _BROKEN_TAG >= len(source) and _is_broken_off(source[start + 1 :]):
        return Survey((), True, len(source))
    return Survey((f"markup: {tag.unclosed} without an end at {start}",), True, start)


def _is_broken_off(rest: str) -> bool:
    """Is this the beginning of a tag, and not words after a stray bracket?"""
    return "<" not in rest and ("=" in rest or len(rest.split()) <= _NAMES)


def _is_overloaded(found: re.Match[str]) -> bool:
    """Has a start tag too many attributes? Values without quotes count, too."""
    start, end = found.span()
    if end - start <= MAX_ATTRIBUTES:
        return False
    return len(_ATTRIBUTE.findall(_QUOTED.sub("", found.string[start : found.end(_TAG)]))) > MAX_ATTRIBUTES
