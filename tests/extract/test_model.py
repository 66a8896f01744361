"""The content model: its parts against plain definitions, and the model that comes with the package on pages written for this test."""

from __future__ import annotations

import io
import math
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner, Options
from cleantext.document import Document, Label
from cleantext.extract.features.evidence import Evidence, evidence_features
from cleantext.extract.features.matrix import describe, matrix
from cleantext.extract.features.measures import Sums
from cleantext.extract.features.page import read_page
from cleantext.extract.kinds import KINDS
from cleantext.extract.model import FEW_WORDS, LEAST_CUT, NOTHING, STRETCH, best_cut
from cleantext.extract.storage import arrays_of, content_model, parse
from cleantext.extract.trees import CHUNK, Trees
from cleantext.learned.network import Convolution, Layer, Network, Scaling
from cleantext.segment.html import segment_html
from cleantext.segment.segment import Segment
from tests.tries import tries

STORY = [
    "The harbour master closed the northern gate on Monday after a crack was found in the oldest of its four hinges.",
    "Divers will look at the wall below the water line next week, and the gate may stay shut until the end of June.",
    "Fishing boats have to use the southern channel, which adds half an hour to every trip and costs fuel, owners say.",
    "The town council meets on Thursday to talk about the bill, which nobody has yet put into figures, its clerk said.",
    "Until then a pilot boat waits at the mole from six in the morning, and takes the smaller boats through by hand.",
]
MENU = "<nav class='main-menu'><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li><li><a href=/sport>Sport</a></li></ul></nav>"
FOOTER = "<footer class='site-footer'><p>© The Quay Gazette</p><ul><li><a href=/imprint>Imprint</a></li><li><a href=/terms>Terms</a></li></ul></footer>"
RELATED = (
    "<aside class='related'><h3>More stories</h3><ul><li><a href=/1>Ferry to Skarv runs again</a></li>"
    "<li><a href=/2>Herring price falls for the third week</a></li></ul></aside>"
)


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{MENU}<main>{body}</main>{RELATED}{FOOTER}</body></html>"


def article() -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in STORY)
    return page(
        f"<article><h1>Gate closed</h1><div class='entry-content'>{paragraphs}</div></article>", "<title>Gate closed</title>"
    )


def analyze(source: str) -> Document:
    return Cleaner(Options(kind="html")).analyze(source)


def test_an_article_comes_out_whole_and_alone() -> None:
    document = analyze(article())
    assert document.text.split("\n\n") == STORY
    assert document.page_kind == "article"
    assert 0.5 < document.page_kind_score <= 1


def test_a_removal_names_the_model_and_its_certainty() -> None:
    removed = next(block for block in analyze(article()).removed if block.text == "Imprint")
    assert removed.label in (Label.NAV, Label.LEGAL)
    reason = next(reason for reason in removed.reasons if reason.source == "model")
    assert reason.id == "not-main"
    assert reason.weight == removed.score > 0.5


def test_posts_of_a_thread_are_content_though_they_are_called_comments() -> None:
    posts = [f"I had the same with mine, after {n} years. {text}" for n, text in enumerate(STORY, 2)]
    thread = "".join(
        f"<div class='comment post'><div class='post-author'>user{n}</div><div class='comment-body'><p>{text}</p></div></div>"
        for n, text in enumerate(posts)
    )
    source = page(
        f"<h1>Hinge of my gate cracked, what now?</h1><div class='thread forum-posts comments'>{thread}</div>",
        "<title>Hinges - Gate Forum</title>",
    )
    document = analyze(source)
    assert [text for text in posts if text not in document.text] == []


def test_a_page_without_any_text_of_its_own_comes_out_empty() -> None:
    document = analyze(f"<html><body>{MENU}{FOOTER}</body></html>")
    assert document.text == ""
    assert document.status == "empty"


def test_the_shipped_model_is_small_and_holds_no_objects() -> None:
    data = (files("cleantext.extract") / "content.npz").read_bytes()
    assert len(data) <= 5_000_000
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        assert all(array.dtype.kind in "uifb" for array in (arrays[name] for name in arrays.files))


