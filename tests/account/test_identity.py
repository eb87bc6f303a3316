"""A day that does not add up is not published, and the number that does not fit is named."""

import pytest
from msgspec import structs

from pasokh.account.disclosure.days import Carried, CarriedCell
from pasokh.account.disclosure.rows import Level, PublicRow, Side
from pasokh.account.events import Tally
from pasokh.account.identity import IdentityBroken, check_published, check_rows, check_tally
from pasokh.account.publication import publish_day
from tests.adapters.archive.settled import settled_day

WHOLE = Tally(classes={"A1": 1, "A2": 2, "O1": 5, "V": 7, "S": 3}, offered=15)
DAY = 20_000


def test_what_was_offered_is_what_became_of_it() -> None:
    check_tally("a day", WHOLE)
    with pytest.raises(IdentityBroken) as broken:
        check_tally("a day", structs.replace(WHOLE, offered=16))
    said = "a day: offered is 16, but A1 1 + A2 2 + answered 12 = 15"
    assert str(broken.value).replace("A2 2 + A1 1", "A1 1 + A2 2") == said


def test_the_rows_are_what_the_figure_counts() -> None:
    day = settled_day(DAY, 60, 7)
    check_rows("a day", day.figure.tally, day.rows.calls)
    lost = day.rows.calls[-1].call_class
    with pytest.raises(IdentityBroken, match=f"a day: {lost} is [0-9]+ in the figure"):
        check_rows("a day", day.figure.tally, day.rows.calls[:-1])


def test_what_is_published_and_what_waits_hold_every_call() -> None:
    waited = {Side.ABANDONED: Carried(3, (CarriedCell("", "", "A2", 4),))}
    rows = [
        PublicRow(4, 4, Level.PROVINCE, "", "", "operational", 5),
        PublicRow(4, 4, Level.PROVINCE, "", "", "other_answered", 7),
        PublicRow(3, 4, Level.PROVINCE, "", "", "abandoned", 7),
    ]
    check_published("a day", WHOLE, rows, waited, {})
    with pytest.raises(IdentityBroken, match="abandoned is 7, but its rows hold 0"):
        check_published("a day", WHOLE, rows[:2], waited, {})
    waiting = {Side.ABANDONED: Carried(3, (CarriedCell("", "", "A2", 7),))}
    check_published("a day", WHOLE, rows[:2], waited, waiting)


def test_publishing_a_day_that_does_not_add_up_is_refused() -> None:
    day = settled_day(DAY, 300, 7)
    figure = structs.replace(day.figure, tally=structs.replace(day.figure.tally, offered=1))
    with pytest.raises(IdentityBroken, match="offered is 1,"):
        publish_day(structs.replace(day, figure=figure), day.lists, {}, lambda _: b"", "nobody")
