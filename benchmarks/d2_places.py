"""D2: the place that a caller says, among ten thousand, while the call taker types it."""

from collections.abc import Callable, Sequence
from itertools import islice, product
from random import Random
from time import perf_counter

from benchmarks.rows import Bar, Judged, Plan, Row
from pasokh.adapters.api.gazetteer import FoundPlace, PlaceBoard
from pasokh.words.spelling import keys

BAR = Bar(Judged.OURS, most=10)
# What villages are called; each name is many villages', as it is in the province.
_FIRST = (
    "علی حسن حسین عباس محمد احمد ابراهیم رضا قاسم یوسف کریم صالح نصر فیض دولت شاه امیر خیر نو کهنه "
    "قلعه چشمه کلاته مزرعه ده باغ تپه دره رباط سر بند چاه گل سنگ سفید سیاه زرد سبز بالا پایین"
).split()
_SECOND = "آباد آباد‌علیا آباد‌سفلی نو کهنه بزرگ کوچک میرزا خان بیگ سر دره دشت کوه چای رود".split()
_THIRD = ("", "شرقی", "غربی", "شمالی", "جنوبی", "یک", "دو", "۳", "میان", "نزدیک", "دور", "بالا")
_PLACES, _COUNTIES, _ASKED = 10_000, 34, 400
_SHORTEST = 2


def bench(plan: Plan) -> list[Row]:
    """Ask for the beginnings of names, and hold the slowest against looking at every row."""
    places = _places(plan.sized(_PLACES, 500))
    board = PlaceBoard(places, {})
    lines = [_line(place) for place in places]
    asked = _asked(places, plan.sized(_ASKED, 20))
    for typed in asked:
        assert board.find(typed, "", _all), typed
    ours, theirs = [], []
    for _ in range(plan.rounds):
        theirs.append(_p99(asked, lambda typed: _scan(lines, places, typed)))
        ours.append(_p99(asked, lambda typed: board.find(typed, "c-3", _all)))
    return [
        Row(
            id="D2",
            work="places found by what is typed, p99",
            size=f"{len(places):,} places, {len(asked)} beginnings of two letters and more",
            unit="ms",
            ours=ours,
            yardstick="looking at every place's names",
            theirs=theirs,
            bar=BAR,
        )
    ]


def _places(count: int) -> list[FoundPlace]:
    chance = Random(2_026)
    names = [" ".join(filter(None, parts)) for parts in product(_FIRST, _SECOND, _THIRD)]
    chance.shuffle(names)
    return [
        FoundPlace(f"p-{n}", name, "", "village", f"c-{n % _COUNTIES}", None, None, "", n % 900)
        for n, name in enumerate(islice(names * 2, count))
    ]


def _asked(places: Sequence[FoundPlace], count: int) -> list[str]:
    chance = Random(7)
    named = [chance.choice(places).name_fa for _ in range(count)]
    return [name[: chance.randint(_SHORTEST, len(name))] for name in named]


def _all(_county: str) -> bool:
    return True


def _line(place: FoundPlace) -> str:
    return "".join(f"|{form}" for form in keys(place.name_fa))


def _scan(lines: Sequence[str], places: Sequence[FoundPlace], typed: str) -> list[FoundPlace]:
    asked = [form.split() for form in keys(typed)]
    found = [
        place
        for line, place in zip(lines, places, strict=True)
        if any(all(f" {word}" in line or f"|{word}" in line for word in form) for form in asked)
    ]
    return sorted(found, key=lambda place: (place.name_fa, place.code))[:20]


def _p99(asked: Sequence[str], find: Callable[[str], object]) -> float:
    times = []
    for typed in asked:
        started = perf_counter()
        find(typed)
        times.append((perf_counter() - started) * 1e3)
    return sorted(times)[len(times) * 99 // 100]
