"""A table of landlines: whole or not at all, each wrong line named, each call told once."""

import asyncio
import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from pasokh import cli
from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.landlines import LANDLINES, LandlineFile, LandlinesMade
from pasokh.adapters.storage.vault import SqliteVault, stand_in
from pasokh.adapters.telephony.landlines import Landlines
from pasokh.adapters.telephony.landlines_read import (
    Landline,
    LandlineDefaults,
    LandlineWrong,
    read_landlines,
)
from pasokh.answer.commands import EndCall, OfferCall
from pasokh.core.machine import Submission, Words
from pasokh.core.told_places import CivicPart, PlaceSource, ToldPlace
from tests.adapters.telephony.spooled import Spooled

TODAY = date(2026, 11, 29)
DEFAULTS = LandlineDefaults("operator of the network", "1405-08-10")
HEADER = "number,city,RD,house,latitude,longitude,dated"
SAMPLE = "051 3812 3456,نمونه‌شهر,خیابان نمونه,12,,,"
PHONE = "+985138123456"
NOVEMBER_FIRST = 1_793_491_200_000


def read(*lines: str, header: str = HEADER) -> list[Landline | LandlineWrong]:
    return list(read_landlines([f"{one}\n" for one in (header, *lines)], DEFAULTS, TODAY))


def test_a_row_is_a_number_and_an_address_of_a_day_without_any_uncertainty() -> None:
    (row,) = read(SAMPLE)
    address = (("A3", "نمونه‌شهر"), ("RD", "خیابان نمونه"), ("HNO", "12"))
    assert row == Landline(
        2,
        PHONE,
        ToldPlace(
            source=PlaceSource.ALI,
            method="operator of the network",
            at=NOVEMBER_FIRST,
            civic=tuple(CivicPart(name, text) for name, text in address),
        ),
    )


def test_numbers_days_and_points_are_read_as_people_write_them() -> None:
    rows = read(
        "+98 51 3812-3456,,,,36.29876,59.60543,2026-11-01",
        "۰۵۱۳۸۱۲۳۴۵۷,,,,۳۶٫۲۹۸۷۶,۵۹٫۶۰۵۴۳,۱۴۰۵/۸/۱۰",
        '05138123458,,"a, b",,,,',
    )
    assert [row.number for row in rows if isinstance(row, Landline)] == [
        PHONE,
        "+985138123457",
        "+985138123458",
    ]
    places = [row.place for row in rows if isinstance(row, Landline)]
    assert [(p.latitude, p.longitude) for p in places[:2]] == [(36.29876, 59.60543)] * 2
    assert [(p.at, p.radius_m, p.confidence) for p in places] == [(NOVEMBER_FIRST, None, None)] * 3
    assert places[2].address == "a, b"


@pytest.mark.parametrize(
    ("row", "why", "said"),
    [
        ("110,c,,,,,", "number", "110"),
        ("38123456,c,,,,,", "number", "38123456"),
        (",c,,,,,", "number", ""),
        ("05138123456,,,,,,", "no_place", ""),
        ("05138123456,c,,,36.1,,", "half_a_point", ""),
        ("05138123456,c,,,91,59,", "degrees", "91"),
        ("05138123456,c,,,nan,59,", "degrees", "nan"),
        ("05138123456,c,,,north,59,", "degrees", "north"),
        ("05138123456,c,,,,,yesterday", "day", "yesterday"),
        ("05138123456,c,,,,,2026-12-24", "day_to_come", "2026-12-24"),
        ("05138123456,c,,", "cells", "4 / 7"),
        ("05138123456,c,,,,,,,", "cells", "9 / 7"),
        (f"05138123456,{'c' * 201},,,,,", "cell_long", ""),
        ('05138123456,"c,,,,,', "no_csv", ""),
    ],
)
def test_a_wrong_line_says_which_and_what(row: str, why: str, said: str) -> None:
    good, wrong = read(SAMPLE, row)
    assert isinstance(good, Landline)
    assert isinstance(wrong, LandlineWrong)
    assert (wrong.line, wrong.why, wrong.said) == (3, why, said)


