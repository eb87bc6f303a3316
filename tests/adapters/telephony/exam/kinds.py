"""Requests of the kinds that conformance suites send, well-formed and ill-formed, all our own."""

from tests.adapters.telephony.signalling import samples

ID = samples.ID
_CALL = (
    "Via: SIP/2.0/[transport] [local_ip]:[local_port]\n"
    'From: "A test" <sip:+12025550123@[local_ip]:[local_port]>;tag=[call_number]\n'
    "To: {to}\nCall-ID: [call_id]\nCseq: 1 {method}\n"
    "Contact: sip:+12025550123@[local_ip]:[local_port]\nMax-Forwards: 70\n"
)
_SDP = (
    "v=0\no=u 1 1 IN IP[local_ip_type] [local_ip]\ns=-\nt=0 0\n"
    "c=IN IP[media_ip_type] [media_ip]\nm={media} [media_port] RTP/AVP 0\n"
)
POINT = '<gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>36.3 59.6</gml:pos></gml:Point>'
CIVIC = (
    '<ca:civicAddress xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">'
    "<ca:country>IR</ca:country><ca:A3>Mashhad</ca:A3><ca:RD>Imam Reza</ca:RD></ca:civicAddress>"
)
IDS = (
    f"Call-Info: <urn:emergency:uid:callid:{ID}:example.com>;purpose=emergency-CallId\n"
    f"Call-Info: urn:emergency:uid:incidentid:{ID}:example.com\nResource-Priority: esnet.1\n"
)


def scenario(message: str) -> bytes:
    """A scenario as suites write them: indented, commented, with replies that it waits for."""
    indented = "\n".join(f"      {line}".rstrip() for line in message.split("\n"))
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n'
        "<!-- <send> <![CDATA[ not this ]]> -->\n"
        f'<scenario name="kind">\n  <send retrans="500">\n    <![CDATA[\n\n{indented}\n    ]]>\n'
        '  </send>\n  <recv response="200" rrs="true"></recv>\n  <send>\n    <![CDATA[\n\n'
        "      ACK [next_url] SIP/2.0\n      To: urn:service:sos[peer_tag_param]\n"
        "      Content-Length: 0\n\n    ]]>\n  </send>\n</scenario>\n"
    )
    return text.encode()


def request(
    uri: str = "urn:service:sos",
    more: str = "",
    *,
    to: str = "",
    body: str = "",
    media: str = "audio",
    content: str = "application/sdp",
    method: str = "INVITE",
) -> str:
    """A request with SIPp's words in it."""
    body = body or _SDP.format(media=media)
    head = _CALL.format(to=to or uri, method=method)
    ends = f"Content-Type: {content}\nContent-Length: [len]\n\n{body}\n"
    return f"{method} {uri} SIP/2.0\n{head}{more}{ends}"


def parts(*documents: tuple[str, str, str], edge: str = "next-content", closed: bool = True) -> str:
    """A body in parts: (media type, Content-ID, text) of each."""
    text = ""
    for media, name, document in documents:
        named = f"Content-ID: <{name}>\n" if name else ""
        text += f"--{edge}\nContent-Type: {media}\n{named}\n{document}\n\n"
    return text + (f"--{edge}--\n" if closed else "")


def located(inside: str, more: str = "Geolocation: <cid:place@x.test>\n", **keys: bool) -> str:
    """An INVITE whose body says a place."""
    body = parts(
        ("application/pidf+xml", "place@x.test", samples.pidf(inside).decode()),
        ("application/sdp", "", _SDP.format(media="audio")),
        **keys,
    )
    return request(more=more, body=body, content="multipart/mixed;boundary=next-content")


NESTED = parts(
    ("application/sdp", "", _SDP.format(media="audio")),
    (
        "multipart/mixed; boundary=inner",
        "",
        parts(
            ("application/pidf+xml", "place@x.test", samples.pidf(samples.CIRCLE).decode()),
            (
                "application/EmergencyCallData.DeviceInfo+xml",
                "device@x.test",
                samples.DEVICE_INFO.partition("?>")[2],
            ),
            edge="inner",
        ),
    ),
)
GARBLED = "</ca:civicAddress></gp:location-info>"

