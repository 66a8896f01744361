"""The page to try it on: a field for a source, what to choose, and below them the view of a report."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from cleantext.document import Label
from cleantext.options import PROFILES
from cleantext.report.page import CARD, asset, head, policy

CONNECT = "connect-src 'self'"
"""What the page may do beyond a report: ask the server that it came from."""


@cache
def page() -> tuple[str, str]:
    """The page and its content security policy; the same for everybody."""
    styles = [asset("page.css"), _own("try.css")]
    scripts = [asset("page.js"), _own("try.js")]
    begin = head("cleantext: try it", styles, scripts, "one try", CONNECT)
    body = f'<main>\n{_form()}\n<div id="result"></div>\n</main>\n{CARD}\n'
    ends = "".join(f"<script>{script}</script>\n" for script in scripts)
    return f"{begin}{body}{ends}</body>\n</html>\n", policy(styles, scripts, CONNECT)


def _own(name: str) -> str:
    return files("cleantext.serve").joinpath(name).read_text(encoding="utf-8")


def _form() -> str:
    profiles = "".join(
        f'<label><input type="radio" name="profile" value="{name}"{" checked" if name == "standard" else ""}> {name}</label>'
        for name in PROFILES
    )
    labels = "".join(map(_box, Label))
    return (
        '<div id="ask" role="form" aria-labelledby="ask-title"><h1 id="ask-title">What would go?</h1>'
        '<p class="lead">Paste a page or a text, or drop a file anywhere. It stays on this machine.</p>'
        '<textarea id="source" rows="9" dir="auto" spellcheck="false" autocomplete="off" aria-label="Page or text" '
        'placeholder="HTML, Markdown or plain text"></textarea>'
        '<p id="file" hidden><bdi></bdi> <button type="button">Take it away</button></p>'
        f'<div class="choices"><fieldset><legend>Profile</legend>{profiles}</fieldset>'
        '<label class="pick">Choose a file<input type="file" id="pick"></label></div>'
        f'<details class="which"><summary>Labels to remove</summary><div class="boxes">{labels}</div></details>'
        '<p id="state" role="status"></p></div>'
    )


def _box(label: Label) -> str:
    profiles = " ".join(name for name, labels in PROFILES.items() if label in labels)
    checked = " checked" if label in PROFILES["standard"] else ""
    return (
        f'<label data-label="{label}"><input type="checkbox" value="{label}" data-profiles="{profiles}"{checked}> '
        f'<i class="swatch" aria-hidden="true"></i>{label.replace("_", " ")}</label>'
    )