@pytest.mark.parametrize(
    ("header", "why", "column"),
    [
        ("number,name", "column_unknown", "name"),
        ("city,street", "no_number_column", ""),
        ("number,city,city", "column_twice", "city"),
        ("", "no_number_column", ""),
    ],
)
def test_a_wrong_header_is_told_once(header: str, why: str, column: str) -> None:
    (wrong,) = read("05138123456,x", "05138123457,y", header=header)
    assert isinstance(wrong, LandlineWrong)
    assert (wrong.line, wrong.why, wrong.column) == (1, why, column)


def test_a_table_without_a_day_is_not_taken() -> None:
    lines = ["number,city\n", "05138123456,c\n"]
    (wrong,) = read_landlines(lines, LandlineDefaults(), TODAY)
    assert isinstance(wrong, LandlineWrong)
    assert (wrong.line, wrong.why) == (2, "no_day")


@given(st.lists(st.text(max_size=80), max_size=6))
def test_no_table_breaks_the_reading(lines: list[str]) -> None:
    for row in read_landlines([f"{HEADER}\n", *lines], DEFAULTS, TODAY):
        assert row.line > 1


def brought(folder: Path, *lines: str, more: tuple[str, ...] = ()) -> int:
    file = folder / "table.csv.gz"
    file.write_bytes(gzip.compress("\n".join((HEADER, *lines)).encode()))
    asked = ["landlines", str(file), "--data", str(folder), "--source", "operator", *more]
    return cli.main([*asked, "--dated", "2026-11-01"])


def caller_of(folder: Path, number: str) -> str:
    keys = KeyStore(folder / "keys.sqlite", master_key(folder / "master.key"))
    lookup = keys.lookup()
    keys.close()
    return stand_in(lookup, number)


def found_in(folder: Path, number: str) -> ToldPlace | None:
    return LandlineFile(folder, print).find(caller_of(folder, number))


def test_a_table_is_in_use_with_no_number_in_it_and_a_newer_one_takes_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert brought(tmp_path, SAMPLE) == 0
    assert "1 landlines, in use" in capsys.readouterr().out
    file, said = LandlineFile(tmp_path, print), caller_of(tmp_path, PHONE)
    place = file.find(said)
    assert place is not None
    assert (place.address, place.method) == ("نمونه‌شهر, خیابان نمونه, 12", "operator")
    held = (tmp_path / LANDLINES).read_bytes()
    assert b"38123456" not in held
    assert (tmp_path / LANDLINES).stat().st_mode & 0o077 == 0
    assert brought(tmp_path, "05138123457,c,,,,,") == 0
    assert file.find(said) is None, "the reader that was open sees the new table"
    assert found_in(tmp_path, "+985138123457") is not None


def test_nothing_is_half_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert brought(tmp_path, SAMPLE) == 0
    held = (tmp_path / LANDLINES).read_bytes()
    again = "+985138123457,x,,,,,"
    assert brought(tmp_path, again, "110,c,,,,,", again, more=("--language", "fa")) == 1
    told = capsys.readouterr().err.splitlines()
    assert "سطر \u20683\u2069" in told[0] or "سطر 3" in told[0] or "سطر ۳" in told[0]
    assert len(told) == 3
    assert (tmp_path / LANDLINES).read_bytes() == held
    assert brought(tmp_path, again, more=("--try",)) == 0
    assert (tmp_path / LANDLINES).read_bytes() == held
    assert sorted(path.name for path in tmp_path.glob("landlines*")) == [LANDLINES]


def test_a_thousand_wrong_lines_are_counted_and_the_first_hundred_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert brought(tmp_path, *["110,c,,,,,"] * 1_000) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 101
    assert "1000 lines are wrong (900 more are not shown)" in told[-1]


