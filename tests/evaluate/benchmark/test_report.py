"""The command from end to end, with systems that need no package."""

import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from cleantext.cli.evaluate import evaluate
from cleantext.evaluate.benchmark import systems
from cleantext.evaluate.benchmark.systems import System

LABELLED = {"id": "a", "lang": "en", "text": "It rained.\nSign up for our newsletter", "labels": ["body", "newsletter"]}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(evaluate, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def few_systems(fakes: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Invented systems, one of them in this package's place, and one that is not installed."""
    known = {
        "cleantext": System("cleantext", "cleantext-articles", "cleantext", fakes.article, "source"),
        "source": System("source", "json", "json", fakes.source),
        "raising": System("raising", "json", "json", fakes.raising),
        "absent": System("absent", "absent-extractor", "absent_extractor", fakes.nothing),
    }
    monkeypatch.setattr(systems, "SYSTEMS", known)


@pytest.fixture
def report(packed: Path, tmp_path: Path) -> dict[str, Any]:
    result = run(packed, "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    return found | {"printed": result.output, "markdown": (tmp_path / "out" / "report.md").read_text(encoding="utf-8")}


def test_the_report_says_all_that_one_must_know(report: dict[str, Any]) -> None:
    (collection,) = report["collections"]
    assert [row["name"] for row in collection["rows"]] == ["cleantext", "source", "raising"]
    assert collection["missing"] == {"absent": "not installed: python -m pip install absent-extractor"}
    assert collection["groups"] == {"article": 3, "forum": 1}
    assert (report["seed"], report["resamples"], collection["documents"]) == (20_260_101, 1_000, 4)
    ours, source, raising = collection["rows"]
    assert ours["figures"]["f1"]["value"] > 0.9
    assert source["beside"]["f1"]["value"] == pytest.approx(
        source["figures"]["f1"]["value"] - ours["figures"]["f1"]["value"], abs=1e-5
    )
    assert ours["beside"] == {}
    assert raising["failures"] == [{"id": "0", "why": "KeyError: 'no ferries'"}]
    assert ours["cost"]["peak"] >= ours["cost"]["base"] > 0
    for text in (report["printed"], report["markdown"]):
        assert "WARNING: cleantext's content model was trained on these pages" in text
        assert "absent-extractor" in text
    assert "raising failed on 1" in report["markdown"]
    assert collection["digest"][:16] in report["markdown"]


def test_two_reports_differ_only_in_times(packed: Path, tmp_path: Path, report: dict[str, Any]) -> None:
    assert run(packed, "--output", tmp_path / "again").exit_code == 0
    again = json.loads((tmp_path / "again" / "report.json").read_text(encoding="utf-8"))
    for record in (again, report):
        for row in record["collections"][0]["rows"]:
            del row["cost"]
    assert again["collections"] == report["collections"]


def test_plots_are_drawn_and_hold_no_date(packed: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    labelled = tmp_path / "lines.jsonl"
    labelled.write_text(json.dumps(LABELLED) + "\n", encoding="utf-8")
    assert run(packed, labelled, "--systems", "cleantext", "--output", tmp_path / "out").exit_code == 0
    plots = sorted(file.name for file in (tmp_path / "out").glob("*.svg"))
    assert plots == [
        "few-dev-groups.svg",
        "few-dev-speed.svg",
        "lines-balance.svg",
        "lines-labels.svg",
        "lines-speed.svg",
    ]
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert re.findall(r"!\[.*?\]\((.*?)\)", text) == ["few-dev-speed.svg", "few-dev-groups.svg"] + [
        f"lines-{kind}.svg" for kind in ("speed", "labels", "balance")
    ]
    for plot in plots:
        svg = (tmp_path / "out" / plot).read_text(encoding="utf-8")
        assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314  # made here
        assert "<dc:date>" not in svg


def test_without_matplotlib_there_is_a_report_and_a_hint(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run(packed, "--systems", "source", "--output", tmp_path / "out")
    assert result.exit_code == 0
    assert "no plots: matplotlib is not installed: python -m pip install 'cleantext-articles[evaluate]'" in result.output
    assert (tmp_path / "out" / "report.md").exists()


def test_a_plot_says_by_itself_that_these_were_training_pages(packed: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    drawn = {}
    for name in ("cleantext", "source"):
        assert run(packed, "--systems", name, "--output", tmp_path / name).exit_code == 0
        drawn[name] = [plot.read_text(encoding="utf-8") for plot in (tmp_path / name).glob("*.svg")]
    assert all("<!-- cleantext learned from" in svg for svg in drawn["cleantext"])  # text is drawn, and stands in a comment
    assert not any("learned from" in svg for svg in drawn["source"])


def test_labelled_lines_are_compared_if_systems_are_named(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps(LABELLED) + "\n", encoding="utf-8")
    assert "bodies intact 1.000" in run(file).output  # as ever
    compared = run(file, "--systems", "cleantext,source")
    assert compared.exit_code == 0
    lines = {
        line.split()[0]: line.split()[1] for line in compared.output.splitlines() if line.startswith(("cleantext", "source"))
    }
    assert lines == {"cleantext": "1.0000", "source": "0.0000"}


def test_predictions_stand_beside_and_may_be_the_reference(packed: Path, tmp_path: Path) -> None:
    file = tmp_path / "unseen.json"
    file.write_text(json.dumps(dict.fromkeys("0123", "Rain again.")), encoding="utf-8")
    result = run(packed, "--systems", "source", "--predictions", f"folds={file}", "--reference", "folds")
    assert result.exit_code == 0
    assert "beside folds" in result.output
    assert "WARNING" not in result.output  # this package's own outputs are not among them


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--systems", "traffic"], "no system traffic"),
        (["--predictions", "folds"], "write NAME=FILE"),
        (["--type", "shop"], "no case of type 'shop'"),
        (["--systems", "absent"], "absent: not installed"),
        (["--show"], "--show"),
        (["--reference", "traffic"], "--reference traffic: choose of"),
        (["--predictions", "raising=x.json"], "there is a system of that name"),
    ],
)
def test_wrong_calls_say_what_is_wrong(packed: Path, arguments: list[str], message: str) -> None:
    result = run(packed, *arguments)
    assert result.exit_code in (1, 2)
    assert message in result.output


def test_samples_are_said_to_be_samples(packed: Path) -> None:
    result = run(packed, "--systems", "source", "--every", 2, "--type", "article")
    assert "few-dev (wcxb): 2 pages, a sample of 4" in result.output


def test_systems_are_listed() -> None:
    listed = run("--list-systems")
    assert listed.exit_code == 0
    assert "trafilatura-recall" in listed.output


def test_models_of_folds_are_no_training_set(packed: Path, tmp_path: Path) -> None:
    assert "WARNING" in run(packed, "--systems", "cleantext", "--limit", 1).output
    (tmp_path / "folds").mkdir()
    (tmp_path / "folds" / "0.npz").touch()
    result = run(packed, "--systems", "cleantext", "--limit", 1, "--content-model", tmp_path / "folds")
    assert "WARNING" not in result.output
    assert "trained without its site" in result.output
