"""What happens in a golden log: every event once at least, each command after what it needs."""

from typing import TypeAlias

from pasokh.account.commands import (
    BlockRelease,
    ConfirmEarlyRelease,
    FigureDay,
    GivePreAccess,
    MoveRelease,
    OpenCentre,
    SetReleaseHour,
    UnblockRelease,
    WithdrawPreAccess,
)
from pasokh.account.definitions import FigureVersion
from pasokh.account.releases import BlockedBy, ReleaseKind
from pasokh.answer import commands as answer
from pasokh.answer import commands_appeals as appeals
from pasokh.answer import commands_voice as voice
from pasokh.answer import commands_watch as watch
from pasokh.answer.commands_survey import AskCaller
from pasokh.answer.events import CallBackResult, CallCode, Delivery, NotPickedUp
from pasokh.answer.events_appeals import AppealOutcome, TellResult
from pasokh.answer.events_voice import LostWhy, SilentOutcome, Tone, VoiceFound
from pasokh.answer.events_watch import LineCounts, ProbeEnd
from pasokh.core.machine import Command, Words
from pasokh.core.people import Role
from pasokh.core.time import DAY, HOUR, MINUTE, Instant
from pasokh.core.told_places import PlaceSource
from pasokh.dispatch import commands as dispatch
from pasokh.dispatch.events import Availability, Outcome, Stage
from pasokh.press import commands as press
from pasokh.press.events import NewsKind, NewsMistake
from pasokh.reference import commands as reference
from pasokh.reference.entries import (
    CapabilityEntry,
    ListName,
    ProtocolAnswer,
    ProtocolEntry,
    ProtocolStep,
)
from pasokh.staff import commands as staff
from pasokh.staff import commands_holds as holds
from pasokh.staff.events import DeskKind, ReadThing, SignInMeans
from pasokh.staff.events_holds import ErasedClass, HeldThing
from tests.simulated.day import BEGIN

Step: TypeAlias = tuple[str, Command] | tuple[str, Command, Words]

TAKER, DISPATCHER = "call_taker:p-1", "dispatcher:d-1"
SET_UP = "administrator:a-1"
FIRST, SECOND, MACHINE = "supervisor:s-1", "supervisor:s-2", "machine:line"
CLOCK, KEEPER = "machine:timetable", "administrator:reference"
WORDS = Words(name="نام آزمایشی", number="09120000000", text="در نقشه نیست، کوچه‌ی سوم")
STRANGER = Words(number="09120000001")
MONTH = 30 * DAY
YES = ProtocolAnswer(
    "yes", "1", "بله", "Yes", priority=1, because_fa="زخمی", because_en="hurt", service="115"
)
HURT = ProtocolStep("hurt", "کسی زخمی است؟", "Is anybody hurt?", (YES,))
BRAWL = ProtocolEntry("نزاع", "Brawl", ("dispute",), (HURT,))

