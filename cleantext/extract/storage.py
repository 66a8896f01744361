"""The content model's file: a zip of arrays (numpy's npz), read without pickle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from cleantext.errors import ModelError
from cleantext.extract.features.evidence import Evidence
from cleantext.extract.kinds import KindModel
from cleantext.extract.model import ContentModel
from cleantext.extract.network import Convolution, Layer, Network, Scaling
from cleantext.extract.trees import Trees

TABLES: Final = ("names", "words", "phrases")
_KIND_ARRAYS: Final = ("mean", "scale", "dense", "words", "intercept")
_SCALING_ARRAYS: Final = ("low", "high", "long_tailed", "mean", "spread")


def load(file: Traversable) -> ContentModel:
    """Read a model. Nothing in the file is run: it holds numbers and text.

    Raises:
        ModelError: it cannot be read, or is no content model.
    """
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            return _model(arrays)
    except (OSError, KeyError, TypeError, ValueError, BadZipFile) as error:
        raise ModelError(f"{file}: not a content model: {error}") from error


def _model(arrays: Mapping[str, NDArray[Any]]) -> ContentModel:
    return ContentModel(
        features=tuple(_lines(arrays["features"])),
        trees=Trees(arrays["tree_feature"], arrays["tree_border"], arrays["tree_leaves"], float(arrays["tree_bias"])),
        network=_network(arrays),
        evidence=Evidence(*(_table(arrays, name) for name in TABLES)),
        kinds=KindModel(
            **{name: arrays[f"kind_{name}"].astype(np.float32) for name in _KIND_ARRAYS},
            vocabulary={word: row for row, word in enumerate(_lines(arrays["kind_vocabulary"]))},
        ),
    )


def _network(arrays: Mapping[str, NDArray[Any]]) -> Network:
    def layer(name: str) -> Layer:
        return Layer(arrays[f"{name}_weights"].astype(np.float32), arrays[f"{name}_bias"])

    return Network(
        Scaling(**{name: arrays[f"scaling_{name}"] for name in _SCALING_ARRAYS}),
        layer("entry"),
        tuple(
            Convolution(int(gap), layer(f"seen{number}"), arrays[f"added{number}_weights"].astype(np.float32))
            for number, gap in enumerate(arrays["gaps"])
        ),
        layer("joined"),
        layer("final"),
    )


@lru_cache(maxsize=8)
def content_model(file: str | None = None) -> ContentModel:
    """The model in a file; without one, that which comes with the package."""
    return load(Path(file) if file else files("cleantext.extract") / "content.npz")


def arrays_of(model: ContentModel) -> dict[str, NDArray[Any]]:
    """The arrays that `load` reads."""
    arrays: dict[str, NDArray[Any]] = {
        "features": _packed(model.features),
        "tree_feature": model.trees.feature,
        "tree_border": model.trees.border,
        "tree_leaves": model.trees.leaves,
        "tree_bias": np.array(model.trees.bias, np.float32),
        "kind_vocabulary": _packed(sorted(model.kinds.vocabulary, key=model.kinds.vocabulary.__getitem__)),
    }
    arrays |= _network_arrays(model.network)
    for name in _KIND_ARRAYS:
        arrays[f"kind_{name}"] = getattr(model.kinds, name).astype(np.float16 if name == "words" else np.float32)
    for name in TABLES:
        table = getattr(model.evidence, name)
        arrays[f"{name}_keys"] = _packed(list(table))
        arrays[f"{name}_scores"] = np.array(list(table.values()), np.float16)
    return arrays


def _network_arrays(network: Network) -> dict[str, NDArray[Any]]:
    layers = {"entry": network.entry, "joined": network.joined, "final": network.final}
    layers |= {f"seen{number}": convolution.seen for number, convolution in enumerate(network.convolutions)}
    arrays: dict[str, NDArray[Any]] = {f"scaling_{name}": getattr(network.scaling, name) for name in _SCALING_ARRAYS}
    arrays["gaps"] = np.array([convolution.gap for convolution in network.convolutions], np.int16)
    for name, layer in layers.items():
        arrays |= {f"{name}_weights": layer.weights.astype(np.float16), f"{name}_bias": layer.bias}
    for number, convolution in enumerate(network.convolutions):
        arrays[f"added{number}_weights"] = convolution.added.astype(np.float16)
    return arrays


def _table(arrays: Mapping[str, NDArray[Any]], name: str) -> dict[str, Any]:
    """Words with a score, or with a tuple of scores."""
    scores = arrays[f"{name}_scores"].astype(np.float32)
    values = scores.tolist() if scores.ndim == 1 else zip(*scores.T.tolist(), strict=True)
    return dict(zip(_lines(arrays[f"{name}_keys"]), values, strict=True))


def _packed(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _lines(packed: NDArray[np.uint8]) -> list[str]:
    text = packed.tobytes().decode()
    return text.split("\n") if text else []
