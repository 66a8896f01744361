"""Learning the boilerplate of many sites by groups, for engines that can group rows: each group is learned alone."""

from __future__ import annotations

from collections.abc import Iterable

from cleantext.sites.learn import learn
from cleantext.sites.match import SiteRules
from cleantext.sites.observe import SiteDocument
from cleantext.sites.pack import parse_sites
from cleantext.sites.written import write_sites


def learn_site(host: str, pages: Iterable[str | bytes | None], urls: Iterable[str | None]) -> str:
    """What one site repeats, as the text of a site file; empty if there is nothing.

    >>> towns = "Hull Yarm Ely Bath York Leek Diss Rye Bude Looe".split()
    >>> stories = [f"{town} {town.lower()}ers {town[::-1]}.\\n\\nCall our desk in the harbour if your lamp goes out." for town in towns]
    >>> rules = learn_site("courier.example", stories, [f"https://courier.example/{town}" for town in towns])
    >>> [line for line in rules.splitlines() if line.startswith(("host", "templates"))]
    ['host = "courier.example"', 'templates = ["call our desk in the harbour if your lamp goes out."]']

    Memory is that of the pages that are passed, and at most 64 MB more: pass a sample of a large site. A few hundred teach what there is to learn.
    """
    rows = zip(pages, urls, strict=True)
    sites = learn(SiteDocument(host, page, url or "", host) for page, url in rows if page is not None)
    learned = [site for site in sites if site.templates]
    return write_sites(learned) if learned else ""


def rules_of(files: Iterable[str]) -> SiteRules:
    """The texts of site files as rules, for `Cleaner(site_rules=...)`, which takes them along to other machines.

    Raises:
        PackError: a text is no site file.
    """
    return SiteRules([site for file in files for site in parse_sites(file)])
