"""One connection to Asterisk's manager interface: signing in, and packets as they come."""

import asyncio
from collections.abc import Callable
from hashlib import md5
from ipaddress import ip_address

from msgspec import Struct

from pasokh.adapters.telephony.asterisk.packet import Cutter, Packet, PacketFault, action, packet_of

_READ_BYTES = 1 << 16
_SIGN_IN_SECONDS = 10.0


class Account(Struct, frozen=True):
    """Where Asterisk is and who we are there. `secret` reads it anew for each connection."""

    host: str
    port: int
    name: str
    secret: Callable[[], str]


class Gone(Exception):
    """The connection is not there any more; the text says why."""


class NotLetIn(Exception):
    """Asterisk does not take our name and secret; the text is its own."""


class ManagerSession:
    """A connection that stands."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Nothing has been said yet."""
        self._reader = reader
        self._writer = writer
        self._cutter = Cutter()
        self._waiting: list[bytes] = []

    async def sign_in(self, account: Account) -> None:
        """Sign in by a challenge, so that the secret itself does not travel."""
        try:
            async with asyncio.timeout(_SIGN_IN_SECONDS):
                self.send(action("Challenge", "challenge", AuthType="MD5"))
                challenge = (await self._answer("challenge")).said("challenge")
                self.send(_login(account, challenge))
                answer = await self._answer("login")
        except TimeoutError:
            raise Gone(f"no answer within {_SIGN_IN_SECONDS:.0f} s") from None
        if answer.said("response").lower() != "success":
            raise NotLetIn(answer.said("message") or "no reason given")

    async def some(self) -> list[bytes]:
        """Give the packets that came, one at least; Gone when none will come."""
        while not self._waiting:
            try:
                text = await self._reader.read(_READ_BYTES)
                if not text:
                    raise Gone("the switch closed the connection")
                self._waiting = list(self._cutter.feed(text))
            except (OSError, PacketFault) as error:
                raise Gone(str(error)) from error
        came, self._waiting = self._waiting, []
        return came

    def send(self, text: bytes) -> None:
        """Put something to the switch; whoever hears notices when it is gone."""
        self._writer.write(text)

    def close(self) -> None:
        """End it."""
        self._writer.close()

    async def _answer(self, action_id: str) -> Packet:
        while True:
            came = await self.some()
            for place, raw in enumerate(came):
                packet = _read(raw)
                if packet is not None and packet.said("actionid") == action_id:
                    self._waiting = came[place + 1 :]
                    return packet


async def connect(host: str, port: int) -> ManagerSession:
    """Connect; Gone when nobody is there."""
    try:
        async with asyncio.timeout(_SIGN_IN_SECONDS):
            return ManagerSession(*await asyncio.open_connection(host, port))
    except (OSError, TimeoutError) as error:
        raise Gone(str(error) or "no answer") from error


def _login(account: Account, challenge: str) -> bytes:
    secret = account.secret()
    if challenge:
        # AMI asks for MD5; the manual says to keep its port where only the centre reaches it.
        key = md5(f"{challenge}{secret}".encode(), usedforsecurity=False).hexdigest()
        return action("Login", "login", AuthType="MD5", Username=account.name, Key=key, Events="on")
    if not _is_here(account.host):
        raise NotLetIn("it gives no challenge, and a secret does not travel in the clear")
    return action("Login", "login", Username=account.name, Secret=secret, Events="on")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(raw: bytes) -> Packet | None:
    try:
        return packet_of(raw)
    except PacketFault:
        return None
