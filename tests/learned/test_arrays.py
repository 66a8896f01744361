"""Files of models: whatever they hold, they are refused by name, quickly and in little memory, or they are models."""

import io
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cleantext import Cleaner, ModelError, Options
from cleantext.detect import learned
from cleantext.detect.learned import line_model
from cleantext.extract import storage
from cleantext.learned.arrays import MAX_BYTES, read_arrays

CONTENT = (files("cleantext.extract") / "content.npz").read_bytes()
LINES = (files("cleantext.detect") / "lines.npz").read_bytes()

Arrays = dict[str, NDArray[Any]]
Change = Callable[[Arrays], object]


def archive(name: str, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as out:
        out.writestr(name, data)
    return file.getvalue()


def header(described: str) -> bytes:
    text = f"{described:<117}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def saved(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


@pytest.mark.parametrize("content", [CONTENT, LINES], ids=["content", "lines"])
def test_arrays_are_read_as_numpy_reads_them(content: bytes) -> None:
    own = read_arrays(content)
    with np.load(io.BytesIO(content), allow_pickle=False) as theirs:
        assert set(theirs.files) == own.keys()
        for name in theirs.files:
            np.testing.assert_array_equal(own[name], theirs[name], strict=True)


def test_arrays_by_columns_and_single_numbers_are_read() -> None:
    columns = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    read = read_arrays(saved(columns=columns, one=np.array(2.5), none=np.zeros((0, 4), np.int16)))
    np.testing.assert_array_equal(read["columns"], columns)
    assert (float(read["one"]), read["none"].shape) == (2.5, (0, 4))


def test_truth_values_are_0_or_1_whatever_their_bytes() -> None:
    data = header("{'descr': '|b1', 'fortran_order': False, 'shape': (3,), }") + b"\x00\x07\xff"
    assert read_arrays(archive("a.npy", data))["a"].view(np.uint8).tolist() == [0, 1, 1]


def shaped(shape: str) -> bytes:
    return header(f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}") + bytes(4)


PLAIN = shaped("(1,)")
REFUSED = {
    "no zip": b"PK\x03\x04 and so on",
    "nothing": b"",
    "cut short": LINES[: len(LINES) // 2],
    "objects": saved(a=np.array([{}], object)),
    "texts": saved(a=np.array(["x"])),
    "complex numbers": saved(a=np.array([1j])),
    "no array": archive("a.npy", b"import os"),
    "a header that is code": archive("a.npy", header("__import__('os').abort()")),
    "a kind of numbers that there is not": archive("a.npy", PLAIN.replace(b"<f4", b"<f1")),
    "more numbers than there are": archive("a.npy", shaped("(9,)")),
    "fewer numbers than there are": archive("a.npy", PLAIN + bytes(4)),
    "packed with lzma": archive("a.npy", PLAIN, zipfile.ZIP_LZMA),
    "many arrays": saved(**{f"a{number}": np.zeros(1) for number in range(1_001)}),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_file_of_numbers_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError):
        read_arrays(content)


BOMBS = {
    "zeros without end": archive("a.npy", bytes(MAX_BYTES + 1)),
    "a shape without end": archive("a.npy", shaped("(99999999999,)")),
    "shapes of shapes": archive("a.npy", shaped("(0, 999999999999, 999999999999)")[:-4]),
}


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS.keys())
def test_sizes_are_checked_before_anything_is_made_so_large(content: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ModelError):
            read_arrays(content)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def put(name: str, value: float) -> Change:
    def change(arrays: Arrays) -> None:
        arrays[name] = arrays[name].copy()
        arrays[name].reshape(-1)[-1] = value

    return change


WRONG: dict[str, tuple[Change, str]] = {
    "a missing array": (lambda arrays: arrays.pop("gaps"), "no array 'gaps'"),
    "a weight that is none": (put("entry_weights", np.nan), "infinite, or none"),
    "an infinite bias": (put("final_bias", np.inf), "infinite, or none"),
    "no spread": (put("scaling_spread", 0), "spread is not above 0"),
    "a gap backwards": (put("gaps", -1), "gaps are"),
    "layers that don't fit": (lambda arrays: arrays.update(joined_weights=arrays["joined_weights"][1:]), "is wanted"),
    "weights on one line": (lambda arrays: arrays.update(entry_weights=arrays["entry_weights"].reshape(-1)), "is wanted"),
    "whole numbers for a bias": (lambda arrays: arrays.update(entry_bias=arrays["entry_bias"].astype(int)), "is wanted"),
}
WRONG_CONTENT: dict[str, tuple[Change, str]] = {
    "a tree that asks for no feature": (put("tree_feature", 9_999), "features that there are not"),
    "a tree that asks from the end": (put("tree_feature", -1), "features that there are not"),
    "a border that is none": (put("tree_border", np.nan), "infinite, or none"),
    "trees without leaves": (lambda arrays: arrays.update(tree_leaves=arrays["tree_leaves"][:, 1:]), "is wanted"),
    "a word without a score": (lambda arrays: arrays.update(words_scores=arrays["words_scores"][1:]), "is wanted"),
    "words that are no text": (put("names_keys", 0xFF), "not a content model"),
    "other features": (lambda arrays: arrays.update(features=arrays["features"][:99]), "features"),
    "no scale": (put("kind_scale", 0), "not above 0"),
}


@pytest.mark.parametrize(("change", "why"), WRONG.values(), ids=WRONG.keys())
@pytest.mark.parametrize(("content", "parse"), [(CONTENT, storage.parse), (LINES, learned.parse)], ids=["content", "lines"])
def test_a_network_that_does_not_fit_together_is_refused(
    content: bytes, parse: Callable[[bytes], object], change: Change, why: str
) -> None:
    arrays = dict(read_arrays(content))
    change(arrays)
    with pytest.raises(ModelError, match=why):
        parse(saved(**arrays))


@pytest.mark.parametrize(("change", "why"), WRONG_CONTENT.values(), ids=WRONG_CONTENT.keys())
def test_a_content_model_that_does_not_fit_together_is_refused(change: Change, why: str) -> None:
    arrays = dict(read_arrays(CONTENT))
    change(arrays)
    with pytest.raises(ModelError, match=why):
        storage.parse(saved(**arrays))


def test_one_model_is_not_the_other(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"not a line model of this version: it has 354 features"):
        learned.parse(CONTENT)
    (tmp_path / "own.npz").write_bytes(LINES)
    with pytest.raises(ModelError, match=r"own\.npz: not a content model: there is no array 'features'"):
        Cleaner(Options(content_model=str(tmp_path / "own.npz"))).clean("<html><body><p>It rained.</p></body></html>")


@pytest.mark.parametrize(
    "table",
    ["", "bias\tnan\n", "bias\t0\nfree\tinf\tpaywall\ten\n", "bias\t0\nfree\t1\tmoney\ten\n", "bias\t0\nfree\n", "\udcff"],
)
def test_a_table_that_holds_no_phrases_is_refused(tmp_path: Path, table: str) -> None:
    (tmp_path / "own.npz").write_bytes(LINES)
    (tmp_path / "own.tsv").write_bytes(table.encode("utf-8", "surrogateescape"))
    with pytest.raises(ModelError, match=r"own\.tsv: no table of phrases"):
        line_model(str(tmp_path / "own.npz"))


def test_loading_runs_nothing() -> None:
    code = (
        "import sys\nfrom cleantext.detect.learned import line_model\nfrom cleantext.extract.storage import content_model\n"
        "load = lambda: (content_model.__wrapped__(), line_model.__wrapped__())\nload()\nseen = []\n"
        "sys.addaudithook(lambda event, _: seen.append(event))\nload()\nprint(*sorted(set(seen)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(result.stdout.split()) & {
        "pickle.find_class",
        "exec",
        "compile",
        "import",
        "socket.connect",
        "subprocess.Popen",
        "os.system",
    }
    assert "open" in result.stdout.split()
