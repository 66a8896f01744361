"""Training the line model: publishers that stay together, labels of pages' lines, and the commands on small collections."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from cleantext import Cleaner, Options
from cleantext.detect.phrases import read_phrases
from cleantext.document import Label

training = pytest.importorskip("cleantext.train.lines", reason="needs the train extra", exc_type=ImportError)
from cleantext.train.__main__ import main  # noqa: E402
from cleantext.train.collection import Example  # noqa: E402

TOPICS = ("harbour", "orchard", "railway", "lighthouse", "quarry", "bakery", "glacier", "library")
PROMPT = ("Sign up for our newsletter", "All that happens on the island, in one letter", "Unsubscribe at any time")


def paragraphs(topic: str) -> list[str]:
    return [
        f"The {topic} was closed on Monday after a crack was found in the oldest of its walls, the council said in a note.",
        f"Nobody was near the {topic} at the time, and work on it may go on until the end of June, its keeper thinks.",
        f"In the meantime a man with a flag stands before the {topic} from six in the morning, whatever the weather is.",
        f"The {topic} will open again in June, or so the keeper hopes, with a concert by the fire brigade.",
    ]


def labelled(folder: Path) -> Path:
    file = folder / "labelled.jsonl"
    rows = []
    for topic in TOPICS:
        lines = [*paragraphs(topic), *PROMPT]
        labels = ["body"] * 4 + ["newsletter"] * 3
        rows.append({"id": topic, "publisher": f"The {topic} Post", "lang": "en", "text": "\n".join(lines), "labels": labels})
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def pages(folder: Path) -> Path:
    file = folder / "pages.jsonl"
    rows = []
    for number, topic in enumerate(TOPICS * 3):
        body = "".join(f"<p>{text}</p>" for text in paragraphs(topic))
        html = f"<nav>Menu</nav><article>{body}<p class=related-links>More on the {topic}</p></article>"
        rows.append(
            {
                "id": f"{topic}{number}",
                "url": f"https://{topic}{number}.example/a",
                "type": ("article", "forum")[number % 2],
                "html": html,
                "text": "\n\n".join(paragraphs(topic)),
            }
        )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def test_a_publishers_documents_stay_together() -> None:
    keys = {training.publisher_key(name) for name in ("Fox News", "Fox Online News", "foxnews.com", "https://www.foxnews.com/a")}
    assert keys == {"fox"}


def test_lines_of_a_page_that_the_gold_lacks_are_unwanted_and_named_by_their_markup() -> None:
    body = paragraphs("harbour")
    html = "<nav>Menu</nav><article>{}<p class=related-links>More on the harbour</p></article>".format(
        "".join(f"<p>{text}</p>" for text in body)
    )
    (sheet,) = training.sheets_of_pages([Example("a", html.encode(), "\n".join(body), "harbour.example", None)])
    assert [line.text for line in sheet.lines] == [*body, "More on the harbour"]  # of the article; the menu stands outside it
    assert sheet.labels == (*[Label.BODY] * 4, Label.RELATED)


def test_the_command_trains_scores_and_writes_a_model_that_works(tmp_path: Path) -> None:
    file, model = tmp_path / "own.npz", tmp_path / "own.npz"
    arguments = [
        "lines",
        str(labelled(tmp_path)),
        "--pages",
        str(pages(tmp_path)),
        "-o",
        str(model),
        "--folds",
        str(tmp_path / "folds"),
    ]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    record = json.loads(file.with_suffix(".json").read_text())
    assert record["scores"]["labelled.jsonl"]["body_lines_kept"] == 1.0
    assert set(record["collections"]) == {"labelled.jsonl", "pages.jsonl"}
    assert read_phrases(model.with_suffix(".tsv").read_text()).weights["unsubscribe"].label is Label.NEWSLETTER
    text = "\n".join([*paragraphs("viaduct"), *PROMPT])
    cleaned = Cleaner(Options(line_model=str(model))).clean(text).split("\n")
    assert cleaned[:4] == paragraphs("viaduct")
    assert PROMPT[0] not in cleaned


def test_what_a_licence_forbids_is_not_learned_from(tmp_path: Path) -> None:
    rows = [json.loads(row) | {"source": "closed/a"} for row in labelled(tmp_path).read_text().splitlines()]
    rows += [
        row | {"source": "open/b", "id": row["id"] + "2", "text": row["text"].replace("Unsubscribe", "Leave")} for row in rows
    ]
    both = tmp_path / "both.jsonl"
    both.write_text("".join(json.dumps(row) + "\n" for row in rows))
    arguments = ["lines", str(both), "--leave-out", "closed/", "-o", str(tmp_path / "own.npz")]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    learned = read_phrases((tmp_path / "own.tsv").read_text()).weights
    assert "leave" in learned
    assert "unsubscribe" not in learned


def test_the_same_documents_give_the_same_model(tmp_path: Path) -> None:
    source = labelled(tmp_path)
    for name in ("one.npz", "two.npz"):
        arguments = ["lines", str(source), "-o", str(tmp_path / name)]
        assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    one, two = (dict(np.load(tmp_path / name)) for name in ("one.npz", "two.npz"))
    assert all(np.array_equal(one[name], two[name]) for name in one)
    assert (tmp_path / "one.tsv").read_text() == (tmp_path / "two.tsv").read_text()


def test_prompts_put_into_pages_are_counted(tmp_path: Path) -> None:
    source, own = labelled(tmp_path), pages(tmp_path)
    arguments = ["lines", str(source), "--folds", str(tmp_path / "lines")]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    arguments = ["content", str(own), "--trees", "10", "--folds", str(tmp_path / "content")]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    arguments = ["inserts", str(source), str(own), "--content-models", str(tmp_path / "content")]
    arguments += ["--line-models", str(tmp_path / "lines"), "--predictions", str(tmp_path / "out")]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert [line.partition(":")[0] for line in result.output.splitlines()] == ["start", "middle", "end"]
    assert all("lines removed" in line and ": 0 pages" not in line for line in result.output.splitlines())
    texts = json.loads((tmp_path / "out" / "end.json").read_text())
    assert texts
    assert all("was closed on Monday" in text for text in texts.values())


def test_what_letters_say_is_learned_from_paragraphs_and_nothing_without_letters() -> None:
    asks = "Readers pay for this newsroom, and without their gifts none of our reporting would be there for anybody to read, number {}."
    tells = (
        "The ferry left the harbour at noon with forty people on board, and came back at dusk with nobody hurt, said number {}."
    )
    letters = [training.PhraseLine(asks.format(n), Label.APPEAL, f"a{n % 3}", "en", 1.0) for n in range(9)]
    articles = [training.PhraseLine(tells.format(n), Label.BODY, f"b{n % 3}", "en", 1.0) for n in range(9)]
    learned = training.learn_letters([], [*letters, *articles, training.PhraseLine("Donate now", Label.APPEAL, "a1", "en", 1.0)])
    assert learned.weights["reade-"].weight > 0 > learned.weights["ferry"].weight
    assert "donat-" not in learned.weights
    assert training.learn_letters([], articles).weights == {}