def test_a_model_that_is_written_and_read_is_the_same() -> None:
    model = content_model()
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays_of(model))
    again = parse(buffer.getvalue())
    segments = segment_html(article())
    assert again.judge(segments.segments, segments.head) == model.judge(segments.segments, segments.head)


def test_another_model_can_be_named() -> None:
    file = str(files("cleantext.extract") / "content.npz")
    assert Cleaner(Options(kind="html", content_model=file)).clean(article()) == analyze(article()).text


def test_a_long_page_is_judged_in_stretches() -> None:
    segments = segment_html("<p>word</p>" * (STRETCH + 5)).segments
    assert len(content_model().judge(segments, None).probabilities) == STRETCH + 5


@tries(30)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_trees_give_what_their_definition_says(trees: int, depth: int, n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    feature = random.integers(0, 3, (trees, depth)).astype(np.int16)
    border = random.normal(size=(trees, depth)).astype(np.float32)
    leaves = random.normal(size=(trees, 2**depth)).astype(np.float32)
    values = random.normal(size=(3, n)).astype(np.float32)
    found = Trees(feature, border, leaves, 0.5).scores(values)
    for column in range(n):
        score = 0.5
        for tree in range(trees):
            leaf = sum((values[feature[tree, level], column] > border[tree, level]) << level for level in range(depth))
            score += leaves[tree, leaf]
        assert math.isclose(found[column], score, rel_tol=1e-4, abs_tol=1e-4)


def network(features: int, width: int, seed: int) -> Network:
    random = np.random.default_rng(seed)

    def normal(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return random.normal(size=shape).astype(np.float32)

    low, high = -np.ones(features, np.float32), np.full(features, 30, np.float32)
    scaling = Scaling(low, high, np.arange(features) % 2 == 0, normal(features), np.ones(features, np.float32))
    convolutions = tuple(Convolution(gap, Layer(normal(3 * width, width), normal(width)), normal(width, width)) for gap in (1, 3))
    entry, joined, final = (Layer(normal(a, b), normal(b)) for a, b in ((features, width), (3 * width, width), (width, 1)))
    return Network(scaling, entry, convolutions, joined, final)


def test_the_network_hears_neighbours_more_than_the_rest_of_the_page() -> None:
    net, random = network(5, 4, 1), np.random.default_rng(2)
    values = random.normal(size=(5, 40)).astype(np.float32)
    other, words = values.copy(), np.ones(40, np.float32)
    other[:, 20] += 5
    change = abs(net.scores(other, words) - net.scores(values, words))
    assert change[16:25].max() > 5 * change[[0, 5, 10, 30, 35, 39]].max() > 0


def test_training_and_inference_compute_the_same_network() -> None:
    jax = pytest.importorskip("jax")
    from cleantext.train.network import Learning, initial, network_of, scores

    learning = Learning(width=8, gaps=(1, 2))
    weights = jax.tree.map(np.asarray, initial(jax.random.PRNGKey(3), 6, learning))
    zeros = np.zeros(6, np.float32)
    plain = Scaling(zeros - 9, zeros + 9, np.zeros(6, np.bool_), zeros, zeros + 1)
    random = np.random.default_rng(4)
    values, words = random.normal(size=(1, 50, 6)).astype(np.float32), random.integers(1, 30, (1, 50)).astype(np.float32)
    found = network_of(plain, weights, learning).scores(values[0].T, words[0])
    padded = np.pad(values, ((0, 0), (0, 14), (0, 0))), np.pad(words, ((0, 0), (0, 14)))
    assert found == pytest.approx(np.asarray(scores(weights, *padded, learning))[0, :50], abs=1e-4)


def test_trees_judge_each_column_by_itself() -> None:
    random = np.random.default_rng(1)
    trees = Trees(
        np.zeros((4, 3), np.int16),
        random.normal(size=(4, 3)).astype(np.float32),
        random.normal(size=(4, 8)).astype(np.float32),
        0.0,
    )
    values = random.normal(size=(1, CHUNK + 7)).astype(np.float32)
    assert trees.scores(values)[-7:] == pytest.approx(trees.scores(values[:, -7:]))


@given(
    st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(1, 200)), min_size=1, max_size=30), st.sampled_from([1.0, 1.5, 2.0])
)
def test_no_other_cut_above_the_least_promises_more(segments: list[tuple[float, int]], power: float) -> None:
    probabilities, words = (np.array(values, np.float32) for values in zip(*segments, strict=True))
    cut, promised = best_cut(probabilities, words, power)
    if probabilities.max() < NOTHING and float(probabilities @ words) < FEW_WORDS:
        assert (cut, promised) == (1.0, 0.0)
        return
    assert cut >= LEAST_CUT
    sharp = probabilities**power

    def expected(threshold: float) -> float:
        taken = probabilities >= np.float32(threshold)
        right = float((sharp * words)[taken].sum())
        return 2 * right / (float(words[taken].sum()) + float((sharp * words).sum()) + 1e-9)

    assert promised == pytest.approx(expected(cut), abs=1e-4)
    others = [float(p) for p in probabilities if p >= LEAST_CUT]
    assert all(expected(other) <= promised + 1e-4 for other in others)


