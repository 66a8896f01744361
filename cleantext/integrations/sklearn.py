"""scikit-learn: a transformer from pages or texts to articles, to stand before a vectorizer. Extra: `scikit-learn`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from sklearn.base import BaseEstimator, TransformerMixin

from cleantext.cleaner import Cleaner
from cleantext.columns import clean_columns
from cleantext.options import Options


class CleanTexts(TransformerMixin, BaseEstimator):
    """The article of each page or text. Learns nothing, so that it may be used without `fit`.

    >>> CleanTexts().transform(["It rained.\\n\\nDownload our app"])
    ['It rained.']
    >>> CleanTexts(Options(profile="strict")).get_params()["options"].profile
    'strict'

    `options` are a `cleantext.Options`; a search over parameters may try several.
    """

    def __init__(self, options: Options | None = None) -> None:
        self.options = options

    def fit(self, X: Iterable[str | bytes | None], y: Any = None) -> Self:  # noqa: ARG002, N803  # scikit-learn's names
        """Nothing to learn."""
        return self

    def transform(self, X: Iterable[str | bytes | None]) -> list[str]:  # noqa: N803
        """The articles, in order."""
        return clean_columns(X, cleaner=Cleaner(self.options))["text"]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