COUNTED = watch.CompareCounts("k-1", "kamailio", BEGIN, BEGIN, BEGIN + HOUR, LineCounts(9, 9))
KEPT = voice.KeepRecording("c4", "ab" * 32, 16044, BEGIN, 1000, BEGIN + 90 * DAY)
MORNING: list[Step] = [
    (FIRST, answer.OpenPosition("d1", "میز ۱")),
    (TAKER, answer.SignIn("d1", "p-1")),
    (TAKER, answer.BeReady("d1")),
    (FIRST, dispatch.RegisterUnit("u1", "کلانتری ۱۲", "mashhad", ("patrol",))),
    (FIRST, dispatch.RegisterUnit("u2")),
    (MACHINE, answer.OfferCall("c1", county="mashhad"), WORDS),
    (MACHINE, answer.QueueCall("c1", "general")),
    (TAKER, answer.AnswerCall("c1", "d1")),
    (TAKER, answer.HoldCall("c1")),
    (TAKER, answer.ResumeCall("c1")),
    (TAKER, answer.MarkSilent("c1")),
    (TAKER, answer.LocateCall("c1", "nishapur"), WORDS),
    (MACHINE, answer.TellPlace("c1-0", PlaceSource.PIDF_LO, "c1", BEGIN + HOUR), WORDS),
    (MACHINE, answer.TellPlace("early-0", PlaceSource.AML_HTTPS), STRANGER),
    (TAKER, answer.TypeCall("c1", "theft")),
    (TAKER, answer.NoteCall("c1"), WORDS),
    (TAKER, dispatch.OpenIncident("i1", "", "mashhad", "b7"), WORDS),
    (TAKER, answer.LinkCall("c1", "i1")),
    (DISPATCHER, dispatch.TypeIncident("i1", "theft")),
    (DISPATCHER, dispatch.PrioritiseIncident("i1", 2, ("مسلح",))),
    (DISPATCHER, dispatch.MoveIncident("i1", "nishapur")),
    (DISPATCHER, dispatch.NoteIncident("i1"), WORDS),
    (DISPATCHER, dispatch.SetUnitState("u2", Availability.CONDITIONALLY_AVAILABLE, ("fuel",))),
    (DISPATCHER, dispatch.AssignIncident("i1", "d-1")),
    (CLOCK, dispatch.MarkIncidentOverdue("i1")),
    (DISPATCHER, dispatch.CreateMission("m1", "i1", "u1")),
    (DISPATCHER, dispatch.DispatchMission("m1")),
    (CLOCK, dispatch.MarkOverdue("m1", Stage.DISPATCHED)),
    (DISPATCHER, dispatch.ReleaseIncident("i1")),
    (DISPATCHER, dispatch.CreateMission("m2", "i1", "u1")),
    (DISPATCHER, dispatch.DispatchMission("m2")),  # refused: the unit is busy
    (DISPATCHER, dispatch.CancelMission("m2", "u1 is busy")),
    (DISPATCHER, dispatch.AcknowledgeMission("m1")),
    (DISPATCHER, dispatch.StartMission("m1")),
    (DISPATCHER, dispatch.ArriveMission("m1")),
    (DISPATCHER, dispatch.RecordOutcome("m1", Outcome.FOUNDED)),
    (TAKER, answer.GiveAdvice("c1", "stay-inside")),
    (TAKER, answer.EndCall("c1")),
    (TAKER, answer.GoAway("d1", "tea")),
    (MACHINE, answer.OfferCall("c2"), WORDS),
    (MACHINE, answer.EndCall("c2")),
    (TAKER, answer.BeginCallBack("c2")),
    (MACHINE, answer.DialCallBack("d1", "dial-1")),
    (MACHINE, answer.PickUpCallBack("dial-1")),
    (MACHINE, answer.HangUpCallBack("dial-1")),
    (TAKER, answer.CallBack("c2", result=CallBackResult.REACHED)),
    (TAKER, answer.OfferHandoff("c2", "115")),
    (TAKER, answer.RefuseHandoff("c2", "115", "not theirs")),
    (TAKER, answer.OfferHandoff("c2", "125")),
    (TAKER, answer.AcceptHandoff("c2", "125")),
    (TAKER, answer.MarkNuisance("c2", CallCode.NUISANCE, "laughed", BEGIN + MONTH)),
    (FIRST, answer.ConfirmNuisance("c2", "heard it")),
    (TAKER, answer.AppealNuisance("c2", "a child"), WORDS),
    (SECOND, answer.DecideAppeal("c2", lifted=False, reason="third time")),
    (MACHINE, appeals.ReceiveAppeal("a1"), WORDS),
    (SECOND, appeals.SettleAppeal("a1", AppealOutcome.UPHELD, "third time")),
    (FIRST, appeals.TellAppeal("a1", TellResult.CALLED)),
    (TAKER, answer.ClassCall("c2", CallCode.HOAX, "played")),
    (TAKER, answer.OfferCall("c3")),
    (TAKER, answer.AnswerCall("c3")),
    (TAKER, answer.FlagTest("c3", test=True, reason="line test")),
    (TAKER, dispatch.OpenIncident("i2")),
    (TAKER, answer.LinkCall("c3", "i2")),
    (DISPATCHER, dispatch.LinkIncidents("i1", "i2", "same street")),
    (DISPATCHER, dispatch.UnlinkIncidents("i1", "i2", "another street")),
    (DISPATCHER, dispatch.SplitIncident("i2", "i3", ("c3",))),
    (DISPATCHER, dispatch.FlagIncidentTest("i3", test=True, reason="line test")),
    (DISPATCHER, dispatch.MergeIncident("i2", "i3")),
    (DISPATCHER, dispatch.UnmergeIncident("i2", "two after all")),
    (DISPATCHER, dispatch.CloseIncident("i3", "exercise")),
    (DISPATCHER, dispatch.ReopenIncident("i3", "not over")),
    (TAKER, answer.UnlinkCall("c3", "wrong one")),
    (TAKER, answer.CloseCall("c3", CallCode.RECORDED, "for tomorrow")),
    (SET_UP, dispatch.ChangeUnit("u1", "412", "کلانتری ۱۲", "mashhad", ("patrol", "search"))),
    (KEEPER, reference.SetEntry("patrol", CapabilityEntry("گشت", "Patrol"))),
    (KEEPER, reference.EndEntry(ListName.CAPABILITY, "patrol")),
    (KEEPER, reference.SetEntry("brawl", BRAWL, BEGIN + DAY)),
    (DISPATCHER, dispatch.ClearMission("m1")),
    (FIRST, dispatch.RetireUnit("u2", "sold")),
    (TAKER, answer.BeReady("d1")),
    (MACHINE, answer.OfferCall("c4", line="kamailio"), WORDS),
    (MACHINE, answer.RingPosition("c4", "d1")),
    (MACHINE, answer.RingOut("c4", NotPickedUp.NO_ANSWER)),
    (MACHINE, answer.FallBackCall("c4")),
    (MACHINE, voice.StartRecording("c4", "all", "trace-4")),
    (TAKER, voice.PauseRecording("c4", "a card's number")),
    (TAKER, voice.ResumeRecording("c4")),
    (MACHINE, answer.MarkSilent("c4")),
    (TAKER, voice.BeginSilentProcedure("c4")),
    (MACHINE, voice.HearTone("c4", Tone.FIVE)),
    (TAKER, voice.EndSilentProcedure("c4", SilentOutcome.NEEDS_HELP)),
    (MACHINE, voice.HearSpeech("c4")),
    (MACHINE, answer.EndCall("c4")),
    (MACHINE, KEPT, WORDS),
    (MACHINE, voice.CheckRecording("c4", VoiceFound.MISSING)),
    (TAKER, voice.MarkRecording("c4", "a court asks")),
    (FIRST, staff.ReadWords(ReadThing.RECORDING, "c4")),
    (FIRST, voice.EraseRecording("c4", "the court has it")),
    (MACHINE, answer.OfferCall("c5", line="kamailio")),
    (MACHINE, answer.RejectCall("c5", "400")),
    (MACHINE, answer.ReceiveMessage("c6", "m-1", "sms"), WORDS),
    (TAKER, answer.ReadMessages("c6", "m-1")),
    (TAKER, answer.SendMessage("c6", "m-2"), WORDS),
    (MACHINE, answer.ReportDelivery("c6", "m-2", Delivery.DELIVERED)),
    (TAKER, answer.EndCall("c6")),
    (MACHINE, voice.LoseRecording("c5", LostWhy.NOT_CARRIED)),
    (MACHINE, watch.ReportProbe("probe-1", ProbeEnd.NO_ANSWER, 8000)),
    (MACHINE, watch.MarkProbesMissed(ProbeEnd.NO_ANSWER)),
    (MACHINE, watch.ReportProbe("probe-2", ProbeEnd.HEARD, 4, 480)),
    (MACHINE, watch.EndProbesMissed()),
    (FIRST, watch.AskComparison("kamailio")),
    (MACHINE, COUNTED),
    (FIRST, watch.AcknowledgeDifference("k-1", "the trunk was tried by hand")),
    (TAKER, answer.SignOut("d1")),
]
OFFICE, AUDITOR = "machine:office", "auditor:a-2"
# Comes before the morning, so that the read to be reviewed is the third entry of every log.
STAFF: list[Step] = [
    (SET_UP, OpenCentre("مرکز آزمایشی", 210, 1)),
    (MACHINE, answer.OfferCall("c0"), WORDS),
    (AUDITOR, staff.ReadWords(ReadThing.CALL, "c0", "a complaint")),
    (FIRST, staff.ReviewRead(3, "the complaint lies here")),
    (TAKER, staff.ReadWords(ReadThing.CALL, "c0")),
    (MACHINE, answer.EndCall("c0")),
    (SET_UP, staff.PlacePerson("p-1", (Role.CALL_TAKER,))),
    (SET_UP, staff.PlacePerson("p-9", (Role.CALL_TAKER,), "nishapur", "st-12")),
    (OFFICE, staff.RecordFailedSignIn(SignInMeans.PASSWORD_TOTP, "p-1")),
    (OFFICE, staff.OpenSession("session-1", "p-1", SignInMeans.PASSKEY, BEGIN + DAY)),
    (TAKER, staff.OpenDesk("session-1", DeskKind.ANSWER)),
    (TAKER, staff.LockSession("session-1")),
    (OFFICE, staff.UnlockSession("session-1", SignInMeans.PASSKEY)),
    (FIRST, staff.Broadcast("b1", BEGIN + DAY), WORDS),
    (TAKER, staff.AcknowledgeBroadcast("b1")),
    (TAKER, staff.WriteShiftNote("n1"), WORDS),
    (TAKER, staff.EndSession("session-1", "went home")),
    (SET_UP, staff.DismissPerson("p-9", "never came")),
    (FIRST, holds.AskHold("h1", HeldThing.CALL, "c0", "a court asks")),
    (AUDITOR, holds.ConfirmHold("h1", "seen")),
    (FIRST, holds.AskHold("h2", HeldThing.INCIDENT, "i1", "a court asks")),
    (FIRST, holds.ConfirmHold("h2", "seen")),  # refused: the same person
    (AUDITOR, holds.AskHoldRelease("h1", "the case is over")),
    (FIRST, holds.ConfirmHoldRelease("h1", "seen")),
    ("machine:erasing", holds.ReportErasures(1, BEGIN, (ErasedClass("contact", 2, 1, 3, 5),))),
]
HEARD = BEGIN + DAY + HOUR
RELEASE = ReleaseKind.FINAL, BEGIN // DAY
TEXT = "0123456789abcdef" * 4
LATE, PUBLISHING = "1970-01-01-final", "machine:publishing"
LATER: list[tuple[Instant, str, Command, Words | None]] = [
    (BEGIN + DAY, TAKER, answer.AnswerQuestion("c3", "brawl", BEGIN + DAY, "hurt", "yes"), None),
    (BEGIN + DAY, TAKER, answer.LeaveProtocol("c3", "brawl", "it is over"), None),
    (HEARD, MACHINE, answer.OfferCall("c7", line="kamailio"), None),
    (HEARD, MACHINE, answer.FallBackCall("c7"), None),
    (HEARD + HOUR, MACHINE, watch.MarkSilence(HEARD, 600, 7), None),
    (HEARD + HOUR, MACHINE, answer.OfferCall("c8", line="kamailio"), None),
    (HEARD + HOUR, MACHINE, answer.FallBackCall("c8"), None),
    (HEARD + HOUR, MACHINE, watch.EndSilence(), None),
    (BEGIN + DAY, SET_UP, SetReleaseHour(600), None),
    (
        BEGIN + DAY,
        FIRST,
        GivePreAccess(*RELEASE, "the governor's office", "law"),
        None,
    ),
    (
        BEGIN + DAY,
        FIRST,
        MoveRelease(*RELEASE, BEGIN + 10 * DAY, "a holiday"),
        None,
    ),
    (BEGIN + DAY, FIRST, MoveRelease(*RELEASE, BEGIN + 9 * DAY, "no holiday"), None),
    (BEGIN + DAY, FIRST, ConfirmEarlyRelease(*RELEASE), None),  # refused: the same person
    (BEGIN + DAY, SECOND, ConfirmEarlyRelease(*RELEASE), None),
    (
        BEGIN + DAY,
        FIRST,
        WithdrawPreAccess(*RELEASE, "the governor's office", "not needed"),
        None,
    ),
    (BEGIN + DAY, MACHINE, AskCaller("c0"), None),
    (BEGIN + DAY, PUBLISHING, BlockRelease(LATE, BEGIN, BlockedBy.ROWS, "O1", 3, 2), None),
    (BEGIN + DAY, PUBLISHING, UnblockRelease(LATE), None),
    (
        BEGIN + DAY,
        FIRST,
        press.ApproveNews("n1", 1, NewsKind.STATEMENT, TEXT, BEGIN + 2 * DAY, "p-2", "read it"),
        None,
    ),
    (BEGIN + DAY, FIRST, press.RescheduleNews("n1", BEGIN + DAY, "it is urgent"), None),
    (
        BEGIN + 2 * DAY,
        FIRST,
        press.ApproveNews(
            "n1", 2, NewsKind.STATEMENT, TEXT[::-1], 0, "p-2", "a name", mistake=NewsMistake.TYPO
        ),
        None,
    ),
    (BEGIN + 2 * DAY, FIRST, press.WithdrawNews("n1", "it was about another day"), None),
    (BEGIN + 3 * DAY, FIRST, FigureDay(BEGIN // DAY, FigureVersion.PROVISIONAL), None),
    (BEGIN + 4 * DAY, OFFICE, staff.ExpireBroadcast("b1"), None),
    (BEGIN + MONTH + HOUR, MACHINE, answer.ExpireNuisance("c2"), None),
    (BEGIN + MONTH + HOUR, CLOCK, answer.ExpirePlace("c1-0"), None),
    (BEGIN + 7 * MONTH, CLOCK, appeals.ExpireAppeal("a1"), None),
]


def script() -> list[tuple[Instant, str, Command, Words | None]]:
    """The morning, a command a minute, and what comes days later."""
    steps = [
        (BEGIN + n * MINUTE, step[0], step[1], step[2] if len(step) > 2 else None)
        for n, step in enumerate((*STAFF, *MORNING))
    ]
    return steps + LATER
