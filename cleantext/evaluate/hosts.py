"""What hosts cost beside the cleaning: `python -m cleantext.evaluate.hosts [datatrove] [spark] [ray] [--documents N]`.

Short documents are made up, and cleaned by one process: by the bare function over columns, and by each host's step. The engines are started,
and rules loaded, before the clock is: Spark takes the documents from its memory and throws the results away, Ray is timed from the
beginning of its first batch to the arrival of its last. The systems take turns, and the best of several turns counts for each, so that other work on the machine
touches all alike.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from random import Random
from typing import Any, Final

from cleantext.columns import clean_columns, warm_up

BATCH: Final = 256
TURNS: Final = 4
WORDS: Final = "harbour ferry island rain piano council bridge letter stamp lamp winter school sail flour keeper almanac".split()
LINES: Final = (
    "You've read 2 of 3 free articles this month.",
    "For more, read this: A winter without ferries",
    "Sign up for our newsletter",
    "Download our app",
    "Subscribe to continue reading.",
)

Turn = Callable[[], float]
"""Cleans all documents once; returns the seconds that one took."""


def texts(number: int, seed: int = 1) -> list[str]:
    """Short documents: three to six paragraphs of a few sentences, and lines that go in most of them.

    >>> texts(2) == texts(2), len(texts(2)[0]) > 200
    (True, True)
    """
    random = Random(seed)  # noqa: S311  # it only invents words
    made = []
    for _ in range(number):
        paragraphs = [" ".join(_sentence(random) for _ in range(random.randint(1, 4))) for _ in range(random.randint(3, 6))]
        paragraphs[len(paragraphs) - random.randint(0, 1) :] = random.sample(LINES, random.randint(0, 2))
        made.append("\n\n".join(paragraphs))
    return made


def _sentence(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(6, 16))).capitalize() + "."


def pages(number: int) -> list[str]:
    """The same as pages with a menu and a footer."""
    return [
        f'<html lang="en"><head><title>{text[:30]}</title></head><body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav><article>'
        f"{''.join(f'<p>{paragraph}</p>' for paragraph in text.split(chr(10) * 2))}</article><footer>Courier, Skarv</footer></body></html>"
        for text in texts(number)
    ]


def bare(documents: Sequence[str]) -> Turn:
    """The function itself."""

    def turn() -> float:
        start = time.perf_counter()
        for first in range(0, len(documents), BATCH):
            clean_columns(documents[first : first + BATCH])
        return (time.perf_counter() - start) / len(documents)

    return turn


def of_datatrove(documents: Sequence[str]) -> Turn:
    """The step that writes receipts."""
    from datatrove.data import Document

    from cleantext.integrations.datatrove import CleanDocument

    def turn() -> float:
        given = [Document(text, str(number)) for number, text in enumerate(documents)]
        start = time.perf_counter()
        done = sum(1 for _ in CleanDocument().run(iter(given)))
        return (time.perf_counter() - start) / done

    return turn


def of_spark(documents: Sequence[str]) -> Turn:
    """`mapInArrow` in a session with one thread."""
    from pyspark.sql import SparkSession

    from cleantext.integrations.spark import clean_frame

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    frame = spark.createDataFrame([(text,) for text in documents], "text string").repartition(1).cache()
    frame.count()
    clean_frame(frame.limit(1), "text").write.format("noop").mode("overwrite").save()  # its worker, which stays, loads rules

    def turn() -> float:
        start = time.perf_counter()
        clean_frame(frame, "text").write.format("noop").mode("overwrite").save()
        return (time.perf_counter() - start) / len(documents)

    return turn


def of_ray(documents: Sequence[str]) -> Turn:
    """`map_batches` with one actor."""
    import pyarrow as pa
    import ray

    from cleantext.integrations.ray import CleanActor

    class Timed(CleanActor):
        """Says when its first batch came."""

        def __call__(self, table: Any) -> Any:
            began = self.__dict__.setdefault("began", time.time())
            return super().__call__(table).append_column("began", pa.array([began] * table.num_rows))

    os.environ.setdefault(
        "RAY_worker_niceness", "0"
    )  # else other work on the machine goes before its actors, and not before the others
    ray.init(num_cpus=4, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    ray.data.DataContext.get_current().enable_progress_bars = False
    dataset = ray.data.from_arrow(pa.table({"text": documents})).materialize()

    def turn() -> float:
        cleaned = dataset.map_batches(
            Timed,
            fn_constructor_args=("text",),
            batch_format="pyarrow",
            batch_size=BATCH,
            compute=ray.data.ActorPoolStrategy(size=1),
            num_cpus=1,
        )
        began = [batch["began"][0].as_py() for batch in cleaned.iter_batches(batch_size=None, batch_format="pyarrow")]
        return (time.time() - float(min(began))) / len(documents)

    return turn


SYSTEMS: Final[Mapping[str, Callable[[Sequence[str]], Turn]]] = {"datatrove": of_datatrove, "spark": of_spark, "ray": of_ray}
PACKAGES: Final = {"spark": "pyspark"}


def best(turns: Mapping[str, Turn], rounds: int = TURNS) -> dict[str, float]:
    """The shortest of several turns of each."""
    found = dict.fromkeys(turns, float("inf"))
    for _ in range(rounds):
        for name, turn in turns.items():
            found[name] = min(found[name], turn())
    return found


def main() -> None:
    """Print a line for each system: documents a second, and what it takes longer than the bare function."""
    parser = argparse.ArgumentParser(prog="python -m cleantext.evaluate.hosts", description=__doc__)
    parser.add_argument("hosts", nargs="*", metavar="HOST", help="datatrove, spark, ray (default: those that are installed)")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=TURNS)
    given = parser.parse_args()
    if unknown := set(given.hosts) - SYSTEMS.keys():
        parser.error(f"no host {', '.join(sorted(unknown))}: choose of {', '.join(SYSTEMS)}")
    hosts = given.hosts or [name for name in SYSTEMS if find_spec(PACKAGES.get(name, name))]
    documents = texts(given.documents)
    warm_up()
    spent = best({"bare": bare(documents)} | {name: SYSTEMS[name](documents) for name in hosts}, given.turns)
    print(f"{len(documents):,} texts of {sum(map(len, documents)) // len(documents)} characters, one process")
    for name, seconds in spent.items():
        print(f"{name:12}{1 / seconds:8.0f} a second{100 * (seconds / spent['bare'] - 1):+8.1f} %")
    few = pages(max(1, given.documents // 50))
    print(
        f"{len(few):,} pages of {sum(map(len, few)) // len(few)} characters, bare: {1 / best({'bare': bare(few)}, 2)['bare']:.0f} a second"
    )


if __name__ == "__main__":
    main()
