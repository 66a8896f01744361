"""What a fuzzer starts from: a dictionary of tokens, and inputs made of this project's own texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha1
from importlib import import_module
from pathlib import Path
from typing import Final

from cleantext.detect.pack import load_all
from cleantext.segment.elements import BLOCKS, SKIPPED
from fuzz.drawing import CHOICES

ROOT: Final = Path(__file__).parent.parent
REGRESSIONS: Final = ROOT / "tests" / "regress"
LONGEST: Final = 3_000
"""Bytes of an input: short ones run fast, and so many hold any run of prompts."""
_WORD: Final = 60
"""Bytes; libFuzzer has no longer tokens."""

_INLINE: Final = "a b i em strong span font nobr svg math mi title input br img option table td template"
_ATTRIBUTES: Final = (
    'class="paywall" id="comments" href="/a" hidden style="display:none" itemprop="articleBody" shadowrootmode="open" role="main"'
)
_SIGNS: Final = (
    "\ufeff \u200b \u200c \u200d \u00ad \u2060 \u202a \u202b \u202c \u202d \u202e \u2066 \u2067 \u2068 \u2069 \u200e \u200f \u061c "
    "\u2028 \u2029 \x85 \xa0 \u3000 \x00 \x0b \x0c \x1c \x1e \x1b[31m \x7f \r \r\n \t İ ŉ ß ﬁ ǅ ﷺ \U0001f600 \U000e0041 \u0301 \ufffd"
).split(" ")
_MARKUP: Final = (
    "<!-- --> <![CDATA[ ]]> <!doctype <?xml </ /> &amp; &#0; &#xd800; &nbsp; &lt # ## --- === *** ``` ~~~ > - * + 1. | :-- [ ]( ) ![ ** _ ` \\"
).split()
_BYTES: Final = (
    *(
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe\0\0",
        b"\0\0\xfe\xff",
        b"\x1b$B",
        b"\x1b(B",
        b"\x93",
        b"\xed\xa0\x80",
    ),
    *(
        b'charset="',
        b'<meta charset="',
        b"encoding='",
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\n",
        b"Content-Length: ",
        b"WARC-Type: response\r\n",
    ),
    *(
        b"HTTP/1.1 200 OK\r\n",
        b'{"text": "',
        b'"html_base64": "',
        b'"}\n',
        b"\r\n\r\n",
        b"[[site]]\n",
        b"[[site.template]]\n",
        b'label = "ad"\n',
    ),
)


def dictionary() -> Iterator[bytes]:
    """Tags, marks, what steers the direction of text, and the words of all rules."""
    for tag in sorted({*BLOCKS, *SKIPPED, *_INLINE.split()}):
        yield from (f"<{tag}>".encode(), f"</{tag}>".encode())
    for text in (*_ATTRIBUTES.split(), *_SIGNS, *_MARKUP):
        yield text.encode()
    yield from _BYTES
    for pack in load_all():
        for rule in pack.rules:
            for text in (*sorted(rule.lines), *rule.removes):
                yield text.encode()


def write_dictionary(file: Path) -> None:
    """Write the dictionary in libFuzzer's form."""
    words = dict.fromkeys(word for word in dictionary() if 0 < len(word) <= _WORD)
    lines = ('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in words)
    file.write_text("\n".join(lines) + "\n", encoding="ascii")


def seeds(target: str) -> Iterator[bytes]:
    """Inputs for a target: what it makes of each text, or the text, after choices that differ from one to the next."""
    module = import_module(f"fuzz.targets.{target}")
    inputs_of = getattr(module, "inputs_of", lambda text: [text])
    size = longest(target)
    for file in sorted((REGRESSIONS / target).glob("*")):
        yield file.read_bytes()
    for text in texts():
        for source in inputs_of(text):
            yield sha1(source, usedforsecurity=False).digest()[:CHOICES] + _end_or_begin(source, size)


def longest(target: str) -> int:
    """How many bytes an input of a target has, at most."""
    return int(getattr(import_module(f"fuzz.targets.{target}"), "LONGEST", LONGEST))


def _end_or_begin(source: bytes, size: int) -> bytes:
    """What of a source fits into an input: of one text its beginning, of another its end, where prompts stand."""
    return source[:size] if len(source) % 2 else source[-size:]


def texts() -> Iterator[bytes]:
    """Documents, pages and prompts of `corpora/`, and the reported mistakes."""
    for file in sorted((ROOT / "corpora").rglob("*.html")) + sorted((ROOT / "corpora" / "examples").glob("*")):
        yield file.read_bytes()
    for file in sorted((ROOT / "corpora" / "documents").rglob("*.txt")) + sorted((ROOT / "corpora" / "prompts").glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()
        yield "\n".join(_unlabelled(lines)).encode()
    for file in sorted((ROOT / "tests" / "cases").glob("*.txt")):
        yield "\n".join(line[2:] for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")).encode()


def _unlabelled(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a labelled document without their labels."""
    for line in lines:
        label, tab, text = line.partition("\t")
        yield text if tab else "" if line.startswith("#") else label


def write_seeds(target: str, folder: Path) -> None:
    """Write a target's inputs as files, named by their content."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in seeds(target):
        (folder / sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
