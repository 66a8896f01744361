"""Markdown: what each block is, and that the blocks tile the source."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.segment.markdown import segment_markdown
from cleantext.segment.segment import Segment


def segments(source: str) -> list[Segment]:
    found = segment_markdown(source).segments
    position = 0
    for segment in found:
        assert segment.start == position
        assert not segment.after.strip("\ufeff") or segment.after.isspace()
        position += len(segment.text) + len(segment.after)
    assert "".join(segment.text + segment.after for segment in found) == source
    return found


def outline(source: str) -> list[str]:
    """`role` with what else is not zero (level, `.`ordinal, `>` a quotation, `!` a table's head), and the text."""
    lines = []
    for segment in segments(source):
        shape = segment.shape
        number = f".{shape.ordinal}" if shape.ordinal else ""
        lines.append(f"{'>' * shape.quote}{shape.role}{shape.level or ''}{number}{'!' * shape.header} {segment.text}")
    return lines


WRAPPED = "The ferry left the harbour late on Monday, since\nits crew had been waiting for the mail from the\nislands, which a storm had held back."

CASES = {
    "paragraphs": ("One\ntwo.\n\nThree.", ["paragraph One", "paragraph two.", "paragraph Three."]),
    "wrapped": (WRAPPED, [f"paragraph {WRAPPED}"]),
    "wrapped item": (f"- {WRAPPED}\n- b".replace("\n", "\n  ", 2), ["item1 - " + WRAPPED.replace("\n", "\n  "), "item1 - b"]),
    "blank head": ("\n \nOne", ["paragraph ", "paragraph One"]),
    "nothing": ("", []),
    "front matter": ("---\na: 1\n\nb: [2]\n---\n\nText", ["front_matter ---\na: 1\n\nb: [2]\n---", "paragraph Text"]),
    "TOML": ("+++\na = 1\n+++\nText", ["front_matter +++\na = 1\n+++", "paragraph Text"]),
    "rules are no front matter": ("---\n\nText\n\n---\n", ["paragraph ---", "paragraph Text", "paragraph ---"]),
    "front matter without an end": ("---\na: 1\n", ["paragraph ---", "paragraph a: 1"]),
    "headings": ("# A #\ntext\n###### B\n#c", ["heading1 # A #", "paragraph text", "heading6 ###### B", "paragraph #c"]),
    "setext": ("A\nb\n===\nC\n-\ntext", ["heading1 A\nb\n===", "heading2 C\n-", "paragraph text"]),
    "fences": ("```py\n# a\n\n~~~\n```\nx", ["code ```py\n# a\n\n~~~\n```", "paragraph x"]),
    "longer fence": ("````\n```\nx\n```\n````\ny", ["code ````\n```\nx\n```\n````", "paragraph y"]),
    "tildes": ("~~~ a`b\n```\n~~~~\nx", ["code ~~~ a`b\n```\n~~~~", "paragraph x"]),
    "fence without an end": ("x\n```\n# a\n\n- b\n", ["paragraph x", "code ```\n# a\n\n- b"]),
    "backticks that are no fence": ("``` a`b\nc", ["paragraph ``` a`b", "paragraph c"]),
    "fence in an item": ("1. ```sh\n   a\n   ```\n2. b", ["code 1. ```sh\n   a\n   ```", "item1.2 2. b"]),
    "indented code": ("a\n\n    b\n\n     c\n\nd", ["paragraph a", "code     b\n\n     c", "paragraph d"]),
    "indented text is no code": ("a\n    b", ["paragraph a", "paragraph     b"]),
    "table": (
        "Lamps:\na | b\n--|:-:\n1 | 2\n3 |\nafter",
        ["paragraph Lamps:", "row! a | b\n--|:-:", "row 1 | 2", "row 3 |", "paragraph after"],
    ),
    "dashes with other pipes": ("a | b\n--|--|--\n", ["paragraph a | b", "paragraph --|--|--"]),
    "items": ("- a\n  more\nlazy\n- b\n\n- c", ["item1 - a", "item1   more", "item1 lazy", "item1 - b", "item1 - c"]),
    "numbers": ("3. a\n4) b\n5) c\n9) d", ["item1.3 3. a", "item1.4 4) b", "item1.5 5) c", "item1.6 9) d"]),
    "nested": (
        "1. a\n   - b\n     - c\n   - d\n2. e\n\n   f\n\n       g",
        ["item1.1 1. a", "item2    - b", "item3      - c", "item2    - d", "item1.2 2. e", "paragraph    f", "code        g"],
    ),
    "a number within text": ("It was\n1986. A good year", ["paragraph It was", "paragraph 1986. A good year"]),
    "quotation": ("> a\n> b\nlazy\n>\n> > c\n\nd", [">paragraph > a\n> b\nlazy\n>", ">>paragraph > > c", "paragraph d"]),
    "list in a quotation": ("> - a\n>   b\n> - c\n\n- d", [">item1 > - a\n>   b", ">item1 > - c", "item1 - d"]),
    "code in a quotation": ("> ```\n> a\n>\n> b\n> ```\n> c", [">code > ```\n> a\n>\n> b\n> ```", ">paragraph > c"]),
    "fence ends with its quotation": ("> ```\n> a\nb", [">code > ```\n> a", "paragraph b"]),
    "marks in a fence": ("- ```\n  > a\n  ```\n- b", ["code - ```\n  > a\n  ```", "item1 - b"]),
    "HTML": ("<div>\n# a\n</div>\n\n# b", ["paragraph <div>\n# a\n</div>", "heading1 # b"]),
    "comment": ("<!-- a\n\n# b\n-->\nc", ["paragraph <!-- a\n\n# b\n-->", "paragraph c"]),
    "tag in text": ("a\n<b>c</b>\n", ["paragraph a", "paragraph <b>c</b>"]),
    "definitions": (
        "[a]: /x\n[b]: /y\n\n[^1]: z\n[^2]: w",
        ["paragraph [a]: /x", "paragraph [b]: /y", "paragraph [^1]: z", "paragraph [^2]: w"],
    ),
    "rule": ("a\n\n***\nb\n\n- - -\n", ["paragraph a", "paragraph ***", "paragraph b", "paragraph - - -"]),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_blocks(name: str, newline: str) -> None:
    source, expected = CASES[name]
    assert outline(source.replace("\n", newline)) == [line.replace("\n", newline) for line in expected]


def test_groups_tell_lists_and_tables_apart() -> None:
    source = "- a\n  - b\n- c\n\n* d\n\na|b\n-|-\n1|2\n\nx\n\na|b\n-|-\n"
    assert [segment.shape.group for segment in segments(source)] == [1, 2, 1, 3, 4, 4, 0, 5]


PIECES = [
    "- ",
    "1. ",
    "> ",
    "  ",
    "    ",
    "\t",
    "```",
    "~~~",
    "# ",
    "---",
    "===",
    "|",
    "a",
    "b|c",
    "\n",
    "\r\n",
    "\r",
    "<div>",
    "<!--",
    "-->",
    "[^1]: ",
    ":-",
]


@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_is_tiled(source: str) -> None:
    segments(source)


HOSTILE = {
    "one line": "a*b_c [d](e) " * 150_000,
    "lines": "line of text\n" * 100_000,
    "quotations": ">" * 1_000_000 + "a",
    "spaced quotations": "> " * 500_000 + "a\n" + ">\n" * 1000,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(1000)) + "b\n" * 100_000,
    "markers": "- " * 500_000 + "a",
    "backticks": "`" * 1_000_000,
    "pipes": "|" * 500_000 + "\n" + "|-" * 250_000,
    "comments": "<!--\n\n" * 50_000,
    "tags": "<a " * 300_000,
    "blanks": " \n" * 300_000,
    "spaces": " " * 1_000_000 + "a",
    "brackets": "[^" * 500_000,
    "front matter": "---\na: 1\n" + "- b\n" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_linear_time_and_no_stack(name: str) -> None:
    limit, start = sys.getrecursionlimit(), time.process_time()
    segment_markdown(HOSTILE[name])
    assert time.process_time() - start < 3
    assert sys.getrecursionlimit() == limit
