"""The report, in a real browser: what it shows, how it is worked, and that nothing of a source runs in it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleantext import Options, analyze
from cleantext.document import Block, Document, Label, Metadata, Reason
from cleantext.report.facts import summary_of
from cleantext.report.page import Page
from cleantext.report.portion import BLOCK_CHARACTERS, BLOCKS, CHARACTERS
from cleantext.report.strip import strip_of
from cleantext.report.view import view

Show = Callable[..., Any]

ARABIC = "أعلنت الأمم المتحدة الثلاثاء أنها ستوجّه هذا الأسبوع نداءً عاجلًا."


def write(file: Path, documents: Sequence[Document]) -> Path:
    """A report of documents, as a file."""
    with file.open("wb") as out:
        page = Page(out, "report", several=len(documents) > 1)
        for number, document in enumerate(documents, 1):
            name, anchor = f"{number}.txt", f"d{number}"
            shown = view(document, name, anchor, listed=len(documents) > 1)
            page.add(summary_of(document, name), shown, anchor, strip_of(document.blocks))
        page.close()
    return file


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Show]:
    """Open a report of documents; a console error, a dialog or a request for anything but the file fails the test."""
    troubles: list[str] = []
    requests: list[str] = []
    context = chromium.new_context()

    def open_page(*documents: Document, width: int = 1440, **media: str) -> Any:
        file = write(tmp_path / "report.html", documents)
        tab = context.new_page()
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(**media)
        tab.on("console", lambda message: troubles.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
        tab.on("request", lambda request: requests.append(request.url.partition("#")[0]))
        tab.goto(file.as_uri())
        return tab

    yield open_page
    context.close()
    assert troubles == []
    assert set(requests) == {(tmp_path / "report.html").as_uri()}


@pytest.fixture(scope="module")
def page_document(corpora: Path) -> Document:
    return analyze((corpora / "examples" / "news-page.html").read_bytes())


@pytest.fixture(scope="module")
def letter(corpora: Path) -> Document:
    return analyze((corpora / "examples" / "news-with-letter.txt").read_bytes())


def labels_in_sight(tab: Any) -> set[str]:
    return set(tab.eval_on_selector_all(".run", "runs => runs.filter(r => r.offsetHeight).map(r => r.dataset.label)"))


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_every_switch_hides_its_label_and_shows_it_again(show: Show, page_document: Document, how: str) -> None:
    tab = show(page_document)
    labels = {str(block.label) for block in page_document.removed}
    assert labels_in_sight(tab) == labels
    for label in labels:
        switch = tab.locator(f'[data-switch="{label}"]')
        for checked, left in (("false", labels - {label}), ("true", labels)):
            if how == "mouse":
                switch.click()
            else:
                switch.focus()
                tab.keyboard.press("Space" if checked == "false" else "Enter")
            assert switch.get_attribute("aria-checked") == checked
            assert labels_in_sight(tab) == left


def test_all_labels_are_hidden_at_once_and_the_article_is_left(show: Show, letter: Document) -> None:
    tab = show(letter)
    tab.click("[data-all]")
    assert labels_in_sight(tab) == set()
    kept = [block.text for block in letter.blocks if block.keep]
    assert tab.eval_on_selector_all(".source .block", "all => all.filter(b => b.offsetHeight).map(b => b.textContent)") == kept
    tab.click("text=Show all")
    assert labels_in_sight(tab) == {"appeal", "paywall"}


def test_pointing_at_a_removed_block_shows_rule_words_and_score(show: Show, letter: Document) -> None:
    tab = show(letter)
    card = tab.locator("#card")
    assert card.is_hidden()
    tab.hover(".out:has-text('free articles')")
    for said in ("paywall", "score 1.00", "en.paywall.read-n-of-n", "You've read 3 of 4 free articles"):
        assert said in card.inner_text()
    card.hover()  # it stays while the pointer is on it
    tab.wait_for_timeout(400)
    assert card.is_visible()
    tab.hover("h1")
    card.wait_for(state="hidden")


def test_the_tab_key_reaches_every_removed_block_and_escape_closes_the_card(show: Show, letter: Document) -> None:
    tab = show(letter)
    tab.locator("[data-all]").focus()
    said = []
    for block in letter.removed:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.firstChild.textContent") == block.text
        assert tab.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")
        said.append(tab.locator("#card").inner_text())
    assert all("rule" in text for text in said)
    tab.keyboard.press("Escape")
    assert tab.locator("#card").is_hidden()


@pytest.mark.parametrize("output", ["text", "markdown", "html"])
def test_the_clean_text_is_that_of_the_document(show: Show, corpora: Path, output: Any) -> None:
    document = analyze((corpora / "examples" / "news-page.html").read_bytes(), options=Options(output=output))
    assert show(document).eval_on_selector(".clean .text", "text => text.textContent") == document.text


@pytest.mark.parametrize("text", ["a\r\nb\n\n\n\nc\rd\n", "\n\n  a\tb\n", "x\n" * 9_000, "word " * 3_900, "<p>&amp;\n", ARABIC])
def test_any_text_comes_out_of_the_page_as_it_went_in(show: Show, text: str) -> None:
    document = Document(text=text, kind="text", language="", blocks=(Block(text),))
    tab = show(document)
    assert tab.eval_on_selector(".clean .text", "text => text.textContent") == text
    assert tab.eval_on_selector(".source .block", "text => text.textContent") == text


EVIL = """</script><script>hit()</script><img src=x onerror=hit()><svg onload=hit()><a href="javascript:hit()">x</a>'"><b
style="position:fixed;background:url(http://127.0.0.1:9/x)">\\3c script\\3e</style><style>@import 'http://127.0.0.1:9/y';</style>
<!--<iframe srcdoc="<script>parent.hit()</script>"></iframe>--> </title></textarea><base href=//x> \u202e txet \u2066 \0 \x1b[31m \ud800 \udfff"""


