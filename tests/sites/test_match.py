"""Site files at work."""

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner, Label, Options, analyze
from cleantext.errors import OptionsError, PackError
from cleantext.sites.learn import learn
from cleantext.sites.mask import mask
from cleantext.sites.match import SiteRules
from cleantext.sites.pack import Site, Template, parse_sites
from cleantext.sites.written import write_sites
from tests.properties.sources import CHARACTERS, PARAGRAPH, rough
from tests.sites.newspaper import INSERT, METER, SIGN_OFF, documents, story
from tests.tries import tries

KINDS = ("text", "markdown", "html")
BODY = story(77)
COURIER = learn(documents([[*story(i)[:3], INSERT, *story(i)[3:], SIGN_OFF.format(i)] for i in range(12)]))


def site_file(folder: Path, sites: tuple[Site, ...] = COURIER, name: str = "courier.toml") -> str:
    path = folder / name
    path.write_text(write_sites(sites), encoding="utf-8")
    return str(path)


def source(kind: str, *paragraphs: str) -> str:
    if kind != "html":
        return "\n\n".join(paragraphs)
    inner = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<!doctype html><html><head><title>Sea</title></head><body><article><h1>Sea</h1>{inner}</article></body></html>"


@pytest.mark.parametrize("kind", KINDS)
def test_a_learned_line_goes_from_between_paragraphs_with_its_reason(kind: str, tmp_path: Path) -> None:
    options = Options(kind=kind, site_rules=(site_file(tmp_path),))  # type: ignore[arg-type]
    page = source(kind, *BODY[:2], INSERT, *BODY[2:], SIGN_OFF.format(99))
    document = analyze(page, options=options)
    removed = [block for block in document.removed if block.text in (INSERT, SIGN_OFF.format(99))]
    assert [(block.label, block.reasons[0].source, block.reasons[0].evidence) for block in removed] == [
        (Label.OTHER, "site", INSERT),
        (Label.OTHER, "site", SIGN_OFF.format(99)),
    ]
    assert removed[0].reasons[0].id == "courier.the-harbour-almanac-is-printed-each"
    assert [block.text for block in document.blocks if block.keep][-len(BODY) :] == BODY
    assert Cleaner(options).clean(page) == document.text


def test_it_goes_through_the_policy(tmp_path: Path) -> None:
    page = source("text", *BODY, INSERT)
    path = site_file(tmp_path)
    for options in (Options(site_rules=(path,), keep=frozenset({Label.OTHER})), Options(site_rules=(path,), profile="careful")):
        assert Cleaner(options).clean(page) == page


def test_another_site_is_left_alone(tmp_path: Path) -> None:
    path = site_file(tmp_path, (Site("courier.example", COURIER[0].templates, "courier.example"),))
    cleaner = Cleaner(Options(kind="text", site_rules=(path,)))
    page = source("text", *BODY, INSERT)
    urls = (None, "https://www.courier.example/a", "https://sea.courier.example/", "https://almanac.example/a")
    assert [INSERT in cleaner.clean(page, url=url) for url in urls] == [False, False, False, True]


def test_an_entry_that_is_kept_protects_its_line_from_all_rules(tmp_path: Path) -> None:
    kept = Template("meter", Label.PAYWALL, ("you've read {number} of {number} free articles this month.",), keep=True)
    options = Options(kind="text", site_rules=(site_file(tmp_path, (Site("courier", (kept,)),)),))
    page = source("text", *BODY, METER)
    assert Cleaner().clean(page) != page
    assert Cleaner(options).clean(page) == page


def test_where_and_company_are_heeded() -> None:
    tail = Template("tail", Label.OTHER, ("see the other shore.",), "tail")
    company = Template("company", Label.OTHER, ("see you again soon",), company=True)
    cleaner = Cleaner(Options(kind="text"), SiteRules([Site("courier", (tail, company))]))
    assert cleaner.clean(source("text", BODY[0], "See the other shore.", *BODY[1:])).count("See the") == 1
    assert cleaner.clean(source("text", *BODY, "See the other shore.")) == source("text", *BODY)
    assert cleaner.clean(source("text", *BODY, "See you again soon")).endswith("soon")
    assert cleaner.clean(source("text", *BODY, "See you again soon", METER)) == source("text", *BODY)


def test_what_rules_name_as_part_of_the_article_stays() -> None:
    credit = "Hedvig Moe contributed to this report."
    site = Site("courier", (Template("credit", Label.OTHER, (credit.lower(),)),))
    assert credit in Cleaner(Options(kind="text"), SiteRules([site])).clean(source("text", *BODY, credit))


