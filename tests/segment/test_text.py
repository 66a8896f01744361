"""Plain text: a line is a block, but for lines that were wrapped; and the blocks tile the source."""

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.segment.text import segment_text


def texts(source: str) -> list[str]:
    segments = segment_text(source).segments
    assert "".join(segment.text + segment.after for segment in segments) == source
    return [segment.text for segment in segments]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", []),
        ("one line", ["one line"]),
        ("one\ntwo\n", ["one", "two"]),
        ("one\n\n\ntwo", ["one", "two"]),
        ("one\r\ntwo\rthree", ["one", "two", "three"]),
        ("\n\none", ["", "one"]),
        ("one \n \n two", ["one ", " two"]),
        ("one\u2028two", ["one\u2028two"]),
    ],
)
def test_lines(source: str, expected: list[str]) -> None:
    assert [text.strip(" ") for text in texts(source)] == [text.strip(" ") for text in expected]


WRAPPED = """\
The harbour was empty when she came down to it, and the lamps on
the mole had not been lit, though it was past six and there had
been a gale warning since the morning. She sat down on a bollard
and waited."""


def test_wrapped_lines_are_one_block() -> None:
    assert texts(WRAPPED) == [WRAPPED]
    assert texts(f"{WRAPPED}\n\n{WRAPPED}\n") == [WRAPPED, WRAPPED]
    assert texts(WRAPPED.replace("\n", "\r\n")) == [WRAPPED.replace("\n", "\r\n")]


@pytest.mark.parametrize(
    "source",
    [
        "A paragraph that ends.\nAnother paragraph that ends.\nA third one.",
        "Sign up for our newsletter\nFollow us on Facebook\nShare this story",
        "- milk, which she had forgotten the last two times that she went\n- bread, of the dark kind, if there was any of it to be had\n- salt",
    ],
)
def test_lines_that_were_not_wrapped_stay_apart(source: str) -> None:
    assert texts(source) == source.split("\n")


@given(st.text(st.sampled_from("ab. \n\r\t\u2028\x0b")) | st.text())
def test_blocks_tile_any_text(source: str) -> None:
    position = 0
    for segment in segment_text(source).segments:
        assert segment.start == position
        assert not segment.after.strip()
        position += len(segment.text) + len(segment.after)
    texts(source)


@pytest.mark.parametrize("unit", ["\n", " \n", "\r\n", "a\n", " ", "a b " * 15 + "\n", "\t"])
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        source = unit * (size // len(unit))
        times = []
        for _ in range(3):
            start = time.process_time()
            segment_text(source)
            times.append(time.process_time() - start)
        return min(times)

    gc.collect()
    gc.disable()  # its visits to all objects of the process are not the segmenter's time
    try:
        assert seconds(400_000) <= max(8 * seconds(100_000), 0.05)  # 4 times the time if linear, 16 if quadratic
    finally:
        gc.enable()
