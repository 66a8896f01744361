"""What is learned of a site, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Label
from cleantext.sites.choose import LEAST_DOCUMENTS
from cleantext.sites.learn import carry_over, learn, learned
from cleantext.sites.observe import SiteDocument, observe
from cleantext.sites.pack import Site, Template
from cleantext.sites.store import Store
from cleantext.sites.written import write_sites
from tests.sites.newspaper import INSERT, METER, SIGN_OFF, TOWNS, documents, learn_one, lines, story
from tests.tries import tries

MANY = 20


def with_line(line: str, place: int, share: float = 1.0, many: int = MANY) -> list[list[str]]:
    """Stories with a line at a place (from the end if it is negative, as in slices), in a share of them."""
    stories = [story(i) for i in range(many)]
    for paragraphs in stories[: round(share * many)]:
        paragraphs.insert(place if place >= 0 else len(paragraphs) + 1 + place, line)
    return stories


# ---------------------------------------------------------------- learned


@pytest.mark.parametrize(("place", "where"), [(0, "head"), (3, "anywhere"), (-1, "tail")])
def test_a_line_that_recurs_is_learned_wherever_it_stands(place: int, where: str) -> None:
    (template,) = learn_one(with_line(INSERT, place)).templates
    assert (template.label, template.where, template.documents, template.share) == (Label.OTHER, where, MANY, 1.0)
    assert template.examples == (INSERT,)


def test_numbers_may_differ() -> None:
    site = learn_one([[*story(i), SIGN_OFF.format(i)] for i in range(MANY)])
    (template,) = site.templates
    assert template.documents == MANY
    assert len(template.examples) == 3


def test_the_label_is_that_of_the_rules() -> None:
    (template,) = learn_one(with_line(METER, -1)).templates
    assert template.label is Label.PAYWALL


def test_near_duplicates_are_one_entry() -> None:
    other = INSERT.replace("spring", "autumn")
    stories = [[*story(i), INSERT if i % 2 else other] for i in range(MANY)]
    (template,) = learn_one(stories).templates
    assert len(template.templates) == 2
    assert template.documents == MANY


def test_short_lines_are_learned_in_a_run_at_the_tail() -> None:
    stories = [[*paragraphs, "see you again soon"] for paragraphs in with_line(METER, -1)]
    template = next(one for one in learn_one(stories).templates if one.examples == ("see you again soon",))
    assert template.company


def test_several_sites_are_learned_in_one_run() -> None:
    both = documents(with_line(INSERT, 0), "courier") + documents([story(1000 + i) for i in range(MANY)], "almanac")
    assert [(site.name, len(site.templates)) for site in learn(both)] == [("almanac", 0), ("courier", 1)]


def test_pages_are_learned_from() -> None:
    def page(i: int) -> str:
        paragraphs = "".join(f"<p>{text}</p>" for text in [*story(i), INSERT])
        return f"<!doctype html><html><head><title>{i}</title></head><body><article><h1>Story {i}</h1>{paragraphs}</article></body></html>"

    (site,) = learn(SiteDocument("courier", page(i)) for i in range(10))
    assert INSERT in lines(site)


# ---------------------------------------------------------------- not learned


def test_a_few_documents_prove_nothing() -> None:
    assert learn_one(with_line(INSERT, -1, many=LEAST_DOCUMENTS - 1)).templates == ()
    assert learn_one(with_line(INSERT, -1, share=0.2)).templates == ()


@pytest.mark.parametrize("place", [0, 2, -1])
@pytest.mark.parametrize(
    "line",
    [
        "What happened",
        "The Lighthouse",
        "Correction:",
        "Skarv Courier",
        "SKARV (Courier) -",
        "By Hedvig Moe",
        "Photograph: Hedvig Moe/Skarv Courier",
        "Hedvig Moe contributed to this report.",
        '"The sea does not read the paper," the keeper says, and that is all he says.',
        "记者 王小明",
        "Last updated at 9:11 in the morning on 12 May 2012",
    ],
)
def test_parts_of_articles_are_not(line: str, place: int) -> None:
    assert learn_one(with_line(line, place, share=0.4)).templates == ()


def test_a_refrain_of_one_document_is_not() -> None:
    stories = [story(i) for i in range(MANY)]
    stories[3] = [line for paragraph in stories[3] for line in (paragraph, INSERT)]
    assert learn_one(stories).templates == ()


def test_a_formula_with_other_names_is_not() -> None:
    formula = "The mayor of {} did not answer letters that were put to him in the rain on any of these days."
    assert learn_one([[*story(i), formula.format(TOWNS[i % len(TOWNS)])] for i in range(MANY)]).templates == ()


def test_copies_of_an_article_do_not_make_its_body_recur() -> None:
    assert learn_one([story(i) for i in range(MANY)] + [story(0)] * MANY).templates == ()


def test_versions_of_an_article_do_not() -> None:
    first = story(0, paragraphs=8)
    versions = [[*first[:k], story(500 + k, paragraphs=1)[0], *first[k + 1 :]] for k in range(8)]
    assert learn_one([story(i) for i in range(1, MANY)] + versions).templates == ()


def test_documents_that_consist_of_it_teach_nothing() -> None:
    bulletin = "The lowest tide of the day is at {} o'clock, and the highest will stand at the quay at {} o'clock."
    assert learn_one([[bulletin.format(i % 12, i % 7)] for i in range(40)]).templates == ()


# ---------------------------------------------------------------- properties


@given(order=st.permutations(range(16)))
@tries(10)
def test_the_order_of_documents_does_not_matter(order: list[int]) -> None:
    stories = [[*story(i), SIGN_OFF.format(i), METER] for i in range(16)]
    stories[2].insert(3, INSERT)
    assert write_sites(learn(documents([stories[i] for i in order]))) == write_sites(learn(documents(stories)))


@given(seed=st.integers(0, 10**6))
@tries(15)
def test_bodies_that_do_not_recur_are_never_learned(seed: int) -> None:
    assert lines(learn_one([[*story(seed + i), INSERT] for i in range(12)])) == [INSERT]


def test_entries_that_a_person_kept_are_carried_over() -> None:
    old = Site("courier", (Template("almanac", Label.OTHER, ("the almanac.",), keep=True), Template("b", Label.AD, ("b",))))
    new = Site("courier", (Template("the-almanac", Label.OTHER, ("the almanac.",)), Template("c", Label.AD, ("c",))))
    (site,) = carry_over([old], [new])
    assert [(one.id, one.keep) for one in site.templates] == [("c", False), ("almanac", True)]


def test_counting_on_disk_gives_the_same() -> None:
    given = documents([[*story(i), INSERT, SIGN_OFF.format(i)] for i in range(800)])
    results = []
    for megabytes in (1, 64):  # the documents take more than one
        with Store(megabytes) as store:
            assert all(store.add(observe(document)) for document in given)
            results.append(write_sites(learned(store)))
    assert results[0] == results[1]


def test_an_empty_store_teaches_nothing() -> None:
    with Store() as store:
        assert store.sites() == []
    assert learn([]) == ()
