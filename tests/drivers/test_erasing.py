"""Erasing what is due: by the table, never what a hold keeps, again after any crash or old copy."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pasokh.answer.commands import (
    BeginCallBack,
    DialCallBack,
    EndCall,
    ExpirePlace,
    HangUpCallBack,
    LinkCall,
    MarkNuisance,
    NoteCall,
    OfferCall,
    OpenPosition,
    ReceiveMessage,
    SignIn,
    TellPlace,
)
from pasokh.answer.commands_appeals import ReceiveAppeal, SettleAppeal
from pasokh.answer.commands_voice import (
    EraseRecording,
    KeepRecording,
    MarkRecording,
    StartRecording,
)
from pasokh.answer.events import CallCode
from pasokh.answer.events_appeals import AppealOutcome
from pasokh.control_room.codec import KINDS
from pasokh.control_room.retention import (
    COUNTED,
    KIND_OF,
    RETENTION,
    WORDS_KEPT,
    YEAR,
    RetentionKind,
)
from pasokh.core.machine import Sealed
from pasokh.core.time import DAY
from pasokh.core.told_places import PlaceSource
from pasokh.dispatch.commands import MergeIncident, NoteIncident, OpenIncident
from pasokh.drivers.erasing import Eraser
from pasokh.drivers.erasing_ends import erase_by_hand
from pasokh.staff.commands import Broadcast, WriteShiftNote
from pasokh.staff.commands_holds import AskHold, AskHoldRelease, ConfirmHold, ConfirmHoldRelease
from pasokh.staff.events_holds import ErasedClass, ErasuresReported, HeldThing
from pasokh.staff.holds import standing
from tests.drivers.erasing import BEGIN, FIRST, SECOND, WORDS, Centre

DUE = YEAR / DAY
STRANGER = msgspec.structs.replace(WORDS, number="09120000001")


def told(centre: Centre) -> Centre:
    """Two calls about one incident with words and a place each, one call beside them."""
    centre.give(TellPlace("early", PlaceSource.AML_HTTPS), WORDS)
    centre.give(OfferCall("c1"), WORDS)
    centre.give(TellPlace("w-1", PlaceSource.PIDF_LO, "c1"), WORDS)
    centre.give(OpenIncident("i0"), actor=FIRST)
    centre.give(OpenIncident("i1"), WORDS, actor=FIRST)
    centre.give(LinkCall("c1", "i0"), actor=FIRST)
    centre.give(MergeIncident("i0", "i1"), actor=FIRST)
    centre.give(OfferCall("c2"), STRANGER)
    centre.give(LinkCall("c2", "i1"), actor=FIRST)
    centre.give(OfferCall("c3"), STRANGER)
    centre.give(WriteShiftNote("n1"), WORDS, actor=FIRST)
    return centre


def test_every_event_that_seals_words_has_a_row() -> None:
    sealing = {
        kind
        for kind in KINDS.values()
        if any(field.type in (Sealed, Sealed | None) for field in msgspec.structs.fields(kind))
    }
    assert sealing == set(KIND_OF)
    assert set(RETENTION) == set(RetentionKind)


def test_no_word_is_kept_longer_than_its_row_says_by_the_key_that_it_shares() -> None:
    for kind in (
        RetentionKind.CONTACT,
        RetentionKind.PLACE,
        RetentionKind.TEXT,
        RetentionKind.MESSAGE,
        RetentionKind.NOTE,
        RetentionKind.BROADCAST,
    ):
        assert RETENTION[kind].keep == WORDS_KEPT


def test_what_is_due_goes_and_is_counted_and_the_younger_stays(tmp_path: Path) -> None:
    centre = told(Centre(tmp_path))
    centre.give(NoteCall("c3"), WORDS, day=2, actor=FIRST)
    assert centre.erase(DUE - 1 / 24)["contact"] == ErasedClass("contact", 0, 0, 3, BEGIN)
    found = centre.erase(DUE)
    assert found["contact"] == ErasedClass("contact", 2, 0, 1, BEGIN)
    assert found["place"] == ErasedClass("place", 3)
    assert found["note"] == ErasedClass("note", 1)
    assert found["text"] == ErasedClass("text", 0, 0, 1, BEGIN + 2 * DAY)
    opened = {"place/early": False, "c1": False, "place/w-1": False, "i1": False, "c2": False}
    assert centre.opened() == {**opened, "c3": True, "note/n1": False}
    assert centre.erase(DUE + 2)["text"] == ErasedClass("text", 1)
    assert not any(centre.opened().values())
    assert [e.run for e in centre.events() if isinstance(e, ErasuresReported)] == [1, 2, 3]
    assert centre.erase(DUE + 3) == {}
    centre.close()


@pytest.mark.parametrize(
    ("thing", "name"), [(HeldThing.CALL, "c1"), (HeldThing.INCIDENT, "i1"), (HeldThing.CALL, "c2")]
)
def test_a_hold_keeps_a_thing_and_all_that_was_linked_to_it(
    tmp_path: Path, thing: HeldThing, name: str
) -> None:
    centre = told(Centre(tmp_path))
    centre.give(AskHold("h1", thing, name, "court"), day=1, actor=FIRST)
    centre.give(ConfirmHold("h1", "seen"), day=2, actor=SECOND)
    found = centre.erase(DUE)
    assert (found["contact"].erased, found["contact"].held) == (1, 2)
    assert (found["place"].erased, found["place"].held, found["place"].left) == (0, 3, 3)
    kept = dict.fromkeys(("place/early", "c1", "place/w-1", "i1", "c2"), True)
    assert centre.opened() == {**kept, "c3": False, "note/n1": False}
    centre.give(AskHoldRelease("h1", "over"), day=DUE + 1, actor=FIRST)
    assert centre.erase(DUE + 1)["contact"].held == 2
    centre.give(ConfirmHoldRelease("h1", "seen"), day=DUE + 2, actor=SECOND)
    assert centre.erase(DUE + 2)["contact"] == ErasedClass("contact", 2)
    assert not any(centre.opened().values())
    centre.close()


def test_one_persons_hold_lapses_and_what_it_kept_goes(tmp_path: Path) -> None:
    centre = told(Centre(tmp_path))
    centre.give(AskHold("h1", HeldThing.CALL, "c3", "court"), day=DUE - 1, actor=FIRST)
    assert centre.erase(DUE)["contact"] == ErasedClass("contact", 2, 1, 1, BEGIN)
    assert centre.erase(DUE + 3)["contact"] == ErasedClass("contact", 1)
    centre.close()


def test_a_recording_that_is_evidence_keeps_its_calls_key_until_a_person_ends_it(
    tmp_path: Path,
) -> None:
    centre = Centre(tmp_path)
    recorded(centre, "c1", "c2")
    centre.give(MarkRecording("c1", "court"), actor=FIRST)
    centre.give(EraseRecording("c2", "class A"), day=90)
    found = centre.erase(DUE)
    assert found["contact"] == ErasedClass("contact", 1, 1, 1, BEGIN)
    assert found["recording"] == ErasedClass("recording", 1, 1, 1, BEGIN)
    assert (centre.voices.has("c1"), centre.voices.has("c2")) == (True, False)
    centre.give(EraseRecording("c1", "the case is over"), day=DUE + 1, actor=FIRST)
    found = centre.erase(DUE + 1)
    assert (found["contact"].erased, found["recording"].erased) == (1, 1)
    assert not centre.voices.has("c1")
    assert not any(centre.opened().values())
    centre.close()


def recorded(centre: Centre, *calls: str) -> None:
    """Calls with a recording each, whose day comes after ninety days."""
    for call_id in calls:
        centre.give(OfferCall(call_id), WORDS)
        centre.give(StartRecording(call_id, "always"))
        keep_voice(centre, call_id)


def keep_voice(centre: Centre, voice_id: str) -> None:
    secret = centre.voices.keep(voice_id, b"a voice", BEGIN + 90 * DAY)
    kept = KeepRecording(voice_id, "ab" * 32, 7, BEGIN, 1, BEGIN + 90 * DAY)
    centre.give(kept, msgspec.structs.replace(WORDS, text=secret))


def by_hand(centre: Centre, day: float) -> dict[str, ErasedClass]:
    """Erase as `pasokh erase --due` does."""
    now = BEGIN + round(day * DAY)
    report = erase_by_hand(centre.room, centre.eraser, centre.vault, now)
    return {row.kind: row for row in report.classes}


def test_by_hand_recordings_end_too_but_for_evidence_and_what_is_held(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    recorded(centre, "c1", "c2", "c3")
    centre.give(MarkRecording("c1", "court"), actor=FIRST)
    held_by_two(centre, HeldThing.CALL, "c2")
    held = standing(centre.room.centre.staff.holds, BEGIN + 91 * DAY)
    seen = {row.kind: row for row in centre.eraser.preview(1, BEGIN + 91 * DAY, held).classes}
    assert (seen["recording"].erased, seen["recording"].held) == (2, 1), "evidence is not known yet"
    assert by_hand(centre, 91)["recording"] == ErasedClass("recording", 1, 0, 2, BEGIN)
    assert [centre.voices.has(call) for call in ("c1", "c2", "c3")] == [True, True, False]
    assert centre.voices.due(BEGIN + 91 * DAY) == ["c2"], "evidence lies aside"
    assert by_hand(centre, 92)["recording"] == ErasedClass("recording", 0, 0, 2, BEGIN)
    centre.close()


@pytest.mark.parametrize(
    ("thing", "name"), [(HeldThing.CALL, "c1"), (HeldThing.INCIDENT, "i1"), (HeldThing.CALL, "no")]
)
def test_a_hold_keeps_what_was_said_when_the_caller_was_called_back(
    tmp_path: Path, thing: HeldThing, name: str
) -> None:
    centre = Centre(tmp_path)
    centre.give(OfferCall("c1"), WORDS)
    centre.give(EndCall("c1"))
    centre.give(OpenPosition("desk"), actor=FIRST)
    centre.give(SignIn("desk", "p-1"), actor="call_taker:p-1")
    centre.give(BeginCallBack("c1"), actor="call_taker:p-1")
    centre.give(DialCallBack("desk", "d1"))
    centre.give(StartRecording("d1", "policy"))
    centre.give(HangUpCallBack("d1"))
    keep_voice(centre, "d1")
    centre.give(OpenIncident("i1"), WORDS, actor=FIRST)
    centre.give(LinkCall("c1", "i1"), actor=FIRST)
    held_by_two(centre, thing, name)
    by_hand(centre, 91)
    assert centre.voices.has("d1") is (name != "no")
    centre.close()


def held_by_two(centre: Centre, thing: HeldThing, thing_id: str) -> None:
    centre.give(AskHold("h1", thing, thing_id, "court"), actor=FIRST)
    centre.give(ConfirmHold("h1", "seen"), actor=SECOND)


def one_of_each(centre: Centre) -> None:
    """Something of every class that the night counts, an expired objection and a place too."""
    recorded(centre, "c1")
    centre.give(NoteCall("c1"), WORDS, actor=FIRST)
    centre.give(ReceiveMessage("c2", "m1", "sms", thread="t"), STRANGER)
    centre.give(OpenIncident("i1"), WORDS, actor=FIRST)
    centre.give(LinkCall("c1", "i1"), actor=FIRST)
    centre.give(LinkCall("c2", "i1"), actor=FIRST)
    centre.give(TellPlace("w-1", PlaceSource.PIDF_LO, "c1", BEGIN + 2 * DAY), WORDS)
    centre.give(WriteShiftNote("n1"), WORDS, actor=FIRST)
    centre.give(Broadcast("b1", BEGIN + DAY), WORDS, actor=FIRST)
    centre.give(MarkNuisance("c1", CallCode.NUISANCE, "x", BEGIN + DAY), actor=FIRST)
    centre.give(ReceiveAppeal("a1"), WORDS)
    centre.give(SettleAppeal("a1", AppealOutcome.UPHELD, "looked"), actor="administrator:a-1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("thing", "name", "keeps"),
    [
        (HeldThing.INCIDENT, "i1", {"contact", "text", "message", "place", "recording"}),
        (HeldThing.NOTE, "n1", {"note"}),
        (HeldThing.BROADCAST, "b1", {"broadcast"}),
        (HeldThing.APPEAL, "a1", {"appeal"}),
        (HeldThing.RAW, "raw", {"raw"}),
        (HeldThing.CALL, "none", set()),
    ],
)
def test_two_peoples_hold_stops_the_erasing_of_each_class(
    tmp_path: Path, thing: HeldThing, name: str, keeps: set[str]
) -> None:
    files = [3]

    def raw(_before: int, held: bool) -> int:  # noqa: FBT001 - as the port has it
        left = files[0]
        files[0] = left if held else 0
        return left

    centre = Centre(tmp_path)
    centre.eraser = Eraser(centre.log, centre.vault, centre.book, centre.voices, raw)
    one_of_each(centre)
    held_by_two(centre, thing, name)
    found = by_hand(centre, DUE + 1)
    counted = {kind.value for kind in COUNTED}
    assert set(found) == counted
    assert {kind for kind, row in found.items() if row.erased == 0} == keeps
    assert {kind for kind, row in found.items() if row.held or row.left} == keeps
    assert files[0] == (3 if "raw" in keeps else 0)
    assert centre.voices.has("c1") == ("recording" in keeps)
    assert any(centre.opened().values()) == bool(keeps - {"raw"})
    centre.close()


class Crash(Exception):
    pass


class Crashing:
    """Lets so many steps through, then dies before or after the next one."""

    def __init__(self, steps: int, *, after: bool) -> None:
        self.left = steps
        self.after = after

    def wrap(self, thing: Any, *names: str) -> None:
        for name in names:
            setattr(thing, name, self._step(getattr(thing, name)))

    def _step(self, deed: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any) -> Any:
            self.left -= 1
            if self.left < 0 and not self.after:
                raise Crash
            done = deed(*given)
            if self.left < 0:
                raise Crash
            return done

        return step


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_between_any_two_steps_is_mended_by_the_next_run(
    tmp_path: Path,
    after: bool,  # noqa: FBT001
) -> None:
    (tmp_path / "whole").mkdir()
    told(Centre(tmp_path / "whole")).close()
    died = 0
    for steps in range(20):
        folder = tmp_path / f"{steps}"
        shutil.copytree(tmp_path / "whole", folder)
        centre = Centre(folder)
        crashing = Crashing(steps, after=after)
        crashing.wrap(centre.vault, "destroy_all", "note_run")
        crashing.wrap(centre.book, "take", "going", "gone")
        crashing.wrap(centre.room, "commit")
        try:
            centre.erase(DUE)
        except Crash:
            died += 1
        centre.close()
        again = Centre(folder)
        again.begin()
        again.erase(DUE)
        assert not any(again.opened().values()), steps
        reports = [e for e in again.events() if isinstance(e, ErasuresReported)]
        told_of = [row for report in reports for row in report.classes]
        counted = {
            kind: sum(r.erased for r in told_of if r.kind == kind)
            for kind in ("contact", "place", "note")
        }
        assert counted == {"contact": 3, "place": 3, "note": 1}, steps
        assert again.vault.run() == reports[-1].run, steps
        again.close()
        if crashing.left >= 0:
            break
    assert died >= 5


def test_keys_from_an_older_copy_are_destroyed_again(tmp_path: Path) -> None:
    centre = told(Centre(tmp_path))
    centre.erase(1)
    centre.close()
    shutil.copy(tmp_path / "keys.sqlite", tmp_path / "keys.copy")
    centre = Centre(tmp_path)
    centre.erase(DUE)
    centre.erase(DUE + 1)
    centre.close()
    shutil.copy(tmp_path / "keys.copy", tmp_path / "keys.sqlite")
    centre = Centre(tmp_path)
    assert any(centre.opened().values())  # the copy brought them back
    assert centre.begin()
    assert centre.erase(DUE + 2)["contact"].erased == 3
    assert not any(centre.opened().values())
    assert not centre.begin()
    centre.close()


def test_a_place_that_ended_by_day_ends_again_in_keys_copied_that_morning(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.give(OfferCall("c1"), WORDS)
    centre.erase(1)
    centre.give(TellPlace("w-1", PlaceSource.PIDF_LO, "c1", BEGIN + 2 * DAY), WORDS, day=1.1)
    centre.close()
    shutil.copy(tmp_path / "keys.sqlite", tmp_path / "keys.copy")
    centre = Centre(tmp_path)
    centre.vault.destroy("place/w-1")
    centre.give(ExpirePlace("w-1"), day=2)
    centre.eraser.read_on()
    centre.close()
    shutil.copy(tmp_path / "keys.copy", tmp_path / "keys.sqlite")
    centre = Centre(tmp_path)
    assert centre.opened()["place/w-1"]
    assert not centre.begin()
    assert centre.opened() == {"c1": True, "place/w-1": False}
    assert centre.erase(3)["place"] == ErasedClass("place", 1)
    centre.close()


def test_a_whole_folder_from_an_older_copy_is_erased_again_by_the_table(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    told(Centre(tmp_path / "own")).close()
    shutil.copytree(tmp_path / "own", tmp_path / "copy")
    for folder in ("own", "copy"):
        centre = Centre(tmp_path / folder)
        centre.begin()
        centre.erase(DUE)
        assert not any(centre.opened().values())
        centre.close()


@pytest.mark.parametrize("ill", [b"", b"no book at all", None])
def test_a_lost_or_damaged_book_is_made_anew(tmp_path: Path, ill: bytes | None) -> None:
    centre = told(Centre(tmp_path))
    centre.erase(1)
    centre.close()
    for file in tmp_path.glob("retention.sqlite*"):
        file.unlink()
    if ill is not None:
        (tmp_path / "retention.sqlite").write_bytes(ill)
    centre = Centre(tmp_path)
    centre.begin()
    assert centre.erase(DUE)["contact"].erased == 3
    centre.close()


def test_a_book_of_another_log_is_made_anew(tmp_path: Path) -> None:
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
    other = told(Centre(tmp_path / "other"))
    other.eraser.read_on()
    other.close()
    centre = Centre(tmp_path / "own")
    centre.give(OfferCall("c1"), WORDS)
    centre.close()
    shutil.copy(tmp_path / "other" / "retention.sqlite", tmp_path / "own")
    centre = Centre(tmp_path / "own")
    centre.begin()
    assert centre.erase(DUE) == {"contact": ErasedClass("contact", 1)}
    centre.close()


def test_a_preview_counts_and_touches_nothing(tmp_path: Path) -> None:
    centre = told(Centre(tmp_path))
    centre.give(NoteIncident("i1"), WORDS, day=1, actor=FIRST)
    held = frozenset({"c3"})
    seen = {row.kind: row for row in centre.eraser.preview(1, BEGIN + YEAR, held).classes}
    assert seen["contact"] == ErasedClass("contact", 2, 1, 1, BEGIN)
    assert (seen["place"].erased, seen["place"].left) == (2, 1)
    assert all(centre.opened().values())
    assert centre.vault.run() == 0
    centre.close()
