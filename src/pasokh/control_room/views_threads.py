"""A text thread as the desks show it. Its words are read as all sealed words are."""

from itertools import islice

from pasokh.answer.state import Call
from pasokh.answer.threads import silent_at
from pasokh.control_room.desk_objects import DeskReadMark, DeskSending, DeskThread

# A desk is told of so many of our messages; of older ones nobody waits for a word.
SENT_SHOWN = 20


def desk_thread(call: Call) -> DeskThread | None:
    """Look at a call's thread; None when it is not in writing."""
    thread = call.thread
    if thread is None:
        return None
    newest = list(islice(reversed(thread.sent.items()), SENT_SHOWN))
    return DeskThread(
        last_at=thread.last_at,
        ends_at=silent_at(call),
        messages=thread.count,
        unanswered=thread.unanswered,
        read={who: DeskReadMark(mark.message_id, mark.at) for who, mark in thread.read.items()},
        sent={name: DeskSending(one.delivery, one.why) for name, one in reversed(newest)},
    )
