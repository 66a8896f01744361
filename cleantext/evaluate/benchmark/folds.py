"""Models of folds: of those that cross-validation left, the one that did not see a document's author."""

from __future__ import annotations

import os

from cleantext.errors import InputError
from cleantext.train.collection import fold_of


def model_for(model: str | None, owner: str) -> str | None:
    """The file itself, or that of the owner's fold, if `model` is a folder of `0.npz`, `1.npz` and so on.

    Raises:
        InputError: the folder holds no such files.
    """
    if model is None or not os.path.isdir(model):
        return model
    folds = sum(name.removesuffix(".npz").isdigit() for name in os.listdir(model) if name.endswith(".npz"))
    if not folds:
        raise InputError(f"{model}: no models of folds (0.npz, 1.npz, ...)")
    return os.path.join(model, f"{fold_of(owner, folds)}.npz")
