"""The four forms of AML, with the samples that other implementations publish."""

import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.adapters.telephony.signalling.aml import AmlMessage
from pasokh.adapters.telephony.signalling.aml_form import read_aml_form
from pasokh.adapters.telephony.signalling.aml_sms import is_aml, read_aml_data, read_aml_sms
from pasokh.adapters.telephony.signalling.found import LocationSource
from pasokh.adapters.telephony.signalling.gsm import GSM_ALPHABET, unpacked
from pasokh.adapters.telephony.signalling.trouble import Wrong

KEY = b"a key of the tests"
V1 = (
    'A"ML=1;lt=48.82639;lg=-2.36619;rd=52;top=20191112112928;lc=68;pm=G;si=208201771948415;'
    "ei=353472104343540;mcc=208;mnc=20;ml=126"
)
V2 = (
    'A"ML=2;en=+15555555555;et=1593187189;lo=-37.42175,-122.08461,2000.1;lt=-9999;lc=68;'
    "lz=-100.1,100.1;ls=G;ei=358239059042542;nc=310260;hc=310260;lg=en-US"
)
DATA = bytes.fromhex(
    "415193D98BEDD8F4DEECE6A2C962B7DA8E7DEEB56232990B86A3D9623B39B92783EDE86F784F068BD560B6D80C"
    "1683E568B81D7BDCB3E176F076EFB89BA77B39DCCD56A3C966B15D39DD9BD570B2590E56CBC168B21A4DB66B8F"
    "C7BD590CB66BBBC73D990DB66BB37B31D90C"
)
FORM = (
    b"v=1&device_number=%2B33611223344&location_latitude=0.85732&location_longitude=-4.26325"
    b"&location_time=1604912121000&location_accuracy=10.4&location_source=GPS"
    b"&location_certainty=83&hmac=f64c70eb238bb239e00e8ac8c023bf2b5d3c41dd"
)
FORM_LONG = (
    b"v=1&device_number=%2B447477593102&location_latitude=55.85732&location_longitude=-4.26325"
    b"&location_time=1476189444435&location_accuracy=10.4&location_source=GPS"
    b"&location_certainty=83&location_altitude=0.0&location_floor=5&device_model=ABC+ABC+530"
    b"&device_imei=354773072099116&device_imsi=234159176307582&device_os=AOS&cell_carrier="
    b"&cell_home_mcc=234&cell_home_mnc=15&cell_network_mcc=234&cell_network_mnc=15"
    b"&cell_id=0213454321"
)


def wrong(message: AmlMessage) -> set[Wrong]:
    return {flaw.what for flaw in message.troubles}


def test_version_1_has_latitude_in_lt_and_longitude_in_lg() -> None:
    read = read_aml_sms(V1, KEY)
    place = read.location
    assert (place.latitude, place.longitude, place.radius_m) == (48.82639, -2.36619, 52)
    assert (place.confidence, place.method, place.at) == (68, "GNSS", 1_573_558_168_000)
    assert (read.source, read.network) == (LocationSource.AML_SMS_V1, "208-20")
    assert read.troubles == ()


def test_version_2_has_seconds_in_lt_and_the_language_in_lg() -> None:
    read = read_aml_sms(V2, KEY)
    place = read.location
    assert (place.latitude, place.longitude, place.radius_m) == (-37.42175, -122.08461, 2000.1)
    assert (place.altitude_m, place.vertical_m) == (-100.1, 100.1)
    assert read.call_at == 1_593_187_189_000
    assert place.at == 1_593_187_189_000 - 9_999_000
    assert (read.languages, read.dialled) == (("en-US",), "+15555555555")
    assert (read.network, read.home_network) == ("310-260", "310-260")
    assert read.troubles == ()


def test_a_data_message_is_the_same_text_in_septets() -> None:
    read = read_aml_data(DATA, KEY)
    assert (read.location.latitude, read.location.longitude) == (37.42175, -122.08461)
    assert read.source == LocationSource.AML_DATA_SMS
    assert read.imei_hash == read_aml_sms(V2, KEY).imei_hash, "one telephone, one hash"
    assert read.troubles == ()


def test_a_form_is_believed_when_its_signature_is_right() -> None:
    read = read_aml_form(FORM, KEY, b"AML")
    assert (read.genuine, read.troubles) == (True, ())
    assert (read.location.latitude, read.location.radius_m) == (0.85732, 10.4)
    assert (read.location.at, read.location.confidence) == (1_604_912_121_000, 83)
    assert read.number == "+33611223344"


def test_a_form_without_signature_is_not_judged_without_a_secret() -> None:
    read = read_aml_form(FORM_LONG, KEY)
    assert (read.genuine, read.troubles) == (None, ())
    assert (read.model, read.floor, read.home_network) == ("ABC ABC 530", "5", "234-15")


