"""That a caller was asked how a call went. What was answered is in no log, and of no call."""

from pasokh.core.ids import CallId
from pasokh.core.machine import Event


class CallerAsked(Event, frozen=True):
    """The caller of a closed call gets a text with a link to the questions."""

    call_id: CallId
