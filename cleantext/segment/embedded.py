"""Text that a page declares in JSON-LD and does not show: an article that scripts would put into the page, a post, a recipe.

An `articleBody` is the article: on 82 pages of three collections 96 % of its words were in the gold text, and all stood in the
page, too. Of 22 pages that lacked another text (a description, questions with answers) one was the better for it; so
such texts count only where the page shows next to nothing else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from cleantext.document import Shape
from cleantext.segment.elements import collapse, printable
from cleantext.segment.segment import Markup, Segment
from cleantext.segment.strip import strip_markup
from cleantext.segment.text import split_text

MIN_TEXT: Final = 200
"""A text of fewer characters is a summary, or not worth the risk."""
MAX_TEXT: Final = 500_000
MAX_PASSAGES: Final = 2_000

PROSE: Final = 80
"""A block of so many characters that are not links is prose."""
OUTWEIGHS: Final = 2.0
OUTWEIGHS_AS_ARTICLE: Final = 0.5
"""So many times the length of the page's prose a text must be to count as what the page is about."""

RUN: Final = 12
"""Texts are compared by runs of so many letters, white space and punctuation aside: that holds in any script."""

_ALONE = {  # of these a page has one; where it has several, it is a list
    "recipe": ("description", "recipeIngredient", "recipeInstructions"),
    "jobposting": ("description",),
    "product": ("description",),
    "productgroup": ("description",),
    "softwareapplication": ("description",),
    "mobileapplication": ("description",),
    "webapplication": ("description",),
    "videoobject": ("transcript",),
    "audioobject": ("transcript",),
    "podcastepisode": ("transcript",),
}
_THREADS = frozenset({"question", "discussionforumposting", "socialmediaposting"})
_REPLIES = ("acceptedAnswer", "suggestedAnswer", "comment")
_UPDATES = "liveBlogUpdate"
_BODY = "articleBody"

