"""Receipts of the recent past in memory, those of long ago in the log: no command acts twice."""

from collections import OrderedDict

from msgspec import Struct

from pasokh.core.ids import CommandId, born_of
from pasokh.core.machine import Receipt
from pasokh.core.time import MINUTE, Instant, Span
from pasokh.drivers.ports import Log

KEPT = 100_000
# How far a sender's clock may run ahead or behind before its ids are looked up on disk.
SKEW: Span = 10 * MINUTE


class _Kept(Struct):
    receipt: Receipt
    known_at: Instant


class Receipts:
    """Finds the receipt of a command id.

    An id that carries its own time (UUID 7) and is younger than everything forgotten here cannot
    be in the log without being here; any other id is looked up on disk.
    """

    def __init__(self, log: Log, kept: int = KEPT) -> None:
        """Remember nothing yet; everything that the log holds already counts as forgotten."""
        self._log = log
        self._kept = kept
        self._recent: OrderedDict[CommandId, _Kept] = OrderedDict()
        self._forgotten_until: Instant = log.head().known_at

    def find(self, command_id: CommandId, now: Instant) -> Receipt | None:
        """Give what this command got before; None when it is new."""
        kept = self._recent.get(command_id)
        if kept is not None:
            return kept.receipt
        born = born_of(command_id)
        if born is not None and self._forgotten_until + SKEW < born <= now + SKEW:
            return None
        return self._log.receipt_of(command_id)

    def keep(self, receipt: Receipt, known_at: Instant) -> None:
        """Remember a receipt; the oldest one is left to the log when there are too many."""
        self._recent[receipt.command_id] = _Kept(receipt, known_at)
        if len(self._recent) > self._kept:
            _, oldest = self._recent.popitem(last=False)
            self._forgotten_until = oldest.known_at
