"""Documents whose every line has a label: what they are, and the forms in which they are stored."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import lzma
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from cleantext.document import ARTICLE_LABELS, Label
from cleantext.errors import InputError
from cleantext.segment.elements import collapse

OPENERS = {".gz": gzip.open, ".xz": lzma.open}
JSONL = re.compile(r"\.jsonl(?:\.gz|\.xz)?$")
MARK = re.compile(r"\s+data-label=\"([a-z_]+)\"")
LINE_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
HEADER = re.compile(r"#\s*([\w-]+):\s*(.*)")

LabelledLine = tuple[str, Label]


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A text with a label for each of its lines. `page` is the HTML that is cleaned instead of the text, if it is a page.

    `ambiguous` holds the numbers, from 0, of the lines on which careful readers may differ; no score counts them. `source` is where the
    text was found, `form` in what form (`plain`, or `html` as a naive extractor left it).
    """

    id: str
    language: str
    text: str
    labels: tuple[Label, ...]
    hard_negative: bool = False
    ambiguous: frozenset[int] = frozenset()
    page: str = ""
    publisher: str = ""
    source: str = ""
    form: str = ""

    @property
    def lines(self) -> list[str]:
        """The labelled lines, as many as there are labels."""
        return self.text.split("\n")


def labelled_lines(document: LabelledDocument) -> Iterator[LabelledLine]:
    """The lines that are not blank, stripped, and what each is."""
    return ((text.strip(), label) for text, label in zip(document.lines, document.labels, strict=True) if text.strip())


def unwanted_runs(document: LabelledDocument) -> Iterator[list[LabelledLine]]:
    """The lines that stand together and are not the article's."""
    for unwanted, run in groupby(labelled_lines(document), key=lambda line: line[1] not in ARTICLE_LABELS):
        if unwanted:
            yield list(run)


def read_collection(path: Path) -> dict[str, list[LabelledDocument]]:
    """The parts of a collection by name: a JSON Lines file is one, a folder has `documents` and `pages`, or is one of the two.

    Raises:
        InputError: the path does not exist, no case is found in it, or a case is malformed.
    """
    if path.is_file() and JSONL.search(path.name):
        return {JSONL.sub("", path.name): read_json_lines(path)}
    if not path.is_dir():
        raise InputError(f"{path}: neither a folder nor a file in JSON Lines (.jsonl, .jsonl.gz, .jsonl.xz)")
    readers = {"documents": read_documents, "pages": read_pages}
    if path.name in readers:
        return {path.name: readers[path.name](path)}
    parts = {name: read(path / name) for name, read in readers.items() if (path / name).is_dir()}
    if not parts:
        raise InputError(f"{path}: has no folder documents/ or pages/")
    return parts


def digest(documents: Iterable[LabelledDocument]) -> str:
    """A fingerprint of all that a score depends on: texts, pages, labels and marks, in order."""
    whole = hashlib.sha256()
    for document in documents:
        parts = (document.id, document.text, document.page, " ".join(document.labels), str(sorted(document.ambiguous)))
        whole.update("\0".join((*parts, str(document.hard_negative), "")).encode())
    return whole.hexdigest()


def read_documents(folder: Path) -> list[LabelledDocument]:
    """The documents of a folder, `<language>/<name>.txt`: one block a line, its label before it.

    Raises:
        InputError: there is none, or a line has no label; the message names file and line.
    """
    return _found([_document(file, folder) for file in sorted(folder.rglob("*.txt"))], folder, "*.txt")


def read_prompts(folder: Path) -> list[LabelledDocument]:
    """The prompts of a folder, `<language>.txt`: each fragment between blank lines is a document of its own.

    Raises:
        InputError: as for `read_documents`.
    """
    files = sorted(folder.glob("*.txt"))
    return _found([fragment for file in files for fragment in _fragments(file)], folder, "*.txt")


def read_pages(folder: Path) -> list[LabelledDocument]:
    """The pages of a folder, `<language>-<name>.html`, in which `data-label` names the label of an element's text.

    Raises:
        InputError: there is none, or one has no label or an unknown one.
    """
    return _found([_page(file) for file in sorted(folder.glob("*.html"))], folder, "*.html")


def read_json_lines(file: Path) -> list[LabelledDocument]:
    """The records of a JSON Lines file, plain or compressed: `id`, `lang`, `text` with one block a line, `labels`, and if
    known `hard_negative` and `ambiguous`.

    Raises:
        InputError: there is none, or a record is malformed; the message names file and line.
    """
    documents = []
    with open_text(file) as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    documents.append(_record(line, f"{file}:{number}"))
        except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: {error}") from None
    return _found(documents, file, "records")


