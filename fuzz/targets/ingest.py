"""Bytes to text, and what kind of text it is."""

from __future__ import annotations

from typing import Final, get_args

from cleantext.document import Kind
from cleantext.ingest.decode import decode
from cleantext.ingest.labels import CODECS
from cleantext.ingest.sniff import sniff
from fuzz.claims import is_encodable
from fuzz.drawing import Drawn

LABELS: Final = (
    None,
    "utf-8",
    "UTF-16",
    "utf-32be",
    "iso-8859-1",
    "windows-1251",
    "Shift_JIS",
    "gb2312",
    "iso-2022-jp",
    "rot13",
    "",
)
KINDS: Final = get_args(Kind)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
LONGEST: Final = 400
"""Bytes of an input."""


def check(data: bytes) -> None:
    """Any bytes, under any label, are text that can be written; valid UTF-8 is read as such."""
    drawn = Drawn(data)
    label = drawn.one_of(LABELS)
    source = drawn.rest
    decoded = decode(source, label)
    assert is_encodable(decoded.text)
    assert decoded.encoding in CODECS
    assert 0 <= decoded.replaced <= decoded.text.count("\N{REPLACEMENT CHARACTER}")
    if _is_plain_utf8(source):
        assert decoded.text == source.decode("utf-8")
    elif b"\x1b" not in source:  # escapes of ISO-2022-JP are no text
        assert decoded.text or len(source) <= 4
    assert sniff(drawn.one_of((decoded.text, drawn.text))) in KINDS


def _is_plain_utf8(source: bytes) -> bool:
    """UTF-8 that is nothing else: no mark, no NULs (UTF-16 has them), no escapes (ISO-2022-JP has them)."""
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not source.startswith(_MARKS) and b"\0" not in source and b"\x1b" not in source
