"""What is asked of every submission, whatever the command: its time, and where its words go."""

from pasokh.core.machine import Moment, Submission
from pasokh.core.refusal import Reason, Refusal, refuse
from pasokh.core.time import MINUTE, Span, iso_instant

# How far ahead of ours a sender's clock may be. What is further ahead has not happened.
AHEAD: Span = 1 * MINUTE


def objection(submission: Submission, moment: Moment) -> Refusal | None:
    """Give the refusal of a submission that no floor should see; None when there is none."""
    if moment.at > moment.known_at + AHEAD:
        return refuse(
            Reason.AT_IN_FUTURE, at=iso_instant(moment.at), now=iso_instant(moment.known_at)
        )
    if submission.words is not None and not submission.command.may_carry_words:
        return refuse(Reason.CARRIES_NO_WORDS, command=type(submission.command).__name__)
    return None
