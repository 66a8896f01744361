"""Hostile sources: an ordinary article with something in its middle that breaks parsers, patterns or decoders.

Each has a sentence before, inside and after what is hostile: that nothing is raised says little, where are they is the question.
"""

import gzip
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

BEFORE = "The weaver of Orrin counted her bobbins twice before the market opened."
INSIDE = "A brown dog slept under the loom through all of it."
AFTER = "By evening the cloth was sold and the shutters were down."
MARKS = (BEFORE, INSIDE, AFTER)

CANARY = Path(__file__).with_name("canary.txt")
SECRET = CANARY.read_text(encoding="utf-8").strip()


def article(payload: str, head: str = "") -> str:
    """A page with the payload between its paragraphs."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Market day in Orrin</title>{head}</head>
<body><nav><a href="/">Home</a> <a href="/markets">Markets</a></nav><article><h1>Market day in Orrin</h1>
<p>{BEFORE} It was the first one since the flood, and nobody in the valley knew who would come, or whether the bridge would hold the carts.</p>
<p>She had woven through the winter, eleven ells of blue and four of grey, while her brother mended the roof over her head with reeds.</p>
{payload}
<p>{AFTER} Her brother carried the loom back up the stairs, and they ate what the baker had left them at the kitchen door.</p>
<p>The next market is in autumn, if the river allows it, and she has already dyed the wool for a cloth as long as the church.</p>
</article><footer>Orrin Market Council</footer></body></html>"""


