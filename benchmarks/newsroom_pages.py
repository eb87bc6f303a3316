"""A newsroom with a year of invented notices, and readers who ask for its pages."""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from urllib.parse import quote

from django.test import Client

from benchmarks.rows import Bar, Judged, Plan, Row
from pasokh.newsroom.outlets.signed_in import COOKIE
from pasokh.newsroom.rows import prepare_rows
from pasokh.newsroom.site.earlier import EarlierPlace, take_in
from pasokh.newsroom.site.finding import index_news
from pasokh.newsroom.site.kept_pages import forget_pages

BAR = Bar(Judged.RATIO, most=0.5)
_NOTICES, _COUNTIES, _TOPICS, _ASKED = 25_000, 300, 90, 80
_BEGAN = datetime.fromisoformat("2025-01-01")
_WORDS = (
    "جاده تصادف سرقت آتش حادثه خیابان میدان خودرو موتورسوار سواری کامیون گشت شاهد مصدوم بیمارستان "
    "اورژانس آتش‌نشانی راهور ایست بازرسی کلاهبرداری پیامک ساختگی کودک گم‌شده پیدا پارک مدرسه بازار "
    "کولاک لغزنده بسته باز محور گردنه تونل پل رودخانه سیل زلزله هشدار آگاهی کشف دستگیر مواد سلاح"
).split()


def rows_of(plan: Plan, folder: Path) -> list[Row]:
    """Take the notices in, and measure p95 of three kinds of pages."""
    chance = Random(2_026)
    many = plan.sized(_NOTICES, 300)
    prepare_rows()
    take_in(_notices(folder, many, chance), None, EarlierPlace("earlier", "fa", "Asia/Tehran"))
    index_news()
    asked = plan.sized(_ASKED, 10)
    counties = [f"/newsroom/fa/news/from/c{n}/" for n in range(min(asked, _COUNTIES))]
    searches = [_search(chance) for _ in range(asked)]
    return [
        _row(plan, "pages of counties", counties, many),
        _row(plan, "searches of two words", searches, many),
        _row(plan, "front page", ["/newsroom/fa/"] * asked, many),
    ]


def _row(plan: Plan, what: str, paths: Sequence[str], many: int) -> Row:
    ours, theirs = [], []
    for _ in range(plan.rounds):
        forget_pages()
        # Whoever brings an outlet's cookie gets a page of their own: made anew, and never kept.
        theirs.append(_p95(paths, cookie=f"{COOKIE}=nobody"))
        _p95(paths)
        ours.append(_p95(paths))
    return Row(
        id="N1",
        work=f"{what}, p95",
        size=f"{many:,} releases, {len(paths)} asked",
        unit="ms",
        ours=ours,
        yardstick="the same page made anew",
        theirs=theirs,
        bar=BAR,
        note="in the process, with its middleware and packing, without a network",
    )


def _p95(paths: Sequence[str], cookie: str = "") -> float:
    reader = Client(SERVER_NAME="127.0.0.1", **({"HTTP_COOKIE": cookie} if cookie else {}))
    times = []
    for path in paths:
        started = perf_counter()
        answer = reader.get(path)
        times.append((perf_counter() - started) * 1e3)
        assert answer.status_code == 200, path
    return sorted(times)[len(times) * 95 // 100]


def _search(chance: Random) -> str:
    return f"/newsroom/fa/search/?q={quote(' '.join(chance.sample(_WORDS, 2)))}"


def _notices(folder: Path, many: int, chance: Random) -> Path:
    file = folder / "notices.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow("id published modified type region name summary body".split())
        for number in range(many):
            at = _BEGAN + timedelta(minutes=number * 21)
            said = [" ".join(chance.choices(_WORDS, k=count)) for count in (5, 12, 60)]
            county = f"c{min(int(chance.paretovariate(0.6)) - 1, _COUNTIES - 1)}"
            county = f"c{number}" if number < _COUNTIES else county
            topic = f"t{chance.randrange(_TOPICS)}"
            table.writerow([number, f"{at:%Y-%m-%d %H:%M:%S}", "", topic, county, *said])
    return file