def test_a_hostile_document_runs_nothing_and_shows_its_words(show: Show) -> None:
    reason = Reason("rule", EVIL, "</script><script>hit()")
    block = Block(EVIL, Label.APPEAL, keep=False, score=0.5, reasons=(reason, Reason("structure", EVIL, EVIL)), path=EVIL)
    metadata = Metadata(EVIL, (EVIL,), EVIL, EVIL, "javascript:hit()")
    hostile = Document(
        text=EVIL,
        kind="html",
        language='x" onload="hit()',
        blocks=(Block(EVIL), block),
        limits=(EVIL,),
        status="partial",
        metadata=metadata,
    )
    blank = show(Document(text="", kind="text", language="", blocks=()))
    names = blank.evaluate("Object.getOwnPropertyNames(window).sort()")
    for tab in (show(hostile), show(hostile, hostile)):
        assert tab.evaluate("Object.getOwnPropertyNames(window).sort()") == names
        assert tab.eval_on_selector_all("script, style, iframe, object, img, base, link, form", "all => all.length") == 2
        assert tab.eval_on_selector_all("[style], [srcdoc]", "all => all.length") == 0
        hrefs = tab.eval_on_selector_all("[href]", "all => all.map(a => a.getAttribute('href'))")
        assert set(hrefs) <= {"#index", "#d1", "#d2"}
        handlers = "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a => a.name.startsWith('on')))"
        assert tab.evaluate(handlers) is False
    shown = EVIL.replace("\0", "␀").replace("\x1b", "␛").replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
    assert tab.eval_on_selector("#d1 .clean .text", "text => text.textContent") == shown


def test_the_policy_refuses_what_the_page_does_not_hold_itself(chromium: Any, tmp_path: Path, letter: Document) -> None:
    tab = chromium.new_page()
    tab.goto(write(tmp_path / "report.html", [letter]).as_uri())
    said = tab.evaluate(
        """async () => {
            const said = new Promise(done => addEventListener("securitypolicyviolation", event => done(event.effectiveDirective)));
            const script = document.createElement("script");
            script.textContent = "window.hit = 1";
            document.body.append(script);
            return [await said, typeof window.hit];
        }"""
    )
    tab.close()
    assert said == ["script-src-elem", "undefined"]


def test_an_override_of_direction_ends_with_itself(show: Show) -> None:
    text = "one \u202e two three"
    tab = show(Document(text=text, kind="text", language="", blocks=(Block(text),)))
    order = """text => { const range = document.createRange(); const node = text.lastChild; const left = word => {
        range.setStart(node, node.data.indexOf(word)); range.setEnd(node, node.data.indexOf(word) + word.length);
        return range.getBoundingClientRect().left; }; return left("two") < left("three"); }"""
    assert tab.eval_on_selector(".source .block", order)
    assert tab.eval_on_selector(".turn", "turn => getComputedStyle(turn, '::before').content") == '"RLO"'


def test_arabic_runs_right_to_left_beside_english(show: Show) -> None:
    blocks = (Block(ARABIC, after="\n\n"), Block("It rained."))
    tab = show(Document(text=f"{ARABIC}\n\nIt rained.", kind="text", language="ar", blocks=blocks))
    directions = tab.eval_on_selector_all(".source .block", "all => all.map(block => getComputedStyle(block).direction)")
    assert directions == ["rtl", "ltr"]
    assert tab.get_attribute(".source", "lang") == "ar"


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_screen(show: Show, page_document: Document, width: int) -> None:
    long = Block("x" * 3_000, Label.AD, keep=False, reasons=(Reason("rule", "y" * 300, "x" * 900),), path="p>" * 300)
    wide = Document(text="z" * 3_000, kind="html", language="", blocks=(Block("z" * 3_000), long), metadata=Metadata("w" * 500))
    for tab in (show(page_document, width=width), show(wide, wide, width=width)):
        tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        if tab.locator("#index").count():
            tab.click("#index a")
        tab.locator(".out").first.focus()
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        box = tab.locator("#card").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


