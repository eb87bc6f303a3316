"""What the one who asks callers how it went may ask of the log."""

from pasokh.core.ids import CallId
from pasokh.core.machine import Command


class AskCaller(Command, frozen=True):
    """Ask the caller of a call that is over how it went: no number twice in 90 days."""

    call_id: CallId
