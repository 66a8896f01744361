"""Real prompts put into real pages as plain paragraphs, where no class name tells them from the article: do they go, and does the article stay?

Both models are those that were fitted without the page's site and without the prompt's publisher: pages get prompts of publishers that are
in the same fold of the line model as their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from cleantext.cleaner import Cleaner
from cleantext.detect.walk import PROMPTS
from cleantext.evaluate.labelled import LabelledDocument
from cleantext.ingest.decode import decode
from cleantext.options import Options
from cleantext.segment.elements import collapse
from cleantext.train import lines
from cleantext.train.collection import Example, fold_of
from cleantext.train.publishers import publisher_key, publisher_of

PLACES: Final = ("start", "middle", "end")
MARK: Final = "\ue000prompt\ue000"
TELLING: Final = 40
"""Characters of the longest line of a prompt, at least: a button alone is none."""
ENOUGH: Final = 4
"""Paragraphs of a page that are found by their text, at least."""

Prompt = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A page with a prompt in it: the lines put in, those that came out, and the whole text that came out."""

    page: str
    place: str
    put_in: Prompt
    left: Prompt
    text: str


def prompts_of(documents: Sequence[LabelledDocument]) -> dict[int, list[Prompt]]:
    """The runs of prompts in labelled documents, by the fold of their publisher."""
    found: defaultdict[int, list[Prompt]] = defaultdict(list)
    for document in documents:
        for unwanted, run in groupby(
            range(len(document.labels)), key=lambda i: document.labels[i] in PROMPTS and i not in document.ambiguous
        ):
            texts = tuple(collapse(document.lines[i]) for i in run) if unwanted else ()
            if any(len(text) >= TELLING for text in texts):
                found[fold_of(publisher_of(document), lines.FOLDS)].append(tuple(filter(None, texts)))
    return found


def try_inserts(
    pages: Sequence[Example], prompts: Mapping[int, Sequence[Prompt]], content_models: Path, line_models: Path, folds: int
) -> Iterator[Trial]:
    """Each page thrice, with a prompt after its first paragraph, in its middle, after its last; pages without prompts in their fold are
    left out. The models are `<fold>.npz` in two folders.
    """
    random = np.random.default_rng(1)
    for page in pages:
        fold = fold_of(publisher_key(page.site), lines.FOLDS)
        if not prompts.get(fold):
            continue
        cleaner = Cleaner(
            Options(
                kind="html",
                content_model=str(content_models / f"{fold_of(page.site, folds)}.npz"),
                line_model=str(line_models / f"{fold}.npz"),
            )
        )
        for place in PLACES:
            prompt = prompts[fold][int(random.integers(len(prompts[fold])))]
            if mixed := _with(decode(page.source, None).text, page.gold, prompt, place):
                text = cleaner.clean(mixed)
                out = set(text.split("\n"))
                yield Trial(page.id, place, prompt, tuple(line for line in prompt if line in out), text)


def _with(page: str, gold: str, prompt: Prompt, place: str) -> str | None:
    """The page with the lines of a prompt as paragraphs among those of its article; None if too few of these are found."""
    tree = LexborHTMLParser(page)
    wanted = set(map(collapse, gold.split("\n")))
    paragraphs = [node for node in tree.css("p") if collapse(node.text(deep=True) or "") in wanted]
    if len(paragraphs) < ENOUGH:
        return None
    at = {"start": 0, "middle": len(paragraphs) // 2, "end": -1}[place]
    paragraphs[at].insert_after(MARK)
    return (tree.html or "").replace(MARK, "".join(f"<p>{escape(line)}</p>" for line in prompt))
