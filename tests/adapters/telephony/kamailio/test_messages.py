"""Messages over a real switch: taken when they are owed, one thread, and answered the same way."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time_ns

import httpx

from tests.adapters.api.process import running
from tests.adapters.telephony.kamailio.switchboard import (
    Switchboard,
    needs_switch,
    staffed,
    switchboard,
)

pytestmark = needs_switch
HELP = "کمک، پشت پارک"
COMING = "نیرو در راه است"
WRITTEN = frozenset({"MessageReceived"})
IDS = (
    "Call-Info: <urn:emergency:service:uid:callid:abcdef0123456789:x.example>"
    ";purpose=EmergencyCallData.CallId\r\n"
    "Call-Info: <urn:emergency:service:uid:msgtype:{}:x.example>"
    ";purpose=EmergencyCallData.MsgType\r\n"
)


class Writer:
    """A telephone that writes."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(10)
        self.port = self.socket.getsockname()[1]

    def writes(self, text: str, number: int, to: str = "urn:service:sos", more: str = "") -> None:
        body = text.encode()
        head = (
            f"MESSAGE {to} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch=z9hG4bK{number}\r\n"
            f"From: <sip:ali@127.0.0.1:{self.port}>;tag=t{number}\r\nTo: <{to}>\r\n"
            f"Call-ID: m{number}@writer\r\nCSeq: 1 MESSAGE\r\nMax-Forwards: 70\r\n{more}"
            f"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.socket.sendto(head.encode() + body, ("127.0.0.1", self.board.port))

    def hears(self) -> str:
        return self.socket.recv(65_535).decode()

    def told(self) -> str:
        return self.hears().split("\r\n")[0]

    def takes(self) -> str:
        """Take a message of ours and say yes."""
        found = self.hears()
        head, _, body = found.partition("\r\n\r\n")
        assert head.startswith("MESSAGE sip:ali@127.0.0.1"), head
        names = ("Via", "From", "To", "Call-ID", "CSeq")
        lines = [line for line in head.split("\r\n") if line.split(":")[0] in names]
        yes = "\r\n".join(["SIP/2.0 200 OK", *lines, "Content-Length: 0", "", ""])
        self.socket.sendto(yes.encode(), ("127.0.0.1", self.board.port))
        return body


@contextmanager
def writer(board: Switchboard) -> Iterator[Writer]:
    found = Writer(board)
    try:
        yield found
    finally:
        found.socket.close()


def threads(board: Switchboard) -> list[str]:
    return [
        json.loads(entry.body)["call_id"]
        for entry in board.entries()
        if entry.kind == "MessageReceived"
    ]


def test_a_message_is_a_thread_and_the_reply_comes_back_through_the_switch(
    tmp_path: Path,
) -> None:
    with staffed(tmp_path, 1) as board, writer(board) as caller:
        caller.writes(HELP, 1)
        caller.writes(HELP, 1)
        assert caller.told() == caller.told() == "SIP/2.0 202 Accepted"
        caller.writes("behind the park", 2, to="sip:110@127.0.0.1")
        assert caller.told() == "SIP/2.0 202 Accepted"
        board.wait_for(WRITTEN, 2)
        assert len(threads(board)) == 2
        (call,) = set(threads(board))
        order = {
            "id": f"reply-{time_ns()}",
            "command": {"call_id": call, "message_id": "r1"},
            "words": {"text": COMING},
        }
        answer = httpx.post(f"{board.url}/commands/send-message", json=order, headers=board.headers)
        assert answer.status_code == 200, answer.text
        assert caller.takes() == COMING
        board.wait_for(frozenset({"DeliveryReported"}), 1)
        (report,) = (e for e in board.entries() if e.kind == "DeliveryReported")
        assert json.loads(report.body)["delivery"] == "sent"
        assert board.conservation().residual == 0


def test_a_chat_of_the_network_is_one_thread_and_its_stop_ends_it(tmp_path: Path) -> None:
    with staffed(tmp_path, 1) as board, writer(board) as caller:
        # Each waits for its yes: two of the switch's workers may turn two around.
        for number, (text, kind) in enumerate(
            ((HELP, 257), ("", 260), ("and more", 259), ("", 258))
        ):
            caller.writes(text, number, more=IDS.format(kind))
            assert caller.told() == "SIP/2.0 202 Accepted"
        board.wait_for(frozenset({"CallAbandoned"}), 1)
        assert len(threads(board)) == 2
        assert len(set(threads(board))) == 1


def test_what_is_written_while_we_are_away_is_owed_and_told_later(tmp_path: Path) -> None:
    with switchboard(tmp_path, 1) as board, writer(board) as caller:
        for number in range(20):
            caller.writes(f"{HELP} {number}", number)
        assert {caller.told() for _ in range(20)} == {"SIP/2.0 202 Accepted"}
        with running(tmp_path):
            board.wait_for(WRITTEN, 20)
        assert len(set(threads(board))) == 1


def test_a_message_that_cannot_be_read_is_refused_and_on_the_record(tmp_path: Path) -> None:
    with staffed(tmp_path, 1) as board, writer(board) as caller:
        caller.writes(HELP, 1, more="Max-Forwards: 0\r\n")
        caller.writes(HELP, 2, more="a line of its own\r\n")
        caller.writes(HELP, 3, to="urn:service:911")
        told = {caller.told() for _ in range(3)}
        assert {line.split()[1] for line in told} <= {"400", "404", "483"}
        board.wait_for(frozenset({"CallRejected"}), 3)
        assert threads(board) == []
        assert board.conservation().residual == 0
