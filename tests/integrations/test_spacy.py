"""spaCy: spans are marked, the text and the tokens stay."""

from pathlib import Path
from typing import Any

import pytest

from tests.integrations.rows import CUT, SOURCES, TEXT

spacy = pytest.importorskip("spacy")

import cleantext.integrations.spacy  # noqa: E402, F401  # makes the component known

TEXTS = [source or "" for source in SOURCES]


def pipeline(**config: object) -> Any:
    language = spacy.blank("en")
    language.add_pipe("cleantext", config=config)
    return language


def test_what_goes_is_marked_and_nothing_is_edited() -> None:
    plain = spacy.blank("en")
    for text, doc in zip(TEXTS, pipeline().pipe(TEXTS, batch_size=2), strict=True):
        assert doc.text == text
        assert [token.text for token in doc] == [token.text for token in plain(text)]
    doc = pipeline()(TEXT)
    (span,) = doc.spans["removed"]
    assert (span.label_, span.text) == ("paywall", "You've read 3 of 5 free articles. Subscribe to continue.")


def test_options_and_the_name_of_the_group_are_chosen() -> None:
    doc = pipeline(options={"keep": ["paywall"]}, group="boilerplate")(TEXT)
    assert list(doc.spans) == ["boilerplate"]
    assert len(doc.spans["boilerplate"]) == 0
    with pytest.raises(ValueError, match="lenient"):
        pipeline(options={"profile": "lenient"})


def test_a_pipeline_is_saved_with_its_options(tmp_path: Path) -> None:
    pipeline(group="boilerplate").to_disk(tmp_path / "model")
    doc = spacy.load(tmp_path / "model")(CUT)
    assert [span.label_ for span in doc.spans["boilerplate"]] == ["paywall"]


def test_processes_agree() -> None:
    one = [[(span.label_, span.text) for span in doc.spans["removed"]] for doc in pipeline().pipe(TEXTS)]
    docs = list(pipeline().pipe(TEXTS, n_process=2, batch_size=2))
    assert [[(span.label_, span.text) for span in doc.spans["removed"]] for doc in docs] == one