# name -> (message, the code that its sender gets or 0 when it rings, why there is no point)
KINDS: dict[str, tuple[str, int, str]] = {
    "sdp_only": (request(more=IDS), 0, "none_sent"),
    "video": (request(media="video"), 0, "none_sent"),
    "text_media": (request(media="text"), 0, "none_sent"),
    "test_call_colon": (request("urn:service:test:sos"), 0, "none_sent"),
    "test_call_dot": (request("urn:service:test.sos"), 0, "none_sent"),
    "sub_service": (request("urn:service:sos.police"), 0, "none_sent"),
    "i3_service": (request("urn:nena:service:sos.psap"), 0, "none_sent"),
    "admin_line": (request("sip:admin@example.com"), 0, "none_sent"),
    "point": (located(POINT, IDS + "Geolocation: <cid:place@x.test>\n"), 0, ""),
    "circle": (located(samples.CIRCLE), 0, ""),
    "civic": (located(CIVIC), 0, "civic_only"),
    "civic_and_geodetic": (located(samples.CIRCLE + CIVIC), 0, ""),
    "unclosed_body": (located(POINT, closed=False), 0, ""),
    "not_named": (located(POINT, ""), 0, ""),
    "garbled_place": (
        located(POINT).replace(POINT, GARBLED),
        0,
        "xml_ill_formed",
    ),
    "lost_part": (located(POINT).replace("cid:place", "cid:other"), 0, ""),
    "lost_reference": (request(more="Geolocation: <cid:x@y.test>\n"), 0, "reference_lost"),
    "held": (
        request(more="Geolocation: <https://held.example/1>\nGeolocation-Routing: yes\n"),
        0,
        "by_reference",
    ),
    "presence": (request(more="Geolocation: <sip:1@lis.example>\n"), 0, "by_reference"),
    "placeholder": (request(more="Geolocation: REFERENCE_URL\n"), 0, "reference_unreadable"),
    "nested": (
        request(
            more="Geolocation: <cid:place@x.test>\n",
            body=NESTED,
            content="multipart/mixed; boundary=next-content",
        ),
        0,
        "",
    ),
    "data_by_reference": (
        request(more="Call-Info: <[$URL1]>;purpose=EmergencyCallData.DeviceInfo\n"),
        0,
        "none_sent",
    ),
    "no_address": (request("test_incorrect"), 400, "none_sent"),
    "number_only": (request("911"), 400, "none_sent"),
    "other_service": (
        request("urn:service:911", "Resource-Priority: test_incorrect\n"),
        404,
        "none_sent",
    ),
    "no_address_known_to": (
        request("test_incorrect", IDS, to="<sip:+12025550100@[remote_ip]>"),
        400,
        "none_sent",
    ),
    "other_scheme": (request("http://example.com/"), 400, "none_sent"),
    "no_version": (request().replace("sos SIP/2.0", "sos", 1), 400, "none_sent"),
    "old_version": (request().replace("sos SIP/2.0", "sos SIP/1.0", 1), 400, "none_sent"),
    "no_from": (request().replace("From:", "X-From:"), 400, "none_sent"),
    "no_to": (request().replace("To:", "X-To:"), 400, "none_sent"),
    "no_call_id": (request().replace("Call-ID:", "X-Call-ID:"), 400, "none_sent"),
    "no_cseq": (request().replace("Cseq:", "X-Cseq:"), 400, "none_sent"),
    "no_via": (request().replace("Via:", "X-Via:"), 400, "none_sent"),
    "two_call_ids": (request(more="Call-ID: another\n"), 400, "none_sent"),
    "line_without_colon": (request(more="a line of its own\n"), 400, "none_sent"),
    "longer_than_said": (request().replace("[len]", "3"), 400, "none_sent"),
    "shorter_than_said": (request().replace("[len]", "4000"), 400, "none_sent"),
    "length_in_words": (request().replace("[len]", "many"), 400, "none_sent"),
    "other_method_in_cseq": (request().replace("1 INVITE", "1 OPTIONS"), 400, "none_sent"),
    "no_hops_left": (request().replace("Forwards: 70", "Forwards: 0"), 483, "none_sent"),
    "broken_from": (request().replace("From: ", "From: <<<"), 400, "none_sent"),
    "broken_via": (request().replace("Via: SIP/2.0/", "Via: hello "), 400, "none_sent"),
}