_BLOCK_TAG = re.compile(r"</(?:p|div|h[1-6]|li|ul|ol|section|blockquote|figure|table)\s*+>|<br\s*+/?>|<p>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,1000})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_WRITTEN_BREAK = re.compile(r"(?:\\r)?\\n")
_CUT = re.compile(r"(?:\.\.\.|…|\[\+\d{1,7} chars\])[\s\])}\"'”’»]*+$")
_TEMPLATE = re.compile(r"<(/?)template(?=[\s/>])", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W_]+")

_GLANCES: Final = 7
_GLANCE: Final = 24


class Passage(NamedTuple):
    """A text of an object, the property that held it, and whether it stands over the ones after it."""

    text: str
    key: str
    heading: bool = False


def embedded_segments(objects: Iterable[dict[str, Any]], segments: Sequence[Segment]) -> list[Segment]:
    """The paragraphs of the text that the objects declare and the page lacks; nearly always none.

    `objects` are the page's JSON-LD objects, those inside others too, outer ones first; `segments` are the blocks of its DOM.

    >>> body = "The ferry left at noon, and nobody waved. " * 8
    >>> page = [Segment("Harbour News"), Segment("Log in")]
    >>> [(s.text[:13], s.origin, s.markup.tag) for s in embedded_segments([{"articleBody": body}], page)]
    [('The ferry lef', 'json-ld', 'articleBody')]
    >>> embedded_segments([{"articleBody": body}], [*page, Segment(body)])
    []

    A text that stands in the page, hidden or not, or that was cut off, gives nothing; nor does one that is not at least twice
    as long as the prose that the page shows. Linear in the sizes of both.
    """
    prose = -1
    shown = ""
    runs: frozenset[str] | None = None
    for body in _bodies(objects):
        if _length(body) < MIN_TEXT or _CUT.search(body[-1].text[-60:]):
            continue
        prose = _prose(segments) if prose < 0 else prose
        least = max(MIN_TEXT, prose * (OUTWEIGHS_AS_ARTICLE if body[0].key == _BODY else OUTWEIGHS))
        shown = shown or "\n".join([segment.text for segment in segments])
        if _length(body) < least or _seen_at_a_glance(body, shown):
            continue
        blocks = [Passage(text, key, heading) for value, key, heading in body for text in plain_paragraphs(value)]
        runs = _runs(shown) if runs is None else runs
        lacking = _lacking(blocks, runs)
        if _length(lacking) >= max(least, _length(blocks) / 2):
            return [_segment(block) for block in lacking]
    return []


def open_templates(source: str) -> str:
    """The page with what its `<template>` elements hold as part of it: for pages that are nearly empty without.

    >>> open_templates("<template id=page><p>Tides</p></template>")
    '<div id=page><p>Tides</p></div>'
    """
    return _TEMPLATE.sub(r"<\1div", source)


def plain_paragraphs(value: str) -> list[str]:
    r"""The paragraphs of a declared text, which may be plain, markup, or escaped markup.

    >>> plain_paragraphs("<p>Salt &amp; wind</p><p>Rain</p>"), plain_paragraphs("&lt;p&gt;Salt&lt;/p&gt;&lt;p&gt;Rain&lt;/p&gt;")
    (['Salt & wind', 'Rain'], ['Salt', 'Rain'])
    >>> plain_paragraphs("Salt.\n\nRain &amp;amp; wind."), plain_paragraphs("Salt.\\n\\nRain.")
    (['Salt.', 'Rain & wind.'], ['Salt.', 'Rain.'])
    """
    if "<" not in value and "&lt;" in value and _BLOCK_TAG.search(unescaped := html.unescape(value)):
        value = unescaped
    if _BLOCK_TAG.search(value):
        texts = [segment.text for segment in strip_markup(value)]
    else:
        if "\n" not in value:
            value = _WRITTEN_BREAK.sub("\n", value)
        texts = [html.unescape(text) for text in split_text(_TAG.sub("", value))[0]]
    texts = [html.unescape(text) if _ENTITY.search(text) else text for text in texts]
    return [text for text in (printable(collapse(text)) for text in texts) if text and not text.isspace()]


def _bodies(objects: Iterable[dict[str, Any]]) -> Iterator[list[Passage]]:
    """What may be the page's main content, the likeliest first; each once."""
    found: dict[str, list[list[Passage]]] = {}
    seen: set[str] = set()
    for group, passages in _declared(objects):
        fresh = [passage for passage in passages if passage.text not in seen]
        seen.update([passage.text for passage in fresh])
        if not all(passage.heading for passage in fresh):
            found.setdefault(group, []).append(fresh)
    if articles := found.get("article"):
        yield max(articles, key=_length)
    if posts := found.get("thread"):
        yield list(chain.from_iterable(posts))[:MAX_PASSAGES]
    yield from [only[0] for kind in _ALONE if len(only := found.get(kind, [])) == 1]
    if questions := found.get("questions"):
        yield list(chain.from_iterable(questions))[:MAX_PASSAGES]


def _declared(objects: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[Passage]]]:
    """The texts of each object, and what they are."""
    for item in objects:
        kinds = _kinds(item)
        if article := _article(item):
            yield "article", article
        if _THREADS & kinds and (posts := _thread(item)):
            yield ("questions" if posts[0].heading else "thread"), posts
        for kind in kinds & _ALONE.keys():
            yield kind, _passages(item, _ALONE[kind])


def _kinds(item: dict[str, Any]) -> set[str]:
    value = item.get("@type")
    return {kind.rpartition("/")[2].lower() for kind in (value if isinstance(value, list) else [value]) if isinstance(kind, str)}


def _article(item: dict[str, Any]) -> list[Passage]:
    """An article's body; a running report's entries are part of it, under their headlines."""
    found = _passages(item, (_BODY,))
    for entry in _items(item.get(_UPDATES)):
        if body := _passages(entry, (_BODY,)):
            found += [passage._replace(heading=True) for passage in _passages(entry, ("headline",))] + body
    return found


