"""Decoding: every kind of evidence, evidence that contradicts itself, and bytes that are no text at all."""

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.ingest.decode import Decoded, decode
from cleantext.ingest.labels import CODECS, look_up

TEXTS = {
    "gbk": "渔民们每天清晨出海，傍晚才回到港口。今年的收成比去年好，但是价格却下降了，许多家庭仍然为冬天的燃料发愁。",
    "big5": "漁民們每天清晨出海，傍晚才回到港口。今年的收成比去年好，但是價格卻下降了，許多家庭仍然為冬天的燃料發愁。",
    "shift_jis": "漁師たちは毎朝早く海に出て、夕方になってから港に戻ってくる。今年の水揚げは去年より多いが、値段は下がっている。",
    "euc-jp": "漁師たちは毎朝早く海に出て、夕方になってから港に戻ってくる。今年の水揚げは去年より多いが、値段は下がっている。",
    "iso-2022-jp": "漁師たちは毎朝早く海に出て、夕方になってから港に戻ってくる。",
    "euc-kr": "어부들은 매일 새벽 바다에 나가 저녁이 되어서야 항구로 돌아온다. 올해 어획량은 작년보다 많지만 값은 떨어졌다.",
    "windows-1251": "Рыбаки каждое утро выходят в море и возвращаются только к вечеру. Улов в этом году больше, а цены ниже.",
    "koi8-r": "Рыбаки каждое утро выходят в море и возвращаются только к вечеру. Улов в этом году больше, а цены ниже.",
    "windows-1252": "Les pêcheurs sortent dès l’aube et ne rentrent qu’à la nuit tombée ; la pêche "
    "a été bonne, mais où ça mène-t-il ?",
    "iso-8859-2": "Rybacy co rano wypływają w morze, a wracają dopiero późnym wieczorem. Połów jest "
    "większy niż w zeszłym roku, żal cen.",
    "windows-1250": "Rybáři každé ráno vyplouvají na moře a vracejí se až večer. Úlovek je větší "
    "než loni, ale ceny klesly – škoda.",
    "iso-8859-7": "Οι ψαράδες βγαίνουν κάθε πρωί στη θάλασσα και γυρίζουν μόνο το βράδυ. Φέτος η "
    "ψαριά είναι μεγαλύτερη από πέρυσι.",
    "windows-1254": "Balıkçılar her sabah denize açılıyor ve ancak akşam dönüyor. Bu yıl av geçen "
    "yıldan çok, fakat fiyatlar düştü.",
    "windows-1255": "הדייגים יוצאים לים כל בוקר וחוזרים רק בערב. השנה השלל גדול יותר מאשר בשנה שעברה, אבל המחירים ירדו.",
    "windows-1256": "يخرج الصيادون إلى البحر كل صباح ولا يعودون إلا في المساء. صيد هذا العام أكثر "
    "من العام الماضي لكن الأسعار انخفضت.",
    "windows-874": "ชาวประมงออกทะเลทุกเช้าและกลับมาในตอนเย็นเท่านั้น ปีนี้จับปลาได้มากกว่าปีที่แล้ว แต่ราคากลับลดลง",
}
PROSE = sorted(TEXTS.items())


def page(text: str, charset: str = "") -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!DOCTYPE html><html><head>{meta}<title>x</title></head><body><p class=lead>{text}</p></body></html>"


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "x-klingon", "utf-16"])
@pytest.mark.parametrize(("encoding", "text"), PROSE)
def test_charset_is_found_without_a_label_and_against_a_wrong_one(encoding: str, text: str, declared: str | None) -> None:
    source = page(text).encode(CODECS[encoding])
    assert decode(source, declared).text == page(text)
    assert decode(page(text, declared or "").encode(CODECS[encoding])).text == page(text, declared or "")


@pytest.mark.parametrize(("encoding", "text"), PROSE)
def test_right_label_is_taken_however_short_the_text(encoding: str, text: str) -> None:
    source = text[:9].encode(CODECS[encoding])
    assert decode(source, encoding).text == text[:9]
    assert decode(page(text, encoding).encode(CODECS[encoding])) == Decoded(page(text, encoding), encoding)


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1251", "gbk", "big5", "shift_jis", "koi8-r"])
@pytest.mark.parametrize("text", TEXTS.values())
def test_valid_utf8_is_utf8_whatever_is_declared(text: str, label: str) -> None:
    assert decode(page(text, label).encode(), label) == Decoded(page(text, label), "utf-8")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize("text", TEXTS.values())
def test_wide_encodings_with_and_without_a_mark(codec: str, text: str) -> None:
    for shown in (page(text), page(text, "utf-8"), text + "\n" + text):
        assert decode(("\ufeff" + shown).encode(codec), "gbk") == Decoded(shown, codec.replace("6-", "6").replace("2-", "2"))
        assert decode(shown.encode(codec)).text == shown