@given(paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=8), inserts=st.lists(st.integers(0, 8), max_size=3))
@tries(60)
def test_learning_and_cleaning_is_done_at_once(paragraphs: list[str], inserts: list[int]) -> None:
    lines = list(paragraphs)
    for place in inserts:
        lines.insert(place, INSERT if place % 2 else SIGN_OFF.format(place))
    cleaner = Cleaner(Options(kind="text"), SiteRules(COURIER))
    once = cleaner.clean("\n\n".join(lines))
    assert cleaner.clean(once) == once
    assert all(paragraph in once for paragraph in paragraphs)
    assert INSERT not in once


@given(seed=st.integers(100, 10**6))
def test_bodies_that_do_not_recur_are_never_matched(seed: int) -> None:
    assert SiteRules(COURIER).claims(story(seed, paragraphs=12)) == {}


@given(
    text=rough()
    | CHARACTERS
    | PARAGRAPH
    | st.sampled_from(["A lamp", "3 May 2020", "May 3, 2020, at sea", "$5 a day", "a.example/b", "({"])
)
def test_a_block_is_a_copy_of_itself(text: str) -> None:
    if template := mask(text):
        site = Site("courier", (Template("a", Label.OTHER, (template,)),))
        assert list(SiteRules([site]).claims([text, f"{text} x"])) == [0]


# ---------------------------------------------------------------- options and files


def test_options_are_hashable_and_can_be_pickled(tmp_path: Path) -> None:
    options = Options(site_rules=[Path(site_file(tmp_path))])  # type: ignore[arg-type]
    assert options.site_rules == (str(tmp_path / "courier.toml"),)
    assert pickle.loads(pickle.dumps(options)) == options
    assert hash(options)
    assert pickle.loads(pickle.dumps(Cleaner(options))).clean(source("text", *BODY, INSERT)) == source("text", *BODY)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = site_file(tmp_path)
    page = source("text", *BODY, INSERT)
    assert INSERT not in Cleaner(Options(site_rules=(path,))).clean(page)
    Path(path).write_text(write_sites((Site("courier"),)), encoding="utf-8")
    os.utime(path, (1, 1))
    assert INSERT in Cleaner(Options(site_rules=(path,))).clean(page)


def test_missing_files_and_single_texts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="no such file"):
        Options(site_rules=(str(tmp_path / "gone.toml"),))
    with pytest.raises(OptionsError, match="pass a sequence"):
        Options(site_rules="courier.toml")  # type: ignore[arg-type]


ENTRY = '[[site]]\nname = "courier"\n[[site.template]]\nid = "a"\nlabel = "ad"\ntemplates = ["a b"]\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[site]]\nname courier", "line 2"),
        ("", "holds [[site]] tables"),
        ("rules = 1\n" + ENTRY, "unknown key rules"),
        ("[[site]]\nhost = 'a.example'", "site 1: missing name"),
        (ENTRY.replace('"ad"', '"advert"'), "courier.a: label = 'advert': choose one of"),
        (ENTRY.replace('["a b"]', "[]"), "courier.a: templates: is empty"),
        (ENTRY.replace('["a b"]', "[3]"), "courier.a: templates: takes texts"),
        (ENTRY.replace('["a b"]', '"a b"'), "courier.a: templates = 'a b': takes a list"),
        (ENTRY.replace('id = "a"\n', ""), "courier: template 1: missing id"),
        (ENTRY + "keep = 1\n", "courier.a: keep = 1: takes true or false"),
        (ENTRY + "kept = true\n", "courier.a: unknown field kept"),
        (ENTRY + "where = 'top'\n", "courier.a: where = 'top': choose one of head, tail, anywhere"),
        (ENTRY + ENTRY.partition("\n[[")[2].join(["[[", ""]), "courier: id used twice: a"),
    ],
)
def test_a_malformed_file_is_an_error_that_names_the_entry(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        Cleaner(Options(site_rules=(str(path),)))
    assert str(caught.value).startswith(f"{path}: ")
    assert why in str(caught.value)


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
TEMPLATES = st.builds(
    Template,
    id=TEXTS,
    label=st.sampled_from(list(Label)),
    templates=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    where=st.sampled_from(["head", "tail", "anywhere"]),
    company=st.booleans(),
    keep=st.booleans(),
    documents=st.integers(0, 10**9),
    share=st.sampled_from([0.0, 0.5, 1.0, 0.00512]),
    examples=st.lists(TEXTS, max_size=3).map(tuple),
)
SITES = st.builds(
    Site,
    name=TEXTS,
    templates=st.lists(TEMPLATES, max_size=4, unique_by=lambda template: template.id).map(tuple),
    host=st.sampled_from(["", "courier.example"]),
    documents=st.integers(0, 10**9),
)


@given(sites=st.lists(SITES, min_size=1, max_size=3).map(tuple))
def test_what_is_written_is_read_back(sites: tuple[Site, ...]) -> None:
    assert parse_sites(write_sites(sites)) == sites
