"""What can be asked about appeals that came by the public page: to take, settle, tell, end one."""

from typing import ClassVar

from pasokh.answer.events_appeals import AppealOutcome, TellResult
from pasokh.core.ids import Id, ReasonText
from pasokh.core.machine import Command


class ReceiveAppeal(Command, frozen=True):
    """Somebody objects to a mark that a number may have. The number stands in the words."""

    may_carry_words: ClassVar[bool] = True

    appeal_id: Id


class SettleAppeal(Command, frozen=True):
    """A person who did not set the mark decides, with a reason, on all open appeals of a number."""

    appeal_id: Id
    outcome: AppealOutcome
    reason: ReasonText


class TellAppeal(Command, frozen=True):
    """Somebody tried to tell the decision to whoever holds the number."""

    appeal_id: Id
    result: TellResult


class ExpireAppeal(Command, frozen=True):
    """The time for which a settled appeal is kept is over."""

    appeal_id: Id
