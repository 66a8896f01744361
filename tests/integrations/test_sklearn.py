"""scikit-learn: in a pipeline, cloned, pickled, searched over."""

import pickle

import pytest

from cleantext import Options
from tests.integrations.rows import SOURCES, TEXT, expected

pytest.importorskip("sklearn")

from sklearn.base import clone  # the host must be there
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from cleantext.integrations.sklearn import CleanTexts

KEEPING = Options(keep=frozenset({"paywall"}))  # type: ignore[arg-type]


def test_texts_are_cleaned_without_fitting() -> None:
    assert CleanTexts().transform(SOURCES) == expected()["clean_text"]
    assert CleanTexts().fit_transform([TEXT]) == expected()["clean_text"][:1]


def test_a_vectorizer_sees_articles() -> None:
    words = make_pipeline(CleanTexts(), CountVectorizer()).fit([TEXT])[-1].vocabulary_
    assert "ferry" in words
    assert "subscribe" not in words


def test_copies_have_the_same_options() -> None:
    clean = CleanTexts(KEEPING)
    for copy in (clone(clean), pickle.loads(pickle.dumps(clean)), CleanTexts().set_params(options=KEEPING)):
        assert copy.get_params() == {"options": KEEPING}
        assert copy.transform([TEXT]) == [TEXT]


def test_options_are_searched_over() -> None:
    texts = ["Rain on the ferry.\n\nSubscribe to continue.", "Snow on the ferry.\n\nSubscribe to continue."] * 6
    search = GridSearchCV(
        make_pipeline(CleanTexts(), CountVectorizer(), LogisticRegression()), {"cleantexts__options": [None, KEEPING]}, cv=2
    )
    assert search.fit(texts, [0, 1] * 6).best_score_ == 1
