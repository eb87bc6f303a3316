"""Messages and documents of our own, made after RFC 3261, 5491, 6442, 7852 and NENA i3."""

from pathlib import Path

from tests.house.tree import ROOT

# Examples of RFC 5491 and 6848 that lie beside the checkout, read where they are.
PIDF_FOLDER = ROOT.parent / "shared" / "standards" / "pidf-lo"
NO_SAMPLES = "no ../shared/standards/pidf-lo beside this checkout"

ID = "123ABCdefg123ABCdefg123ABCdefg12"
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 4000 RTP/AVP 8\r\na=hlang-send:fa en\r\na=hlang-recv:fa\r\n"
)
GEOPRIV = (
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gml="http://www.opengis.net/gml" '
    'xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" '
    'xmlns:gs="http://www.opengis.net/pidflo/1.0" '
    'xmlns:con="urn:ietf:params:xml:ns:geopriv:conf" entity="pres:x@example.com">'
    '<tuple id="a"><status><gp:geopriv><gp:location-info>{inside}</gp:location-info>'
    "<gp:usage-rules>{rules}</gp:usage-rules><gp:method>GPS</gp:method></gp:geopriv></status>"
    "<timestamp>2026-11-24T00:00:00Z</timestamp></tuple></presence>"
)
CIRCLE = (
    '<gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>35.7 51.4</gml:pos>'
    '<gs:radius uom="urn:ogc:def:uom:EPSG::9001">50</gs:radius></gs:Circle>'
)
DEVICE_INFO = (
    '<?xml version="1.0"?><d:EmergencyCallData.DeviceInfo '
    'xmlns:d="urn:ietf:params:xml:ns:EmergencyCallData:DeviceInfo">'
    "<d:DataProviderReference>1@example.com</d:DataProviderReference>"
    "<d:DeviceClassification>fixed</d:DeviceClassification>"
    '<d:UniqueDeviceID TypeOfDeviceID="MAC">00-0d-4b</d:UniqueDeviceID>'
    "</d:EmergencyCallData.DeviceInfo>"
)


def pidf(inside: str, rules: str = "") -> bytes:
    return GEOPRIV.format(inside=inside, rules=rules).encode()


def part(media: str, body: str, content_id: str = "") -> str:
    named = f"Content-ID: <{content_id}>\r\n" if content_id else ""
    return f"--edge\r\nContent-Type: {media}\r\n{named}\r\n{body}\r\n"


def mixed(*parts: str) -> str:
    return "".join(parts) + "--edge--\r\n"


def invite(
    *headers: str, body: str = "", uri: str = "urn:service:sos", edge: bool = False
) -> bytes:
    lines = [
        f"INVITE {uri} SIP/2.0",
        "Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1",
        f"To: <{uri}>",
        "Call-ID: 1@127.0.0.1",
        "CSeq: 1 INVITE",
        "Max-Forwards: 70",
        *headers,
    ]
    if not any(line.lower().startswith(("from:", "f:")) for line in headers):
        lines.append('From: "A caller" <sip:+12025550123@127.0.0.1>;tag=7')
    if body:
        media = "multipart/mixed; boundary=edge" if edge else "application/sdp"
        lines += [f"Content-Type: {media}", f"Content-Length: {len(body.encode())}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def full_invite() -> bytes:
    """The INVITE of a neighbour with everything in it."""
    inside = CIRCLE + '<con:confidence pdf="normal">80</con:confidence>'
    return invite(
        "Geolocation: <cid:place@x>, <https://example.com/held/1>;inserted-by=x",
        "Geolocation-Routing: yes",
        f"Call-Info: <urn:emergency:uid:callid:{ID}:example.com>;purpose=emergency-CallId",
        f"Call-Info: urn:emergency:uid:incidentid:{ID}:example.com",
        "Call-Info: <cid:device@x>;purpose=EmergencyCallData.DeviceInfo",
        "Call-Info: <https://example.com/sub>;purpose=EmergencyCallData.SubscriberInfo",
        "Accept-Language: en;q=0.3, ckb",
        "Resource-Priority: esnet.1",
        body=mixed(
            part("application/sdp", SDP),
            part("application/pidf+xml", pidf(inside).decode(), "place@x"),
            part("application/EmergencyCallData.DeviceInfo+xml", DEVICE_INFO, "device@x"),
        ),
        edge=True,
    )


def seeds() -> list[bytes]:
    """What a fuzzer begins with."""
    own = [full_invite(), invite(body=SDP), pidf(CIRCLE), DEVICE_INFO.encode()]
    found = sorted(PIDF_FOLDER.glob("*.xml")) if PIDF_FOLDER.is_dir() else []
    return own + [Path(name).read_bytes() for name in found]
