"""A prompt is known through signs that nobody sees, letters of full width, and letters of another script that look the same."""

import random
from collections.abc import Iterable, Sequence

import pytest

from cleantext import analyze
from cleantext.detect.normalise import INVISIBLE, LOOKALIKES
from cleantext.detect.pack import load_all
from cleantext.detect.rules import rule_set

SAME = 0.995
"""The share of disguised prompts that are judged as the plain ones."""

PROMPTS = [rule.removes[0] for pack in load_all() for rule in pack.rules if rule.strength != "weak"]
CHOSEN = random.Random(1).sample(PROMPTS, 100)
LATIN = [prompt for prompt in CHOSEN if prompt.isascii()]


def labels(texts: Sequence[str]) -> list[set[str]]:
    hits = rule_set().match(texts).hits
    return [{hit.rule.label for hit in hits.get(number, ())} for number in range(len(texts))]


def share_alike(prompts: Sequence[str], disguised: Iterable[Sequence[str]]) -> float:
    plain = labels(prompts)
    same = [one == other for texts in disguised for one, other in zip(plain, labels(texts), strict=True)]
    assert len(same) >= len(prompts) >= 20
    return sum(same) / len(same)


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_signs_that_nobody_sees(share: float) -> None:
    def with_sign(text: str, sign: str) -> str:
        at = 1 + round(share * (len(text) - 2))
        return text[:at] + sign + text[at:]

    assert share_alike(CHOSEN, ([with_sign(text, sign) for text in CHOSEN] for sign in INVISIBLE)) >= SAME


def test_letters_of_full_width() -> None:
    wide = {code: chr(code + 0xFEE0) for code in range(ord("!"), ord("~") + 1) if chr(code).isalnum()}
    assert share_alike(LATIN, [[text.translate(wide) for text in LATIN]]) >= SAME


def test_letters_of_another_script() -> None:
    disguised = ([text.replace(chr(latin), chr(alike), 1) for text in LATIN] for alike, latin in LOOKALIKES.items())
    assert share_alike(LATIN, disguised) >= SAME


def test_what_is_kept_keeps_its_signs() -> None:
    text = (
        "The f\u200derry is b\u0430ck, ｔｗｏ weeks late, and the piano came with it, wrapped in sails.\n\nDоwnlоad оur a\u2060pp"
    )
    assert analyze(text).text == text.partition("\n\n")[0]
