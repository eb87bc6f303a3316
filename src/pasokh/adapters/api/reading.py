"""Reading sealed words: first the reading itself becomes a fact on the disk, then they are opened.

An envelope that the disk does not hold as it was sealed is named instead. When all of them are so,
nobody reads anything, and so no reading is entered.

One id is one reading: asked again it opens the same words without a second entry, but only for
some minutes, and only to whom the entry names. So nobody reads next week under today's entry.
"""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from pasokh.adapters.api.intake import Intake, Order
from pasokh.adapters.api.problems import Answer, ProblemRaised, parsed
from pasokh.adapters.api.scopes import Grant
from pasokh.control_room.codec import event_of
from pasokh.control_room.views_beside import kept_words
from pasokh.core.ids import CommandId, Id
from pasokh.core.machine import Kept, KeptWhat, Sealed, Words
from pasokh.core.people import Actor
from pasokh.core.shown import shown_at
from pasokh.core.time import MINUTE, Instant, Span
from pasokh.core.told_places import ToldData, ToldPlace
from pasokh.drivers.ports import EnvelopeDamaged, Vault
from pasokh.drivers.ports_live import Control
from pasokh.staff.commands import ReadWords
from pasokh.staff.events import ReadThing, WordsRead

# How long an entry opens the words again, for whoever did not hear the answer.
AGAIN: Span = 5 * MINUTE
_LOG = logging.getLogger(__name__)
_ENCODE = msgspec.json.Encoder().encode


class ReadOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """Which words somebody wants to read, and why: needed when the thing is long over."""

    id: CommandId
    thing: Literal["call", "incident", "appeal"]
    thing_id: Id
    reason: Annotated[str, Meta(max_length=500)] = ""


class OpenedWords(Struct, frozen=True, kw_only=True):
    """Words as they were said. `erased`: their key was destroyed, and nobody can read them.

    `message` is the id of the message of a thread that they are.
    `damaged` names the envelope that cannot be opened, because the disk changed or lost it.
    """

    what: KeptWhat
    at: Instant
    actor: Actor
    message: str = ""
    erased: bool = False
    damaged: str = ""
    name: str | None = None
    number: str | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    text: str | None = None
    places: tuple[ToldPlace, ...] | UnsetType = UNSET
    data: tuple[ToldData, ...] | UnsetType = UNSET


class WordsSheet(Struct, frozen=True):
    """All words about one call or one incident, oldest first."""

    words: Sequence[OpenedWords]


class NoteSheet(Struct, frozen=True):
    """A note for the next shift; `text` is null when it was erased or its envelope is damaged."""

    id: Id
    at: Instant
    actor: Actor
    text: str | None
    erased: bool
    damaged: str = ""


class NotePage(Struct, frozen=True):
    """The last notes, newest first."""

    notes: Sequence[NoteSheet]


_decode = msgspec.json.Decoder(ReadOrder).decode


async def entered_read(
    control: Control, seq: int, command: ReadWords, grant: Grant
) -> Instant | None:
    """Say when we heard of a reading; None when the entry is of another, or another person's."""
    found = await asyncio.to_thread(lambda: list(control.read(seq - 1, seq)))
    for entry in found:
        read = event_of(entry)
        if (
            isinstance(read, WordsRead)
            and (read.thing, read.thing_id) == (command.thing, command.thing_id)
            and entry.actor == grant.actor_for(ReadWords)
        ):
            return entry.known_at
    return None


class Reading:
    """Opens words for whoever may read them."""

    def __init__(self, control: Control, intake: Intake, vault: Vault) -> None:
        """`vault` opens what `control` has durably."""
        self._control = control
        self._intake = intake
        self._vault = vault

    async def answer(self, body: bytes, grant: Grant, language: str) -> Answer:
        """Enter a reading into the log and open the words; or say why not."""
        asked: ReadOrder = parsed(body, _decode)
        command = ReadWords(ReadThing(asked.thing), asked.thing_id, asked.reason)
        await self._refuse_wreck(asked)
        receipt = await self._intake.take(Order(asked.id, command), grant)
        if receipt.refusal is not None:
            return self._intake.refused(receipt, receipt.refusal, language)
        known_at = await entered_read(self._control, receipt.first_seq, command, grant)
        if known_at is None:
            raise ProblemRaised("id-used", where="$.id")
        if self._control.clock.now() - known_at > AGAIN:
            raise ProblemRaised("read-over", where="$.id")
        kept = kept_words(self._control.centre, command.thing, asked.thing_id)
        return Answer(200, _ENCODE(WordsSheet(await asyncio.to_thread(self._opened, kept))))

    async def notes(self) -> NotePage:
        """Give the notes for the next shift with their words."""
        notes = list(reversed(self._control.centre.staff.notes))
        await self._control.durable(self._control.centre.seq)
        opened = await asyncio.to_thread(lambda: [self._open(note.words) for note in notes])
        return NotePage(
            [
                NoteSheet(
                    note.note_id,
                    note.at,
                    note.actor,
                    words.text if words else None,
                    words is None and not damaged,
                    damaged,
                )
                for note, (words, damaged) in zip(notes, opened, strict=True)
            ]
        )

    async def _refuse_wreck(self, asked: ReadOrder) -> None:
        """Stop a reading that would open nothing, because no envelope of the thing is whole."""
        centre = self._control.centre
        kept = kept_words(centre, ReadThing(asked.thing), asked.thing_id)
        if not kept:
            return
        await self._control.durable(centre.seq)
        damaged = [one.damaged for one in await asyncio.to_thread(self._opened, kept)]
        if all(damaged):
            _LOG.error("no words of %s %s can be opened: %s", asked.thing, asked.thing_id, damaged)
            raise ProblemRaised(
                "words-damaged",
                detail=f"the words cannot be opened; damaged envelope: {', '.join(damaged)}",
            )

    def _opened(self, kept: Sequence[Kept]) -> list[OpenedWords]:
        return [self._told(each) for each in kept]

    def _told(self, kept: Kept) -> OpenedWords:
        words, damaged = self._open(kept.sealed)
        told = partial(
            OpenedWords,
            what=kept.what,
            at=kept.at,
            actor=kept.actor,
            message=kept.message,
            damaged=damaged,
        )
        if words is None:
            return told(erased=not damaged)
        shown = shown_at(words, self._control.clock.now())
        return told(**msgspec.structs.asdict(shown))

    def _open(self, sealed: Sealed) -> tuple[Words | None, str]:
        """Give the words, and the envelope's name if it is damaged; neither, if it was erased."""
        try:
            return self._vault.open(sealed), ""
        except EnvelopeDamaged as damage:
            return None, damage.envelope