def open_text(file: Path) -> IO[str]:
    """A text file, unpacked if its name ends in `.gz` or `.xz`."""
    opener: Any = OPENERS.get(file.suffix, open)
    try:
        return opener(file, "rt", encoding="utf-8")  # type: ignore[no-any-return]
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None


def page_of(record: Mapping[str, Any]) -> bytes:
    """The page of a record: `html_base64`, where its bytes are no valid UTF-8, or `html`."""
    return base64.b64decode(record["html_base64"]) if "html_base64" in record else record["html"].encode()


def _found(documents: list[LabelledDocument], place: Path, what: str) -> list[LabelledDocument]:
    if not documents:
        raise InputError(f"{place}: no cases found ({what})")
    return documents


def _record(line: str, place: str) -> LabelledDocument:
    try:
        row = json.loads(line)
        document = LabelledDocument(
            id=str(row["id"]),
            language=str(row.get("lang", "")),
            text=str(row["text"]),
            labels=tuple(Label(label) for label in row["labels"]),
            hard_negative=bool(row.get("hard_negative")),
            ambiguous=frozenset(row.get("ambiguous") or ()),
            publisher=str(row.get("publisher", "")),
            source=str(row.get("source", "")),
            form=str(row.get("form", "")),
        )
    except KeyError as error:
        raise InputError(f"{place}: the record has no field {error}") from None
    except (ValueError, TypeError) as error:
        raise InputError(f"{place}: {error}") from None
    if len(document.lines) != len(document.labels):
        raise InputError(f"{place}: {document.id}: {len(document.lines)} lines, but {len(document.labels)} labels")
    return document


def _document(file: Path, folder: Path) -> LabelledDocument:
    header, blocks = _header_and_blocks(file)
    return _labelled(
        name=file.relative_to(folder).with_suffix("").as_posix(),
        language=header.get("language", ""),
        blocks=[block for block in blocks if block],
        hard_negative=header.get("hard-negative", "no") == "yes",
    )


def _fragments(file: Path) -> Iterator[LabelledDocument]:
    header, blocks = _header_and_blocks(file)
    runs = [list(run) for full, run in groupby(blocks, key=bool) if full]
    for number, run in enumerate(runs, 1):
        yield _labelled(f"{file.stem}/{number}", header.get("language", file.stem), [block for block in run if block])


def _labelled(name: str, language: str, blocks: Sequence[tuple[Label, str]], hard_negative: bool = False) -> LabelledDocument:
    text = "\n".join(text for _, text in blocks)
    return LabelledDocument(name, language, text, tuple(label for label, _ in blocks), hard_negative)


def _header_and_blocks(file: Path) -> tuple[dict[str, str], list[tuple[Label, str] | None]]:
    """What the lines before the first block declare, and the blocks, with None for a blank line."""
    header: dict[str, str] = {}
    blocks: list[tuple[Label, str] | None] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            blocks.append(None)
        elif not any(blocks) and (declared := HEADER.match(line)):
            header[declared[1]] = declared[2].strip()
        else:
            blocks.append(_block(line, f"{file}:{number}"))
    if not any(blocks):
        raise InputError(f"{file}: no cases found (label: text)")
    return header, blocks


def _block(line: str, place: str) -> tuple[Label, str]:
    label, colon, text = line.partition(": ")
    if not colon or label not in list(Label) or not text.strip():
        raise InputError(f"{place}: {line[:40]!r}: write <label>: <text>; the labels are {', '.join(Label)}")
    return Label(label), text.strip()


def _page(file: Path) -> LabelledDocument:
    source = file.read_text(encoding="utf-8")
    blocks = list(_labelled_texts(source, file))
    return LabelledDocument(
        id=file.stem,
        language=file.stem.partition("-")[0],
        text="\n".join(text for _, text in blocks),
        labels=tuple(label for label, _ in blocks),
        page=MARK.sub("", source),
    )


def _labelled_texts(source: str, file: Path) -> Iterator[tuple[Label, str]]:
    """The lines of each element that has a label, as a reader sees them: white space collapsed, cut at its line breaks."""
    from selectolax.lexbor import LexborHTMLParser

    found = False
    for node in LexborHTMLParser(LINE_BREAK.sub("\0", source).replace("\n", " ").replace("\0", "\n")).css("[data-label]"):
        label = node.attributes["data-label"]
        if label not in list(Label):
            raise InputError(f"{file}: data-label={label!r}: the labels are {', '.join(Label)}")
        for line in (node.text(deep=True) or "").split("\n"):
            if text := collapse(line):
                found = True
                yield Label(label), text
    if not found:
        raise InputError(f"{file}: no cases found (elements with data-label)")
