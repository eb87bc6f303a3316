"""What happened to appeals that came by the public page."""

from enum import StrEnum

from pasokh.core.ids import Id
from pasokh.core.machine import Event, Sealed


class AppealOutcome(StrEnum):
    """What was decided on an appeal: the mark stands, is lifted, or there was none."""

    UPHELD = "upheld"
    LIFTED = "lifted"
    NO_MARK = "no_mark"


class TellResult(StrEnum):
    """What came of telling the decision to the number. The first two have told it."""

    CALLED = "called"
    TEXTED = "texted"
    NO_ANSWER = "no_answer"
    WRONG_PERSON = "wrong_person"


class AppealReceived(Event, frozen=True):
    """Somebody objected to a mark that a number may have; `caller` stands for the number."""

    appeal_id: Id
    words: Sealed
    caller: str = ""


class AppealSettled(Event, frozen=True):
    """A person decided on an appeal."""

    appeal_id: Id
    outcome: AppealOutcome
    reason: str


class AppealTold(Event, frozen=True):
    """Somebody tried to tell the decision to the number."""

    appeal_id: Id
    result: TellResult


class AppealExpired(Event, frozen=True):
    """The appeal's time was over; its key is destroyed."""

    appeal_id: Id
