"""All features of a page as one matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleantext.extract.features.around import neighbour_features, place_features
from cleantext.extract.features.elements import Containers, alike_features, container_features, tag_features
from cleantext.extract.features.evidence import Evidence, evidence_features
from cleantext.extract.features.measures import Measures, measure
from cleantext.extract.features.page import Page
from cleantext.extract.features.text import declared_features, shape_features, text_features
from cleantext.extract.features.whole import page_features
from cleantext.learned.characters import Column

Matrix = NDArray[np.float32]


@dataclass(slots=True)
class Described:
    """The features of a page that need nothing learned: `values` has a row for each of `names`, a column for each segment.

    `whole` are the features of the page as a whole.
    """

    page: Page
    measures: Measures
    names: tuple[str, ...]
    values: Matrix
    whole: dict[str, float]


def describe(page: Page) -> Described:
    """Everything that can be told of a page by itself."""
    measures = measure(page)
    containers = Containers(page, measures)
    groups = {
        "text": text_features(page, measures),
        "shape": shape_features(page, measures),
        "declared": declared_features(page),
        "tag": tag_features(page),
        "container": container_features(page, containers),
        "alike": alike_features(page, measures),
        "near": neighbour_features(page, measures),
        "place": place_features(page, measures),
    }
    columns = {f"{group}.{name}": values for group, found in groups.items() for name, values in found.items()}
    whole = page_features(page, measures, containers, columns)
    return Described(
        page, measures, tuple(columns), _rows(columns, page.n), {f"page.{name}": float(v) for name, v in whole.items()}
    )


def matrix(described: Described, kinds: Mapping[str, float], evidence: Evidence) -> tuple[tuple[str, ...], Matrix]:
    """The names of all features, and their values: a row for each feature, a column for each segment."""
    learned = evidence_features(described.page, described.measures, evidence)
    whole = described.whole | {f"kind.{name}": value for name, value in kinds.items()}
    names = (*described.names, *(f"learned.{name}" for name in learned), *whole)
    constant = np.array(list(whole.values()), np.float32)[:, None]
    rows = (described.values, _rows(learned, described.page.n), np.broadcast_to(constant, (len(whole), described.page.n)))
    return names, np.concatenate(rows)


def _rows(columns: Mapping[str, Column], n: int) -> Matrix:
    values = np.empty((len(columns), n), np.float32)
    for row, column in enumerate(columns.values()):
        values[row] = column
    return values
