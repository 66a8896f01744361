"""`cleantext rules`."""

from cleantext.detect.pack import load
from tests.cli.conftest import Run

ID = "en.paywall.read-n-of-n"


def test_all_rules_are_listed(run: Run) -> None:
    listed = {line.split()[0] for line in run("rules").stdout.splitlines()}
    assert {rule.id for rule in load("en").rules} <= listed


def test_the_beginning_of_an_id_stands_for_all_that_begin_so(run: Run) -> None:
    lines = run("rules", "en.paywall").stdout.splitlines()
    assert len(lines) > 3
    assert all(line.startswith("en.paywall.") for line in lines)
    assert run("rules", "en.pay").exit_code == 2


def test_labels_and_languages_narrow_the_list(run: Run) -> None:
    assert run("rules", "--lang", "en", "--label", "paywall").stdout == run("rules", "en.paywall").stdout


def test_one_rule_is_explained_with_its_place_in_the_file(run: Run) -> None:
    text = run("rules", ID).stdout
    rule = next(rule for rule in load("en").rules if rule.id == ID)
    for part in ("paywall", "anchor", rule.removes[0], rule.keeps[0], "cleantext/detect/packs/en.toml:"):
        assert part in text


def test_an_unknown_rule_is_an_error_that_suggests_one(run: Run) -> None:
    result = run("rules", "en.paywall.read-n-of")
    assert result.exit_code == 2
    assert ID in result.stderr


def test_the_rule_named_in_an_explanation_can_be_looked_up(run: Run) -> None:
    explained = run("--explain", "-", input="It rained.\n\nYou've read 3 of 4 free articles this month.\n").stdout
    assert ID in explained
    assert run("rules", ID).exit_code == 0
