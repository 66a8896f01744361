"""Which templates are learned. Bodies come first: what an article may say twice is left alone.

A template must recur in enough documents that tell different stories. Unless rules know what it is, it must also be in the same words
everywhere, but for numbers and addresses (a formula with another name each time is a sentence of the article), and stand like boilerplate:
at the head or the tail, or between paragraphs more often than formulas of bodies do. Nothing that rules take for a part of the article is
learned, no quotation, no date, and nothing that is all there is of its documents.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection
from typing import Final

from cleantext.detect.finding import Where
from cleantext.detect.walk import QUOTE
from cleantext.document import ARTICLE_LABELS, Label
from cleantext.sites.candidate import Candidate
from cleantext.sites.mask import mask_addresses, mask_numbers
from cleantext.sites.pack import Template

LEAST_DOCUMENTS: Final = 8
"""A site of fewer documents teaches nothing: what two of three say may well be their subject."""
LEAST_STORIES: Final = 5
LEAST_SHARE: Final = 0.005
"""A template stands in at least so many stories, and this share of the site's documents."""

INSIDE_STORIES: Final = 8
INSIDE_SHARE: Final = 0.05
"""The same for one that stands between paragraphs and that no rule knows: formulas of bodies recur, too."""

MOSTLY: Final = 0.9
"""The share of a template's documents for which something must hold to be said of it."""
ARTICLES_OWN: Final = 0.1
"""The share in which rules may take it for a credit, a caption or the like by mistake."""

NAMES_SHARE: Final = 0.2
"""The same for a line half of whose words have a capital letter, wherever it stands: bylines and credits of one person are such lines."""

SHORT_CHARS: Final = 24
SHORT_WORDS: Final = 4
"""Shorter lines are crossheads, speakers, bylines and refrains as often as boilerplate: they are learned in runs at the tail only."""

WORD: Final = re.compile(r"[^\W\d_]+")
SPACELESS: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DIGITS: Final = re.compile(r"\d{1,9}")
YEARS: Final = range(1800, 2100)
SIGN: Final = re.compile(r"\{\w+\}")
SLUG_WORDS: Final = 6


def least_stories(documents: int) -> int:
    """In how many stories a template stands at least, in a site of so many documents; 0 if it is too small to learn from.

    >>> [least_stories(n) for n in (7, 8, 150, 100_000)]
    [0, 5, 5, 500]
    """
    return max(LEAST_STORIES, math.ceil(LEAST_SHARE * documents)) if documents >= LEAST_DOCUMENTS else 0


def eligible(candidate: Candidate) -> bool:
    """May this be boilerplate, by its text and what rules say of it?"""
    article = sum(candidate.labels[label] for label in ARTICLE_LABELS - {Label.BODY})
    if article > ARTICLES_OWN * candidate.labels.total():
        return False
    return label_of(candidate) is not None or not any(QUOTE.search(text) or _is_dated(text) for text in candidate.examples)


def _is_dated(text: str) -> bool:
    """Does it hold a date with its year? Such a line is the article's dateline, whatever it says around it.

    >>> _is_dated("Last updated at 9:11 on 12 May 2012"), _is_dated("Listen to this article, 6:33"), _is_dated("٣ مايو ٢٠٢٠")
    (True, False, True)
    """
    numbers = [int(digits) for digits in DIGITS.findall(mask_addresses(text))]
    return len(numbers) > 1 and any(number in YEARS for number in numbers)


def stands(candidate: Candidate, stories: int, documents: int) -> bool:
    """Does it recur in enough stories, and stand like boilerplate? `documents` is the number of the site's."""
    if stories < least_stories(documents):
        return False
    if label_of(candidate) is not None:
        return True
    mostly = MOSTLY * candidate.documents
    if candidate.same < mostly or candidate.bodied < mostly:
        return False
    if is_short(candidate):
        in_run = candidate.tail >= mostly and candidate.beside >= mostly
        return in_run and "{" not in candidate.templates[0] and not _of_names(candidate)
    if _of_names(candidate) and candidate.documents < NAMES_SHARE * documents:
        return False
    at_edge = max(candidate.head, candidate.tail) >= mostly
    return at_edge or (stories >= INSIDE_STORIES and candidate.documents >= INSIDE_SHARE * documents)


def label_of(candidate: Candidate) -> Label | None:
    """What rules take it for, if they agree, and it is no part of the article."""
    label, count = candidate.labels.most_common(1)[0]
    agreed = count >= MOSTLY * candidate.labels.total() and label not in ARTICLE_LABELS
    return Label(label) if agreed else None


def is_short(candidate: Candidate) -> bool:
    """Is a line too short to be told from a line of an article by its words?"""
    return any(map(_short, candidate.examples))


def _short(text: str) -> bool:
    """Numbers and addresses don't count. Scripts without spaces say as much in a third of the length.

    >>> _short("Read more: https://courier.example/sea"), _short("Read or share this story: https://courier.example/sea")
    (True, False)
    """
    words = WORD.findall(SIGN.sub("", mask_numbers(text)))
    if any(map(SPACELESS.search, words)):
        return 3 * sum(map(len, words)) < SHORT_CHARS
    return len(words) < SHORT_WORDS or sum(map(len, words)) + len(words) - 1 < SHORT_CHARS


def _of_names(candidate: Candidate) -> bool:
    """Does the line consist of words with a capital letter for the larger part? In scripts without capitals, any line may."""
    words = WORD.findall(candidate.examples[0])
    return sum(not word[0].islower() for word in words) * 2 >= len(words)


def template_of(candidate: Candidate, documents: int, taken: Collection[str]) -> Template:
    """The entry of a template that is learned."""
    return Template(
        id=_slug(_worded(candidate), taken),
        label=label_of(candidate) or Label.OTHER,
        templates=tuple(sorted(candidate.templates)),
        where=where_of(candidate),
        company=is_short(candidate),
        documents=candidate.documents,
        share=float(f"{candidate.documents / documents:.3g}"),
        examples=tuple(candidate.examples),
    )


def _worded(candidate: Candidate) -> str:
    """The line with its names, if they are the same everywhere."""
    uniform = candidate.same >= MOSTLY * candidate.documents
    return mask_numbers(candidate.examples[0]) if uniform else candidate.templates[0]


def where_of(candidate: Candidate) -> Where:
    """Where it may be removed: not where it was never seen."""
    if candidate.near_tail >= candidate.documents:
        return "tail"
    return "head" if candidate.near_head >= candidate.documents else "anywhere"


def _slug(template: str, taken: Collection[str]) -> str:
    """A name of a template's first words that no other has.

    >>> _slug("you've read {number} of {number} free articles.", {"youve-read-of-free-articles"})
    'youve-read-of-free-articles-2'
    """
    plain = unicodedata.normalize("NFKC", SIGN.sub(" ", template.replace("'", "")))
    slug = "-".join(WORD.findall(plain)[:SLUG_WORDS])[:60] or "line"
    number = 1
    while (name := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return name
