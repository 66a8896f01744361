"""The content model's file: a zip of arrays (numpy's npz), read without pickle."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleantext.errors import ModelError
from cleantext.extract.features.evidence import Evidence
from cleantext.extract.kinds import KINDS, KindModel
from cleantext.extract.model import ContentModel
from cleantext.extract.trees import Trees
from cleantext.learned.arrays import checked
from cleantext.learned.storage import Arrays, lines_of, network_arrays, network_from, packed, read_model
from cleantext.packaged import content_of

SHIPPED: Final = "extract/content.npz"
TABLES: Final = {"names": (3,), "words": (2,), "phrases": ()}
"""Tables of words, and how many scores each word has."""
_KIND_ARRAYS: Final = ("mean", "scale", "dense", "words", "intercept")
_DEEPEST: Final = 12
"""Levels of a tree: so many double its leaves twelve times."""


def parse(content: bytes, file: str = "the file") -> ContentModel:
    """A model from its file's content. Nothing in it is run: it holds numbers and text.

    Raises:
        ModelError: it is damaged, or no content model; `file` is what the message calls it.
    """
    return read_model(content, _model, f"{file}: not a content model")


@lru_cache(maxsize=8)
def content_model(file: str | None = None) -> ContentModel:
    """The model in a file; without one, that which comes with the package.

    Raises:
        ModelError: the file can't be read, or is no content model.
    """
    return parse(content_of(file, SHIPPED), file or SHIPPED)


def _model(arrays: Arrays) -> ContentModel:
    features = tuple(lines_of(arrays["features"]))
    network = network_from(arrays)
    if len(network.scaling.mean) != len(features):
        raise ModelError(f"it names {len(features)} features, and its network has {len(network.scaling.mean)}")
    return ContentModel(
        features=features,
        trees=_trees(arrays, len(features)),
        network=network,
        evidence=Evidence(*(_table(arrays, name) for name in TABLES)),
        kinds=_kinds(arrays),
    )


def _trees(arrays: Arrays, features: int) -> Trees:
    feature = checked(arrays["tree_feature"], None, None, kinds="iu")
    count, depth = feature.shape
    if not 1 <= depth <= _DEEPEST or (feature < 0).any() or (feature >= features).any():
        raise ModelError(f"its trees have {depth} levels, or ask for features that there are not")
    return Trees(
        feature,
        checked(arrays["tree_border"], count, depth, endless=True),  # levels that a tree lacks ask what is never true
        checked(arrays["tree_leaves"], count, 2**depth),
        float(checked(arrays["tree_bias"])),
    )


def _kinds(arrays: Arrays) -> KindModel:
    mean, scale, dense, words, intercept = (arrays[f"kind_{name}"].astype(np.float32) for name in _KIND_ARRAYS)
    vocabulary = lines_of(arrays["kind_vocabulary"])
    size, kinds = len(checked(mean, None)), len(KINDS)
    if not (checked(scale, size) > 0).all():
        raise ModelError("a scale of its kinds of pages is not above 0")
    return KindModel(
        mean,
        scale,
        dense=checked(dense, size, kinds),
        vocabulary={word: row for row, word in enumerate(vocabulary)},
        words=checked(words, len(vocabulary), kinds),
        intercept=checked(intercept, kinds),
    )


def arrays_of(model: ContentModel) -> dict[str, NDArray[Any]]:
    """The arrays that `parse` reads."""
    arrays: dict[str, NDArray[Any]] = {
        "features": packed(model.features),
        "tree_feature": model.trees.feature,
        "tree_border": model.trees.border,
        "tree_leaves": model.trees.leaves,
        "tree_bias": np.array(model.trees.bias, np.float32),
        "kind_vocabulary": packed(sorted(model.kinds.vocabulary, key=model.kinds.vocabulary.__getitem__)),
    }
    arrays |= network_arrays(model.network)
    for name in _KIND_ARRAYS:
        arrays[f"kind_{name}"] = getattr(model.kinds, name).astype(np.float16 if name == "words" else np.float32)
    for name in TABLES:
        table = getattr(model.evidence, name)
        arrays[f"{name}_keys"] = packed(list(table))
        arrays[f"{name}_scores"] = np.array(list(table.values()), np.float16)
    return arrays


def _table(arrays: Arrays, name: str) -> dict[str, Any]:
    """Words with a score, or with a tuple of scores."""
    keys = lines_of(arrays[f"{name}_keys"])
    scores = checked(arrays[f"{name}_scores"].astype(np.float32), len(keys), *TABLES[name])
    values = scores.tolist() if scores.ndim == 1 else zip(*scores.T.tolist(), strict=True)
    return dict(zip(keys, values, strict=True))
