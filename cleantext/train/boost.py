"""Boosted oblivious trees, fitted by CatBoost and taken over as arrays."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoost, Pool
from numpy.typing import NDArray

from cleantext.extract.trees import Trees


@dataclass(frozen=True, slots=True)
class Boosting:
    """The settings of a fit. The seed makes it deterministic for a number of threads, since sums depend on their order."""

    trees: int = 400
    depth: int = 6
    rate: float = 0.1
    regularisation: float = 5.0
    features_a_level: float = 0.3
    rows_a_tree: float = 0.7
    borders: int = 128
    threads: int = 2
    seed: int = 1


def fit_trees(
    values: NDArray[np.float32], labels: NDArray[np.float32], weights: NDArray[np.float32], used: list[int], settings: Boosting
) -> Trees:
    """Fit to `values` (rows, features) of which the features `used` may be asked; labels are shares in [0, 1]."""
    model = CatBoost(
        {
            "loss_function": "CrossEntropy",
            "iterations": settings.trees,
            "depth": settings.depth,
            "learning_rate": settings.rate,
            "l2_leaf_reg": settings.regularisation,
            "rsm": settings.features_a_level,
            "bootstrap_type": "Bernoulli",
            "subsample": settings.rows_a_tree,
            "score_function": "Cosine",
            "border_count": settings.borders,
            "thread_count": settings.threads,
            "random_seed": settings.seed,
            "allow_writing_files": False,
            "verbose": False,
        }
    )
    model.fit(Pool(values[:, used], np.clip(labels, 0, 1), weight=weights / weights.mean()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trees.json"
        model.save_model(str(file), format="json")
        return _trees(json.loads(file.read_text()), used, settings.depth)


def _trees(model: dict[str, Any], used: list[int], depth: int) -> Trees:
    """The arrays of CatBoost's JSON; levels that a tree lacks ask what is never true."""
    trees = model["oblivious_trees"]
    feature = np.zeros((len(trees), depth), np.int16)
    border = np.full((len(trees), depth), np.inf, np.float32)
    leaves = np.zeros((len(trees), 2**depth), np.float32)
    columns = [entry["flat_feature_index"] for entry in model["features_info"]["float_features"]]
    scale, (bias,) = model["scale_and_bias"]
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"] or ()):
            feature[number, level] = used[columns[split["float_feature_index"]]]
            border[number, level] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = np.multiply(tree["leaf_values"], scale)
    return Trees(feature, border, leaves, float(bias))
