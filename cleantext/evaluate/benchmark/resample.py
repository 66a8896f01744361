"""How sure are the figures? The bootstrap over documents: all systems are resampled together, so that differences are paired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleantext.evaluate.benchmark.metrics import Metric, Share, figures

RESAMPLES: Final = 1_000
SEED: Final = 20_260_101
TAILS: Final = (2.5, 97.5)

Floats = NDArray[np.float64]
Samples = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and the interval that 95 % of its resamples are in."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Is the whole interval on one side of 0?"""
        return self.low > 0 or self.high < 0


def draw(documents: int, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """How often each document is in each resample: a row a resample, each row sums up to the number of documents."""
    chosen = np.random.default_rng(seed).integers(0, documents, (resamples, documents))
    return np.stack([np.bincount(row, minlength=documents) for row in chosen]).astype(np.float64)


def resampled(metric: Metric, shares: Sequence[Mapping[str, Share]], times: Floats) -> Samples:
    """Each figure of the metric in each resample; nan where there is nothing to divide by."""
    keys = [figure.key for figure in metric.figures if not figure.of]
    found = {key: _ratio(*(times @ np.array([one.get(key, (0.0, 0.0))[at] for one in shares]) for at in (0, 1))) for key in keys}
    for figure in metric.figures:
        if figure.of:
            one, other = (found[key] for key in figure.of)
            found[figure.key] = _ratio(2 * one * other, one + other)
    return found


def estimates(metric: Metric, shares: Sequence[Mapping[str, Share]], samples: Samples) -> dict[str, Estimate]:
    """The figures that could be computed, with their intervals."""
    values = figures(metric, shares)
    return {
        figure.key: Estimate(value, *interval(samples[figure.key]))
        for figure in metric.figures
        if (value := values.get(figure.key)) is not None
    }


def differences(
    mine: Mapping[str, Estimate], samples: Samples, other: Mapping[str, Estimate], others: Samples
) -> dict[str, Estimate]:
    """Figure by figure, how much more than `other` it is."""
    return {
        key: Estimate(mine[key].value - other[key].value, *interval(samples[key] - others[key])) for key in mine if key in other
    }


def interval(samples: Floats) -> tuple[float, float]:
    """Between which values 95 % lie.

    >>> interval(np.arange(1001.0))
    (25.0, 975.0)
    """
    low, high = np.nanpercentile(samples, TAILS)
    return float(low), float(high)


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
