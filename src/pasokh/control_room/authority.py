"""What is asked of every submission, whatever the command: its time, its actor's right, its words.

One row for each command of the machine: the roles of persons that may give it. What has no row
is given by nobody but the machine, and an empty row says so openly.
"""

from pasokh.account import commands as account
from pasokh.answer import commands as answer
from pasokh.answer import commands_appeals as appeals
from pasokh.answer import commands_survey as survey
from pasokh.answer import commands_voice as voice
from pasokh.answer import commands_watch as watch
from pasokh.control_room.counties import other_county
from pasokh.control_room.state import Centre
from pasokh.core.machine import Command, Moment, Submission
from pasokh.core.people import Actor, Role, is_person
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import MINUTE, Span, iso_instant
from pasokh.dispatch import commands as dispatch
from pasokh.press import commands as press
from pasokh.reference import commands as reference
from pasokh.staff import commands as staff
from pasokh.staff import commands_holds as holds

# How far ahead of ours a sender's clock may be. What is further ahead has not happened.
AHEAD: Span = 1 * MINUTE

_MACHINE_ONLY: frozenset[Role] = frozenset()
_EVERYBODY = frozenset(Role) - {Role.MACHINE}
_CALLS = frozenset({Role.CALL_TAKER, Role.SUPERVISOR})
_DISPATCH = frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.COUNTY_DESK})
# What the one who hears the caller and the one who sends the unit both do.
_BOTH = _CALLS | _DISPATCH
_CREW = _DISPATCH | {Role.FIELD_CREW}
_SHIFT = frozenset({Role.SUPERVISOR})
_REVIEW = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR})
_SET_UP = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_RELEASES = _SET_UP | {Role.PRESS_OFFICER}

