"""Our releases found in outlets' feeds: planted reprints in real news, precision and recall."""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from pasokh.newsroom.coverage.matching import MatchedBy, OutletEntry, OwnRelease, OwnReleases
from pasokh.newsroom.coverage.numbers_told import NumberVerdict
from tests.house.tree import ROOT
from tests.newsroom.coverage.planted import (
    OUR_ADDRESS,
    OUT_AT,
    OWN_WORDS,
    STRANGERS,
    WRITTEN,
    Reprint,
    release_of,
    reprints_of,
)

NEWS = ROOT.parent / "shared" / "data" / "text-fa" / "hamshahri_rss.jsonl.gz"
DAY = 86_400_000
TRIED, HELD = slice(0, None, 2), slice(1, None, 2)


@pytest.fixture(scope="module")
def ours() -> OwnReleases:
    return OwnReleases([release_of(one) for one in WRITTEN], [OUR_ADDRESS])


def planted(half: slice) -> Iterator[Reprint]:
    for one in WRITTEN[half]:
        yield from reprints_of(one)


def haystack(half: slice) -> list[OutletEntry]:
    if not NEWS.exists():
        pytest.skip("no ../shared/data/text-fa beside this checkout: no real news to hide in")
    lines = gzip.decompress(NEWS.read_bytes()).decode().splitlines()
    news = [json.loads(line) for line in lines if line]
    return [
        OutletEntry(one["title"], f"https://outlet.example/{one['id']}", one.get("summary") or "")
        for one in news[half]
        if one["title"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("half", [TRIED, HELD], ids=["tried", "held"])
def test_precision_and_recall_among_real_news(half: slice, ours: OwnReleases) -> None:
    hay = [*haystack(half), *STRANGERS[half]]
    reprints = list(planted(half))
    alarms = [entry.title for entry in hay if ours.match(entry)]
    found = [(one, match) for one in reprints if (match := ours.match(one.entry))]
    right = [(one, match) for one, match in found if match.news_id == one.news_id]
    precision, recall = len(right) / (len(found) + len(alarms)), len(right) / len(reprints)
    judged = sum(match.verdict is one.verdict for one, match in right)
    told = f"{len(hay)} others, {len(reprints)} reprints: precision {precision:.3f}, "
    sys.stdout.write(f"{told}recall {recall:.3f}, verdicts right {judged} of {len(right)}\n")
    for one, match in right:
        if match.verdict is not one.verdict:
            sys.stdout.write(f"  {match.verdict} for {one.verdict}: {one.news_id}, {one.how}\n")
    assert precision >= 0.97
    assert recall >= 0.97
    assert judged >= 0.97 * len(right)


@pytest.mark.slow
def test_every_kind_of_reprint_is_found_with_its_number(ours: OwnReleases) -> None:
    missed = Counter[str]()
    for one in planted(slice(None)):
        match = ours.match(one.entry)
        if match is None or (match.news_id, match.verdict) != (one.news_id, one.verdict):
            missed[one.how] += 1
    assert not missed


def test_no_wrong_number_is_called_right(ours: OwnReleases) -> None:
    wrong = [one for one in planted(slice(None)) if one.verdict is NumberVerdict.WRONG]
    verdicts = Counter(match.verdict for one in wrong if (match := ours.match(one.entry)))
    assert len(wrong) == 13
    assert verdicts == {NumberVerdict.WRONG: len(wrong)}


def test_others_who_write_nearly_the_same_are_left_alone(ours: OwnReleases) -> None:
    alarms = [entry.title for entry in STRANGERS if ours.match(entry)]
    # One headline with one other word, about the same streets: no machine tells it from ours.
    assert alarms == ["سه بیمارستان تازه در حاشیه مشهد ساخته می‌شود"]


def test_of_what_is_told_in_own_words_the_telling_numbers_find_a_part(ours: OwnReleases) -> None:
    matched = [(ours.match(entry), news_id) for entry, news_id in OWN_WORDS]
    found = {match.news_id for match, news_id in matched if match and match.news_id == news_id}
    sys.stdout.write(f"told in own words: {len(found)} of {len(OWN_WORDS)} found\n")
    assert all(match is None or match.news_id == news_id for match, news_id in matched)
    # Eleven climbers without a word of ours: nothing that a machine could know it by.
    assert {news_id for _, news_id in OWN_WORDS} - found == {"mountain-rescue"}


def test_a_link_tells_whatever_the_words(ours: OwnReleases) -> None:
    link = "https://www.press.example/newsroom/fa/news/fuel-smuggling/"
    match = ours.match(OutletEntry("یک خبر", "https://outlet.example/1", f"متن {link}"))
    assert match is not None
    assert (match.news_id, match.by) == ("fuel-smuggling", MatchedBy.ADDRESS)
    other = OutletEntry("یک خبر", "https://other.example/news/fuel-smuggling/")
    assert ours.match(other) is None


def test_a_figure_is_known_by_its_path() -> None:
    path = "figures/2026-11-21/headline-final.json"
    release = OwnRelease("calls", ("عنوان",), "متن ۱۵٬۲۱۰ تماس", OUT_AT, (path,))
    ours = OwnReleases([release], [OUR_ADDRESS])
    entry = OutletEntry("خبری دیگر", f"{OUR_ADDRESS}/{path}", "۱۵٬۲۹۰ تماس")
    match = ours.match(entry)
    assert match is not None
    assert (match.by, match.verdict) == (MatchedBy.FIGURE, NumberVerdict.WRONG)


def test_of_a_series_with_one_wording_the_numbers_tell_which(ours: OwnReleases) -> None:
    told = "مرکز فوریت‌های پلیسی ۱۱۰ استان اعلام کرد ۱۶٬۰۴۸ تماس مردمی روز پنجشنبه گرفته شد"
    match = ours.match(
        OutletEntry("تماس‌های مردمی با ۱۱۰ در خراسان رضوی", "https://o.example/", told)
    )
    assert match is not None
    assert match.news_id == "calls-day-c"


@pytest.mark.parametrize(("late", "found"), [(-3, 0), (0, 1), (13, 1), (15, 0)])
def test_words_count_while_a_release_is_news(late: int, found: int, ours: OwnReleases) -> None:
    one = next(planted(TRIED))
    entry = OutletEntry(one.entry.title, one.entry.link, one.entry.text, OUT_AT + late * DAY)
    assert (ours.match(entry) is not None) == found


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ("بیش از ۱۵ هزار تماس مردمی", "right"),
        ("نزدیک به ۱۵ هزار تماس مردمی", "right"),
        ("پانزده هزار و دویست و ده تماس مردمی", "right"),
        ("15,210 public calls", "right"),
        ("۱۵٫۲ هزار تماس مردمی", "right"),
        ("بیش از ۱۶ هزار تماس مردمی", "wrong"),
        ("۱۵٬۲۱۱ تماس مردمی", "wrong"),
        ("۱۵۲٬۱۰۰ تماس مردمی", "wrong"),
        ("هزاران تماس مردمی", "none"),
        ("۳ هزار کیلومتر راه", "none"),
        ("در روز سه‌شنبه", "none"),
    ],
)
def test_a_number_is_right_when_it_says_ours(told: str, verdict: str) -> None:
    release = OwnRelease("calls", ("عنوان",), "۱۵٬۲۱۰ تماس مردمی گرفته شد", OUT_AT)
    ours = OwnReleases([release], [OUR_ADDRESS])
    match = ours.match(OutletEntry("خبر", f"{OUR_ADDRESS}/fa/news/calls/", told))
    assert match is not None
    assert match.verdict == verdict
