"""What telephones tell of themselves (AML), as the centre keeps it: a place, and whose it is.

A place comes before, with or after its call; the control room joins the two by the number. What
is doubtful (a wrong length, a wrong signature) is told with its doubt. Identities of the card and
the telephone are hashes by now, under a key of the centre.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from msgspec import UNSET, Struct

from pasokh.adapters.telephony.signalling.aml import AmlMessage
from pasokh.adapters.telephony.signalling.aml_form import read_aml_form
from pasokh.adapters.telephony.signalling.aml_sms import read_aml_data, read_aml_sms
from pasokh.adapters.telephony.told import told_place
from pasokh.answer.commands import TellPlace
from pasokh.core.machine import Submission, Words
from pasokh.core.people import Role, actor_of
from pasokh.core.time import Instant
from pasokh.core.told_places import ToldData

ACTOR = actor_of(Role.MACHINE, "aml")
_KIND = "AML"


class AmlTold(Struct, frozen=True):
    """One message: the command that it is, and the words to be sealed with it."""

    command: TellPlace
    words: Words


class AmlBook:
    """The AmlTexts port: text messages with a place, read and handed to the control room."""

    def __init__(self, key: bytes) -> None:
        """`key` hashes the identities of cards and telephones."""
        self._key = key

    def located(self, number: str, text: str, key: str, at: Instant) -> Sequence[Submission]:
        """Say what follows from a text message; the number is the one that the network gave."""
        told = aml_told(read_aml_sms(text, self._key), key, number)
        return [Submission(f"aml-{told.command.place_id}", ACTOR, told.command, at, told.words)]

    def located_data(self, number: str, data: bytes, key: str, at: Instant) -> Sequence[Submission]:
        """Say what follows from a data message, which has the same text in septets."""
        told = aml_told(read_aml_data(data, self._key), key, number)
        return [Submission(f"aml-{told.command.place_id}", ACTOR, told.command, at, told.words)]


def form_told(body: bytes, name: str, secret: bytes, key: bytes) -> AmlTold:
    """Read a form of a sender with its secret; `name` names the form."""
    return aml_told(read_aml_form(body, key, secret), name)


def aml_told(message: AmlMessage, name: str, number: str = "") -> AmlTold:
    """Give the command of a message. `number` goes before what the telephone says of itself."""
    place = told_place(message.location)
    place_id = f"aml-{sha256(name.encode()).hexdigest()[:24]}"
    words = Words(
        number=number or message.number, places=(place,), data=tuple(_rows(message)) or UNSET
    )
    return AmlTold(TellPlace(place_id, place.source), words)


def _rows(message: AmlMessage) -> Iterator[ToldData]:
    """What else the telephone told, a row each."""
    rows = {
        "number": message.number,
        "dialled": message.dialled,
        "languages": " ".join(message.languages),
        "network": message.network,
        "home network": message.home_network,
        "model": message.model,
        "floor": message.floor,
        "card (hash)": message.imsi_hash,
        "telephone (hash)": message.imei_hash,
        "chip (hash)": message.iccid_hash,
        "crash": "yes" if message.crash_at is not None else "",
    }
    for label, text in rows.items():
        if text:
            yield ToldData(_KIND, label, text[:200])
