"""What the README says must be so: its Python runs, its options, commands, labels and files exist."""

import doctest
import re
import tomllib
from pathlib import Path

import click
import pytest

from cleantext import Label
from cleantext.cli.clean import clean
from cleantext.cli.group import COMMANDS, cli
from cleantext.options import PROFILES, Options

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_every_python_snippet_runs_as_shown() -> None:
    snippets = "\n".join(fenced("pycon"))
    assert snippets.count(">>>") > 5
    test = doctest.DocTestParser().get_doctest(snippets, {}, "README", "README.md", 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.summarize().failed == 0


def test_every_toml_snippet_is_toml() -> None:
    settings, rule = (tomllib.loads(snippet) for snippet in fenced("toml"))
    assert set(rule["rule"][0]) >= {"id", "strength", "removes", "keeps"}
    names = {(param.name or "").replace("_", "-") for param in clean.params}
    assert set(settings["tool"]["cleantext"]) <= names


def test_the_two_commands_are_what_ci_runs() -> None:
    commands = re.findall(r"^python -m pip install .*&&.*$", README, re.MULTILINE)
    assert commands == [
        "python -m pip install . && cleantext corpora/examples",
        "python -m pip install '.[test,train]' && python -m pytest",
    ]


def options_of(command: str) -> set[str]:
    found = cli.get_command(click.Context(cli), command)
    assert found
    return {name for param in found.params for name in (*param.opts, *param.secondary_opts)}


def test_every_option_and_command_named_exists() -> None:
    for line in re.findall(r"^(?:.*[|&] *)?cleantext .*$", "\n".join(fenced("sh")), re.MULTILINE):
        words = line.partition("#")[0].partition("cleantext ")[2].split()
        command = words[0] if words and words[0] in COMMANDS else "clean"
        assert {word for word in words if word.startswith("--")} <= options_of(command), line
    assert set(re.findall(r"`(--[a-z-]+)`", README)) <= set().union(*map(options_of, ["clean", *COMMANDS]))
    assert all(f"cleantext {name}" in README for name in COMMANDS)


@pytest.mark.parametrize("label", list(Label))
def test_the_table_says_what_each_profile_does_with_a_label(label: Label) -> None:
    rows = [row for row in re.findall(r"^\| (`.*) \|$", README, re.MULTILINE) if f"`{label}`" in row.split(" | ")[0]]
    assert len(rows) == 1
    said = rows[0].split(" | ")[-3:]
    assert said == ["remove" if label in PROFILES[name] else "keep" for name in ("careful", "standard", "strict")]


def test_every_file_on_the_map_exists() -> None:
    lines = re.findall(r"^( {4,8})(\S+)  +(.*)$", README.partition("## Map of the code")[2].partition("\n## ")[0], re.MULTILINE)
    assert len(lines) > 15
    for indent, name, text in lines:
        place = ROOT / ("cleantext" if len(indent) > 4 else "") / name
        assert place.exists(), name
        for inner in re.findall(r"(\w+\.py)\b|(packs|cases)/", text):
            assert list(place.glob("".join(inner))) or list((ROOT / name).glob("".join(inner))), inner


def test_every_field_of_options_has_an_option() -> None:
    called = {"output": "output_format", "kind": "input_format", "language": "lang"}
    assert {called.get(name, name) for name in Options.names()} - {param.name for param in clean.params} == {"max_chars"}


def test_each_promise_names_tests_that_exist() -> None:
    promises = re.findall(r"^\| (\*.*) \|$", README.partition("## Promises")[2].partition("\n## ")[0], re.MULTILINE)
    assert len(promises) >= 12
    for promise in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)`", promise)
        assert named, promise
        assert [name for name in named if not (ROOT / name).is_file()] == []