MAY: dict[type[Command], frozenset[Role]] = {
    # calls
    answer.OfferCall: _CALLS,
    answer.QueueCall: _CALLS,
    answer.AnswerCall: _CALLS,
    answer.RingPosition: _CALLS,
    answer.RingOut: _MACHINE_ONLY,
    answer.FallBackCall: _MACHINE_ONLY,
    answer.RejectCall: _MACHINE_ONLY,
    answer.HoldCall: _CALLS,
    answer.ResumeCall: _CALLS,
    answer.EndCall: _CALLS,
    answer.ReceiveMessage: _MACHINE_ONLY,
    answer.SendMessage: _CALLS,
    answer.ReadMessages: _CALLS,
    answer.ReportDelivery: _MACHINE_ONLY,
    answer.CloseThread: _MACHINE_ONLY,
    answer.BeginCallBack: _CALLS,
    answer.DialCallBack: _MACHINE_ONLY,
    answer.PickUpCallBack: _MACHINE_ONLY,
    answer.HangUpCallBack: _MACHINE_ONLY,
    answer.CallBack: _CALLS,
    survey.AskCaller: _MACHINE_ONLY,
    answer.MarkSilent: _CALLS,
    answer.LocateCall: _CALLS,
    answer.TellPlace: _MACHINE_ONLY,
    answer.ExpirePlace: _MACHINE_ONLY,
    answer.TypeCall: _CALLS,
    answer.NoteCall: _CALLS,
    answer.LinkCall: _BOTH,
    answer.UnlinkCall: _BOTH,
    answer.ClassCall: _BOTH,
    answer.CloseCall: _CALLS,
    answer.GiveAdvice: _CALLS,
    answer.AnswerQuestion: _CALLS,
    answer.LeaveProtocol: _CALLS,
    answer.OfferHandoff: _CALLS,
    answer.AcceptHandoff: _CALLS,
    answer.RefuseHandoff: _CALLS,
    answer.FlagTest: _CALLS,
    answer.MarkNuisance: _CALLS,
    answer.AppealNuisance: _CALLS | _ADMINISTRATOR,
    answer.ConfirmNuisance: _SET_UP,
    answer.DecideAppeal: _SET_UP,
    answer.ExpireNuisance: _MACHINE_ONLY,
    appeals.ReceiveAppeal: _MACHINE_ONLY,
    appeals.SettleAppeal: _SET_UP,
    appeals.TellAppeal: _SET_UP,
    appeals.ExpireAppeal: _MACHINE_ONLY,
    # voices
    voice.StartRecording: _MACHINE_ONLY,
    voice.PauseRecording: _CALLS,
    voice.ResumeRecording: _CALLS,
    voice.KeepRecording: _MACHINE_ONLY,
    voice.LoseRecording: _MACHINE_ONLY,
    voice.MarkRecording: _BOTH,
    voice.CheckRecording: _MACHINE_ONLY,
    voice.EraseRecording: _SET_UP,
    voice.HearSpeech: _CALLS,
    voice.HearTone: _MACHINE_ONLY,
    voice.BeginSilentProcedure: _CALLS,
    voice.EndSilentProcedure: _CALLS,
    # the line itself
    watch.AskComparison: _SET_UP,
    watch.CompareCounts: _MACHINE_ONLY,
    watch.AcknowledgeDifference: _SET_UP,
    watch.MarkSilence: _MACHINE_ONLY,
    watch.EndSilence: _MACHINE_ONLY,
    watch.ReportProbe: _MACHINE_ONLY,
    watch.MarkProbesMissed: _MACHINE_ONLY,
    watch.EndProbesMissed: _MACHINE_ONLY,
    # positions
    answer.OpenPosition: _SET_UP,
    answer.SignIn: _CALLS,
    answer.BeReady: _CALLS,
    answer.GoAway: _CALLS,
    answer.SignOut: _CALLS,
    # incidents
    dispatch.OpenIncident: _BOTH | {Role.FIELD_CREW},
    dispatch.TypeIncident: _BOTH,
    dispatch.PrioritiseIncident: _BOTH,
    dispatch.MoveIncident: _BOTH,
    dispatch.NoteIncident: _BOTH | {Role.FIELD_CREW},
    dispatch.LinkIncidents: _BOTH,
    dispatch.MergeIncident: _DISPATCH,
    dispatch.UnmergeIncident: _DISPATCH,
    dispatch.UnlinkIncidents: _DISPATCH,
    dispatch.AssignIncident: _DISPATCH,
    dispatch.ReleaseIncident: _DISPATCH,
    dispatch.MarkIncidentOverdue: _MACHINE_ONLY,
    dispatch.SplitIncident: _DISPATCH,
    dispatch.CloseIncident: _DISPATCH,
    dispatch.ReopenIncident: _DISPATCH,
    dispatch.FlagIncidentTest: _DISPATCH,
    # units
    dispatch.RegisterUnit: _SET_UP,
    dispatch.ChangeUnit: _SET_UP,
    dispatch.SetUnitState: _CREW,
    dispatch.RetireUnit: _SET_UP,
    # missions
    dispatch.CreateMission: _DISPATCH,
    dispatch.DispatchMission: _DISPATCH,
    dispatch.AcknowledgeMission: _CREW,
    dispatch.StartMission: _CREW,
    dispatch.ArriveMission: _CREW,
    dispatch.RecordOutcome: _CREW,
    dispatch.ClearMission: _CREW,
    dispatch.CancelMission: _CREW,
    dispatch.MarkOverdue: _MACHINE_ONLY,
    # account
    account.OpenCentre: _ADMINISTRATOR,
    account.FigureDay: _SET_UP,
    account.SetReleaseHour: _ADMINISTRATOR,
    account.MoveRelease: _RELEASES,
    account.ConfirmEarlyRelease: _RELEASES,
    account.GivePreAccess: _RELEASES,
    account.WithdrawPreAccess: _RELEASES,
    account.BlockRelease: _MACHINE_ONLY,
    account.UnblockRelease: _MACHINE_ONLY,
    # press
    press.ApproveNews: _RELEASES,
    press.RescheduleNews: _RELEASES,
    press.WithdrawNews: _RELEASES,
    # lists; a supervisor's are units and stations (control_room.listed)
    reference.SetEntry: _SET_UP,
    reference.EndEntry: _SET_UP,
    reference.TakeEffect: _MACHINE_ONLY,
    # staff
    staff.PlacePerson: _ADMINISTRATOR,
    staff.DismissPerson: _ADMINISTRATOR,
    staff.OpenSession: _MACHINE_ONLY,
    staff.RecordFailedSignIn: _MACHINE_ONLY,
    staff.LockSession: _EVERYBODY,
    staff.UnlockSession: _MACHINE_ONLY,
    staff.EndSession: _EVERYBODY,
    staff.OpenDesk: _EVERYBODY,
    staff.ReadWords: _BOTH | {Role.AUDITOR, Role.ANALYST},
    staff.ReviewRead: _REVIEW,
    staff.WriteShiftNote: _EVERYBODY,
    staff.Broadcast: _SHIFT,
    staff.AcknowledgeBroadcast: _EVERYBODY,
    staff.ExpireBroadcast: _MACHINE_ONLY,
    holds.AskHold: _REVIEW,
    holds.ConfirmHold: _REVIEW,
    holds.AskHoldRelease: _REVIEW,
    holds.ConfirmHoldRelease: _REVIEW,
    holds.ReportErasures: _MACHINE_ONLY,
}


def objection(centre: Centre, submission: Submission, moment: Moment) -> Refusal | None:
    """Give the refusal of a submission that no floor should see; None when there is none."""
    if moment.at > moment.known_at + AHEAD:
        return refuse(
            Reason.AT_IN_FUTURE, at=iso_instant(moment.at), now=iso_instant(moment.known_at)
        )
    if submission.words is not None and not submission.command.may_carry_words:
        return refuse(Reason.CARRIES_NO_WORDS, command=type(submission.command).__name__)
    if not is_person(submission.actor):
        return None
    return _not_theirs(centre, submission.actor, submission.command)


def who_may(command: type[Command]) -> tuple[Role, ...]:
    """Name the roles that may give a command, in the order of Role."""
    row = MAY.get(command) or {Role.MACHINE}
    return tuple(role for role in Role if role in row)


def _not_theirs(centre: Centre, actor: Actor, command: Command) -> Refusal | None:
    """Judge a person by role; and one whom the centre knows also by place, and by being here."""
    kind = type(command)
    role, _, name = actor.partition(":")
    if role not in MAY.get(kind, _MACHINE_ONLY):
        who_can = who_may(kind)
        return refuse(Reason.ROLE_MAY_NOT, who_can=who_can, role=role, command=kind.__name__)
    person = centre.staff.people.get(name)
    if person is None:
        return None
    if person.dismissed:
        return refuse(Reason.PERSON_DISMISSED, person=name)
    if person.county:
        county = other_county(centre, command, person.county)
        if county is not None:
            return refuse(Reason.OTHER_COUNTY, county=county)
    return None
