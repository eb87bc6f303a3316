"""The library's SMPP client, and the raw octets of what comes before anything parses them."""

from contextlib import suppress
from struct import Struct as Layout
from typing import Any

from msgspec import Struct
from smpplib import gsm, smpp
from smpplib.client import Client
from smpplib.exceptions import ConnectionError as NotThere
from smpplib.exceptions import PDUError

from pasokh.adapters.telephony.text.smpp_pdu import DELIVER_SM_RESP, HEAD_BYTES

HEAD = Layout(">IIII")
_PDU_MAX = 1 << 17
_TIMEOUT_SECONDS = 10
_RESPONSE = 0x80000000
_INTERNATIONAL, _UNKNOWN, _ISDN = 1, 0, 1


class SmppAccount(Struct, frozen=True):
    """Who we are at a message centre."""

    host: str
    port: int
    system_id: str
    password: str
    system_type: str
    number: str


class RawClient:
    """One session. Raises what the library raises, and OSError."""

    def __init__(self, account: SmppAccount) -> None:
        """Say nothing yet."""
        self._account = account
        self._client = Client(
            account.host, account.port, timeout=_TIMEOUT_SECONDS, allow_unknown_opt_params=True
        )

    @property
    def socket(self) -> Any:
        """What to wait for beside our own orders."""
        return self._client._socket  # noqa: SLF001 - the library waits for nothing else

    def begin(self) -> None:
        """Connect and say who we are."""
        self._client.connect()
        self._client.bind_transceiver(
            system_id=self._account.system_id,
            password=self._account.password,
            system_type=self._account.system_type,
        )

    def end(self) -> None:
        """Close."""
        with suppress(NotThere, PDUError, OSError):
            self._client.disconnect()

    def read_raw(self) -> bytes:
        """Read one message's octets."""
        head = self._client._recv_exact(4)  # noqa: SLF001 - before anything parses it
        length = int.from_bytes(head)
        if not HEAD_BYTES <= length <= _PDU_MAX:
            raise PDUError(f"a message of {length} octets")
        return bytes(head + self._client._recv_exact(length - 4))  # noqa: SLF001

    def act(self, pdu: bytes) -> Any:
        """Let the library read what is no message, and answer what asks for an answer."""
        found = smpp.parse_pdu(pdu, client=self._client, allow_unknown_opt_params=True)
        if found.command in ("enquire_link", "unbind"):
            self.answer(HEAD.unpack_from(pdu)[1] | _RESPONSE, found.sequence)
        if found.command == "unbind":
            raise NotThere
        return found

    def answer(self, command: int, sequence: int) -> None:
        """Answer with a yes."""
        body = b"\0" if command == DELIVER_SM_RESP else b""
        self.socket.sendall(HEAD.pack(HEAD_BYTES + len(body), command, 0, sequence) + body)

    def ask_alive(self) -> None:
        """Show that we are there, and hear whether the centre is."""
        self._client.send_pdu(smpp.make_pdu("enquire_link", client=self._client))

    def submit(self, number: str, text: str) -> int:
        """Send in as many parts as it takes; give the number of the last one's question."""
        parts, coding, kind = gsm.make_parts(text)
        international = number.startswith("+")
        sent = [
            self._client.send_message(
                source_addr_ton=_UNKNOWN,
                source_addr_npi=_ISDN,
                source_addr=self._account.number,
                dest_addr_ton=_INTERNATIONAL if international else _UNKNOWN,
                dest_addr_npi=_ISDN,
                destination_addr=number.removeprefix("+"),
                short_message=part,
                data_coding=coding,
                esm_class=kind,
                registered_delivery=True,
            )
            for part in parts
        ]
        return int(sent[-1].sequence)
