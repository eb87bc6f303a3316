"""A no that names a time names it by the calendar and the clock of who reads it."""

import re

import pytest

from pasokh.core.refusal import Reason
from pasokh.core.time import iso_instant
from pasokh.words.digits import ISOLATE, ISOLATE_END
from pasokh.words.say import CATALOGUES, places
from pasokh.words.told_times import refusal_sentence, told_time

pytestmark = pytest.mark.slow

TEHRAN = 210
HALF_PAST_NINE = iso_instant(20_786 * 86_400_000 + 6 * 3_600_000)


def plain(said: str | int) -> str:
    return str(said).replace(ISOLATE, "").replace(ISOLATE_END, "")


def test_when_figures_may_be_made_is_said_in_both_calendars() -> None:
    details: dict[str, str | int] = {"day": "2026-11-22", "version": "final", "due": HALF_PAST_NINE}
    persian = plain(refusal_sentence("fa", "figure_too_early", details, TEHRAN))
    assert "یکشنبه ۱ آذر ۱۴۰۵" in persian
    assert "یکشنبه ۸ آذر ۱۴۰۵، ساعت ۰۹:۳۰" in persian
    english = plain(refusal_sentence("en", "figure_too_early", details, TEHRAN))
    assert "Sunday 22 November 2026" in english
    assert "Sunday 29 November 2026, 09:30" in english


def test_a_time_falls_on_the_day_of_the_centre_and_keeps_its_seconds() -> None:
    late = iso_instant(20_786 * 86_400_000 - 1_000)
    assert plain(told_time("en", late, 0)) == "Saturday 28 November 2026, 23:59:59"
    assert plain(told_time("en", late, TEHRAN)) == "Sunday 29 November 2026, 03:29:59"
    for other in ("c-1", "2026-11-21-final", "2026-11", 7):
        assert told_time("fa", other, TEHRAN) == other


@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_refusal_shows_an_instant_as_the_machine_keeps_it(language: str) -> None:
    for reason in Reason:
        named = places(CATALOGUES[language][f"refusal.{reason.value}"])
        details: dict[str, str | int] = dict.fromkeys(named, HALF_PAST_NINE)
        said = refusal_sentence(language, reason.value, details, TEHRAN)
        assert not re.search(r"[0-9۰-۹]T[0-9۰-۹]|Z\b", said), said
