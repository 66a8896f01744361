"""A training run: cross-validation over sites, then the model from all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from cleantext.cleaner import Cleaner
from cleantext.extract.model import ContentModel
from cleantext.extract.storage import arrays_of
from cleantext.learned.storage import write_model
from cleantext.options import Options
from cleantext.train.ablation import ablate
from cleantext.train.collection import Example, fold_of
from cleantext.train.content import Settings, count_evidence, fit, read_sheets
from cleantext.train.scores import by_kind

Progress = Callable[[str], None]
Texts = dict[Path, dict[str, str]]


class Run:
    """Reads all pages once, and fits as many models as are asked for."""

    def __init__(
        self,
        examples: Mapping[Path, Sequence[Example]],
        folds: int,
        settings: Settings,
        without: tuple[str, ...],
        progress: Progress,
    ) -> None:
        self._examples, self._folds, self._settings, self._without, self._progress = examples, folds, settings, without, progress
        progress("reading pages")
        self._sheets = read_sheets((example for pages in examples.values() for example in pages), folds)
        progress(f"counting words of {len(self._sheets):,} pages")
        self._counts = count_evidence(self._sheets, folds)

    def cross_validated_texts(self, folder: Path) -> Texts:
        """What `clean` gives for each page, by the model that was fitted without its site; these models are written to `folder`."""
        texts: Texts = {file: {} for file in self._examples}
        for fold in range(self._folds):
            self._progress(f"fold {fold + 1} of {self._folds}")
            file = folder / f"{fold}.npz"
            self.write(self._fit(frozenset({fold})), file)
            cleaner = Cleaner(Options(kind="html", content_model=str(file)))
            for collection, examples in self._examples.items():
                unseen = [example for example in examples if fold_of(example.site, self._folds) == fold]
                texts[collection] |= {example.id: cleaner.clean(example.source) for example in unseen}
        return texts

    def scores(self, texts: Texts) -> dict[str, dict[str, tuple[int, float]]]:
        """Mean word F1 by collection and kind of page."""
        return {file.name: by_kind(examples, texts[file]) for file, examples in self._examples.items()}

    def final(self) -> ContentModel:
        """The model from all pages."""
        return self._fit(frozenset())

    def write(self, model: ContentModel, file: Path) -> None:
        """Write a model's file."""
        write_model(file, arrays_of(model))

    def _fit(self, left_out: frozenset[int]) -> ContentModel:
        self._progress(f"fitting {self._settings.trees.trees} trees and a network")
        return fit(self._sheets, self._counts, self._settings, left_out=left_out, without=self._without)

    def ablations(self) -> Iterator[dict[str, dict[str, tuple[int, float]]]]:
        """The scores without each part of the model, by the name of the part, of more folds each time. Of segments alone: no rules, no completion."""
        return ablate(self._sheets, self._counts, self._settings, self._folds, self._progress)
