"""Ray Data: a pool of actors, each with rules and models loaded. Extra: `ray`; bring Ray yourself."""

from __future__ import annotations

from typing import Any

from ray.data import ActorPoolStrategy, Dataset

from cleantext.columns import warm_up
from cleantext.integrations.arrow import ROWS, CleanTable


class CleanActor(CleanTable):
    """What `map_batches(CleanActor, ..., batch_format="pyarrow")` makes in each actor. Its parameters are those of `Step`."""

    def __init__(self, column: str, **settings: Any) -> None:
        super().__init__(column, **settings)
        warm_up(self.cleaner)  # before the pool takes the actor for ready


def clean_dataset(
    dataset: Dataset, column: str, *, actors: int | tuple[int, int] = 1, batch_size: int = ROWS, **settings: Any
) -> Dataset:
    """The dataset with the results beside its columns, lazily; `settings` are those of `cleantext.integrations.step.Step`.

    >>> import ray
    >>> _ = ray.init(num_cpus=2, log_to_driver=False, ignore_reinit_error=True)
    >>> dataset = ray.data.from_items([{"text": "It rained.\\n\\nDownload our app"}])
    >>> clean_dataset(dataset, "text", actors=(1, 2)).take(1)[0]["clean_text"]
    'It rained.'

    `actors` is how many there are, or the fewest and the most. Each holds one core from beginning to end: leave some to the steps that
    read and write, or these wait for ever. No signals are used.

    Raises:
        ValueError: the dataset's columns are known, and one is missing or has the name of a new one.
    """
    schema = dataset.schema(fetch_if_missing=False)
    if schema is not None:
        CleanTable(column, **settings).check(schema.names)
    least, most = (actors, actors) if isinstance(actors, int) else actors
    return dataset.map_batches(
        CleanActor,
        fn_constructor_args=(column,),
        fn_constructor_kwargs=settings,
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ActorPoolStrategy(min_size=least, max_size=most),
        num_cpus=1,
        udf_modifying_row_count=False,
    )