@pytest.mark.parametrize(
    ("message", "flaw"),
    [
        (read_aml_sms(V1.replace("ml=126", "ml=128"), KEY), Wrong.AML_LENGTH),
        (read_aml_sms(V1.removesuffix(";ml=126"), KEY), Wrong.AML_LENGTH),
        (read_aml_form(FORM, KEY, b"another secret"), Wrong.AML_HMAC),
        (read_aml_form(FORM.replace(b"0.85732", b"0.85733"), KEY, b"AML"), Wrong.AML_HMAC),
        (read_aml_form(FORM.partition(b"&hmac")[0], KEY, b"AML"), Wrong.AML_UNSIGNED),
        (read_aml_sms(V1.replace("rd=52", "rd=-52"), KEY), Wrong.AML_FIELD),
        (read_aml_sms(V1.replace("lc=68", "lc=168"), KEY), Wrong.AML_FIELD),
        (read_aml_sms(V1.replace("pm=G", "pm=Q"), KEY), Wrong.AML_FIELD),
        (read_aml_sms(V1.replace("top=2019", "top=2o19"), KEY), Wrong.TIME),
        (read_aml_sms(V1 + ";lt=1.0", KEY), Wrong.AML_FIELD),
        (read_aml_sms(V1.replace("ML=1", "ML=7"), KEY), Wrong.AML_HEADER),
    ],
)
def test_what_is_wrong_is_flagged_and_the_place_is_kept(message: AmlMessage, flaw: Wrong) -> None:
    assert flaw in wrong(message)
    assert message.location.latitude is not None


@pytest.mark.parametrize(
    "text",
    [
        'A"ML=1;lt=+00.00000;lg=+000.00000;rd=N;top=20191112112928;lc=00;pm=N;ml=68',
        V1.replace("48.82639", "98.82639"),
        V1.replace("48.82639", "nan"),
        V2.replace("lo=-37.42175,", "lo="),
    ],
)
def test_no_fix_is_no_place_and_says_so(text: str) -> None:
    read = read_aml_sms(text, KEY)
    assert (read.location.latitude, read.location.longitude) == (None, None)
    assert (read.location.radius_m, read.location.confidence) == (None, None)
    assert Wrong.AML_NO_FIX in wrong(read)


def test_words_of_a_person_are_no_aml() -> None:
    assert is_aml(V1)
    assert is_aml(V2)
    assert not is_aml('Help! A"ML=1')


IDENTITIES = ("208201771948415", "353472104343540", "358239059042542", "354773072099116")
SPELLINGS = (
    V1,
    V2,
    V1.replace("si=", "SI = ").replace("ei=", "Ei="),
    V1.replace("si=", "xx=").replace("ei=", ""),
    V1.replace(";", "="),
)


@pytest.mark.parametrize("text", SPELLINGS)
def test_identities_leave_only_as_keyed_hashes(text: str) -> None:
    said = repr(read_aml_sms(text, KEY))
    assert not [identity for identity in IDENTITIES if identity in said]
    assert read_aml_sms(V1, KEY).imsi_hash != read_aml_sms(V1, b"another key").imsi_hash
    assert "20191112112928" in read_aml_sms(V1, KEY).location.original


def test_identities_of_a_form_leave_only_as_keyed_hashes() -> None:
    read = read_aml_form(FORM_LONG, KEY)
    assert not [identity for identity in (*IDENTITIES, "234159176307582") if identity in repr(read)]
    assert read.imei_hash
    assert read.imei_hash in read.location.original


def packed(text: str) -> bytes:
    bits = sum(GSM_ALPHABET.index(letter) << 7 * at for at, letter in enumerate(text))
    return bits.to_bytes((7 * len(text) + 7) // 8, "little")


@given(st.text(st.sampled_from(sorted(set(GSM_ALPHABET) - set("@\r\x1b"))), max_size=160))
def test_septets_come_back(text: str) -> None:
    assert unpacked(packed(text)) == text


@pytest.mark.slow
@given(
    st.floats(-90, 90).map(lambda x: round(x, 5)),
    st.floats(-180, 180).map(lambda x: round(x, 5)),
    st.integers(1, 5_000),
    st.binary(min_size=1, max_size=80),
)
def test_a_signed_form_comes_back(
    latitude: float, longitude: float, radius: int, secret: bytes
) -> None:
    signed = (
        f"v=1&location_latitude={latitude:.5f}&location_longitude={longitude:.5f}"
        f"&location_accuracy={radius}"
    ).encode()
    body = signed + b"&hmac=" + hmac.new(secret, signed, "sha1").hexdigest().encode()
    read = read_aml_form(body, KEY, secret)
    assert read.genuine
    if (latitude, longitude) != (0, 0):
        assert (read.location.latitude, read.location.longitude) == (latitude, longitude)
        assert read.location.radius_m == radius


@pytest.mark.slow
@settings(max_examples=300)
@given(st.text(max_size=300), st.binary(max_size=300))
def test_nothing_raises(text: str, data: bytes) -> None:
    for header in ("", 'A"ML=1;', 'A"ML=2;lo='):
        assert read_aml_sms(header + text, KEY).location is not None
    assert read_aml_data(data, KEY).source == LocationSource.AML_DATA_SMS or is_aml(unpacked(data))
    assert read_aml_form(data, KEY, b"s").genuine is False
