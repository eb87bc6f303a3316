"""The room where the machine is turned: memory in front, the log behind, nothing in between.

Whoever drives (the wall clock, a seed, an old log) takes submissions through `take` and makes
them durable with `commit`. A receipt may be handed out only after the commit that covers it.
"""

from pasokh.answer.commands import OfferCall, ReceiveMessage, TellPlace
from pasokh.answer.commands_appeals import ReceiveAppeal
from pasokh.answer.threads import open_thread
from pasokh.control_room.codec import body_of
from pasokh.control_room.machine import turn
from pasokh.control_room.state import Centre
from pasokh.core.log import Entry, Head, chain_of
from pasokh.core.machine import Command, Fact, Moment, Receipt, Sealed, Submission
from pasokh.core.time import Instant
from pasokh.drivers.ports import Envelope, Log, Vault
from pasokh.drivers.receipts import Receipts

# A field that names a thing -> what stands before its id in the subject; the first one counts.
_SUBJECTS = (
    ("place_id", "place/"),
    ("appeal_id", "appeal/"),
    ("incident_id", ""),
    ("call_id", ""),
    ("note_id", "note/"),
    ("broadcast_id", "broadcast/"),
)


class Room:
    """One centre's state with its log. Not thread-safe: one thread takes, one commits."""

    def __init__(self, centre: Centre, head: Head, log: Log, vault: Vault | None = None) -> None:
        """Join a state to the log that it was folded from; `head` is where they agree."""
        self.centre = centre
        self.head = head
        self.log = log
        self.vault = vault
        self.receipts = Receipts(log)
        self._entries: list[Entry] = []
        self._envelopes: list[Envelope] = []
        self._facts: list[Fact] = []

    def take(self, submission: Submission, now: Instant) -> Receipt:
        """Decide and fold a submission. The same command id always gets the same receipt."""
        known = self.receipts.find(submission.command_id)
        if known is not None:
            return known
        known_at = max(now, self.centre.known_at)
        at = known_at if submission.at is None else submission.at
        caller = self._caller(submission)
        sealed, envelope = self._seal(submission, caller)
        moment = Moment(at, known_at, submission.actor, sealed, caller)
        result = turn(self.centre, submission, moment)
        for fact in result.facts:
            self._write(fact)
        self._facts.extend(result.facts)
        if envelope is not None and result.receipt.refusal is None:
            self._envelopes.append(envelope)
        self.receipts.keep(result.receipt)
        return result.receipt

    def drain(self) -> tuple[list[Entry], list[Envelope], list[Fact]]:
        """Hand over what waits for the disk, and forget it here."""
        waiting = self._entries, self._envelopes, self._facts
        self._entries, self._envelopes, self._facts = [], [], []
        return waiting

    def commit(self) -> list[Fact]:
        """Make everything taken so far durable, in one transaction; give the new facts."""
        entries, envelopes, facts = self.drain()
        if entries:
            self.log.append(entries, envelopes)
        return facts

    def _seal(self, submission: Submission, caller: str) -> tuple[Sealed | None, Envelope | None]:
        if submission.words is None or self.vault is None:
            return None, None
        command = submission.command
        subject = subject_of(command)
        if isinstance(command, ReceiveMessage):
            # A message is erased with the thread that it joins.
            answer = self.centre.answer
            subject = open_thread(answer, command.line, command.thread, caller) or subject
        return self.vault.seal(subject, submission.words)

    def _caller(self, submission: Submission) -> str:
        """Stand in for the number that calls, so that the log need not know it."""
        words = submission.words
        if self.vault is None or words is None:
            return ""
        if isinstance(submission.command, ReceiveMessage):
            # One who writes may have an address that is no number, and still gets an answer there.
            return self.vault.pseudonym(words.number) or self.vault.alias(words.number)
        calls = isinstance(submission.command, (OfferCall, TellPlace, ReceiveAppeal))
        return self.vault.pseudonym(words.number) if calls else ""

    def _write(self, fact: Fact) -> None:
        kind = type(fact.event).__name__
        version = type(fact.event).version
        body = body_of(fact.event)
        chain = chain_of(self.head.chain, fact, kind, version, body)
        self._entries.append(
            Entry(
                fact.seq,
                fact.at,
                fact.known_at,
                fact.actor,
                fact.cause,
                fact.command_id,
                kind,
                version,
                body,
                chain,
            )
        )
        self.head = Head(fact.seq, fact.known_at, chain)


def subject_of(command: Command) -> str:
    """Name whose key seals the words of a command: destroying that key erases them, and no more.

    Notes and broadcasts have a subject each. Its slash keeps a note's id, which its writer
    chooses, from being the subject of a call.
    """
    for field, subject in _SUBJECTS:
        thing_id: str = getattr(command, field, "")
        if thing_id:
            return subject + thing_id
    return "centre"
