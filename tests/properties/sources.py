"""What the properties are tried on: bodies and prompts of `corpora/`, put together, and generated prose and markup."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from cleantext import Label
from cleantext.evaluate.bodies import Body, article
from cleantext.evaluate.labelled import LabelledDocument, read_documents, read_prompts

CORPORA = Path(__file__).parent.parent.parent / "corpora"
BREAKS = ("\n", "\n\n")
LISTS = {Label.RELATED, Label.NAV}


@dataclass(frozen=True)
class Mixed:
    """Lines, and which of them are the body's."""

    id: str
    lines: tuple[str, ...]
    of_body: tuple[bool, ...]

    @property
    def body(self) -> list[str]:
        return [line for line, mine in zip(self.lines, self.of_body, strict=True) if mine]


@cache
def bodies() -> list[Body]:
    return [article(document) for document in read_documents(CORPORA / "documents")]


@cache
def prompts() -> list[LabelledDocument]:
    return read_prompts(CORPORA / "prompts")


def a_body() -> st.SearchStrategy[Body]:
    return st.sampled_from(bodies())


def a_prompt(lists: bool = True) -> st.SearchStrategy[tuple[str, ...]]:
    """The lines of a prompt of any label, in any language; without those that are lists of titles if not wanted."""
    chosen = [prompt for prompt in prompts() if lists or not LISTS & set(prompt.labels)]
    return st.sampled_from(chosen).map(lambda prompt: tuple(prompt.lines))


def a_list() -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from([tuple(prompt.lines) for prompt in prompts() if LISTS & set(prompt.labels)])


@st.composite
def surrounded(draw: st.DrawFn) -> Mixed:
    """A body with up to two prompts before it and up to three after it. None before it is a list: see `under_a_list`."""
    body = draw(a_body())
    before = [line for prompt in draw(st.lists(a_prompt(lists=False), max_size=2)) for line in prompt]
    after = [line for prompt in draw(st.lists(a_prompt(), max_size=3)) for line in prompt]
    return around(body, before, after)


@st.composite
def under_a_list(draw: st.DrawFn) -> Mixed:
    """A body right under a list of titles. In a text without markup its own title and byline may read as more of that list."""
    return around(draw(a_body()), list(draw(a_list())), [])


def around(body: Body, before: list[str], after: list[str]) -> Mixed:
    flags = [False] * len(before) + [True] * len(body.lines) + [False] * len(after)
    return Mixed(body.id, (*before, *body.lines, *after), tuple(flags))


@st.composite
def interrupted(draw: st.DrawFn, inserts: st.SearchStrategy[str]) -> Mixed:
    """A body with up to three of `inserts` between its lines, and perhaps a prompt after it."""
    body = draw(a_body())
    lines = [(line, True) for line in body.lines]
    for insert in draw(st.lists(inserts, min_size=1, max_size=3)):
        lines.insert(draw(st.integers(1, len(lines))), (insert, False))
    lines += [(line, False) for line in draw(st.just(()) | a_prompt())]
    return Mixed(body.id, tuple(line for line, _ in lines), tuple(mine for _, mine in lines))


WORDS = (
    "the ferry keeper of harbour lamps walked slowly under seven grey clouds and counted boats while his sister mended nets "
    "near an old quay where nobody had lived since winter"
).split()

SENTENCE = st.lists(st.sampled_from(WORDS), min_size=4, max_size=24).map(lambda words: " ".join(words).capitalize() + ".")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)
PROSE = st.lists(PARAGRAPH, min_size=1, max_size=12)

FRAGMENTS = st.sampled_from(
    """<p> </p> <div class="paywall"> </div> <br> <br/> <b> </b <! <!-- --> <![CDATA[ ]]> <script> </script> <style> </style> <table> <tr> <td>
    </table> <ul> <li> <a href="x"> </a> <title> </title> <h1> </h1> &amp; &#0; &#x110000; &nbsp; &lt <svg> <math> <template> <select> <option>
    <textarea> <plaintext> <?xml <!DOCTYPE <html <head> <body> <frameset> <noscript> # ## --- *** ``` ~~~ > - * + 1. 1) | :-- [ ]( ) ![ ** _ ` \\ ===""".split()
)
CHARACTERS = st.text(st.characters(codec=None), max_size=20)  # lone surrogates too
SPACES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "\x0b",
        "\x0c",
        "\x85",
        "\u2028",
        "\u2029",
        "\u3000",
        "\xa0",
        "\ufeff",
        "\0",
        "\u200b",
    ]
)


def rough() -> st.SearchStrategy[str]:
    """Text of any characters, markup, white space and prompts, in any order."""
    lines = st.sampled_from(prompts()).map(lambda prompt: prompt.lines[0])
    return st.lists(FRAGMENTS | CHARACTERS | SPACES | SENTENCE | lines, max_size=30).map("".join)