def _thread(item: dict[str, Any]) -> list[Passage]:
    """A post or question and its replies. A question that is no more than its title is a heading over the answer."""
    replies = [reply for key in _REPLIES for reply in _items(item.get(key))]
    answers = [passage for reply in replies for passage in _passages(reply, ("text", _BODY))]
    if post := _passages(item, ("text", _BODY)):
        return post + answers
    return [passage._replace(heading=True) for passage in _passages(item, ("name",))] + answers if answers else []


def _passages(item: dict[str, Any], keys: tuple[str, ...]) -> list[Passage]:
    return [Passage(text, key) for key in keys if key in item for text in _texts(item[key])]


def _items(value: Any) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value])[:MAX_PASSAGES] if isinstance(item, dict)]


def _texts(value: Any) -> list[str]:
    """The texts of a property: one, several, or steps that are objects with a text, in sections perhaps."""
    found: list[str] = []
    queue = [value]
    for _ in range(MAX_PASSAGES):
        if not queue:
            break
        item = queue.pop()
        if isinstance(item, str) and not item.isspace() and item:
            found.append(item[:MAX_TEXT])
        elif isinstance(item, list):
            queue += item[MAX_PASSAGES::-1]
        elif isinstance(item, dict):
            queue.append(item.get("itemListElement") or item.get("text"))
    return found


def _prose(segments: Sequence[Segment]) -> int:
    """The number of characters in the running text that the page shows."""
    return sum(
        [
            len(segment.text)
            for segment in segments
            if len(segment.text) >= PROSE
            and ((markup := segment.markup) is None or (len(segment.text) - markup.links >= PROSE and not markup.hidden))
        ]
    )


def _lacking(blocks: list[Passage], shown: frozenset[str]) -> list[Passage]:
    """The blocks that the page lacks. One too short to tell goes with the block before it, a heading with the one after it."""
    lacking: list[Passage] = []
    waiting: list[Passage] = []
    lacks: bool | None = None
    for block in blocks:
        letters = _letters(block.text)
        if block.heading or (lacks is None and len(letters) < 2 * RUN):
            waiting.append(block)
            continue
        if len(letters) >= 2 * RUN:
            lacks = _lacks(letters, shown)
        if lacks:
            lacking += [*waiting, block]
        waiting = []
    return lacking


def _lacks(letters: str, shown: frozenset[str]) -> bool:
    """Is more than half of a text not shown? A copy meets one of the page's runs every `RUN` letters."""
    met = sum([letters[start : start + RUN] in shown for start in range(len(letters) - RUN + 1)])
    return 2 * met * RUN < len(letters) - RUN


def _runs(text: str) -> frozenset[str]:
    """The letters of a text, cut into runs."""
    letters = _letters(text)
    return frozenset([letters[start : start + RUN] for start in range(0, len(letters), RUN)])


def _letters(text: str) -> str:
    if not text.isascii():  # one page may write an accent in two ways
        text = normalize("NFKD", text)
    return _NO_LETTER.sub("", text.casefold())


def _seen_at_a_glance(body: list[Passage], shown: str) -> bool:
    """Are most of a few samples of the text in the page, letter by letter? That is quick to see, and mostly so."""
    text = max([passage.text for passage in body], key=len)
    if 2 * len(text) < _length(body):
        return False
    last = len(text) - _GLANCE
    starts = [last * number // (_GLANCES + 1) for number in range(1, _GLANCES + 1)]
    return 2 * sum([text[start : start + _GLANCE] in shown for start in starts]) > _GLANCES


def _length(passages: list[Passage]) -> int:
    return sum([len(passage.text) for passage in passages])


def _segment(block: Passage) -> Segment:
    shape = Shape("heading", level=3) if block.heading else Shape()
    return Segment(block.text, shape=shape, origin="json-ld", markup=Markup(tag=block.key))
