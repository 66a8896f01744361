"""Telling HTML, Markdown and plain text apart: a table of cases, each with what makes it hard."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.ingest.sniff import sniff

HTML = {
    "doctype after white space": "\n\n \t<!DOCTYPE html>\n<title>x</title>text",
    "byte order mark": "\ufeff<html><body>text</body></html>",
    "comment first": "<!-- made by hand -->\n<!-- twice -->\n<html lang=sv><p>Fyren tändes.",
    "XHTML": '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p></body></html>',
    "RSS": "<rss version='2.0'><channel><title>Harbour</title><item><title>Lamp</title></item></channel></rss>",
    "XML of a vocabulary of its own": "<nitf><hedline>Lamp lit</hedline><block>Keepers rejoice.</block></nitf>",
    "fragment": "<p>The lamp was lit.</p>\n<p>It burned all night.</p>",
    "fragment without end tags": "<P>The lamp was lit.\n<P>It burned all night.",
    "fragment in a div": '<div class="story"><span>By Ada Holm</span><p>The lamp was lit.</p></div>',
    "one tag around all": "<b>The lamp was lit.</b>",
    "text before the first tag": "The lamp was lit.<br>It burned all night.<br>The keeper slept.<br/>",
    "cut off at the start": 'ass="lead">The lamp was lit.</p><p>It burned.</p><div><p>All night.</p></div>',
    "cut off within a tag": '<html><head><title>Lamp</title><link rel="styles',
    "one line, no white space": "<html><body><div><p>" + "lamp " * 5000 + "</p></div></body></html>",
    "script before the body": "<script>if (a < b) { run() }</script><p>The lamp was lit.</p>",
    "Markdown quoted in a page": "<html><pre># Lamps\n\n- **one**\n- two [x](/y)\n</pre></html>",
}

TEXT = {
    "empty": "",
    "prose": "The lamp was lit on Monday.\n\nIt burned all night, said Ada Holm.",
    "one tag": "It was <b>late</b> when the lamp was lit.",
    "tutorial": "A page begins with <html> and its text stands in <p> tags.\n\n"
    "To make a word bold, write <b>word</b>.\nThen save the file and open it.\nNothing else is "
    "needed.\nThe browser does the rest.",
    "Python that writes tags": "import sys\n\ndef row(x):\n    return '<tr><td>' + x + "
    "'</td></tr>'\n\nprint('<table>' + row('a') + '</table>')",
    "e-mail": "From: Ada Holm <ada@example.org>\nTo: <keeper@example.org>\nSubject: lamp\n\nIt is out.\n\n-- \nAda",
    "address first": "<ada@example.org> wrote:\n> It is out.\n> Please look.",
    "C": '#include <stdio.h>\n\nint main(void) {\n    puts("<p>lamp</p>");\n    return 0;\n}\n',
    "diff": "diff --git a/x.html b/x.html\n--- a/x.html\n+++ b/x.html\n@@ -1 +1 @@\n-<p>old</p>\n+<p>new</p>\n",
    "bare diff": "--- a/x.html\n+++ b/x.html\n@@ -1 +1 @@\n-<p>old</p>\n+<p>new</p>\n",
    "CSV": "name,height\nNorth,12\nSouth,<9\n",
    "JSX": "import React from 'react';\n\nexport const Lamp = () => (\n  <div className='x'>\n    <p>{lit}</p>\n  </div>\n);\n",
    "mathematics": "If a < b and b < c, then a < c; so p <q> holds whenever x<y.",
    "chat log": "<ada> is it lit?\n<tom> no\n<ada> then light it",
    "chat log with times": "[12:01] <ada> is it lit?\n[12:02] <tom> no **really** not",
    "heart": "<3 this lamp, said nobody <3",
    "shell": "#!/bin/sh\n# Light the lamp\n\n# and wait\n\nlamp --on\nsleep 5\n",
    "configuration": "# Lamps\n\nlamp = on\nheight = 12\n\n# Horns\n\nhorn = off\n",
    "Python": "# Lamps\n\nimport lamp\n\n# Light it\n\nlamp.on(5)\nwhile lamp.lit:\n    wait()\n",
    "comments over lines": "# set the height\nheight: 12\n# set the colour\ncolour: white\n",
    "a hash is a number": "#1 in the list is the North lamp.\n\n#2 is the South.",
    "hashtags": "The lamp is lit! #harbour #light\n\n#lamp #night",
    "list with dashes": "We need:\n- oil\n- a wick\n- matches",
    "rule of dashes": "Chapter one\n-----------\n\nThe lamp was lit.\n\n* * *\n\nIt burned.",
    "asterisks in words": "What the f**k is this s**t, said the keeper, 2**3 is 8 and 3**2 is 9.",
    "one bold word": "The lamp was **lit** on Monday.",
    "footnote marks": "The lamp was lit [1] on Monday [2].\n\n[1] http://example.org/lamp\n[2] http://example.org/day",
    "reStructuredText": "Lamps\n=====\n\n.. note:: **Do** this first\n\n- **one**\n- **two**\n\n::\n\n    lamp --on\n",
    "doctests": ">>> lamp.on()\nTrue\n>>> lamp.html\n'<p>lit</p>'\n",
    "PHP": "<?php echo '<p>lit</p>'; ?>",
}

MARKDOWN = {
    "headings": "# Lamps\n\nThe lamp was lit.\n\n## Horns\n\nIt was silent.",
    "headings and a script": "# Lamps\n\nRun this:\n\n```sh\n# light it\nlamp --on\n```\n",
    "front matter": "---\ntitle: Lamps\ndate: 2031-05-01\n---\nThe lamp was lit.\n",
    "TOML front matter": '+++\ntitle = "Lamps"\n+++\n\nThe lamp was lit.\n',
    "CRLF": "# Lamps\r\n\r\nSee [the list](https://example.org/list).\r\n\r\n## Horns\r\n\r\nNone.\r\n",
    "fence": "Do this:\n\n```\nlamp --on\n```\n\nand wait.",
    "links": "The [North lamp](https://example.org/n) and the [South lamp](/s) were lit.",
    "picture": "![The lamp](lamp.jpg)\n\nThe lamp was lit.",
    "list with emphasis": "Two lamps:\n\n- **North**: lit\n- **South**: out",
    "table": "| Lamp | Lit |\n|------|:---:|\n| North | yes |\n",
    "inline HTML": "# Lamps\n\nPress <kbd>L</kbd> or see [here](/a).<br>\n\n<details>\n\nMore.\n\n</"
    "details>\n\n## Horns\n\nNone.",
    "HTML at the head": '<p align="center"><img src="lamp.png"></p>\n\n# Lamps\n\nThe lamp.\n\nIt '
    "is lit.\n\n## Horns\n\nNone.\n\nNone at all.",
    "comment first": "<!-- lint: off -->\n# Lamps\n\nThe lamp was lit.\n\n## Horns\n\nNone.",
    "Chinese": "# 灯塔\n\n灯塔在**春天**重新粉刷了。\n\n## 雾号\n\n没有。",
}


@pytest.mark.parametrize("name", HTML)
def test_html(name: str) -> None:
    assert sniff(HTML[name]) == "html"


@pytest.mark.parametrize("name", TEXT)
def test_plain_text(name: str) -> None:
    assert sniff(TEXT[name]) == "text"


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(name: str) -> None:
    assert sniff(MARKDOWN[name]) == "markdown"


@given(st.text(max_size=300) | st.text("<>/!-#*`[]()|= \n\tapbr", max_size=300))
def test_never_raises(text: str) -> None:
    assert sniff(text) in ("html", "markdown", "text")


UNITS = [
    "<",
    "<p",
    "<a ",
    "<!--",
    "<!---->",
    "[",
    "![](",
    "**a",
    "#\n",
    "# a\n\n",
    "|-",
    "-|\n",
    "---\n",
    "---\na: b\n",
    "`",
    "a\n",
    "\n",
    " ",
    ".. ",
    "::",
    "<x ",
    "a=",
    "\t",
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_bounded(unit: str) -> None:
    start = time.process_time()
    sniff("<p" + unit * (1_000_000 // len(unit)))
    sniff("**" + unit * (1_000_000 // len(unit)))
    sniff(unit * (1_000_000 // len(unit)))
    assert time.process_time() - start < 0.2
