"""The content model's file: a zip of arrays (numpy's npz), read without pickle."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.evidence import Evidence
from cleantext.extract.kinds import KindModel
from cleantext.extract.model import ContentModel
from cleantext.extract.trees import Trees
from cleantext.learned.storage import lines_of, network_arrays, network_from, packed, read_model

TABLES: Final = ("names", "words", "phrases")
_KIND_ARRAYS: Final = ("mean", "scale", "dense", "words", "intercept")


def load(file: Traversable) -> ContentModel:
    """Read a model. Nothing in the file is run: it holds numbers and text.

    Raises:
        ModelError: it cannot be read, or is no content model.
    """
    return read_model(file, _model, "content model")


def _model(arrays: Mapping[str, NDArray[Any]]) -> ContentModel:
    return ContentModel(
        features=tuple(lines_of(arrays["features"])),
        trees=Trees(arrays["tree_feature"], arrays["tree_border"], arrays["tree_leaves"], float(arrays["tree_bias"])),
        network=network_from(arrays),
        evidence=Evidence(*(_table(arrays, name) for name in TABLES)),
        kinds=KindModel(
            **{name: arrays[f"kind_{name}"].astype(np.float32) for name in _KIND_ARRAYS},
            vocabulary={word: row for row, word in enumerate(lines_of(arrays["kind_vocabulary"]))},
        ),
    )


@lru_cache(maxsize=8)
def content_model(file: str | None = None) -> ContentModel:
    """The model in a file; without one, that which comes with the package."""
    return load(Path(file) if file else files("cleantext.extract") / "content.npz")


def arrays_of(model: ContentModel) -> dict[str, NDArray[Any]]:
    """The arrays that `load` reads."""
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


def _table(arrays: Mapping[str, NDArray[Any]], name: str) -> dict[str, Any]:
    """Words with a score, or with a tuple of scores."""
    scores = arrays[f"{name}_scores"].astype(np.float32)
    values = scores.tolist() if scores.ndim == 1 else zip(*scores.T.tolist(), strict=True)
    return dict(zip(lines_of(arrays[f"{name}_keys"]), values, strict=True))
