"""Training: labels from gold, scores of words that leave a site out, and the whole command on a small collection."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from cleantext import Cleaner, Options
from cleantext.extract.features.page import read_page
from cleantext.segment.html import segment_html
from cleantext.train.__main__ import main
from cleantext.train.collection import CollectionError, read_collection
from cleantext.train.evidence import FEWEST, count, learn, page_means
from cleantext.train.labels import label_segments
from cleantext.train.scores import word_f1

TOPICS = ("harbour", "orchard", "railway", "lighthouse", "quarry", "bakery", "glacier", "library", "viaduct", "meadow")


def page(topic: str) -> tuple[str, str]:
    """A small page on a topic, and its main content."""
    body = [
        f"The {topic} was closed on Monday after a crack was found in the oldest of its walls, the council said in a note.",
        f"Nobody was near the {topic} at the time, and work on it may go on until the end of June, its keeper thinks.",
        f"In the meantime a man with a flag stands before the {topic} from six in the morning, whatever the weather is.",
    ]
    menu = "".join(f"<li><a href=/{word}>{word.title()}</a></li>" for word in ("home", "news", "sport", "contact"))
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    html = f"<title>The {topic}</title><nav class=menu><ul>{menu}</ul></nav><main class=story>{text}</main><footer class=foot>Imprint and terms of use</footer>"
    return html, "\n\n".join(body)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    file = tmp_path / "small.jsonl.xz"
    kinds = ("article", "forum")
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        for number, topic in enumerate(TOPICS * 2):
            html, text = page(topic)
            row = {
                "id": f"p{number}",
                "url": f"https://{topic}{number}.example/a",
                "type": kinds[number % 2],
                "html": html,
                "text": text,
            }
            lines.write(json.dumps(row) + "\n")
    return file


def test_labels_are_shares_of_the_gold_words() -> None:
    segments = segment_html("<nav>Home</nav><p>One two three four</p><p>five six seven eight</p><p>nine ten</p>").segments
    assert label_segments(segments, "one two three four seven eight").tolist() == [0, 1, 0.5, 0]


def test_hidden_text_is_labelled_only_where_visible_text_lacks_the_gold() -> None:
    hidden, twice = "<p hidden>The rest of it stands here</p>", "<p hidden>The start of it</p>"
    segments = segment_html(f"<p>The start of it</p>{hidden}{twice}").segments
    assert label_segments(segments, "The start of it The rest of it stands here").tolist() == [1, 1, 0]
    assert label_segments(segments, "The start of it").tolist() == [1, 0, 0]


def test_scores_of_words_can_leave_a_fold_out() -> None:
    segments = segment_html("<p>subscribe here</p><p>harbour wall</p>").segments
    read = read_page(segments, None)
    means = page_means(read, np.array([0, 1], np.float32), np.array([2, 2], np.float32))
    assert means["word", "subscribe"] == 0
    assert means["word", "harbour"] == 1
    everywhere = {key: mean for key, mean in means.items() if key[1] != "harbour"}
    counts = count([means] * FEWEST + [everywhere] * FEWEST, [0] * FEWEST + [1] * FEWEST, 2)
    assert learn(counts).words["harbour"][0] > 0 > learn(counts).words["subscribe"][0]
    assert "harbour" not in learn(counts, frozenset({0})).words
    assert "subscribe" in learn(counts, frozenset({0})).words


@pytest.mark.parametrize(("text", "gold", "f1"), [("", "", 1), ("a", "", 0), ("", "a", 0), ("a b", "a c", 0.5)])
def test_word_f1(text: str, gold: str, f1: float) -> None:
    assert word_f1(text, gold) == f1


@pytest.mark.parametrize("content", ["", "{}\n", "not json\n", "[1]\n"])
def test_a_collection_without_pages_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(content)
    with pytest.raises(CollectionError, match=r"c\.jsonl"):
        read_collection(file)


def test_the_command_trains_scores_and_writes_a_model_that_works(collection: Path, tmp_path: Path) -> None:
    pytest.importorskip("catboost")
    model = tmp_path / "own.npz"
    arguments = ["content", str(collection), "-o", str(model), "--trees", "20", "--folds", str(tmp_path / "folds")]
    arguments += ["--predictions", str(tmp_path / "out")]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert len(json.loads((tmp_path / "out" / "small.json").read_text())) == 2 * len(TOPICS)
    assert len(list((tmp_path / "folds").glob("*.npz"))) == 5
    card = json.loads(model.with_suffix(".json").read_text())
    assert card["scores"]["small.jsonl.xz"]["all"][0] == 2 * len(TOPICS)
    assert list(card["collections"]) == ["small.jsonl.xz"]
    html, text = page("granary")
    assert Cleaner(Options(kind="html", content_model=str(model))).clean(html) == text


def test_training_gives_the_same_model_again(collection: Path, tmp_path: Path) -> None:
    pytest.importorskip("catboost")
    files = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for file in files:
        arguments = ["content", str(collection), "-o", str(file), "--trees", "10"]
        assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    one, two = (dict(np.load(file, allow_pickle=False)) for file in files)
    assert one.keys() == two.keys()
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_ablations_score_each_part(collection: Path) -> None:
    ablation = pytest.importorskip("cleantext.train.ablation", reason="needs the train extra", exc_type=ImportError)
    arguments = ["content", str(collection), "--trees", "5", "--ablations"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    last = result.output.rpartition("Folds 1 to 5 of 5:")[2]
    rows = [line for line in last.splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows][2:5] == ["| nothing", "| trees", "| network"]
    assert len(rows) == 2 + 5 + len(ablation.GROUPS)


def test_the_command_says_what_is_wrong_with_a_collection(tmp_path: Path) -> None:
    pytest.importorskip("catboost")
    file = tmp_path / "bad.jsonl"
    file.write_text('{"html": 1}\n')
    result = CliRunner().invoke(main, ["content", str(file)])
    assert result.exit_code == 1
    assert "bad.jsonl, line 1" in result.output