CONTRAST = """() => {
  const channel = value => (value /= 255) <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => { const [r, g, b] = parts(colour).map(channel); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = element => { for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if ((parts(colour)[3] ?? 1) === 1) return colour;
  } };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.push(element.outerHTML.slice(0, 80));
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(show: Show, scheme: str) -> None:
    blocks = tuple(
        Block(f"{label} words", label, keep=False, score=0.7, reasons=(Reason("rule", f"x.{label}", "words"),)) for label in Label
    )
    document = Document(
        text="It rained.", kind="text", language="", blocks=(Block("It rained."), *blocks), status="partial", limits=("x",)
    )
    tab = show(document, color_scheme=scheme)
    tab.click('[data-switch="nav"]')
    tab.locator(".out").first.focus()
    assert tab.evaluate(CONTRAST) == []
    tab = show(document, document, color_scheme=scheme)
    assert tab.evaluate(CONTRAST) == []


def test_labels_differ_without_colour(show: Show) -> None:
    blocks = tuple(Block("words", label, keep=False, reasons=(Reason("rule", "x", "words"),)) for label in Label)
    tab = show(Document(text="", kind="text", language="", blocks=blocks))
    runs = tab.eval_on_selector_all(
        ".run", "runs => runs.map(run => [run.querySelector('.tag').innerText, getComputedStyle(run).borderInlineStartStyle])"
    )
    assert len({words for words, _ in runs}) == len(Label)
    assert len({line for _, line in runs}) == 4


def test_a_narrow_screen_shows_one_text_at_a_time(show: Show, letter: Document) -> None:
    tab = show(letter, width=360)
    assert tab.locator(".source").is_visible()
    assert tab.locator(".clean").is_hidden()
    tab.locator('[data-view="clean"]').focus()
    tab.keyboard.press("Enter")
    assert tab.locator(".source").is_hidden()
    assert tab.locator(".clean").is_visible()
    assert tab.get_attribute('[data-view="clean"]', "aria-pressed") == "true"


def test_the_index_is_sorted_and_leads_to_a_document_and_back(show: Show) -> None:
    gone = Block("Share this story now", Label.SHARE, keep=False, score=1.0)
    unsure = Block("Share", Label.SHARE, keep=False, score=0.2)
    kept = Block("It rained all day long.")
    documents = [Document(text="", kind="text", language="", blocks=blocks) for blocks in ((kept,), (kept, unsure), (kept, gone))]
    tab = show(*documents)
    rows = "rows => rows.map(row => row.querySelector('.title').textContent)"
    for key, order in {"removed": [3, 2, 1], "doubt": [2, 1, 3], "order": [1, 2, 3]}.items():
        tab.locator(f'[data-sort="{key}"]').focus()
        tab.keyboard.press("Enter")
        assert tab.eval_on_selector_all("#index li", rows) == [f"{number}.txt" for number in order]
    tab.click("#index a:text('2.txt')")
    assert tab.locator("#index").is_hidden()
    assert tab.locator("#d2").is_visible()
    assert tab.locator("#d1").is_hidden()
    assert tab.evaluate("document.activeElement.id") == "d2"
    tab.locator("#d2 .back a").click()
    assert tab.locator("#index").is_visible()
    assert tab.locator("#d2").is_hidden()


def test_what_does_not_fit_into_the_page_is_listed_all_the_same(
    show: Show, letter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleantext.report.page.ROOM", 40_000)
    tab = show(*[letter] * 9)
    shown = tab.locator(".document").count()
    assert 1 <= shown < 9
    assert tab.locator("#index li").count() == 9
    assert tab.locator("#index li a").count() == tab.locator("#index .strip").count() == shown
    assert tab.locator("#index li").last.text_content().endswith("not shown: the page is full")


def test_paper_shows_the_reasons_and_both_texts(show: Show, page_document: Document) -> None:
    tab = show(page_document, width=360)
    tab.emulate_media(media="print", color_scheme="dark")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    for place in (".why >> nth=0", ".source", ".clean"):
        assert tab.locator(place).is_visible()
    assert tab.locator(".labels").is_hidden()
    assert tab.locator(".why").count() == len(page_document.removed)
    assert tab.locator("details:not([open])").count() == 0
    assert tab.evaluate(CONTRAST) == []


def test_of_a_huge_document_a_part_is_shown_and_the_rest_counted(show: Show) -> None:
    from playwright.sync_api import expect

    blocks = [Block(f"Line {number} of the tide table.", after="\n") for number in range(120_000)]
    blocks[60_000:60_003] = [Block("Subscribe!", Label.PAYWALL, keep=False, score=1.0, after="\n")] * 3
    blocks[-1] = Block("x" * 1_000_000)
    text = "".join(block.text + block.after for block in blocks if block.keep)
    tab = show(Document(text=text, kind="text", language="", blocks=tuple(blocks)))
    assert tab.locator(".source .block").count() == BLOCKS
    assert "3 of them removed: paywall 3" in tab.inner_text(".source .chunk + .gap")
    assert f"{1_000_000 - BLOCK_CHARACTERS:,} characters not shown" in tab.text_content(".source .chunk:last-child .gap")
    assert len(tab.text_content(".clean .text")) < CHARACTERS + 100
    tab.keyboard.press("End")
    expect(tab.locator(".document > header")).not_to_be_in_viewport()
