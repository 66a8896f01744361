"""Networks and lists of words as arrays, for files without pickle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from cleantext.errors import ModelError
from cleantext.learned.arrays import checked, read_arrays
from cleantext.learned.network import Convolution, Layer, Network, Scaling

_SCALING_ARRAYS: Final = ("low", "high", "long_tailed", "mean", "spread")
_MOST_CONVOLUTIONS: Final = 64

Arrays = Mapping[str, NDArray[Any]]
Model = TypeVar("Model")


def read_model(content: bytes, build: Callable[[Arrays], Model], name: str) -> Model:
    """What `build` makes of the arrays in a file's content. Nothing in it is run: it holds numbers and text.

    Raises:
        ModelError: it can't be read, or is no such model; `name` says what it should be, and which file it is.
    """
    try:
        return build(read_arrays(content))
    except KeyError as error:
        raise ModelError(f"{name}: there is no array {error}") from None
    except (ModelError, ValueError) as error:
        raise ModelError(f"{name}: {error}") from None


def write_model(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays of a model, for `read_model`."""
    np.savez_compressed(file, allow_pickle=False, **arrays)


def network_from(arrays: Arrays) -> Network:
    """A network from its arrays.

    Raises:
        ModelError: they don't fit together.
        KeyError: one is missing.
    """

    def weights(name: str, inputs: int, outputs: int | None) -> NDArray[np.float32]:
        return checked(arrays[f"{name}_weights"].astype(np.float32), inputs, outputs)

    def layer(name: str, inputs: int, outputs: int | None = None) -> Layer:
        found = weights(name, inputs, outputs)
        return Layer(found, checked(arrays[f"{name}_bias"], found.shape[1]))

    scaling = _scaling(arrays)
    gaps = checked(arrays["gaps"], None, kinds="iu").tolist()
    if len(gaps) > _MOST_CONVOLUTIONS or not all(gap >= 1 for gap in gaps):
        raise ModelError(f"gaps are {gaps}: up to {_MOST_CONVOLUTIONS} numbers from 1 on are wanted")
    entry = layer("entry", len(scaling.mean))
    width = len(entry.bias)
    convolutions = []
    for number, gap in enumerate(gaps):
        seen = layer(f"seen{number}", 3 * width)
        convolutions.append(Convolution(gap, seen, weights(f"added{number}", len(seen.bias), width)))
    joined = layer("joined", 3 * width)
    return Network(scaling, entry, tuple(convolutions), joined, layer("final", len(joined.bias), 1))


def _scaling(arrays: Arrays) -> Scaling:
    mean = checked(arrays["scaling_mean"], None)
    size = len(mean)
    low, high, spread = (checked(arrays[f"scaling_{name}"], size) for name in ("low", "high", "spread"))
    if not size or not (spread > 0).all() or not (low <= high).all():
        raise ModelError("a spread is not above 0, or a low value above its high one")
    return Scaling(low, high, checked(arrays["scaling_long_tailed"], size, kinds="b"), mean, spread)


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
    """What `packed` packed.

    Raises:
        ModelError: it is something else.
    """
    text = checked(packed, None, kinds="u").tobytes().decode()
    return text.split("\n") if text else []
