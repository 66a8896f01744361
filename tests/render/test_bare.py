"""Markdown sources as HTML: no marker of a block is left in its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleantext import Options, clean

HTML = Options(output="html", kind="markdown")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Lamps #\n\nOil.\n", "<h1>Lamps</h1><p>Oil.</p>"),
        ("Lamps\n=====\n\nOil\n---\n", "<h1>Lamps</h1><h2>Oil</h2>"),
        ("- oil\n- gas\n  * town\n", "<ul><li>oil</li><li>gas\n<ul><li>town</li></ul></li></ul>"),
        ("3. oil\n4. gas\n", '<ol><li value="3">oil</li><li>gas</li></ol>'),
        ("> said\n> again\n>\n> > inner\n", "<blockquote><p>said<br>again</p><blockquote><p>inner</p></blockquote></blockquote>"),
        ("| a | b \\| c |\n|---|---|\n| d | |\n", "<table><tr><th>a</th><th>b | c</th></tr><tr><td>d</td><td></td></tr></table>"),
        ("```py\nif x:\n    y\n```\n", '<pre><code class="language-py">if x:\n    y</code></pre>'),
        ("    x = 1\n      y\n", "<pre><code>x = 1\n  y</code></pre>"),
        ("A *lamp*, see [here](https://a.example).\n", "<p>A *lamp*, see [here](https://a.example).</p>"),
    ],
)
def test_markers_become_elements(source: str, expected: str) -> None:
    html = clean(source, options=HTML)
    assert html.removeprefix("<article>\n").removesuffix("\n</article>").replace(">\n<", "><") == expected


@given(st.text("ab1 \n\t#>-*|=\\.", max_size=60))
def test_only_markers_go(source: str) -> None:
    text = LexborHTMLParser(clean(source, options=HTML)).text()
    assert [letter for letter in text if letter in "ab"] == [letter for letter in source if letter in "ab"]
