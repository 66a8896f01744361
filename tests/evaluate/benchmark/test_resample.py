"""Intervals are the same each time, and mean what they say."""

import numpy as np
import pytest

from cleantext.evaluate.benchmark.metrics import SHINGLES, WORDS
from cleantext.evaluate.benchmark.resample import differences, draw, estimates, resampled

PAGES = [{"f1": (score, 1.0), "precision": (score, 1.0), "recall": (1.0, 1.0)} for score in (0.2, 0.4, 0.6, 0.8)]


def test_draws_are_the_same_each_time_and_hold_as_many_documents() -> None:
    times = draw(7)
    assert times.shape == (1000, 7)
    assert (times == draw(7)).all()
    assert (times.sum(axis=1) == 7).all()
    assert not (times == draw(7, seed=1)).all()


def test_estimates_by_hand() -> None:
    samples = resampled(WORDS, PAGES, np.array([[1.0, 1, 1, 1], [4, 0, 0, 0], [0, 0, 0, 4]]))
    assert samples["f1"] == pytest.approx([0.5, 0.2, 0.8])
    found = estimates(WORDS, PAGES, samples)["f1"]
    assert [found.value, found.low, found.high] == pytest.approx([0.5, 0.2 + 0.05 * 0.3, 0.8 - 0.05 * 0.3])


def test_the_interval_is_about_as_wide_as_theory_says() -> None:
    pages = [{"f1": (float(n % 2), 1.0)} for n in range(400)]
    found = estimates(WORDS, pages, resampled(WORDS, pages, draw(400)))["f1"]
    assert found.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.006)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.006)


def test_differences_are_paired() -> None:
    better = [
        {"f1": (part + 0.01, whole), "precision": (part, whole), "recall": (1.0, 1.0)}
        for part, whole in (page["f1"] for page in PAGES)
    ]
    times = draw(4)
    one, other = (resampled(WORDS, shares, times) for shares in (better, PAGES))
    gained = differences(estimates(WORDS, better, one), one, estimates(WORDS, PAGES, other), other)
    assert gained["f1"].low == pytest.approx(0.01)  # each page gains as much, though pages differ widely
    assert gained["f1"].excludes_zero
    assert not gained["recall"].excludes_zero


def test_harmonic_means_are_resampled_as_such() -> None:
    shares = [
        {"precision": (1.0, 1.0), "recall": (0.5, 1.0), "accuracy": (0.0, 1.0)},
        {"recall": (0.0, 1.0), "accuracy": (0.0, 1.0)},
    ]
    samples = resampled(SHINGLES, shares, np.array([[1.0, 1.0], [0.0, 2.0]]))
    assert samples["f1"][0] == pytest.approx(0.4)
    assert np.isnan(samples["f1"][1])  # no output at all has no precision
    found = estimates(SHINGLES, shares, samples)["f1"]
    assert [found.value, found.low, found.high] == pytest.approx([0.4, 0.4, 0.4])
