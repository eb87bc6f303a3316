"""Keeps a session with a message centre: connects again for ever.

The client of the protocol waits in a thread of its own. A deliver_sm is answered when the spool
has its octets; nothing of it is looked at before.
"""

import asyncio
import os
import queue
import select
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from msgspec import Struct
from smpplib.exceptions import ConnectionError as NotThere
from smpplib.exceptions import PDUError, UnknownCommandError

from pasokh.adapters.telephony.text.sending import SendLater, SendRefused
from pasokh.adapters.telephony.text.smpp import KIND, Keys
from pasokh.adapters.telephony.text.smpp_client import HEAD, RawClient, SmppAccount
from pasokh.adapters.telephony.text.smpp_pdu import DELIVER_SM, DELIVER_SM_RESP
from pasokh.drivers.ports import Clock
from pasokh.drivers.ports_spool import RawSpool

_ALIVE_SECONDS, _TIMEOUT_SECONDS, _CONNECT_AGAIN_SECONDS = 20.0, 10.0, 1.0
_TOO_BUSY = frozenset({0x08, 0x14, 0x58})
_GONE = (NotThere, PDUError, UnknownCommandError, TimeoutError, ConnectionError)


class _Order(Struct):
    number: str
    text: str
    answer: Future[str]


class SmppLink:
    """Belongs to the loop in which it is made; a Sender too."""

    def __init__(
        self,
        account: SmppAccount,
        spool: RawSpool,
        keys: Keys,
        clock: Clock,
        say: Callable[[str], None],
    ) -> None:
        """`keys` names what comes; `say` tells the operator."""
        self._account = account
        self._spool = spool
        self._keys = keys
        self._clock = clock
        self._say = say
        self._loop = asyncio.get_running_loop()
        self._orders: queue.SimpleQueue[_Order] = queue.SimpleQueue()
        self._awaited: dict[int, _Order] = {}
        self._wake = os.pipe()
        self._over = threading.Event()
        self._bound = False

    async def run(self) -> None:
        """Keep the session until cancelled; OSError when our disk failed."""
        ended: asyncio.Future[None] = self._loop.create_future()
        thread = threading.Thread(target=self._keep, args=(ended,), name="smpp", daemon=True)
        thread.start()
        try:
            await ended
        finally:
            self._over.set()
            os.write(self._wake[1], b"x")

    async def send(self, number: str, text: str, name: str) -> str:
        """Hand a message over; give the centre's name for (the last part of) it."""
        del name
        if not self._bound:
            raise SendLater("no session with the message centre")
        order = _Order(number, text, Future())
        self._orders.put(order)
        os.write(self._wake[1], b"x")
        try:
            return await asyncio.wait_for(asyncio.wrap_future(order.answer), _TIMEOUT_SECONDS)
        except TimeoutError:
            raise SendLater("the message centre does not answer") from None

    def _keep(self, ended: "asyncio.Future[None]") -> None:
        """Turn in the thread. Only a fault of our own disk ends it by itself."""
        while not self._over.is_set():
            client = RawClient(self._account)
            try:
                client.begin()
                self._bound = True
                self._talk(client)
            except _GONE as error:
                self._say(f"the message centre {self._account.host}: {type(error).__name__}")
            except OSError as fault:
                self._loop.call_soon_threadsafe(_fail, ended, fault)
                return
            finally:
                self._bound = False
                self._give_up()
                client.end()
            self._over.wait(_CONNECT_AGAIN_SECONDS)

    def _talk(self, client: RawClient) -> None:
        alive_at = time.monotonic()
        while not self._over.is_set():
            wait = max(0.0, alive_at + _ALIVE_SECONDS - time.monotonic())
            readable, _, _ = select.select([client.socket, self._wake[0]], [], [], wait)
            if self._wake[0] in readable:
                os.read(self._wake[0], 4096)
                self._submit(client)
            if client.socket in readable:
                self._hear(client, client.read_raw())
                alive_at = time.monotonic()
            if not readable:
                client.ask_alive()
                alive_at = time.monotonic()

    def _hear(self, client: RawClient, pdu: bytes) -> None:
        _, command, status, sequence = HEAD.unpack_from(pdu)
        if command != DELIVER_SM:
            self._answered(client.act(pdu), status, sequence)
            return
        key = self._keys.key_of(pdu, self._clock.now())
        taking = asyncio.run_coroutine_threadsafe(self._spool.take(KIND, key, pdu), self._loop)
        taking.result()  # on the disk
        client.answer(DELIVER_SM_RESP, sequence)

    def _answered(self, pdu: Any, status: int, sequence: int) -> None:
        order = self._awaited.pop(sequence, None)
        if order is None or order.answer.done():
            return
        if not status:
            said = getattr(pdu, "message_id", b"") or b""
            order.answer.set_result(said.decode("latin-1") if isinstance(said, bytes) else said)
        elif status in _TOO_BUSY:
            order.answer.set_exception(SendLater(f"the message centre says {status:#x}"))
        else:
            order.answer.set_exception(SendRefused(f"message centre {status:#x}"))

    def _submit(self, client: RawClient) -> None:
        with suppress(queue.Empty):
            while True:
                order = self._orders.get_nowait()
                self._awaited[client.submit(order.number, order.text)] = order

    def _give_up(self) -> None:
        for order in self._awaited.values():
            if not order.answer.done():
                order.answer.set_exception(SendLater("the session ended"))
        self._awaited.clear()


def _fail(ended: "asyncio.Future[None]", fault: OSError) -> None:
    if not ended.done():
        ended.set_exception(fault)
