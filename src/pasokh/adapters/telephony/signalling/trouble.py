"""What was wrong with something that arrived. The call rings all the same.

A trouble says what (a closed list), where (the header, element or key) and a detail that never
holds words, numbers or identities of persons, so that troubles may be logged and counted.
How to mend each is a sentence of the catalogues: trouble.<code>.
"""

from enum import StrEnum, unique

from msgspec import Struct

from pasokh.words.say import say


@unique
class Wrong(StrEnum):
    """Everything that can be wrong; the first block makes a SIP message unanswerable (400)."""

    START_LINE = "start_line"
    URI_SCHEME = "uri_scheme"
    HEADER_MISSING = "header_missing"
    HEADERS_TOO_LONG = "headers_too_long"

    SERVICE_UNKNOWN = "service_unknown"
    HEADER_LINE = "header_line"
    HEADER_REPEATED = "header_repeated"
    NOT_UTF8 = "not_utf8"
    BODY_TOO_LONG = "body_too_long"
    BODY_SHORTER = "body_shorter"
    BODY_LONGER = "body_longer"
    LENGTH_UNREADABLE = "length_unreadable"
    NO_BOUNDARY = "no_boundary"
    BOUNDARY_UNCLOSED = "boundary_unclosed"
    NO_PARTS = "no_parts"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    ENCODING = "encoding"
    XML_DOCTYPE = "xml_doctype"
    XML_ILL_FORMED = "xml_ill_formed"
    XML_TOO_LONG = "xml_too_long"
    XML_TOO_LARGE = "xml_too_large"
    REFERENCE_LOST = "reference_lost"
    REFERENCE_UNREADABLE = "reference_unreadable"
    NOT_REFERRED_TO = "not_referred_to"
    NO_LOCATION = "no_location"
    SHAPE_UNKNOWN = "shape_unknown"
    SHAPE_INCOMPLETE = "shape_incomplete"
    COORDINATES = "coordinates"
    DATUM = "datum"
    MEASURE = "measure"
    RING_OPEN = "ring_open"
    RING_SHORT = "ring_short"
    TIME = "time"
    CONFIDENCE = "confidence"
    NUMBER = "number"
    NO_NUMBER = "no_number"
    CALL_INFO = "call_info"
    AML_HEADER = "aml_header"
    AML_FIELD = "aml_field"
    AML_LENGTH = "aml_length"
    AML_HMAC = "aml_hmac"
    AML_UNSIGNED = "aml_unsigned"
    AML_NO_FIX = "aml_no_fix"
    AML_TOO_LONG = "aml_too_long"


UNANSWERABLE = frozenset(
    {Wrong.START_LINE, Wrong.URI_SCHEME, Wrong.HEADER_MISSING, Wrong.HEADERS_TOO_LONG}
)
_DETAIL_CHARACTERS_MAX = 120


class SignalTrouble(Struct, frozen=True, gc=False):
    """One flaw: what, where in the message, and a short detail (counts, positions)."""

    what: Wrong
    where: str
    detail: str = ""


def trouble(what: Wrong, where: str, detail: str = "") -> SignalTrouble:
    """Make a trouble whose texts are short whatever arrived."""
    return SignalTrouble(what, where[:_DETAIL_CHARACTERS_MAX], detail[:_DETAIL_CHARACTERS_MAX])


def told(language: str, flaw: SignalTrouble) -> str:
    """The sentence for a person: what is wrong and how to mend it (`where` stands beside it)."""
    return say(language, f"trouble.{flaw.what.value}")
