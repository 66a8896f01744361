"""What must be escaped in Markdown, and what must not: every needless backslash is noise to a reader."""

import time

import pytest

from cleantext.render.escape import escape_cell, escape_heading, escape_text

PLAIN = [
    "snake_case and kebab-case", "5 * 3 * 2", "*Prices from May", "list[0] and f(x[1], y)", "see [1] and [edit]", "[[Lamps]]",
    "C:\\lamps\\new", "oil & gas", "R&D, AT&T", "a < b > c", "<3", "about ~5 or ~6", "one ` mark", "C#", "#lamps", "1.5 litres",
    "-5 degrees", "+44 20", "a | b", "--asdeps", "=x", "$5", "(a) b", "!", "ten. 10.", "x_", "§ 5",
]  # fmt: skip
MARKUP = {
    "1911. A year": "1911\\. A year",
    "7) seven": "7\\) seven",
    "# lamp": "\\# lamp",
    "- lamp": "\\- lamp",
    "lamp\n---": "lamp\n\\---",
    "lamp\n===": "lamp\n\\===",
    "***": "\\*\\*\\*",
    "> said": "\\> said",
    "*a* b": "\\*a\\* b",
    "__init__": "\\_\\_init\\_\\_",
    "`a` b": "\\`a\\` b",
    "~~a~~": "\\~\\~a\\~\\~",
    "<b>": "\\<b>",
    "&lt;": "\\&lt;",
    "[a](b)": "[a\\](b)",
    "[a]: b": "\\[a]: b",
    "[\n[^1]: b": "\\[\n\\[^1]: b",
    "[x] done": "\\[x] done",
    "a \\* b": "a \\\\* b",
    "~~~": "\\~\\~\\~",
    "```": "\\```",
}


@pytest.mark.parametrize("text", PLAIN)
def test_text_without_markup_stays_as_it_is(text: str) -> None:
    assert escape_text(text) == text


@pytest.mark.parametrize(("text", "expected"), MARKUP.items())
def test_markup_is_escaped(text: str, expected: str) -> None:
    assert escape_text(text) == expected


def test_headings_and_cells_have_less_to_escape() -> None:
    assert escape_heading("1. Lamps") == "1. Lamps"
    assert escape_heading("- Lamps #2") == "- Lamps #2"
    assert escape_heading("Part #") == "Part \\#"
    assert escape_cell("1. a | - b") == "1. a \\| - b"


@pytest.mark.parametrize(
    "piece", ["*a ", " a*", "_", "`", "[", "[a", "# ", "~a", "\\", "&a", "1. ", "\n[", "-", "- ", "<", "*_", " #"]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    start = time.perf_counter()
    escape_text(piece * 20_000)
    escape_heading(piece * 20_000)
    assert time.perf_counter() - start < 2
