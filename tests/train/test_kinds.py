"""Kinds of pages are learned from whatever kinds a collection holds."""

import numpy as np
import pytest

from cleantext.extract.kinds import KINDS
from cleantext.train.kinds import learn_kinds

GENERATOR = np.random.default_rng(1)


@pytest.mark.parametrize("kinds", [("forum",), ("article", "product"), ("article", "forum", "listing")])
def test_each_kind_is_told_from_the_others_and_an_unseen_one_is_improbable(kinds: tuple[str, ...]) -> None:
    pages = [kind for kind in kinds for _ in range(40)]
    numbers = np.stack([np.eye(len(KINDS))[KINDS.index(kind)] * 3 + GENERATOR.normal(0, 0.1, len(KINDS)) for kind in pages])
    model = learn_kinds(numbers.astype(np.float32), [frozenset()] * len(pages), pages)
    scores = np.clip((numbers - model.mean) / model.scale, -4, 4) @ model.dense + model.intercept
    assert [KINDS[best] for best in scores.argmax(1)] == pages
    unseen = [KINDS.index(kind) for kind in KINDS if kind not in kinds]
    assert (scores.max(1, keepdims=True) - scores[:, unseen]).min() > 5