def test_wide_labels_are_not_believed_of_narrow_bytes() -> None:
    assert decode(page("plain", "utf-16").encode()).text == page("plain", "utf-16")
    assert decode(b"plain text", "utf-16").text == "plain text"
    assert decode("港口".encode("utf-16-le"), "utf-16").text == "港口"
    assert decode(b"a stray \0 in a text of ASCII characters, which is no reason for anything").encoding == "utf-8"


DAMAGED = [
    (b"caf\xc3\xa9 \x93quoted\x94 caf\xe9", "café “quoted” café", 0),
    ("déjà vu ".encode() + b"na\xefve", "déjà vu naïve", 0),
    ("渔民们每天清晨出海".encode()[:-1], "渔民们每天清晨出�", 1),
    ("渔民们".encode()[:-2] + "每天清晨出海，傍晚才回到港口".encode(), "渔民�每天清晨出海，傍晚才回到港口", 1),
    ("The lamp was lit, said José".encode()[:-1], "The lamp was lit, said Jos�", 1),
    ("Übergrößenträger für Äpfel und Öl ".encode() + b"\xf0\x9f\x98 ", "Übergrößenträger für Äpfel und Öl � ", 1),
    ("already � there, äöü".encode(), "already � there, äöü", 0),
    ("already � there, äöü".encode() + b" \x81", "already � there, äöü �", 1),
]


@pytest.mark.parametrize(("source", "text", "replaced"), DAMAGED)
def test_a_few_bad_bytes_leave_utf8_alone(source: bytes, text: str, replaced: int) -> None:
    assert decode(source) == Decoded(text, "utf-8", replaced)


def test_text_that_is_all_latin_is_not_mended_utf8() -> None:
    text = "The lamp was lit, said José"
    assert decode(text.encode("latin-1")) == Decoded(text, "windows-1252")


def test_where_a_meta_counts() -> None:
    text = TEXTS["windows-1251"][:12]
    late = f"<html><!-- {'x' * 5000} --><meta charset=windows-1251><p>{text}"
    assert decode(late.encode("cp1251")).encoding == "windows-1251"
    commented = f"<html><!-- <meta charset=koi8-r> --><meta charset=windows-1251><p>{text}"
    assert decode(commented.encode("cp1251")).encoding == "windows-1251"
    pragma = f'<html><meta http-equiv=Content-Type content="text/html; charset=windows-1251"><p>{text}'
    assert decode(pragma.encode("cp1251")).encoding == "windows-1251"
    xml = f'<?xml version="1.0" encoding="windows-1251"?><html><p>{text}'
    assert decode(xml.encode("cp1251")).encoding == "windows-1251"
    assert decode(late.encode("cp1251"), "windows-1251").text == late


@pytest.mark.parametrize("label", ["utf-7", "hex", "zlib", "rot13", "idna", "unicode_escape", "os", "\0", "é", "x" * 10_000, ""])
def test_labels_that_are_no_encoding_count_for_nothing(label: str) -> None:
    assert look_up(label) is None
    assert decode(b"+ADw-b+AD4-", label) == Decoded("+ADw-b+AD4-", "utf-8")


@pytest.mark.parametrize("name", CODECS)
def test_every_name_is_its_own_label_and_its_codec_never_gives_surrogates(name: str) -> None:
    assert look_up(name.upper()) == name
    text = bytes(range(256)).decode(CODECS[name], "replace")
    assert text.encode("utf-8")


@given(st.binary(max_size=400), st.none() | st.sampled_from(sorted(CODECS)) | st.text(max_size=12))
def test_any_bytes_decode_to_text_that_can_be_written(source: bytes, encoding: str | None) -> None:
    decoded = decode(source, encoding)
    assert decoded.encoding in CODECS
    assert decoded.text.encode("utf-8") is not None
    assert 0 <= decoded.replaced <= decoded.text.count("\N{REPLACEMENT CHARACTER}")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1b\ufeff"), max_size=400))
def test_utf8_comes_back(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")


HOSTILE = [
    b"\xff",
    b"\x80",
    b"\xc3\xa9\xe9 ",
    b"<!--",
    b"<meta ",
    b"<script ",
    b"\0",
    b"\xff\n",
    b"\x1b$B",
    b"\xe4\xb8",
    b"\xed\xa0\x80",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_bytes_cost_linear_time(unit: bytes) -> None:
    start = time.process_time()
    decode(b"<html>\xff" + unit * (2_000_000 // len(unit)))
    assert time.process_time() - start < 3


def test_detector_is_loaded_only_when_needed() -> None:
    program = (
        "import sys; from cleantext.ingest.decode import decode; decode('é'.encode()); decode(b'\\x93a\\x94');"
        "assert not {'chardet', 'numpy', 'lxml'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
