"""Products of a page's small matrices on one core.

Libraries of linear algebra spread a product over all cores from about a quarter of a million multiplications on. For matrices of a page that saves
nothing, and where other work runs the threads wait for each other: a page then took ten times as long. So products are done in pieces
that stay below.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

PIECE: Final = 64**3
"""Multiplications up to which OpenBLAS keeps to one thread."""

ROWS: Final = 8
"""Pieces have multiples of so many rows: other numbers are slower."""


def product(rows: Matrix, columns: Matrix) -> Matrix:
    """The matrix product of the shapes (n, k) and (k, m).

    >>> product(np.ones((3, 2), np.float32), np.ones((2, 1), np.float32)).tolist()
    [[2.0], [2.0], [2.0]]
    """
    (n, k), m = rows.shape, columns.shape[1]
    if m == 1:
        return weighted(rows, columns[:, 0])[:, None]
    step = max(PIECE // (k * m) // ROWS, 1) * ROWS
    whole = n - n % step
    found = np.empty((n, m), np.float32)
    np.matmul(rows[:whole].reshape(-1, step, k), columns, out=found[:whole].reshape(-1, step, m))
    np.matmul(rows[whole:], columns, out=found[whole:])
    return found


def weighted(rows: Matrix, weights: NDArray[Any]) -> NDArray[Any]:
    """The sum of each row, each column counted with its weight.

    >>> weighted(np.ones((3, 2), np.float32), np.array([1, 2], np.float32)).tolist()
    [3.0, 3.0, 3.0]
    """
    return np.asarray(np.einsum("ij,j->i", rows, weights))
