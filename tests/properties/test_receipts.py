"""The third promise: what was kept and what was removed are the source, and the same call gives the same answer."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner, Document, Options, analyze, clean
from cleantext.document import ARTICLE_LABELS
from cleantext.options import Output, Source
from tests.properties.sources import BREAKS, Mixed, bodies, interrupted, prompts, rough, surrounded
from tests.tries import tries

TEXT, MARKDOWN = (Cleaner(Options(kind=kind)) for kind in ("text", "markdown"))
KINDS = pytest.mark.parametrize("cleaner", [TEXT, MARKDOWN], ids=["text", "markdown"])
ANY_KIND = st.sampled_from(get_args(Source))
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”»’)\]]?$")
ANY_OUTPUT = st.sampled_from(get_args(Output))


def composed() -> st.SearchStrategy[str]:
    """Articles with prompts, as one text."""
    any_line = st.sampled_from([line for prompt in prompts() for line in prompt.lines])
    return st.builds(
        lambda mixed, between: between.join(mixed.lines), surrounded() | interrupted(any_line), st.sampled_from(BREAKS)
    )


def check_receipt(document: Document, source: str) -> None:
    position = 0
    for block in document.blocks:
        assert (block.start, block.end) == (position, position + len(block.text))
        assert source[block.start : block.end] == block.text
        assert not block.after.replace("\ufeff", "").strip(), "text that is in no block"
        position = block.end + len(block.after)
        assert block.keep or block.reasons, "a removal without a reason"
        assert block.keep == (block.label in ARTICLE_LABELS)
    assert position == len(source)
    assert document.restore() == source


def is_subsequence(parts: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(part in rest for part in parts)


@KINDS
@given(source=composed() | rough() | st.text())
@tries(300)
def test_blocks_tile_the_source(cleaner: Cleaner, source: str) -> None:
    document = cleaner.analyze(source)
    check_receipt(document, source)
    assert is_subsequence(document.text.split(), source.split())


@KINDS
@given(source=composed())
@tries(200)
def test_output_is_lines_of_the_source_in_order(cleaner: Cleaner, source: str) -> None:
    """Or whole sentences at the beginning of one, where a prompt stood at a paragraph's end."""
    rest = iter(source.split("\n"))
    for part in (line for line in cleaner.clean(source).split("\n") if line.strip()):
        assert any(line == part or (line.startswith(part) and SENTENCE_END.search(part)) for line in rest), part


@KINDS
@given(source=composed() | rough())
@tries(300)
def test_cleaning_twice_is_cleaning_once(cleaner: Cleaner, source: str) -> None:
    once = cleaner.clean(source)
    assert cleaner.clean(once) == once


@given(source=rough() | composed() | st.text(), kind=ANY_KIND, output=ANY_OUTPUT, links=st.booleans())
@tries(200)
def test_no_text_raises(source: str, kind: Source, output: Output, links: bool) -> None:
    cleaner = Cleaner(Options(kind=kind, output=output, links=links))
    document = cleaner.analyze(source)
    json.dumps(document.to_dict())
    assert cleaner.clean(source) == (document.text if output != "json" else json.dumps(document.to_dict(), ensure_ascii=False))


@given(source=st.binary(max_size=200) | rough().map(lambda text: text.encode("utf-8", "surrogatepass")), kind=ANY_KIND)
@tries(200)
def test_no_bytes_raise(source: bytes, kind: Source) -> None:
    document = Cleaner(Options(kind=kind)).analyze(source)
    document.text.encode("utf-8")
    assert document.encoding


@given(source=rough())
def test_a_page_is_its_blocks(source: str) -> None:
    document = Cleaner(Options(kind="html")).analyze(source)
    assert document.restore() == "\n".join(block.text for block in document.blocks)
    kept = [block.text for block in document.blocks if block.keep]
    assert document.text.split() == " ".join(kept).split()
    document.text.encode("utf-8")


@given(source=composed())
def test_explaining_and_cleaning_agree(source: str) -> None:
    assert analyze(source).text == clean(source)


@given(sources=st.lists(composed() | rough(), min_size=2, max_size=4))
@tries(30)
def test_one_or_many_in_any_order(sources: list[str]) -> None:
    alone = [clean(source) for source in sources]
    cleaner = Cleaner()
    assert list(cleaner.clean_many(sources)) == alone
    assert list(cleaner.clean_many(reversed(sources))) == alone[::-1]
    assert [document.text for document in cleaner.analyze_many(sources * 2)] == alone * 2


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_another_process_gives_the_same(seed: str) -> None:
    sources = [*mixtures(), "<html><body><article><p>" + "</p><p>".join(bodies()[0].lines) + "</p></article></body></html>"]
    code = (
        "import json, sys, hashlib\nfrom cleantext import analyze\n"
        "for source in json.load(sys.stdin):\n"
        "    print(hashlib.sha256(json.dumps(analyze(source).to_dict()).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    result = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(sources), capture_output=True, text=True, check=True, env=environment
    )
    here = [sha256(json.dumps(analyze(source).to_dict()).encode()).hexdigest() for source in sources]
    assert result.stdout.split() == here


def mixtures() -> list[str]:
    """Forty bodies, each with prompts before and after it."""
    found = prompts()
    return [
        "\n\n".join(mixed.lines)
        for i, body in enumerate(bodies()[::4])
        for mixed in [Mixed(body.id, (*found[i].lines, *body.lines, *found[-i].lines), ())]
    ]
