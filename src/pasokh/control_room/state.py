"""The state of a whole centre: its floors and the place in the log up to which it knows."""

from msgspec import Struct, field

from pasokh.account.state import AccountState
from pasokh.answer.state import AnswerState
from pasokh.core.time import Instant
from pasokh.dispatch.state import DispatchState
from pasokh.press.state import PressState
from pasokh.reference.state import ReferenceState
from pasokh.staff.state import StaffState


class Centre(Struct):
    """Everything that is true now. Changed only by `fold`."""

    seq: int = 0
    known_at: Instant = 0
    answer: AnswerState = field(default_factory=AnswerState)
    dispatch: DispatchState = field(default_factory=DispatchState)
    account: AccountState = field(default_factory=AccountState)
    staff: StaffState = field(default_factory=StaffState)
    reference: ReferenceState = field(default_factory=ReferenceState)
    press: PressState = field(default_factory=PressState)
