"""Learning by groups gives what learning all at once gives."""

import pickle

import pytest

from cleantext import Cleaner, PackError
from cleantext.integrations.sites import learn_site, rules_of
from cleantext.sites.learn import learn
from cleantext.sites.observe import SiteDocument
from cleantext.sites.written import write_sites
from tests.sites.newspaper import SIGN_OFF, story

PAGES = ["\n\n".join([*story(n), SIGN_OFF.format(n)]) for n in range(12)]
URLS = [f"https://courier.example/{n}" for n in range(12)]


def test_a_group_is_learned_like_a_site() -> None:
    documents = [SiteDocument("courier.example", page, url, "courier.example") for page, url in zip(PAGES, URLS, strict=True)]
    assert learn_site("courier.example", [*PAGES, None], [*URLS, None]) == write_sites(learn(documents))
    assert learn_site("courier.example", PAGES[:3], URLS[:3]) == ""


def test_rules_go_along_with_a_cleaner() -> None:
    cleaner = pickle.loads(pickle.dumps(Cleaner(site_rules=rules_of([learn_site("courier.example", PAGES, URLS)]))))
    assert cleaner.clean(PAGES[0], url=URLS[0]) == "\n\n".join(story(0))
    assert cleaner.clean(PAGES[0], url="https://tribune.example/0") == PAGES[0]


def test_what_is_no_site_file_is_named() -> None:
    with pytest.raises(PackError):
        rules_of(["site = 3"])
