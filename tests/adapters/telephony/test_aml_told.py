"""AML in its forms becomes a told place with its doubts; identities leave no trace but hashes."""

import hmac
from urllib.parse import urlencode

from msgspec import UNSET

from pasokh.adapters.telephony.aml_told import AmlBook, form_told
from pasokh.answer.commands import TellPlace
from pasokh.core.machine import Words
from pasokh.core.told_places import PlaceSource

KEY = b"a key of the tests"
V1 = (
    'A"ML=1;lt=36.29876;lg=59.60543;rd=52;top=20261124112928;lc=68;pm=G;si=432110000000001;'
    "ei=350000000000001;mcc=432;mnc=11;ml="
)
V1 += str(len(V1) + 3)


def located(text: str) -> tuple[TellPlace, Words]:
    (found,) = AmlBook(KEY).located("+989120000001", text, "message-1", 0)
    assert isinstance(found.command, TellPlace)
    assert found.words is not None
    return found.command, found.words


def test_a_text_message_is_a_place_of_the_number_that_sent_it() -> None:
    command, words = located(V1)
    assert (command.source, command.call_id) == (PlaceSource.AML_SMS_V1, None)
    assert words.number == "+989120000001"
    assert words.places is not UNSET
    place = words.places[0]
    assert (place.latitude, place.longitude, place.radius_m) == (36.29876, 59.60543, 52)
    assert (place.confidence, place.method, place.troubles) == (68.0, "GNSS", ())


def test_the_same_message_is_the_same_place() -> None:
    assert located(V1)[0].place_id == located(V1)[0].place_id
    (other,) = AmlBook(KEY).located("+989120000001", V1, "message-2", 0)
    assert isinstance(other.command, TellPlace)
    assert other.command.place_id != located(V1)[0].place_id


def test_a_wrong_length_is_told_with_the_place() -> None:
    _, words = located(V1[:-2] + "99")
    assert words.places is not UNSET
    assert words.places[0].troubles == ("aml_length",)
    assert words.places[0].latitude == 36.29876


def test_identities_are_hashes() -> None:
    _, words = located(V1)
    assert words.data is not UNSET
    told = {row.label: row.text for row in words.data}
    assert len(told["card (hash)"]) == len(told["telephone (hash)"]) == 32
    assert "432110000000001" not in repr(words)
    assert "350000000000001" not in repr(words)


def test_a_form_is_believed_by_its_signature_and_told_all_the_same() -> None:
    fields = {"v": "1", "device_number": "+989120000001", "location_latitude": "36.3"}
    fields |= {"location_longitude": "59.6", "location_accuracy": "12", "device_imsi": "4" * 15}
    body = urlencode(fields).encode()
    right = hmac.new(b"secret", body, "sha1").hexdigest().encode()
    for said, troubles in ((right, ()), (b"0" * 40, ("aml_hmac",))):
        told = form_told(body + b"&hmac=" + said, "form-1", b"secret", KEY)
        assert told.words.number == "+989120000001"
        assert told.words.places is not UNSET
        assert told.words.places[0].troubles == troubles
        assert told.words.places[0].latitude == 36.3
    assert form_told(body, "form-1", b"secret", KEY).words.places[0].troubles == ("aml_unsigned",)
