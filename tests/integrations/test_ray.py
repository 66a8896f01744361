"""Ray Data: a local cluster, actors that load once."""

from typing import Any

import pytest

from cleantext import Cleaner, Options
from tests.integrations.rows import SOURCES, TEXT, URLS, expected, names

pytest.importorskip("ray.data")
pa = pytest.importorskip("pyarrow")

from cleantext.integrations.ray import CleanActor, clean_dataset  # noqa: E402  # the host must be there


@pytest.fixture(scope="module")
def dataset(ray: Any) -> Any:
    return ray.data.from_arrow(pa.table({"number": list(range(len(SOURCES))), "page": SOURCES, "url": URLS}))


def test_results_stand_beside_the_columns(dataset: Any) -> None:
    cleaned = clean_dataset(dataset.repartition(2), "page", url="url", removed=True, actors=2, batch_size=2)
    rows = sorted(cleaned.take_all(), key=lambda row: row["number"])
    assert list(rows[0]) == ["number", "page", "url", *names(removed=True)]
    assert [row["page"] for row in rows] == SOURCES
    results = expected(removed=True)
    for name in ("clean_text", "clean_status", "clean_free", "clean_declared_words", "clean_title", "clean_removed"):
        assert [row[name] for row in rows] == results[name], name


def test_the_class_is_used_as_it_is(dataset: Any, ray: Any) -> None:
    cleaned = dataset.map_batches(
        CleanActor,
        fn_constructor_kwargs={"column": "page", "cleaner": Cleaner(Options(keep=frozenset({"paywall"})))},  # type: ignore[arg-type]
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=1),
    )
    assert cleaned.sort("number").take(1)[0]["clean_text"] == TEXT


def test_an_actor_is_ready_when_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[Cleaner] = []
    monkeypatch.setattr("cleantext.integrations.ray.warm_up", warmed.append)
    assert warmed == [CleanActor("page").cleaner]


def test_names_are_looked_at(dataset: Any) -> None:
    with pytest.raises(ValueError, match="no column 'text'"):
        clean_dataset(dataset, "text")
