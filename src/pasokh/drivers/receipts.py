"""Receipts of the recent past in memory, those of long ago in the log: no command acts twice."""

from collections import OrderedDict

from pasokh.core.ids import CommandId, born_of
from pasokh.core.machine import Receipt
from pasokh.core.time import Instant
from pasokh.drivers.ports import Log

KEPT = 100_000


class Receipts:
    """Finds the receipt of a command id.

    An id that carries its own birth (UUID 7) and is younger than every id forgotten here cannot
    be in the log without being here; any other id is looked up on disk. Only births are compared
    with births: no clock of ours or of a sender can be so wrong that a command acts twice.
    """

    def __init__(self, log: Log, kept: int = KEPT) -> None:
        """Remember nothing yet; everything that the log holds already counts as forgotten."""
        self._log = log
        self._kept = kept
        self._recent: OrderedDict[CommandId, Receipt] = OrderedDict()
        self._forgotten_until: Instant = log.last_birth()

    def find(self, command_id: CommandId) -> Receipt | None:
        """Give what this command got before; None when it is new."""
        kept = self._recent.get(command_id)
        if kept is not None:
            return kept
        born = born_of(command_id)
        if born is not None and born > self._forgotten_until:
            return None
        return self._log.receipt_of(command_id)

    def keep(self, receipt: Receipt) -> None:
        """Remember a receipt; the oldest one is left to the log when there are too many."""
        self._recent[receipt.command_id] = receipt
        if len(self._recent) > self._kept:
            oldest, _ = self._recent.popitem(last=False)
            self._forgotten_until = max(self._forgotten_until, born_of(oldest) or 0)
