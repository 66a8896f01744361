"""The policy: which labels stay, by profile and options."""

import pytest

from cleantext import Label, Options
from cleantext.decide import keeps
from cleantext.document import ARTICLE_LABELS
from cleantext.options import APPARATUS, MARKED_APART, UNCERTAIN, Profile


def kept(options: Options, *, marked: bool = False) -> set[Label]:
    return {label for label in Label if keeps(label, options, marked=marked)}


def test_standard_keeps_what_belongs_to_an_article() -> None:
    assert kept(Options()) == ARTICLE_LABELS


def test_careful_removes_less() -> None:
    assert kept(Options(profile="careful")) == ARTICLE_LABELS | UNCERTAIN


def test_strict_removes_the_apparatus_too() -> None:
    assert kept(Options(profile="strict")) == ARTICLE_LABELS - APPARATUS


def test_every_profile_keeps_the_body_and_removes_appeals() -> None:
    for profile in ("careful", "standard", "strict"):
        assert keeps(Label.BODY, Options(profile=profile), marked=False)
        assert not keeps(Label.APPEAL, Options(profile=profile), marked=False)


def test_drop_and_keep_override_the_profile() -> None:
    options = Options(drop=frozenset({Label.CAPTION}), keep=frozenset({Label.RELATED}))
    assert kept(options) == ARTICLE_LABELS - {Label.CAPTION} | {Label.RELATED}


@pytest.mark.parametrize("label", sorted(MARKED_APART))
def test_what_markup_sets_apart_is_shown_on_request(label: Label) -> None:
    assert not keeps(label, Options(), marked=True)
    chosen = frozenset({label})
    assert keeps(label, Options(include=chosen), marked=True)
    assert keeps(label, Options(), marked=False)
    assert not keeps(label, Options(include=chosen, drop=chosen), marked=True)


@pytest.mark.parametrize("profile", ["careful", "standard", "strict"])
def test_what_stands_outside_the_main_content_goes_unless_asked_for(profile: Profile) -> None:
    assert not keeps(Label.NAV, Options(profile=profile), outside=True)
    assert keeps(Label.NAV, Options(profile=profile, keep=frozenset({Label.NAV})), outside=True)
