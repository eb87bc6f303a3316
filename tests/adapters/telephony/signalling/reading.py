"""Everything that the room can read, done to the same bytes: what fuzzers and bounds call."""

from pasokh.adapters.telephony.signalling.additional_data import additional_data
from pasokh.adapters.telephony.signalling.aml_form import read_aml_form
from pasokh.adapters.telephony.signalling.aml_sms import read_aml_data, read_aml_sms
from pasokh.adapters.telephony.signalling.call_info import call_info
from pasokh.adapters.telephony.signalling.geo_uri import read_geo_uri
from pasokh.adapters.telephony.signalling.location import locations_of
from pasokh.adapters.telephony.signalling.message import read_message
from pasokh.adapters.telephony.signalling.pidf import read_pidf
from pasokh.adapters.telephony.signalling.who import caller_of

KEY = b"a key of the tests"


def read_sip(data: bytes) -> None:
    message = read_message(data)
    message.identity  # noqa: B018 - computed when asked
    message.is_test  # noqa: B018
    caller_of(message)
    call_info(message)
    locations_of(message)
    additional_data(message)


def read_places(data: bytes) -> None:
    read_pidf(data)
    read_geo_uri(data.decode("utf-8", "replace"))


def read_aml(data: bytes) -> None:
    read_aml_sms(data.decode("utf-8", "replace"), KEY)
    read_aml_data(data, KEY)
    read_aml_form(data, KEY, b"secret")


READERS = {"sip": read_sip, "places": read_places, "aml": read_aml}
