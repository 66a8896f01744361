"""Files are written into one folder, and nothing outside of it, whatever stands there."""

import os
import threading
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from cleantext.batch.enclosed import Enclosed, names_alike
from cleantext.batch.files import written


def write(folder: Path, place: str, data: bytes = b"new") -> None:
    with Enclosed(str(folder), "test").file(place.replace("/", os.sep)) as file:
        file.write(data)


def temporary(folder: Path) -> list[str]:
    return [name for _, folders, files in os.walk(folder) for name in (*folders, *files) if name.startswith(".")]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder; beside it what must stay as it is."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_bytes(b"old")
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_a_file_is_made_with_its_folders(out: Path) -> None:
    write(out / "new", "a/b/c.txt")
    assert (out / "new" / "a" / "b" / "c.txt").read_bytes() == b"new"
    assert temporary(out) == []


def test_a_file_is_replaced_and_keeps_its_permissions(out: Path) -> None:
    (out / "a.txt").write_bytes(b"old")
    (out / "a.txt").chmod(0o640)
    write(out, "a.txt")
    assert ((out / "a.txt").read_bytes(), (out / "a.txt").stat().st_mode & 0o777) == (b"new", 0o640)


def test_what_fails_leaves_the_old_file_and_no_other(out: Path) -> None:
    (out / "a.txt").write_bytes(b"old")
    with pytest.raises(TypeError), Enclosed(str(out), "test").file("a.txt") as file:
        file.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert sorted(os.listdir(out)) == ["a.txt"]
    assert (out / "a.txt").read_bytes() == b"old"


@pytest.mark.parametrize("place", ["../a.txt", "a/../../a.txt", "..", ".", "", "a//b.txt", "/etc/a.txt"])
def test_a_place_outside_is_refused(out: Path, place: str) -> None:
    with pytest.raises(OSError, match="not in the output folder"):
        write(out, place)
    assert (out.parent / "outside" / "a.txt").read_bytes() == b"old"
    assert not (out.parent / "a.txt").exists()


@pytest.mark.parametrize("place", ["link/a.txt", "link/new.txt", "link/sub/a.txt", "deep/link/a.txt"])
def test_a_link_to_a_folder_is_not_followed(out: Path, place: str) -> None:
    (out / "deep").mkdir()
    for parent in (out, out / "deep"):
        (parent / "link").symlink_to(out.parent / "outside")
    with pytest.raises(OSError, match="a link in the output folder is in its way"):
        write(out, place)
    assert {path.name: path.read_bytes() for path in (out.parent / "outside").iterdir()} == {"a.txt": b"old"}


def test_a_link_to_a_file_is_not_written_to(out: Path) -> None:
    (out / "a.txt").symlink_to(out.parent / "outside" / "a.txt")
    (out / "b.txt").symlink_to(out.parent / "outside" / "b.txt")
    for name in ("a.txt", "b.txt"):
        with pytest.raises(OSError, match="a link of that name is there"):
            write(out, name)
        assert (out / name).is_symlink()
    assert {path.name: path.read_bytes() for path in (out.parent / "outside").iterdir()} == {"a.txt": b"old"}


def test_nothing_waits_for_the_reader_of_a_fifo_or_writes_to_a_device(out: Path) -> None:
    os.mkfifo(out / "a.txt")
    with pytest.raises(OSError, match="a FIFO of that name is there"):
        write(out, "a.txt")
    (out / "null.txt").symlink_to("/dev/null")
    with pytest.raises(OSError, match="a link of that name is there"):
        write(out, "null.txt")


def test_the_folder_itself_may_be_a_link(out: Path) -> None:
    (out.parent / "link").symlink_to(out)
    write(out.parent / "link", "sub/a.txt")
    assert (out / "sub" / "a.txt").read_bytes() == b"new"


def test_a_name_may_be_as_long_as_the_system_allows(out: Path) -> None:
    write(out, "x" * 251 + ".txt")
    assert len(os.listdir(out)[0]) == 255
    with pytest.raises(OSError, match="too long"):
        write(out, "x" * 252 + ".txt")
    assert len(os.listdir(out)) == 1


def test_a_link_at_the_temporary_name_is_not_followed(out: Path) -> None:
    enclosed = Enclosed(str(out), "test")
    with enclosed.file("a.txt"):
        (name,) = os.listdir(out)
    (out / name).symlink_to(out.parent / "outside" / "a.txt")
    write(out, "a.txt")
    (out / "shard.tmp").symlink_to(out.parent / "outside" / "a.txt")
    with written(str(out / "shard")) as file:
        file.write(b"new")
    assert [(out / name).read_bytes() for name in ("a.txt", "shard")] == [b"new", b"new"]
    assert (out.parent / "outside" / "a.txt").read_bytes() == b"old"
    assert sorted(os.listdir(out)) == ["a.txt", "shard"]


def test_a_folder_that_is_swapped_for_a_link_all_the_time_leads_nowhere(out: Path) -> None:
    (out / "real").mkdir()
    (out / "link").symlink_to(out.parent / "outside")
    stop = threading.Event()

    def swap() -> None:
        for turn in count():
            (out / "sub").mkdir(exist_ok=True)
            os.rename(out / "sub", out / f"kept-{turn}")
            with suppress(OSError):  # the folder may have been made anew
                os.rename(out / "link", out / "sub")
                os.rename(out / "sub", out / "link")
            if stop.is_set():
                return

    swapping = threading.Thread(target=swap)
    swapping.start()
    refused = 0
    try:
        for number in range(500):
            try:
                write(out, f"sub/{number}.txt")
            except OSError:
                refused += 1
    finally:
        stop.set()
        swapping.join()
    assert {path.name for path in (out.parent / "outside").iterdir()} == {"a.txt"}
    assert len(list(out.rglob("[0-9]*.txt"))) + refused == 500


def test_names_are_told_apart_as_the_file_system_does(out: Path) -> None:
    enclosed = Enclosed(str(out), "test")
    (out / "a.txt").write_bytes(b"")
    (out / "\u00e9.txt").write_bytes(b"")
    assert (enclosed.key("a.txt") == enclosed.key("A.txt")) == (out / "A.txt").exists()
    assert (enclosed.key("\u00e9.txt") == enclosed.key("e\u0301.txt")) == (out / "e\u0301.txt").exists()
    assert enclosed.key("b/../a.txt") == enclosed.key("a.txt")
    assert temporary(out) == []
    assert names_alike(any_case=True, any_form=False)("STRASSE.txt") == names_alike(any_case=True, any_form=False)(
        "stra\u00dfe.txt"
    )
