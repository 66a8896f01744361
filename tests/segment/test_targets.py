"""Where links lead: what is resolved, what is left out, and that nothing hostile gets through or raises."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.segment.targets import LONGEST, Targets

PAGE = "https://a.example/sea/tides?day=1#noon"
ADDRESSES = st.lists(
    st.sampled_from(
        "http: https: mailto: javascript: // / : [ ] # ? @ .. a.example %zz \\ \t \n \x00 \u00a0 ( ) < > \" ' | é ; & \ud800".split(
            " "
        )
    )
    | st.characters(),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("map", "https://a.example/sea/map"),
        ("/map#key", "https://a.example/map#key"),
        ("?day=2", "https://a.example/sea/tides?day=2"),
        ("//b.example/x", "https://b.example/x"),
        ("HTTP://b.example", "HTTP://b.example"),
        ("mailto:ida@a.example?subject=Sea", "mailto:ida@a.example?subject=Sea"),
        ("/wiki/Öl_(Lampe)", "https://a.example/wiki/Öl_(Lampe)"),
        (" /two words\n ", "https://a.example/two%20words"),
        ('/"<a>"', "https://a.example/%22%3Ca%3E%22"),
        ("/a\u00a0b\u202ec\\`|", "https://a.example/a%C2%A0b%E2%80%AEc%5C%60%7C"),
        ("ht\ntps://b.example/", "https://b.example/"),
    ],
)
def test_what_is_resolved(href: str, target: str) -> None:
    assert Targets(PAGE, "").of(href) == target


@pytest.mark.parametrize(
    "href",
    ["", " ", "#", "#noon", "?day=1#noon", PAGE, "javascript:go()", " java\tscript:go()", "\x01javascript:go()", "JavaScript:x",
     "data:text/html,x", "tel:1", "ftp://a.example", "file:///etc", "vbscript:x", "blob:x", "mailto:", "mailto:?body=x", "https://",
     "http:land", "http:///x", "http://[x", "//[", "/" + "x" * LONGEST, "/" + "é " * LONGEST, "/" + "\x02" * (LONGEST // 3) + "x"],
)  # fmt: skip
def test_what_is_left_out(href: str) -> None:
    assert Targets(PAGE, "").of(href) == ""


@pytest.mark.parametrize(
    ("url", "base", "target"),
    [
        ("", "", "x"),
        ("", "/docs/", "/docs/x"),
        ("", "https://b.example/docs/", "https://b.example/docs/x"),
        (PAGE, "/docs/", "https://a.example/docs/x"),
        (PAGE, "//b.example/", "https://b.example/x"),
        (PAGE, "javascript:go()", "https://a.example/sea/x"),
        (PAGE, "http://[x", "https://a.example/sea/x"),
        ("file:///home/page.html", "", "x"),
        ("a.example/sea", "", "x"),
        ("http://[x", "", "x"),
    ],
)
def test_what_it_is_resolved_against(url: str, base: str, target: str) -> None:
    assert Targets(url, base).of("x") == target


@given(ADDRESSES, ADDRESSES, ADDRESSES)
def test_no_address_raises_and_no_target_can_break_out(url: str, base: str, href: str) -> None:
    target = Targets(url, base).of(href.encode("utf-8", "replace").decode())
    assert len(target) <= LONGEST
    assert target.isprintable()
    assert not set(target) & set(" \"'<>\\^`{|}")
    scheme, colon, _ = target.partition(":")
    assert not colon or not scheme.isalnum() or scheme.lower() in ("http", "https", "mailto")
    target.encode("utf-8")


def test_long_addresses_take_no_time() -> None:
    start = time.process_time()
    for piece in ("/..", "a/", "(", "&a", ":", "%", "\x00", "é "):
        Targets("https://a.example/" + piece * 200_000, piece * 200_000).of(piece * 200_000)
    assert time.process_time() - start < 2
