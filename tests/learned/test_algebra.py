"""Products in pieces are the products, for any number of rows, and no piece is worth threads."""

import numpy as np
import pytest

from cleantext.learned.algebra import PIECE, ROWS, product, weighted

RANDOM = np.random.default_rng(1)


@pytest.mark.parametrize(("inputs", "outputs"), [(354, 64), (192, 64), (64, 64), (64, 1), (5000, 70)])
@pytest.mark.parametrize("rows", [0, 1, ROWS - 1, ROWS, 3 * ROWS + 1, 1000])
def test_pieces_make_up_the_product(rows: int, inputs: int, outputs: int) -> None:
    left = RANDOM.normal(size=(rows, inputs)).astype(np.float32)
    right = RANDOM.normal(size=(inputs, outputs)).astype(np.float32)
    expected = left.astype(np.float64) @ right.astype(np.float64)
    for given in (left, np.asfortranarray(left)):
        found = product(given, right)
        assert found.dtype == np.float32
        assert found.shape == (rows, outputs)
        np.testing.assert_allclose(found, expected, atol=1e-2)


def test_no_piece_is_large_enough_for_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    monkeypatch.setattr(np, "matmul", lambda left, right, out: sizes.append(left.shape[-2] * left.shape[-1] * right.shape[-1]))
    product(np.ones((1000, 192), np.float32), np.ones((192, 64), np.float32))
    assert sizes
    assert max(sizes) <= PIECE


def test_sums_of_rows_are_weighted() -> None:
    rows = RANDOM.normal(size=(7, 30)).astype(np.float32)
    weights = RANDOM.normal(size=30)
    np.testing.assert_allclose(weighted(rows, weights), rows.astype(np.float64) @ weights, atol=1e-4)
