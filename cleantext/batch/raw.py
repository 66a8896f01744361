"""Records as they lie in an input: cut out, not looked into yet. Readers cut; the processes that clean look in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cleantext.options import Source

MAX_BYTES: Final = 64 * 2**20
"""No record is longer; what is, fails, and the next is read."""

FILE_BYTES: Final = 2**15
"""What a file is taken for that nobody has opened yet."""

Form = Literal["file", "json", "row", "warc"]


@dataclass(frozen=True, slots=True)
class Raw:
    """One record: which input it is in, and where ("line 3", "byte 120"); its data, or why it can't be read."""

    input: str
    place: str
    form: Form
    data: Any = None
    failure: str = ""

    @property
    def size(self) -> int:
        """About how much there is to move and to clean, in bytes."""
        if self.form == "file":
            return FILE_BYTES
        if isinstance(self.data, bytes):
            return len(self.data)
        if isinstance(self.data, Mapping):
            return sum(len(value) for value in self.data.values() if isinstance(value, bytes | str))
        return 0

    @property
    def name(self) -> str:
        """What to call a record that has no name of its own."""
        return f"{self.input}:{self.place.rpartition(' ')[2].replace(',', '')}" if self.place else self.input


@dataclass(frozen=True, slots=True)
class Record:
    """One document to clean: its name, page or text, address, what is told of its encoding, and the fields that are carried through.

    `partial` says why the source is known to be cut. With `skipped`, there is nothing to clean, and why.
    """

    id: str
    source: str | bytes = b""
    url: str = ""
    kind: Source = "auto"
    encoding: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    partial: str = ""
    skipped: str = ""
