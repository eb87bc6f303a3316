"""One spelling: shown the same twice, searched the same however it was typed, in linear time."""

import gzip
import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.words.spelling import display, key, keys, sort_key
from tests.words.strange_text import ALPHABET, CORPUS, corpus_texts, strange_texts

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
STRANGE = st.text(st.sampled_from(ALPHABET)) | st.text()
LONG = 100_000


@given(STRANGE)
def test_twice_is_once(text: str) -> None:
    assert display(display(text)) == display(text)
    assert key(key(text)) == key(text)
    for form in keys(text):
        assert keys(form) == (form,)


@given(STRANGE)
def test_what_is_shown_is_found_and_sorted_as_it_was_typed(text: str) -> None:
    assert keys(display(text)) == keys(text)
    assert sort_key(display(text)) == sort_key(text)


@given(STRANGE)
def test_nothing_unseen_is_left(text: str) -> None:
    shown = display(text)
    assert not BIDI & set(shown)
    for form in keys(text):
        kinds = {unicodedata.category(sign)[0] for sign in form.replace(" ", "")}
        assert kinds <= {"L", "N"}
        assert form == form.strip()
        assert "  " not in form


@given(STRANGE, STRANGE)
def test_the_order_is_of_the_key_and_total(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (display(one) == display(other))
    assert "\0" not in sort_key(one)


@pytest.mark.slow
@pytest.mark.parametrize("texts", [strange_texts(3000)])
def test_the_properties_hold_for_a_fixed_sample(texts: list[str]) -> None:
    for text in texts:
        assert display(display(text)) == display(text), ascii(text)
        assert keys(display(text)) == keys(text), ascii(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي", "علی"),
        ("موسى", "موسی"),
        ("كوچه", "کوچه"),
        ("أحمد", "احمد"),
        ("آزادی", "ازادی"),
        ("مؤمن", "مومن"),
        ("مسئول", "مسیول"),
        ("رأفة", "رافه"),
        ("خانۀ ما", "خانهٔ ما"),
        ("خانهٔ ما", "خانه ما"),
        ("مُحَمَّد", "محمد"),
        ("ســـلام", "سلام"),
        ("۱۱۰", "110"),
        ("١١٠", "110"),
        ("ﻋﻠﻲ", "علی"),
        ("ﻛﻼﺱ", "کلاس"),
        ("Café", "CAFE"),
        ("میدان، آزادی", "میدان آزادی"),
        ("سلام\u200f", "سلام"),
    ],
)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_half_spaces_are_found_split_and_joined() -> None:
    found = keys("تماس‌های ما")
    assert found == ("تماس های ما", "تماسهای ما")
    assert key("تماس های ما") in found
    assert key("تماسهای ما") in found
    assert keys("تماس") == ("تماس",)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("كتاب‌ ها", "کتاب ها"),
        ("می‌‌رود", "می‌رود"),
        ("‌پلاک ‌، 12", "پلاک ، ۱۲"),
        ("خیابان ٣٤", "خیابان ۳۴"),
        ("پلاک A4 و 20%", "پلاک A4 و ۲۰٪"),
        ("Unit 412", "Unit 412"),
        ("412", "412"),
        ('گفت "برو" و رفت', "گفت «برو» و رفت"),
        ("  دو  خط \r\n پایین ", "دو خط\nپایین"),
        ("۵ m²", "۵ m²"),
        ("خانۀ", "خانهٔ"),
        ("سلا\u202eم", "سلام"),
    ],
)
def test_how_a_text_is_shown(typed: str, shown: str) -> None:
    assert display(typed) == shown


@pytest.mark.slow
def test_the_order_of_the_dictionary() -> None:
    words = "۲ ۱۰ آب ابر اسب پدر چاه ژاله کوه گاو ورزش هوا یار bar Zoo".split()
    keyed = [sort_key(word) for word in words]
    assert sorted(keyed) == keyed
    names = ["علی", "علی اکبر", "علی‌آباد"]
    keyed = [sort_key(name) for name in names]
    assert sorted(keyed) == keyed


@pytest.mark.parametrize(
    "pattern",
    [
        "ا",
        "\u200c",
        "\u0301\u0327",
        "\u064e\u0651",
        " ",
        "\n ",
        '"',
        "0",
        "1 ",
        "ﻻ",
        "ا\u200c ",
        "\u0640\u064e",
        "-",
    ],
)
@pytest.mark.slow
def test_a_long_text_takes_no_longer_a_letter(pattern: str) -> None:
    def spent(size: int) -> float:
        text = pattern * (size // len(pattern))
        began = time.process_time()
        display(text)
        keys(text)
        sort_key(text)
        return time.process_time() - began

    spent(1000)
    # Ten times the text; the square would be a hundred times the time.
    short = max(spent(LONG // 10) for _ in range(2))
    assert spent(LONG) < 30 * short + 0.5


@pytest.mark.slow
def test_real_persian_keeps_its_key_and_its_letters() -> None:
    texts = corpus_texts()
    assert len(texts) > 1000
    for text in texts:
        shown = display(text)
        assert display(shown) == shown
        assert keys(shown) == keys(text)
        assert not re.search("[يكىۀ٠-٩\u0640]", shown)


@pytest.mark.slow
def test_half_spaces_of_a_tagged_corpus_stay() -> None:
    path = CORPUS / "ud_seraji_dev_test.tsv.gz"
    if not path.is_file():
        pytest.skip("no ../shared/data/text-fa beside this checkout: no tagged half-spaces")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [line.split("\t")[1] for line in file][1:]
    half_spaces = sum(text.count("\u200c") for text in texts)
    kept = sum(display(text).count("\u200c") for text in texts)
    assert half_spaces > 2000
    assert kept > half_spaces * 0.99
