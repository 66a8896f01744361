"""Text as HTML that can do nothing but be read: the one way by which a source's words come into a page of ours."""

from __future__ import annotations

import re
from typing import Final

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")

_OVERRIDES: Final = {0x202D: "LRO", 0x202E: "RLO"}
"""They write text backwards. Each stands in an element of its own, where it turns nothing, and is named (in page.css)."""

_REPLACEMENT: Final = "\ufffd"

_SHOWN: Final = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), _REPLACEMENT),
    **{code: f'<bdi class="turn" data-name="{name}">{chr(code)}</bdi>' for code, name in _OVERRIDES.items()},
    ord("\r"): "&#13;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
    ord('"'): "&quot;",
    ord("'"): "&#39;",
}
_QUOTED: Final = _SHOWN | dict.fromkeys(_OVERRIDES, _REPLACEMENT)


def shown(text: str) -> str:
    r"""The text as content of an element.

    Its characters stay what they are, so that the element's text is the text; but for control characters, which are shown
    by their pictures, and lone surrogates, which no file can hold.

    >>> shown("<b onclick='x'>\0 & \ud800")
    '&lt;b onclick=&#39;x&#39;&gt;␀ &amp; �'
    """
    return text.translate(_SHOWN)


def quoted(text: str) -> str:
    """The text as a value between double quotes."""
    return text.translate(_QUOTED)


def language_of(name: str) -> str:
    """The language as a value of `lang`: empty, which says that it isn't known, unless it has the form of one.

    >>> language_of("pt-BR"), language_of('x" onload="')
    ('pt-BR', '')
    """
    return name if _LANGUAGE.fullmatch(name) else ""