@given(st.lists(st.floats(0, 100, width=32), min_size=1, max_size=20), st.integers(0, 5), st.integers(0, 5))
def test_window_sums_are_sums(values: list[float], before: int, after: int) -> None:
    found = Sums(np.array(values, np.float32)).window(before, after)
    wanted = [sum(values[max(i - before, 0) : i + after + 1]) for i in range(len(values))]
    assert found == pytest.approx(wanted, rel=1e-4, abs=1e-3)


def test_a_container_holds_its_whole_stretch() -> None:
    segments = segment_html("<div><p>a<section><p>b<p>c</section></div><p>d").segments
    read = read_page(segments, None)
    of = {frame.tag: (int(read.first[i]), int(read.last[i])) for i, frame in enumerate(read.frames) if frame.tag != "p"}
    assert of == {"html": (0, 3), "body": (0, 3), "div": (0, 2), "section": (1, 2)}


def test_what_words_say_is_counted_by_segment() -> None:
    evidence = Evidence(
        {"menu": (-1.0, -2.0, -3.0)}, {"gate": (2.0, 0.5), "home": (-1.0, -3.0)}, {"=home": -4.0, "^the gate": 1.0}
    )
    read = read_page(segment_html("<div class=menu><p>Home</div><p>The gate, the gate!</p><p>***").segments, None)
    found = evidence_features(read, describe(read).measures, evidence)
    assert found["words.sum"].tolist() == [-1.0, 4.0, 0.0]
    assert found["words.mean"].tolist() == [-1.0, 2.0, 0.0]
    assert found["words.whole"].tolist() == [-4.0, 0.0, 0.0]
    assert found["words.first"].tolist() == [0.0, 1.0, 0.0]
    assert found["names.sum"].tolist() == pytest.approx([-3.9, 0.0, 0.0])


@tries(60)
@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<div class='a-b c9'>", "</div>", "<table><tr><td>", "</table>", "<li>", "<h1>", "<a href=x>", "</a>", "<span hidden>", "</span>",
    "word ", "A sentence of a dozen words or so, which is long enough to be prose. ", "東京へ行く。", "$9.99 ", "\u0000", "\ud800", "🙂 ", "\n", "<br>",
]), max_size=40))  # fmt: skip
def test_features_are_finite_and_have_the_same_names_for_any_page(parts: list[str]) -> None:
    found = segment_html("".join(parts))
    if not found.segments:
        return
    names, values = matrix(describe(read_page(found.segments, found.head)), dict.fromkeys(KINDS, 0.0), content_model().evidence)
    assert names == content_model().features
    assert values.shape == (len(names), len(found.segments))
    assert np.isfinite(values).all()


def test_segments_without_markup_are_described_too() -> None:
    described = describe(read_page([Segment("One line of text."), Segment("Another one.")], None))
    assert np.isfinite(described.values).all()
