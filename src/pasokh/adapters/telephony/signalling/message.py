"""One SIP message from its bytes: start line, headers in all their spellings, identity, body.

`read_message` never raises: what is wrong becomes a trouble and the rest is read on.
"""

import re

from msgspec import Struct

from pasokh.adapters.telephony.signalling.header_values import read_address, split_values
from pasokh.adapters.telephony.signalling.multipart import (
    BodyPart,
    Headers,
    header_lines,
    open_body,
    split_head,
)
from pasokh.adapters.telephony.signalling.service_urn import SosService, sos_service
from pasokh.adapters.telephony.signalling.trouble import (
    UNANSWERABLE,
    SignalTrouble,
    Wrong,
    trouble,
)

HEAD_BYTES_MAX = 65_536
BODY_BYTES_MAX = 1_048_576

# The single letters of RFC 3261 and the registry after it.
COMPACT = dict(
    pair.split("=")
    for pair in (
        "a=accept-contact b=referred-by c=content-type d=request-disposition e=content-encoding "
        "f=from i=call-id j=reject-contact k=supported l=content-length m=contact "
        "n=identity-info o=event r=refer-to s=subject t=to u=allow-events v=via "
        "x=session-expires y=identity"
    ).split()
)
MANDATORY = ("via", "from", "to", "call-id", "cseq")
SINGLE = frozenset({"from", "to", "call-id", "cseq", "content-length", "content-type"})

_TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]{1,64}")
_CODE = re.compile(r"[1-6]\d\d", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


class SipMessage(Struct, frozen=True):
    """A request (`method`, `uri`) or a response (`code`, `reason`), as far as it could be read.

    `headers` keeps order and repetition, names long and in lower case. `body` is the raw body,
    `parts` its leaves (also of nested multiparts).
    """

    method: str
    uri: str
    code: int
    reason: str
    headers: Headers
    body: bytes
    parts: tuple[BodyPart, ...]
    troubles: tuple[SignalTrouble, ...]

    def header(self, name: str) -> str:
        """The first header of that name; empty if there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def values(self, name: str) -> list[str]:
        """All values of a header that may be repeated or be a list between commas."""
        return [one for key, text in self.headers if key == name for one in split_values(text)]

    def part(self, content_id: str) -> BodyPart | None:
        """The part that `cid:` of this id names."""
        wanted = content_id.strip().strip("<>")
        return next((p for p in self.parts if p.content_id == wanted and wanted), None)

    @property
    def call_id(self) -> str:
        """Call-ID as it stands."""
        return self.header("call-id")

    @property
    def from_tag(self) -> str:
        """The tag of From; with Call-ID it is one attempt to call, however often it is sent."""
        return read_address(self.header("from")).parameters.get("tag", "")

    @property
    def identity(self) -> tuple[str, str]:
        """(Call-ID, From-tag): copies of one INVITE have the same."""
        return self.call_id, self.from_tag

    @property
    def service(self) -> SosService | None:
        """The emergency service asked for by the request URI, or by To behind a rewriting proxy."""
        to = read_address(self.header("to")).uri
        return sos_service(self.uri) or sos_service(to)

    @property
    def is_test(self) -> bool:
        """Whether the call only tries the line (urn:service:test.sos)."""
        return self.service is not None and self.service.test

    @property
    def unanswerable(self) -> bool:
        """Whether the only right answer is 400: no start line, address or identity."""
        return any(flaw.what in UNANSWERABLE for flaw in self.troubles)


def read_message(data: bytes) -> SipMessage:
    """Read one message; whatever arrives, a SipMessage comes back."""
    troubles: list[SignalTrouble] = []
    head, body = _cut(data.lstrip(b"\r\n"), troubles)
    first, _, rest = head.partition(b"\n")
    method, uri, code, reason = _start(first.decode("utf-8", "replace").strip(), troubles)
    headers = _headers(rest, troubles)
    body = _counted(headers, body, troubles)
    opened = open_body(dict(reversed(headers)).get("content-type", ""), headers, body)
    return SipMessage(
        method=method,
        uri=uri,
        code=code,
        reason=reason,
        headers=headers,
        body=body,
        parts=opened.parts,
        troubles=(*troubles, *opened.troubles),
    )


def _cut(data: bytes, troubles: list[SignalTrouble]) -> tuple[bytes, bytes]:
    head, body = split_head(data)
    if len(head) > HEAD_BYTES_MAX:
        troubles.append(trouble(Wrong.HEADERS_TOO_LONG, "headers", f"{len(head)} bytes"))
        head = head[:HEAD_BYTES_MAX].rpartition(b"\n")[0]
    if len(body) > BODY_BYTES_MAX:
        troubles.append(trouble(Wrong.BODY_TOO_LONG, "body", f"{len(body)} bytes"))
        body = b""
    if not _is_utf8(head):
        troubles.append(trouble(Wrong.NOT_UTF8, "headers"))
    return head, body


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _start(line: str, troubles: list[SignalTrouble]) -> tuple[str, str, int, str]:
    words = line.split()
    if words[1:] and words[0].upper() == "SIP/2.0" and _CODE.fullmatch(words[1]):
        return "", "", int(words[1]), " ".join(words[2:])
    if not words[2:] or words[-1].upper() != "SIP/2.0" or not _TOKEN.fullmatch(words[0]):
        troubles.append(trouble(Wrong.START_LINE, "first line"))
        return "", "", 0, ""
    uri = " ".join(words[1:-1]).strip("<>")
    if not _SCHEME.fullmatch(uri):
        troubles.append(trouble(Wrong.URI_SCHEME, "request line"))
    elif uri[:12].lower() == "urn:service:" and sos_service(uri) is None:
        troubles.append(trouble(Wrong.SERVICE_UNKNOWN, "request line"))
    return words[0].upper(), uri, 0, ""


def _headers(head: bytes, troubles: list[SignalTrouble]) -> Headers:
    read, strange = header_lines(head)
    headers = tuple((COMPACT.get(name, name), value) for name, value in read)
    if strange:
        troubles.append(trouble(Wrong.HEADER_LINE, "headers", f"{len(strange)} lines"))
    names = [name for name, _ in headers]
    troubles += [
        trouble(Wrong.HEADER_MISSING, name)
        for name in MANDATORY
        if not any(key == name and value for key, value in headers)
    ]
    counted = dict.fromkeys(SINGLE, 0)
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    troubles += [trouble(Wrong.HEADER_REPEATED, n) for n in sorted(SINGLE) if counted[n] > 1]
    return headers


def _counted(headers: Headers, body: bytes, troubles: list[SignalTrouble]) -> bytes:
    """Cut the body to its Content-Length; without one it is all that came (RFC 3261, 18.3)."""
    said = dict(reversed(headers)).get("content-length")
    if said is None or any(flaw.what is Wrong.BODY_TOO_LONG for flaw in troubles):
        return body
    if not re.fullmatch(r"\d{1,9}", said, re.ASCII):
        troubles.append(trouble(Wrong.LENGTH_UNREADABLE, "content-length"))
        return body
    length = int(said)
    if length > len(body):
        troubles.append(trouble(Wrong.BODY_SHORTER, "body", f"{len(body)} of {length} bytes"))
    elif length < len(body):
        troubles.append(trouble(Wrong.BODY_LONGER, "body", f"{len(body)} for {length} bytes"))
    return body[:length]
