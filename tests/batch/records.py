"""Records of many kinds, made here: what batches are tried on."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

TOWNS = "Skarv Molde Holm Eide Tangen Vardal Osen Brekke Lund Vik Sund Nes Hamar Moss".split()
PROMPTS = (
    "You've read 3 of 5 free articles. Subscribe to continue.",
    "Download our app",
    "Sign up for our newsletter",
    "For more, read this: The Third Harbour War",
)


def text(number: int) -> str:
    """A short article, and a prompt below most."""
    chance = random.Random(number)
    town, other = chance.sample(TOWNS, 2)
    lines = [
        f"The council of {town} met on day {number} to speak of the ferry to {other}, which was late again.",
        f'"We waited for {chance.randrange(9) + 2} hours," said a fisherman who had brought {chance.randrange(90)} crates of herring.',
    ]
    return "\n\n".join(lines + [chance.choice(PROMPTS)] * (number % 3 > 0))


def page(number: int, charset: str = "utf-8") -> bytes:
    """The same as a page."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text(number).split("\n\n"))
    head = f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>Ferry {number}</title></head>'
    return f'{head}<body><nav><a href="/">Home</a></nav><article>{paragraphs}</article></body></html>'.encode(charset)


def warc_record(
    number: int, body: bytes, http: str = "HTTP/1.1 200 OK", content_type: str = "text/html", kind: str = "response"
) -> bytes:
    """One record with an answer of a server."""
    block = f"{http}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:08}>\r\nWARC-Date: 2026-11-01T00:00:00Z\r\n"
        f"WARC-Target-URI: https://{TOWNS[number % len(TOWNS)].lower()}.example/{number}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write_json_lines(file: Path, numbers: range, bad: int = 0) -> None:
    """Records with a text; every `bad`-th line is broken."""
    lines = (
        '{"id": 5, "text"' if bad and n % bad == 0 else json.dumps({"id": f"j{n}", "text": text(n), "topic": "sea"})
        for n in numbers
    )
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def write_csv(file: Path, numbers: range) -> None:
    """The same as a table, quoted."""
    rows = "".join(f'c{n},"{text(n).replace(chr(34), chr(34) * 2)}",sea\n' for n in numbers)
    file.write_text("id,text,topic\n" + rows, encoding="utf-8")


def write_warc(file: Path, numbers: range) -> None:
    """An archive with pages, pictures, redirects and requests, a gzip member for each."""
    with file.open("wb") as archive:
        for record in _warc_records(numbers):
            archive.write(gzip.compress(record, compresslevel=1, mtime=0))


def _warc_records(numbers: range) -> Iterator[bytes]:
    for n in numbers:
        if n % 10 == 3:
            yield warc_record(n, b"\x89PNG", content_type="image/png")
        elif n % 10 == 7:
            yield warc_record(n, b"", http="HTTP/1.1 301 Moved Permanently")
        else:
            yield warc_record(n, page(n))
