"""While many comments come at once: a small proof of work, or a letter that comes later.

Nobody is refused by it and nobody solves a riddle. Whose browser computes gets the letter at once;
who has no script gets it from a queue of its own, so that a flood of forms is no flood of letters.
"""

import re

from pasokh.core.time import Instant
from pasokh.newsroom.comments.models import UnconfirmedComment
from pasokh.newsroom.comments.rules import FLOOD_FROM, FLOOD_WITHIN, PROOF_BITS
from pasokh.newsroom.digests import digest_of

_PROOF = re.compile("[0-9]{1,15}")
_DIGEST_BITS = 256


def is_flood(now: Instant) -> bool:
    """Tell whether more comments came of late, unconfirmed, than people write."""
    return UnconfirmedComment.objects.filter(at__gt=now - FLOOD_WITHIN).count() >= FLOOD_FROM


def task_of(mark: str, *said: str) -> str:
    """Give what is computed with: of one form (its mark of time) and of what is said in it.

    So a proof is good for one comment and cannot be made before the form was shown.
    """
    return digest_of("\n".join((mark, *said)))


def is_proved(task: str, proof: str) -> bool:
    """Tell whether the SHA-256 of task and proof begins with PROOF_BITS zeros.

    `proof`: decimal digits, as they stand behind the task.
    """
    if not _PROOF.fullmatch(proof):
        return False
    return int(digest_of(task + proof), 16) >> (_DIGEST_BITS - PROOF_BITS) == 0
