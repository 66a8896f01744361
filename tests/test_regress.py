"""What fuzzing found, kept for ever: each file of tests/regress/TARGET is an input that a target of `fuzz/` failed on once."""

from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.drawing import CHOICES
from fuzz.mutate import mutate
from fuzz.seeds import dictionary, seeds
from fuzz.targets import NAMES, check_of
from tests.tries import tries

FOLDER = Path(__file__).parent / "regress"
FILES = sorted(file for file in FOLDER.rglob("*") if file.is_file())


def test_inputs_are_found() -> None:
    assert len(FILES) >= 3
    assert {file.parent.name for file in FILES} <= set(NAMES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(FOLDER)))
def test_what_failed_once_holds(file: Path) -> None:
    check_of(file.parent.name)(file.read_bytes())


@pytest.mark.parametrize("target", NAMES)
def test_every_target_holds_on_its_seeds(target: str) -> None:
    some = list(islice(seeds(target), 0, None, 40))
    assert len(some) >= 5
    for data in some:
        check_of(target)(data)


@pytest.mark.parametrize("target", NAMES)
@given(
    data=st.binary(max_size=40) | st.lists(st.sampled_from(list(dictionary())) | st.binary(max_size=4), max_size=20).map(b"".join)
)
@tries(40)
def test_every_target_holds_on_made_up_inputs(target: str, data: bytes) -> None:
    check_of(target)(data)


def test_changed_inputs_differ_and_are_made_again_from_the_same_seed() -> None:
    inputs, tokens = list(islice(seeds("segment"), 30)), list(islice(dictionary(), 30))
    made, again = ([mutate(random, inputs, tokens, 200) for _ in range(100)] for random in (Random(7), Random(7)))
    assert made == again
    assert len(set(made)) > 90
    assert max(map(len, made)) <= 200 + CHOICES
    assert {len(data) for data in made} != {200 + CHOICES}
