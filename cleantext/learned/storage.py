"""Networks and lists of words as arrays, for files without pickle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from cleantext.errors import ModelError
from cleantext.learned.network import Convolution, Layer, Network, Scaling

_SCALING_ARRAYS: Final = ("low", "high", "long_tailed", "mean", "spread")


Model = TypeVar("Model")


def read_model(file: Traversable, build: Callable[[Mapping[str, NDArray[Any]]], Model], name: str) -> Model:
    """What `build` makes of the arrays in a file. Nothing in the file is run: it holds numbers and text.

    Raises:
        ModelError: the file cannot be read, or is no such model; `name` says what it should be.
    """
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            return build(arrays)
    except (OSError, KeyError, TypeError, ValueError, BadZipFile) as error:
        raise ModelError(f"{file}: not a {name}: {error}") from error


def write_model(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays of a model, for `read_model`."""
    np.savez_compressed(file, allow_pickle=False, **arrays)


def network_from(arrays: Mapping[str, NDArray[Any]]) -> Network:
    """A network from its arrays."""

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


def network_arrays(network: Network) -> dict[str, NDArray[Any]]:
    """The arrays of a network; weights have half precision."""
    layers = {"entry": network.entry, "joined": network.joined, "final": network.final}
    layers |= {f"seen{number}": convolution.seen for number, convolution in enumerate(network.convolutions)}
    arrays: dict[str, NDArray[Any]] = {f"scaling_{name}": getattr(network.scaling, name) for name in _SCALING_ARRAYS}
    arrays["gaps"] = np.array([convolution.gap for convolution in network.convolutions], np.int16)
    for name, layer in layers.items():
        arrays |= {f"{name}_weights": layer.weights.astype(np.float16), f"{name}_bias": layer.bias}
    for number, convolution in enumerate(network.convolutions):
        arrays[f"added{number}_weights"] = convolution.added.astype(np.float16)
    return arrays


def packed(lines: Sequence[str]) -> NDArray[np.uint8]:
    """Words, or other texts without line breaks, as bytes."""
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def lines_of(packed: NDArray[np.uint8]) -> list[str]:
    """What `packed` packed."""
    text = packed.tobytes().decode()
    return text.split("\n") if text else []
