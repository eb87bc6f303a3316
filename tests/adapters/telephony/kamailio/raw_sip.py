"""One that speaks SIP by hand, a word at a time: what SIPp cannot say in the order that matters."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from select import select

_SECONDS = 15.0
_SDP = "".join(
    f"{line}\r\n"
    for line in (
        *("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0"),
        "m=audio 9 RTP/AVP 8",
    )
)
_NUMBERS = count(1)


class Speaker:
    """A socket, and what came to it and was not asked for yet."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.port: int = line.getsockname()[1]
        self._heard: list[str] = []

    def send(self, port: int, *lines: str, body: str = "") -> None:
        head = [*lines, *(["Content-Type: application/sdp"] if body else [])]
        text = "\r\n".join([*head, f"Content-Length: {len(body)}", "", body])
        self._line.sendto(text.encode(), ("127.0.0.1", port))

    def hear(self, begin: str, cseq: str = "") -> str:
        """Give the next word that begins so, of this CSeq; what else comes is left for later."""
        seen = 0
        while True:
            for at in range(seen, len(self._heard)):
                word = self._heard[at]
                if word.startswith(begin) and header(word, "CSeq").endswith(cseq):
                    return self._heard.pop(at)
            seen = len(self._heard)
            try:
                self._heard.append(self._line.recv(65_536).decode())
            except TimeoutError:
                raise AssertionError(f"no {begin} {cseq}: {self.heard()}") from None

    def heard(self) -> list[str]:
        """The first lines of what came and was not asked for."""
        while select([self._line], [], [], 0)[0]:
            self._heard.append(self._line.recv(65_536).decode())
        return [word.partition("\r\n")[0] for word in self._heard]


class Phone(Speaker):
    """One that rings: each word of it answers a request that it heard."""

    def reply(self, request: str, status: str, *, body: str = "", tag: str = "phone") -> None:
        to = header(request, "To")
        lines = [
            f"SIP/2.0 {status}",
            *(line for line in request.split("\r\n") if line.startswith(("Via:", "Record-Route:"))),
            f"From: {header(request, 'From')}",
            f"To: {to}" if "tag=" in to else f"To: {to};tag={tag}",
            f"Call-ID: {header(request, 'Call-ID')}",
            f"CSeq: {header(request, 'CSeq')}",
            f"Contact: <sip:phone@127.0.0.1:{self.port}>",
        ]
        via = header(request, "Via").rpartition(":")[2].partition(";")[0]
        self.send(int(via), *lines, body=body)

    def hang_up(self, invite: str, tag: str) -> None:
        """End a dialogue that it believes to have, on the way that its call came."""
        ways = [x.removeprefix("Record-") for x in invite.split("\r\n") if x.startswith("Record-")]
        switch = int(ways[0].split(":")[3].partition(";")[0])
        self.send(
            switch,
            f"BYE {header(invite, 'Contact').strip('<>')} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bK-bye-{tag}",
            f"From: {header(invite, 'To')};tag={tag}",
            f"To: {header(invite, 'From')}",
            f"Call-ID: {header(invite, 'Call-ID')}",
            "CSeq: 1 BYE",
            "Max-Forwards: 70",
            *ways,
        )

    def pick_up(self, invite: str, tag: str = "phone") -> None:
        self.reply(invite, "200 OK", body=_SDP, tag=tag)


class Caller(Speaker):
    """One that calls the centre's number; every word of it goes to the switch."""

    def __init__(self, line: socket.socket, switch: int) -> None:
        super().__init__(line)
        self._switch = switch
        self.call_id = f"raw-{next(_NUMBERS)}-{self.port}"

    def call(self) -> None:
        contact = f"Contact: <sip:caller@127.0.0.1:{self.port}>"
        self.send(self._switch, *self._lines("INVITE", 1, "c1"), contact, body=_SDP)

    def cancel(self) -> None:
        self.send(self._switch, *self._lines("CANCEL", 1, "c1"))

    def confirm(self, final: str) -> None:
        """Confirm a final no."""
        to = header(final, "To")
        self.send(self._switch, *self._lines("ACK", 1, "c1", to=to))

    def within(self, answer: str, method: str, cseq: int, *, routed: bool = True) -> None:
        """Say a word of the dialogue that an answer began."""
        route = [f"Route: {header(answer, 'Record-Route')}"] if routed else []
        to, at = header(answer, "To"), header(answer, "Contact").strip("<>")
        branch = f"{method.lower()}{cseq}-{to.rpartition('=')[2]}"
        self.send(self._switch, *self._lines(method, cseq, branch, to=to, at=at), *route)

    def _lines(
        self,
        method: str,
        cseq: int,
        branch: str,
        *,
        to: str = "<urn:service:sos>",
        at: str = "urn:service:sos",
    ) -> list[str]:
        return [
            f"{method} {at} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bK-{self.call_id}-{branch}",
            f"From: <sip:+442079460001@caller.invalid>;tag=caller-{self.port}",
            f"To: {to}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {cseq} {method}",
            "Max-Forwards: 70",
        ]


def header(word: str, name: str) -> str:
    """Give the first header of this name; "" when there is none."""
    begin = f"{name}: "
    return next((x.removeprefix(begin) for x in word.split("\r\n") if x.startswith(begin)), "")


@contextmanager
def phone() -> Iterator[Phone]:
    with _line() as line:
        yield Phone(line)


@contextmanager
def caller(switch: int) -> Iterator[Caller]:
    with _line() as line:
        yield Caller(line, switch)


@contextmanager
def _line() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(_SECONDS)
        yield line
