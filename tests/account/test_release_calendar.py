"""What is published when: by one hour for everybody, and what is moved or seen before is told."""

import pytest

from pasokh.account import commands as c
from pasokh.account import events as e
from pasokh.account.releases import (
    BlockedBy,
    Months,
    Plan,
    Release,
    ReleaseKind,
    calendar,
    planned,
)
from pasokh.core.machine import Command
from pasokh.core.refusal import Reason
from pasokh.core.time import DAY, MINUTE, iso_instant
from tests.stories.story import Story

TEHRAN = 210
PROVISIONAL, FINAL, MONTH, REVISED = ReleaseKind
SECONDS = DAY // 1_000
# Day 0 begins 3.5 hours before 1970-01-01T00:00Z.
MIDNIGHT = -TEHRAN * 60
HALF_PAST_NINE = 570 * 60
FINAL_DUE = MIDNIGHT + 8 * SECONDS + HALF_PAST_NINE


def opened() -> Story:
    return Story().given(c.OpenCentre("invented", TEHRAN))


def release(story: Story, kind: ReleaseKind = FINAL, day: int = 0) -> Release:
    return planned(story.centre.account.releases, kind, (day, day), TEHRAN)


def test_a_day_is_published_at_half_past_nine_when_it_can_be() -> None:
    story = opened()
    assert iso_instant(release(story, PROVISIONAL).due_at) == "1970-01-03T06:00:00.000Z"
    assert iso_instant(release(story, FINAL).due_at) == "1970-01-09T06:00:00.000Z"
    assert iso_instant(release(story, MONTH).due_at) == "1970-01-10T06:00:00.000Z"
    assert release(story).release_id == "1970-01-01-final"
    assert iso_instant(release(story, REVISED, 8).due_at) == "1970-01-10T06:00:00.000Z"


def test_a_calendar_of_twelve_months_lists_every_release_once_in_its_order() -> None:
    desk = opened().centre.account.releases
    lines = calendar(desk, TEHRAN, (0, 364), Months((0, 31, 59, 90, 365)))
    assert len(lines) == 365 * 3 + 4
    assert len({line.release_id for line in lines}) == len(lines)
    assert [line.due_at for line in lines] == sorted(line.due_at for line in lines)
    months = [(line.from_day, line.to_day) for line in lines if line.kind is MONTH]
    assert months == [(0, 30), (31, 58), (59, 89), (90, 364)]
    began = calendar(desk, TEHRAN, (10, 40), Months((0, 31, 59)))
    assert [(line.from_day, line.to_day) for line in began if line.kind is MONTH] == [(10, 30)]


def test_the_first_hour_counts_at_once_and_a_change_in_four_weeks_with_a_reason() -> None:
    story = opened().when(c.SetReleaseHour(600)).then(e.ReleaseHourSet(600, 0))
    assert release(story).due_at == (FINAL_DUE + 30 * 60) * 1_000
    story.when(c.SetReleaseHour(600)).refused(Reason.RELEASE_HOUR_SAME)
    story.when(c.SetReleaseHour(480)).refused(Reason.NEEDS_REASON)
    story.when(c.SetReleaseHour(480, "earlier news")).then(
        e.ReleaseHourSet(480, 28, "earlier news")
    )
    assert release(story, day=19).due_at % DAY == (600 - TEHRAN) * MINUTE
    assert release(story, day=20).due_at % DAY == (480 - TEHRAN) * MINUTE
    old = opened().when(c.SetReleaseHour(480), at=40 * SECONDS)
    old.refused(Reason.NEEDS_REASON)
    old.given(c.SetReleaseHour(480, "late"), at=40 * SECONDS)
    assert release(old).due_at == FINAL_DUE * 1_000, "what was published stays as it was"


def move(to: int, reason: str = "a holiday", kind: ReleaseKind = FINAL, day: int = 0) -> Command:
    return c.MoveRelease(kind, day, to * 1_000, reason)


def test_a_release_goes_out_before_its_hour_only_with_a_reason() -> None:
    story = opened()
    early = FINAL_DUE - 3_600
    story.when(move(early, " "), at=early).refused(Reason.NEEDS_REASON)
    story.when(move(FINAL_DUE), at=early).refused(Reason.RELEASE_UNCHANGED)
    story.when(move(1, day=400), at=early).refused(Reason.FIGURE_TOO_EARLY)
    asked = (FINAL, 0, early * 1_000, FINAL_DUE * 1_000, "a holiday")
    story.when(move(0), at=early, actor="press_officer:p-1").then(e.EarlyReleaseAsked(*asked))
    assert release(story).due_at == FINAL_DUE * 1_000, "one person's word is not enough"
    confirm = c.ConfirmEarlyRelease(FINAL, 0)
    story.when(confirm, at=early, actor="administrator:p-1").refused(Reason.EARLY_SAME_PERSON)
    story.when(confirm, at=early, actor="machine:p-2").refused(Reason.NEEDS_PERSON)
    story.when(confirm, at=early, actor="supervisor:p-2").then(e.ReleaseMoved(*asked))
    moved = release(story)
    assert (moved.due_at, moved.announced_at) == (early * 1_000, FINAL_DUE * 1_000)
    assert moved.reason == "a holiday"
    story.when(move(FINAL_DUE), at=early + 1).refused(Reason.RELEASE_OUT)
    story.when(confirm, at=early + 1, actor="supervisor:p-3").refused(Reason.RELEASE_OUT)