@dataclass(frozen=True)
class Hostile:
    """A source of about `size` characters: `build(count)` repeats what hurts, which is `unit` characters long.

    `marks` are the sentences that must not be lost without a word; `page`: it stands in a page, which may be read as `str`, too.
    """

    name: str
    build: Callable[[int], str | bytes]
    unit: int = 1
    marks: tuple[str, ...] = MARKS

    def source(self, size: int) -> str | bytes:
        return self.build(max(1, size // self.unit))


INNER = f"<p>{INSIDE}</p>"


def nested(opening: str, closing: str, *, closed: bool = True) -> Callable[[int], str]:
    return lambda n: article(opening * n + INNER + closing * n * closed)


def repeated(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda n: article(before + unit * n + after + INNER)


def paragraph_of(unit: str) -> Callable[[int], str]:
    """The unit over and over within the paragraph that holds the sentence."""
    return lambda n: article(f"<p>{INSIDE} {unit * n} end</p>")


def numbered(form: str, around: str = "{}") -> Callable[[int], str]:
    return lambda n: article(around.format("".join(form.format(i) for i in range(n))) + INNER)


def in_head(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda n: article(INNER, before + unit * n + after)


def trees() -> Iterator[Hostile]:
    for name, opening, closing in (
        ("div", "<div>", "</div>"),
        ("b", "<b>", "</b>"),
        ("span", "<span class=a>", "</span>"),
        ("table", "<table><tr><td>", "</td></tr></table>"),
        ("list", "<ul><li>", "</li></ul>"),
        ("quote", "<blockquote>", "</blockquote>"),
        ("drawing", "<svg><g>", "</g></svg>"),
        ("formula", "<math><mrow>", "</mrow></math>"),
        ("object", "<object>", "</object>"),
        ("element of its own", "<x-box>", "</x-box>"),
    ):
        yield Hostile(f"nested {name}", nested(opening, closing), len(opening + closing))
    yield Hostile("nested div, never closed", nested("<div>", "", closed=False), 5)
    yield Hostile("formatting across paragraphs", nested("<b><p>", "", closed=False), 6)
    yield Hostile("links across formatting", nested("<a href=x><b>", "</a></b>"), 21)
    yield Hostile("distinct formatting", lambda n: article("".join(f"<i {i}>" for i in range(n)) + INNER + "</i>" * n), 11)
    yield Hostile("end tags only", repeated("</div></p></b>"), 14)
    yield Hostile("paragraphs", repeated("<p>x</p>"), 8)
    yield Hostile("breaks", lambda n: article(f"<p>{'a<br>' * n}</p>{INNER}"), 5)
    yield Hostile("empty elements", lambda n: article(f"<p>{'<b></b>' * n}</p>{INNER}"), 7)
    yield Hostile("comments", repeated("<!-- c -->"), 10)
    yield Hostile("links", numbered('<p><a href="/s/{0}">the piece no. {0}</a></p>'), 44)
    yield Hostile("options", numbered("<option value={0}>no. {0}", "<select>{}</select>"), 28)
    yield Hostile("rows", numbered("<tr><td>{0}<td>v{0}", "<table>{}</table>"), 20)
    yield Hostile("text between rows", lambda n: article(f"<table>{'x<b>y</b>' * n}</table>{INNER}"), 9)
    yield Hostile("attributes", lambda n: article(f"<p {' '.join(f'a{i}=v' for i in range(n))}>{INSIDE}</p>"), 8)
    yield Hostile("classes", lambda n: article(f'<p class="{" ".join(f"c{i}" for i in range(n))}">{INSIDE}</p>'), 6)
    yield Hostile("documents in a row", lambda n: article(INNER) * n, len(article(INNER)))


def huge() -> Iterator[Hostile]:
    yield Hostile("text", paragraph_of("wool and reed and rain "), 23)
    yield Hostile("word", paragraph_of("w"))
    yield Hostile("attribute", lambda n: article(f'<p title="{"w" * n}">{INSIDE}</p>'))
    yield Hostile("name of a tag", lambda n: article(f"<{'q' * n}>{INNER}"))
    yield Hostile("picture in its address", repeated("QUJD", '<img src="data:image/png;base64,', '">'), 4)
    yield Hostile("script", repeated("var x='</p>';", "<script>", "</script>"), 13)
    yield Hostile("style", repeated(".a{b:c}", "<style>", "</style>"), 7)
    yield Hostile("title", in_head("Orrin - ", "<title>", "</title>"), 8)
    yield Hostile("description", in_head("word, ", '<meta name=description content="', '">'), 6)
    yield Hostile("deep JSON-LD", in_head('{"a":[', '<script type="application/ld+json">', "</script>"), 6)
    yield Hostile("numbers of JSON-LD", in_head("9", '<script type="application/ld+json">{"wordCount":', "}</script>"))
    yield Hostile("many JSON-LD", in_head('<script type="application/ld+json">{"@type":"NewsArticle"}</script>'), 68)
    for unit in (
        " ",
        "\n",
        "\t",
        "\r\n",
        "\xa0",
        "\u3000",
        "\u200b",
        "-",
        ".",
        '"',
        "(",
        "“",
        "a@",
        "http://a.",
        "1/",
        "|",
        "#",
        "*",
        "_",
    ):
        yield Hostile(f"run of {unit!r}", paragraph_of(escape(unit)), len(unit))
    for prompt in (
        "Subscribe now ",
        "subscribe",
        "Read more: ",
        "Sign up for our newsletter and ",
        "© 2020 ",
        "By A and B, ",
        "订阅",
    ):
        yield Hostile(f"run of {prompt!r}", paragraph_of(prompt), len(prompt))
    yield Hostile("paragraphs of a prompt", repeated("<p>Subscribe now</p>"), 20)


def broken() -> Iterator[Hostile]:
    for what, unit in {
        "comment": "<!-- ",
        "declaration": "<!x ",
        "instruction": "<? ",
        "CDATA": "<![CDATA[ ",
        "script": "<script> ",
        "style": "<style> ",
        "text field": "<textarea> ",
        "plain text": "<plaintext> ",
        "template": "<template> ",
        "shadow tree": "<template shadowrootmode=open> ",
        "noscript": "<noscript> ",
        "tag": "<a ",
        "end tag": "</a ",
        "tag of a template": "<template shadowrootmode ",
        "tag of a noscript": "<noscript ",
        "quoted attribute": '<a href="x',
        "attribute in single quotes": "<a href='x",
    }.items():
        yield Hostile(f"endless {what}", lambda n, unit=unit: article(unit * n + INNER), len(unit))  # type: ignore[misc]
        yield Hostile(f"endless {what}, cut off", lambda n, unit=unit: cut_off(unit * n), len(unit), (BEFORE,))  # type: ignore[misc]
    for tag in (
        "template",
        "template shadowrootmode=open",
        "canvas",
        "video",
        "audio",
        "datalist",
        "object",
        "select",
        "svg",
        "math",
        "title",
    ):
        yield Hostile(f"one <{tag}>, never closed", lambda n, tag=tag: article(f"<{tag}>{INNER}"))  # type: ignore[misc]
    yield Hostile("endless tag up to a quote", lambda n: cut_off('<a href="x' + "<a " * n + '<b c="'), 3, (BEFORE,))
    yield Hostile("angle brackets", repeated("<"))
    yield Hostile("slashes", repeated("</"), 2)
    yield Hostile("ampersands", paragraph_of("&"))
    yield Hostile("references", paragraph_of("&eacute;&#8217;"), 15)
    yield Hostile("impossible references", paragraph_of("&#0;&#x110000;&#xD800;&bogus;&#99999999999;"), 43)


def cut_off(payload: str) -> str:
    """A page that ends with the payload, without another angle bracket."""
    return article("").partition("<footer>")[0].partition(f"<p>{AFTER}")[0] + payload


def characters() -> Iterator[Hostile]:
    for name, unit in {
        "NUL": "\0",
        "C0": "".join(map(chr, [*range(1, 9), 11, *range(14, 32)])),
        "C1": "".join(map(chr, range(0x7F, 0xA0))),
        "non-characters": "\ufffe\uffff\ufdd0\U0010ffff",
        "high surrogate": "\ud83d ",
        "low surrogate": "\ude00 ",
        "swapped surrogates": "\ude00\ud83d ",
        "bidi overrides": "\u202e\u2066x\u202d\u2067",
        "zero width": "\u200b\u200c\u200d\ufeff\u2060",
        "soft hyphens": "s\u00adu\u00adb ",
        "tags": "\U000e0068\U000e0069",
        "combining run": "\u0301",
        "combining run, unordered": "\u0301\u0323\u0327\u05b0",
        "combining words": "s\u0300\u0315\u0358u\u0300\u0315\u0358 ",
        "jamo": "\u1100\u1161\u11a8",
        "case that grows": "İŉß",
        "ligature that grows": "\ufdfa",
        "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "line separators": "a\u2028b\u2029c\x85d\x0be\x0c",
        "escape sequences": "\x1b[2J\x1b]0;owned\x07",
    }.items():
        yield Hostile(name, paragraph_of(unit), len(unit))
    yield Hostile("surrogate in an attribute", lambda n: article(f"<p title='{chr(0xDFFF) * n}'>{INSIDE}</p>"))
    yield Hostile("NUL in a tag", lambda n: article(f"<p cl{chr(0) * n}ass='a'>{INSIDE}</p>"))


FOREIGN = {
    "foreign object": f"<svg><foreignObject>{INNER}</foreignObject><desc>d</desc><text>t</text></svg>",
    "annotation": f"<math><mi>x</mi><annotation-xml encoding='text/html'><p>n</p></annotation-xml></math>{INNER}",
    "style in a formula": f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img&gt;">{INNER}',
    "style in a drawing": f'<svg></p><style><a id="</style><img src=1>">{INNER}',
    "CDATA in a drawing": f"<svg><![CDATA[ x ]]></svg>{INNER}",
    "frames": f"<frameset><frame src=a></frameset>{INNER}",
    "bad addresses": f"<a href='http://[::1'>x</a><a href='http://a:99999/'>y</a><img src='//['>{INNER}",
}
DECLARED = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "LAUGH">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in ("ab", "bc", "cd", "de", "ef"))
    + "]>",
    "external entity": f'<!DOCTYPE x [<!ENTITY f SYSTEM "{CANARY.as_uri()}">]>',
    "external parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{CANARY.as_uri()}"> %p;<!ENTITY f "x">]>',
    "external subset": f'<!DOCTYPE x SYSTEM "{CANARY.as_uri()}">',
}


def markup() -> Iterator[Hostile]:
    for name, payload in FOREIGN.items():
        yield Hostile(name, lambda n, payload=payload: article(payload * min(n, 20)), len(payload))  # type: ignore[misc]
    for name, declared in DECLARED.items():
        page = article(f"<p>[&f;]</p><xi:include xmlns:xi='x' href='{CANARY.as_uri()}' parse='text'/>{INNER}").removeprefix(
            "<!DOCTYPE html>"
        )
        yield Hostile(name, lambda n, start=declared, page=page: f'<?xml version="1.0"?>{start}{page}'.encode())  # type: ignore[misc]


def encoded() -> Iterator[Hostile]:
    page = article(f"<p>{INSIDE} Café, “naïve”.</p>")
    for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        yield Hostile(f"in {name}, said to be UTF-8", lambda n, name=name: page.encode(name))  # type: ignore[misc]
    yield Hostile(
        "UTF-8 with other bytes",
        lambda n: page.replace("Café", "Café @@").encode().replace(b"@@", b"\x93x\x94 \xc0\xaf \xed\xa0\xbd \xff"),
    )
    yield Hostile("UTF-8, cut within a character", lambda n: page.encode() + "é".encode()[:1])
    yield Hostile("encoding of no name", lambda n: page.replace("utf-8", "klingon").encode())
    yield Hostile("encoding of an XML declaration", lambda n: '<?xml version="1.0" encoding="utf-16"?>' + page)


def junk() -> Iterator[Hostile]:
    chance = random.Random(1)
    made: dict[str, Callable[[int], str | bytes]] = {
        "random bytes": chance.randbytes,
        "zeros": bytes,
        "high bytes": lambda n: b"\xff" * n,
        "picture": lambda n: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + chance.randbytes(n),
        "compressed page": lambda n: gzip.compress(article("x" * n).encode(), mtime=0),
        "white space": lambda n: " \n\t\u00a0" * n,
        "byte order mark": lambda n: b"\xef\xbb\xbf",
        "nothing": lambda n: "",
        "bracket": lambda n: "<",
    }
    for name, build in made.items():
        yield Hostile(name, build, marks=())
    yield Hostile("page, then random bytes", lambda n: article(INNER).encode() + chance.randbytes(n))


def plain() -> Iterator[Hostile]:
    """Texts without markup, in which one thing is repeated."""
    for unit in (
        " ",
        "\n",
        " \n",
        "\r",
        "\t",
        "\xa0",
        "a",
        ".",
        "<",
        "[",
        "](",
        "- ",
        "> ",
        "# ",
        "| ",
        "```\n",
        "*",
        "_",
        "Subscribe now. ",
        "Read more\n",
    ):
        yield Hostile(f"text of {unit!r}", lambda n, unit=unit: f"{BEFORE}\n\n{INSIDE}{unit * n}x\n\n{AFTER}\n", len(unit))  # type: ignore[misc]
    for fence, line in (("---", "a: b\r\n"), ("+++", "a = b\r\n")):
        yield Hostile(
            f"front matter of {fence!r} without an end",
            lambda n, fence=fence, line=line: f"{fence}\r\n{line * n}\r\n{' '.join(MARKS)}\r\n",  # type: ignore[misc]
            len(line),
        )


ALL = [*trees(), *huge(), *broken(), *characters(), *markup(), *encoded(), *junk(), *plain()]
