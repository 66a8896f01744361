"""Files of models, rules and sites: whatever is in them, they are refused by name or they work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleantext.detect import learned, pack, phrases
from cleantext.detect.rules import RuleSet
from cleantext.detect.walk import Line
from cleantext.errors import ModelError, PackError
from cleantext.extract import storage
from cleantext.learned.arrays import read_arrays
from cleantext.segment.html import segment_html
from cleantext.segment.segment import Segmentation
from cleantext.sites.match import SiteRules
from cleantext.sites.pack import parse_sites
from fuzz.drawing import Drawn

LONGEST: Final = 500
"""Bytes of an input."""

PAGE: Final = (
    '<title>Sea</title><nav><a href="/">Home</a></nav><article class="story"><h1>Sea</h1><p>The ferry is back after eleven weeks.</p>'
    "<p>So did the mate, and the piano.</p></article><footer>All rights reserved</footer>"
)
TEXTS: Final = (
    "The ferry is back after eleven weeks in the yard, and the piano came with it.",
    "Subscribe",
    "Sign up",
    "© Courier",
)
Arrays = dict[str, NDArray[Any]]
_FEW: Final = 5


def check(data: bytes) -> None:
    """A model, a table, a pack or a site file: either an error of its own class is raised, or it can be used."""
    drawn = Drawn(data)
    what = drawn.one_of((_arrays_of_content, _arrays_of_lines, _bytes_of_content, _bytes_of_lines, _phrases, _pack, _sites))
    what(drawn)


def inputs_of(text: bytes) -> Iterator[bytes]:
    """Steps of changes to a model, a table of phrases, a pack, a site file."""
    yield text[:40]
    yield phrases.write_phrases(
        phrases.Phrases(dict(list(phrases.shipped_phrases().weights.items())[len(text) % 99 :][:9]))
    ).encode()
    word = text[:20].decode("utf-8", "ignore").translate({ord(sign): " " for sign in "\"\\\n'"})
    rule = 'pattern = "read more"\nremoves = ["Read more"]\nkeeps = ["They read."]'
    yield f'name = "En"\naddress = ["we"]\n[[rule]]\nid = "en.ad.x"\nstrength = "weak"\n{rule}\nmax_chars = 9\n# {word}'.encode()
    yield f'[[site]]\nname = "a"\n[[site.template]]\nid = "x"\nlabel = "ad"\ntemplates = ["{word.strip() or "x"}"]\n'.encode()


def _arrays_of_content(drawn: Drawn) -> None:
    _try_content(_packed(_changed(_content(), drawn.rest)))


def _arrays_of_lines(drawn: Drawn) -> None:
    _try_lines(_packed(_changed(_lines(), drawn.rest)))


def _bytes_of_content(drawn: Drawn) -> None:
    _try_content(_overwritten(_packed(_content()), drawn.rest))


def _bytes_of_lines(drawn: Drawn) -> None:
    _try_lines(_overwritten(_packed(_lines()), drawn.rest))


def _try_content(content: bytes) -> None:
    segmentation = _page()
    try:
        judgement = storage.parse(content).judge(segmentation.segments, segmentation.head)
    except ModelError:
        return
    assert len(judgement.probabilities) == len(segmentation.segments)


def _try_lines(content: bytes) -> None:
    try:
        network = learned.parse(content)
    except ModelError:
        return
    lines = [Line(text, (), prose=len(text) > 60) for text in TEXTS]
    assert len(learned.LineModel(phrases.Phrases({}), network).probabilities(lines)) == len(lines)


def _phrases(drawn: Drawn) -> None:
    try:
        found = phrases.parse_phrases(drawn.rest, "x.tsv")
    except ModelError:
        return
    assert abs(found.score(TEXTS[1])) < float("inf")


def _pack(drawn: Drawn) -> None:
    try:
        found = pack.parse(drawn.rest, "en")
        rules = RuleSet([found])
    except PackError:
        return
    rules.match([*TEXTS, *(text for rule in found.rules for text in rule.removes)])


def _sites(drawn: Drawn) -> None:
    try:
        sites = parse_sites(drawn.rest.decode("utf-8", "replace"))
    except PackError:
        return
    SiteRules(sites).claims(TEXTS, drawn.one_of((None, "https://a.example/")))


@cache
def _page() -> Segmentation:
    return segment_html(PAGE)


@cache
def _content() -> Arrays:
    """The content model that is shipped, with few trees and words, so that it is read fast."""
    arrays = dict(read_arrays((files("cleantext.extract") / "content.npz").read_bytes()))
    for name in ("tree_feature", "tree_border", "tree_leaves", "kind_words", "names_scores", "words_scores", "phrases_scores"):
        arrays[name] = arrays[name][:_FEW]
    for name in ("kind_vocabulary", "names_keys", "words_keys", "phrases_keys"):
        arrays[name] = np.frombuffer(b"\n".join(arrays[name].tobytes().split(b"\n")[:_FEW]), np.uint8)
    return arrays


@cache
def _lines() -> Arrays:
    return dict(read_arrays((files("cleantext.detect") / "lines.npz").read_bytes()))


def _packed(arrays: Arrays) -> bytes:
    file = BytesIO()
    np.savez(file, allow_pickle=True, **arrays)
    return file.getvalue()


def _overwritten(content: bytes, steps: bytes) -> bytes:
    """Bytes of a file written over, three steps a place: where (in 65,536 parts) and what with. Most are in headers, which are few."""
    changed = bytearray(content)
    for high, low, value in zip(steps[::3], steps[1::3], steps[2::3], strict=False):
        at = (
            (high << 8 | low) * len(changed) >> 16 if high & 1 else len(changed) - 1 - (high << 8 | low) % min(len(changed), 4096)
        )
        changed[at] = value
    return bytes(changed)


def _changed(arrays: Arrays, steps: bytes) -> Arrays:
    """The arrays after changes, four bytes each: which, how, and two numbers."""
    arrays = dict(arrays)
    for which, how, first, second in zip(*(steps[i:40:4] for i in range(4)), strict=False):
        name = sorted(arrays)[which % len(arrays)]
        try:
            arrays[name] = CHANGES[how % len(CHANGES)](arrays[name], first, second)
        except (TypeError, ValueError, RuntimeError):  # numpy can't make that of this one
            continue
    return arrays


def _filled(array: NDArray[Any], first: int, second: int) -> NDArray[Any]:
    """A few numbers set to what is none, or too large."""
    values: Sequence[float] = (float("nan"), float("inf"), -float("inf"), 3e38, -3e38, 0, -1, 32_767)
    changed = array.copy()
    with np.errstate(all="ignore"):
        changed.reshape(-1)[first::7] = np.array(values[second % len(values)]).astype(array.dtype)
    return changed


CHANGES: Final[tuple[Callable[[NDArray[Any], int, int], NDArray[Any]], ...]] = (
    _filled,
    lambda array, first, second: array.reshape(-1)[: first * second],
    lambda array, first, second: array[first:] if array.ndim else array,
    lambda array, first, second: array.T,
    lambda array, first, second: array.astype(("f8", "f2", "i4", "u1", "?", "c8", "U3", "O", "M8[s]", ">f4")[first % 10]),
    lambda array, first, second: array[None],
    lambda array, first, second: np.zeros((first % 9, second % 9), array.dtype),
    lambda array, first, second: np.concatenate([array.reshape(-1)] * 2),
    lambda array, first, second: np.array(first, array.dtype),
    lambda array, first, second: array.reshape(-1)[::-1].reshape(array.shape),
)