def test_what_was_asked_for_too_early_counts_from_when_it_is_confirmed() -> None:
    story = opened().given(move(FINAL_DUE - 3_600), at=9, actor="supervisor:p-1")
    confirm = c.ConfirmEarlyRelease(FINAL, 0)
    story.given(confirm, at=FINAL_DUE - 600, actor="supervisor:p-2")
    assert release(story).due_at == (FINAL_DUE - 600) * 1_000
    late = opened().given(move(FINAL_DUE + 60), at=9)
    assert release(late).due_at == (FINAL_DUE + 60) * 1_000, "later: one person with a reason"
    late.when(confirm, at=10, actor="supervisor:p-2").refused(Reason.EARLY_NOT_ASKED)


def test_who_sees_it_before_is_noted_until_its_hour() -> None:
    story = opened()
    give = c.GivePreAccess(FINAL, 0, "the governor's office", "asked by law")
    story.when(c.GivePreAccess(FINAL, 0, "the governor's office", ""), at=9)
    story.refused(Reason.NEEDS_REASON)
    story.given(give, at=9)
    (noted,) = story.centre.account.releases.pre_access["1970-01-01-final"]
    assert (noted.at, noted.to, noted.why) == (9_000, "the governor's office", "asked by law")
    story.when(give, at=10).refused(Reason.PRE_ACCESS_STANDS)
    withdraw = c.WithdrawPreAccess(FINAL, 0, "the governor's office", "not needed")
    story.when(c.WithdrawPreAccess(FINAL, 0, "another", "why"), at=10)
    story.refused(Reason.PRE_ACCESS_UNKNOWN)
    story.given(withdraw, at=11).when(withdraw, at=12).refused(Reason.PRE_ACCESS_UNKNOWN)
    (noted,) = story.centre.account.releases.pre_access["1970-01-01-final"]
    assert (noted.to, noted.withdrawn_at) == ("the governor's office", 11_000), "it stays listed"
    assert noted.withdrawn_why == "not needed"
    story.given(give, at=13)
    story.when(give, at=FINAL_DUE).refused(Reason.RELEASE_OUT)
    story.when(withdraw, at=FINAL_DUE).refused(Reason.RELEASE_OUT)


def test_what_is_held_back_is_said_once_until_it_is_over() -> None:
    story = opened()
    block = c.BlockRelease("1970-01-01-final", FINAL_DUE, BlockedBy.TALLY, "offered", 9, 8)
    story.when(block).then(
        e.ReleaseBlocked("1970-01-01-final", FINAL_DUE, BlockedBy.TALLY, "offered", 9, 8)
    )
    story.when(block).refused(Reason.RELEASE_BLOCKED)
    story.given(c.BlockRelease("1970-01-01-final", FINAL_DUE, BlockedBy.ROWS, "O1", 3, 2))
    assert story.centre.account.releases.blocked["1970-01-01-final"].by is BlockedBy.ROWS
    end = c.UnblockRelease("1970-01-01-final")
    story.when(end).then(e.ReleaseUnblocked("1970-01-01-final"))
    story.when(end).refused(Reason.RELEASE_NOT_BLOCKED)
    assert story.centre.account.releases.blocked == {}


def test_what_is_judged_anew_goes_out_with_its_day_or_at_once_by_two_people() -> None:
    story = opened()
    found_at, usual = FINAL_DUE + 1_800, FINAL_DUE + SECONDS
    plan = Plan(story.centre.account.releases, TEHRAN, 0)
    assert plan.revised_with(found_at * 1_000).due_at == usual * 1_000
    at_once = move(found_at + 60, "a county was counted twice", REVISED, 8)
    story.given(at_once, at=found_at, actor="press_officer:p-1")
    confirm = c.ConfirmEarlyRelease(REVISED, 8)
    story.given(confirm, at=found_at + 60, actor="supervisor:p-2")
    found = plan.revised_with(found_at * 1_000)
    assert (found.release_id, found.due_at) == ("1970-01-09-revised", (found_at + 60) * 1_000)
    assert found.reason == "a county was counted twice"
    after = plan.revised_with((found_at + 61) * 1_000)
    assert after.release_id == "1970-01-10-revised", "what was found later goes with the next"
    story.when(move(0, "now", REVISED, 10), at=found_at + 61).refused(Reason.FIGURE_TOO_EARLY)


def test_whoever_saw_a_revision_while_it_waited_is_listed_once() -> None:
    story = opened()
    for day, to in ((8, "an office"), (9, "a ministry"), (11, "a court")):
        story.given(c.GivePreAccess(REVISED, day, to, "asked by law"), at=9)
    plan = Plan(story.centre.account.releases, TEHRAN, 0)
    seen = plan.seen_before_revision(plan.release(REVISED, (9, 9)), None)
    assert [one.to for one in seen] == ["an office", "a ministry"]
    seen = plan.seen_before_revision(plan.release(REVISED, (11, 11)), 9)
    assert [one.to for one in seen] == ["a court"]


@pytest.mark.parametrize(
    "command", [move(0, day=0), c.GivePreAccess(FINAL, 0, "an office", "asked by law")]
)
def test_what_is_not_in_the_calendar_is_refused(command: Command) -> None:
    Story().when(command).refused(Reason.RELEASE_UNKNOWN)
