"""What patterns require is worked out beforehand; it must be what would be worked out now."""

from importlib.resources import files

from cleantext.detect.known import TABLE, requirements_of, write_table
from cleantext.detect.literals import requirements
from cleantext.detect.pack import load_all

PATTERNS = [rule.pattern for pack in load_all() for rule in pack.rules if rule.pattern]


def test_the_table_is_what_all_patterns_of_the_packs_require() -> None:
    assert len(PATTERNS) > 1000
    assert files("cleantext").joinpath(TABLE).read_text(encoding="utf-8") == write_table(
        {pattern: requirements(pattern) for pattern in PATTERNS}
    )


def test_what_it_says_is_what_would_be_worked_out() -> None:
    for pattern in PATTERNS[::20]:
        assert requirements_of(pattern) == requirements(pattern)


def test_a_pattern_that_it_does_not_know_is_worked_out() -> None:
    unknown = r"\bferries\s++to\s++the\s++third\s++harbour\b"
    assert unknown not in PATTERNS
    assert [sorted(one.strings) for one in requirements_of(unknown)] == [["ferries to the third har"]]
