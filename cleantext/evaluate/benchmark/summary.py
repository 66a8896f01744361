"""From what was measured to what is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median
from typing import Any

from cleantext.evaluate.benchmark.case import Collection
from cleantext.evaluate.benchmark.metrics import LABEL, Metric, Shares
from cleantext.evaluate.benchmark.resample import Estimate, Samples, differences, draw, estimates, resampled
from cleantext.evaluate.benchmark.run import Measured


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds a document, of the clock (median and mean) and of the processor (mean); seconds to start; megabytes before and at most."""

    median: float
    mean: float
    cpu: float
    total: float
    started: float
    base: float
    peak: float

    @property
    def rate(self) -> float:
        """Documents a second."""
        return 1000 / self.mean if self.mean else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A system's figures: of all documents, beside the reference's, and the first figure by groups; lines of each label, how many, and gone; outputs without text."""

    name: str
    version: str
    how: str
    figures: Mapping[str, Estimate]
    beside: Mapping[str, Estimate]
    groups: Mapping[str, Estimate]
    labels: Mapping[str, tuple[int, int]]
    cost: Cost | None
    failures: Sequence[tuple[str, str]]
    empty: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All that a report says of a collection; the best system by the first figure comes first."""

    name: str
    layout: str
    unit: str
    documents: int
    of: int
    digest: str
    metric: Metric
    warning: str
    notes: Sequence[str]
    reference: str
    groups: Mapping[str, int]
    rows: Sequence[Row]
    missing: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        metric = {
            "name": self.metric.name,
            "meaning": self.metric.meaning,
            "figures": [{"key": f.key, "title": f.title, "less_is_better": f.less} for f in self.metric.figures],
        }
        given = {name: getattr(self, name) for name in self.__slots__ if name not in ("metric", "rows")}
        record: dict[str, Any] = _rounded(given | {"metric": metric, "rows": [_row_dict(row) for row in self.rows]})
        return record


def summarise(
    collection: Collection, of: int, measured: Sequence[Measured], missing: Mapping[str, str], reference: str
) -> Summary:
    """Figures, intervals and differences of all systems on the collection, which is a sample of `of` cases."""
    times = draw(len(collection.cases))
    samples = {system.name: resampled(collection.metric, system.shares, times) for system in measured}
    found = {system.name: estimates(collection.metric, system.shares, samples[system.name]) for system in measured}
    members = {
        group: [number for number, case in enumerate(collection.cases) if group in case.groups] for group in collection.groups()
    }
    by_group = {group: _of_group(collection.metric, measured, numbers) for group, numbers in members.items()}
    rows = [
        Row(
            system.name,
            system.version,
            system.how,
            found[system.name],
            _beside(system.name, reference, found, samples),
            {group: by_group[group][system.name] for group in members if system.name in by_group[group]},
            _labels(system.shares),
            _cost(system),
            system.failures,
            system.empty,
        )
        for system in measured
    ]
    first = collection.metric.first
    rows.sort(key=lambda row: _rank(row.figures.get(first.key), less=first.less))
    return Summary(
        name=collection.name,
        layout=collection.layout,
        unit=collection.unit,
        documents=len(collection.cases),
        of=of,
        digest=collection.digest(),
        metric=collection.metric,
        warning=collection.warning,
        notes=collection.notes,
        reference=reference if reference in found else "",
        groups={group: len(numbers) for group, numbers in members.items()},
        rows=rows,
        missing=missing,
    )


def _of_group(metric: Metric, measured: Sequence[Measured], numbers: Sequence[int]) -> dict[str, Estimate]:
    """The first figure of each system on the documents of a group."""
    times = draw(len(numbers))
    found = {}
    for system in measured:
        shares = [system.shares[number] for number in numbers]
        of_all = estimates(metric, shares, resampled(metric, shares, times))
        if metric.first.key in of_all:
            found[system.name] = of_all[metric.first.key]
    return found


def _beside(
    name: str, reference: str, found: Mapping[str, Mapping[str, Estimate]], samples: Mapping[str, Samples]
) -> dict[str, Estimate]:
    if name == reference or reference not in found:
        return {}
    return differences(found[name], samples[name], found[reference], samples[reference])


def _labels(shares: Sequence[Shares]) -> dict[str, tuple[int, int]]:
    gone: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for document in shares:
        for key, (part, whole) in document.items():
            if key.startswith(LABEL):
                gone[key.removeprefix(LABEL)] += int(part)
                total[key.removeprefix(LABEL)] += int(whole)
    return {label: (total[label], gone[label]) for label in total}


def _cost(system: Measured) -> Cost | None:
    if not system.seconds:
        return None
    seconds, cpu = system.seconds, system.cpu
    return Cost(
        1e3 * median(seconds), 1e3 * fmean(seconds), 1e3 * fmean(cpu), sum(seconds), system.started, system.base, system.peak
    )


def _rank(estimate: Estimate | None, *, less: bool) -> float:
    return float("inf") if estimate is None else estimate.value if less else -estimate.value


def _row_dict(row: Row) -> dict[str, Any]:
    whole = asdict(row)
    whole["labels"] = {label: {"lines": lines, "removed": gone} for label, (lines, gone) in row.labels.items()}
    whole["failures"] = [{"id": name, "why": why} for name, why in row.failures]
    for key, estimate in row.beside.items():
        whole["beside"][key]["excludes_zero"] = estimate.excludes_zero
    return whole


def _rounded(value: Any) -> Any:
    """All numbers with six places."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, Mapping):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