def test_a_file_that_cannot_be_read_is_a_word_to_the_operator(tmp_path: Path) -> None:
    (tmp_path / LANDLINES).write_bytes(b"no table" * 1_000)
    said: list[str] = []
    assert LandlineFile(tmp_path, said.append).find("00" * 16) is None
    assert "import it again" in said[0]
    assert LandlineFile(tmp_path / "nowhere", said.append).find("00" * 16) is None
    assert len(said) == 1


@pytest.mark.slow
def test_a_question_among_very_many_is_as_quick_as_among_few(tmp_path: Path) -> None:
    # A search that halves takes twice the steps in 400 times the lines; a reading of all takes 400.
    assert asked(tmp_path / "many", 200_000) < 20 * asked(tmp_path / "few", 500)


def asked(folder: Path, lines: int) -> float:
    """Seconds for one question to a table of so many lines, the median: good for ratios only."""
    place = ToldPlace(source=PlaceSource.ALI, at=0, civic=(CivicPart("RD", "a street"),))
    callers = [stand_in(b"key", f"+98513{n:07}") for n in range(lines)]
    folder.mkdir()
    with LandlinesMade(folder) as made:
        for line, caller in enumerate(callers):
            assert made.add(caller, line, place) is None
        made.keep()
    file, took = LandlineFile(folder, print), []
    for caller in callers[:: -(-lines // 1_000)]:
        began = perf_counter()
        assert file.find(caller) == place
        took.append(perf_counter() - began)
    return sorted(took)[len(took) // 2]


class Shelf:
    """A table in memory."""

    def __init__(self, places: dict[str, ToldPlace]) -> None:
        self.places = places

    def find(self, caller: str) -> ToldPlace | None:
        return self.places.get(caller)


async def until(true: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.005)


def test_a_call_is_told_its_line_once_and_keeps_it_under_a_newer_table() -> None:
    async def run() -> None:
        centre = Spooled()
        old, new = (
            ToldPlace(source=PlaceSource.ALI, at=at, civic=(CivicPart("RD", street),))
            for at, street in ((1, "old"), (2, "new"))
        )
        shelf = Shelf({centre.vault.pseudonym(PHONE): old})
        telling = asyncio.create_task(Landlines(centre.live, shelf, print).run())
        await offer(centre, "c1", "05138123456")
        await offer(centre, "c2", "05138123457")
        first, second = centre.calls
        await until(lambda: len(first.words) == 2)
        await centre.durable()
        assert told(centre) == [old]
        telling.cancel()

        await centre.live.submit(Submission("end", "machine:line", EndCall("c2")))
        after = centre.again()
        shelf.places[after.vault.pseudonym(PHONE)] = new
        telling = asyncio.create_task(Landlines(after.live, shelf, print).run())
        await offer(after, "c3", PHONE)
        await until(lambda: len(after.calls[-1].words) == 2)
        await after.durable()
        assert told(after) == [old, new]
        assert len(after.calls[0].words) == 2
        assert len(second.words) == 1
        telling.cancel()

    asyncio.run(run())


async def offer(centre: Spooled, call_id: str, number: str) -> None:
    words = Words(number=number)
    await centre.live.submit(Submission(call_id, "machine:line", OfferCall(call_id), words=words))


def told(centre: Spooled) -> list[ToldPlace]:
    """The places of all calls that a source told."""
    words = [centre.words(call, place) for call in centre.calls for place in range(len(call.words))]
    return [place for one in words if one.places is not UNSET for place in one.places]


def test_the_vault_s_pseudonym_and_the_table_s_are_the_same() -> None:
    async def run() -> None:
        centre = Spooled()
        vault: SqliteVault = centre.vault
        assert vault.pseudonym("051 3812 3456") == stand_in(vault._keys.lookup(), PHONE)

    asyncio.run(run())
