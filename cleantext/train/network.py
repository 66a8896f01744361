"""Learning the network over a page's segments, with JAX.

The loss of a page is half cross-entropy and half one minus the expected F1 by words: the network is fitted to what it is judged by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from cleantext.learned.network import POOLING, Convolution, Layer, Network, Scaling

LENGTHS: Final = (64, 256, 1024)
"""Pages are padded to one of these numbers of segments; longer ones are cut up."""

TAILS: Final = 0.002
"""This share of a feature's values is cut off at either end."""

LONG_TAILED: Final = 20
"""The logarithm is taken of features with a wider range."""

DAMPING: Final = 3.0
"""So many words are added to the F1's denominator: pages without main content must not divide by nothing."""

Weights = dict[str, Any]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Learning:
    """The settings of a fit."""

    epochs: int = 5
    width: int = 64
    gaps: tuple[int, ...] = (1, 2, 4, 8)
    dropout: float = 0.2
    rate: float = 2e-3
    decay: float = 0.02
    averaging: float = 0.998
    segments_a_step: int = 4096
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page, or a part of a long one: features (segments, features), labels and words of its segments."""

    values: NDArray[np.float16]
    labels: Floats
    words: Floats


def fit_network(values: Floats, labels: Floats, words: Floats, sizes: Sequence[int], settings: Learning) -> Network:
    """Fit to pages that stand one after another in `values` (segments, features), with their numbers of segments in `sizes`."""
    scaling = fit_scaling(values)
    stretches = list(_stretches(scaling, values, labels, words, sizes))
    order = np.random.default_rng(settings.seed)
    steps = settings.epochs * sum(1 for _ in _batches(stretches, settings, order))
    key = jax.random.PRNGKey(settings.seed)
    weights = average = initial(key, values.shape[1], settings)
    state = optimiser(settings, steps).init(weights)
    for epoch in range(settings.epochs):
        for batch in _batches(stretches, settings, order):
            key, now = jax.random.split(key)
            weights, state, average = step(
                weights, state, average, batch, now, settings.averaging if epoch else 0.0, settings, steps
            )
    return network_of(scaling, jax.tree.map(np.asarray, average), settings)


def optimiser(settings: Learning, steps: int) -> Any:
    """AdamW, its rate rising over the first steps and falling to the last."""
    rate = optax.warmup_cosine_decay_schedule(1e-4, settings.rate, max(steps // 10, 1), steps + 1, 1e-5)
    return optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=settings.decay))


@partial(jax.jit, static_argnames=("settings", "steps"))
def step(
    weights: Weights, state: Any, average: Weights, batch: Any, key: Any, averaging: Any, settings: Learning, steps: int
) -> tuple[Weights, Any, Weights]:
    """The next weights, state of the optimiser, and moving average of the weights."""
    gradient = jax.grad(loss)(weights, *batch, key, settings)
    updates, state = optimiser(settings, steps).update(gradient, state, weights)
    weights = optax.apply_updates(weights, updates)
    return weights, state, jax.tree.map(lambda old, new: averaging * old + (1 - averaging) * new, average, weights)


def fit_scaling(values: Floats) -> Scaling:
    """How features (segments, features) are brought to one scale."""
    low, high = np.quantile(values, [TAILS, 1 - TAILS], axis=0).astype(np.float32)
    plain = Scaling(low, high, high - low > LONG_TAILED, np.zeros_like(low), np.ones_like(low))
    tailed = plain.tailed(values)
    return Scaling(low, high, plain.long_tailed, tailed.mean(0), tailed.std(0) + np.float32(1e-3))


def initial(key: Any, features: int, settings: Learning) -> Weights:
    """Weights to begin with."""
    keys = iter(jax.random.split(key, 3 + 2 * len(settings.gaps)))
    width = settings.width

    def dense(inputs: int, outputs: int, size: float = 1.0) -> Any:
        return jax.random.normal(next(keys), (inputs, outputs)) * (size * (1.5 / inputs) ** 0.5)

    return {
        "entry": (dense(features, width), jnp.zeros(width)),
        "seen": [(dense(3 * width, width), jnp.zeros(width)) for _ in settings.gaps],
        "added": [dense(width, width, 0.3) for _ in settings.gaps],
        "joined": (dense(3 * width, width), jnp.zeros(width)),
        "final": (dense(width, 1, 0.1), jnp.zeros(1) - 1.0),
    }


def scores(weights: Weights, values: Any, words: Any, settings: Learning, key: Any = None) -> Any:
    """Log-odds (pages, segments), as `Network.scores` has them; segments without words are padding. With a key, features and hidden
    values are dropped at random, for a whole page at a time.
    """
    real = (words > 0)[..., None]
    keys = iter(jax.random.split(key, 1 + len(settings.gaps))) if key is not None else None
    values = _dropped(values, keys, settings)
    first = hidden = jax.nn.relu(values @ weights["entry"][0] + weights["entry"][1]) * real
    for gap, (seen, bias), added in zip(settings.gaps, weights["seen"], weights["added"], strict=True):
        rows = _normalised(hidden) * real
        around = jnp.concatenate([_shifted(rows, gap), rows, _shifted(rows, -gap)], -1)
        hidden = (hidden + _dropped(jax.nn.relu(around @ seen + bias), keys, settings) @ added) * real
    share = words[..., None] ** POOLING
    page = _normalised((hidden * share).sum(1, keepdims=True) / (share.sum(1, keepdims=True) + 1e-6))
    rows = jnp.concatenate([_normalised(hidden), _normalised(first), jnp.broadcast_to(page, hidden.shape)], -1)
    joined = jax.nn.relu(rows @ weights["joined"][0] + weights["joined"][1])
    return (joined @ weights["final"][0] + weights["final"][1])[..., 0]


def loss(weights: Weights, values: Any, labels: Any, words: Any, key: Any, settings: Learning) -> Any:
    """The mean loss of pages."""
    logits = scores(weights, values, words, settings, key)
    share = words**POOLING
    share = share / (share.sum(1, keepdims=True) + 1e-6)
    entropy = ((jax.nn.softplus(logits) - labels * logits) * share).sum(1)
    taken = words * jax.nn.sigmoid(logits)
    f1 = 2 * (taken * labels).sum(1) / (taken.sum(1) + (words * labels).sum(1) + DAMPING)
    return (entropy + (1 - f1) / 2).mean()


def _dropped(values: Any, keys: Iterator[Any] | None, settings: Learning) -> Any:
    if keys is None:
        return values
    kept = 1 - settings.dropout
    return values * jax.random.bernoulli(next(keys), kept, (values.shape[0], 1, values.shape[2])) / kept


def _normalised(rows: Any) -> Any:
    return (rows - rows.mean(-1, keepdims=True)) * jax.lax.rsqrt(rows.var(-1, keepdims=True) + 1e-5)


def _shifted(rows: Any, by: int) -> Any:
    empty = jnp.zeros_like(rows[:, : abs(by)])
    return jnp.concatenate([empty, rows[:, :-by]] if by > 0 else [rows[:, -by:], empty], 1)


def _stretches(scaling: Scaling, values: Floats, labels: Floats, words: Floats, sizes: Sequence[int]) -> Iterator[Stretch]:
    start = 0
    for size in sizes:
        for at in range(start, start + size, LENGTHS[-1]):
            rows = slice(at, min(at + LENGTHS[-1], start + size))
            yield Stretch(scaling(values[rows]).astype(np.float16), np.clip(labels[rows], 0, 1), np.maximum(words[rows], 1))
        start += size


def _batches(stretches: list[Stretch], settings: Learning, order: np.random.Generator) -> Iterator[tuple[Floats, Floats, Floats]]:
    """All stretches once, those of about one length together, in random order."""
    chosen: list[tuple[int, list[Stretch]]] = []
    shuffled = [stretches[number] for number in order.permutation(len(stretches))]
    for shortest, length in zip((0, *LENGTHS), LENGTHS, strict=False):
        fitting = [stretch for stretch in shuffled if shortest < len(stretch.labels) <= length]
        count = max(settings.segments_a_step // length, 1)
        chosen += [(length, fitting[at : at + count]) for at in range(0, len(fitting), count)]
    for number in order.permutation(len(chosen)):
        length, fitting = chosen[number]
        yield _padded(fitting, length, max(settings.segments_a_step // length, 1))


def _padded(stretches: list[Stretch], length: int, pages: int) -> tuple[Floats, Floats, Floats]:
    values = np.zeros((pages, length, stretches[0].values.shape[1]), np.float32)
    labels, words = np.zeros((2, pages, length), np.float32)
    for row, stretch in enumerate(stretches):
        size = len(stretch.labels)
        values[row, :size], labels[row, :size], words[row, :size] = stretch.values, stretch.labels, stretch.words
    return values, labels, words


def network_of(scaling: Scaling, weights: Weights, settings: Learning) -> Network:
    """The weights as inference takes them."""
    convolutions = tuple(
        Convolution(gap, Layer(*seen), added)
        for gap, seen, added in zip(settings.gaps, weights["seen"], weights["added"], strict=True)
    )
    entry, joined, final = (Layer(*weights[name]) for name in ("entry", "joined", "final"))
    return Network(scaling, entry, convolutions, joined, final)
