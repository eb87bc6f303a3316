"""Keeps a connection to the switch: connects again for ever, and says every second that we live.

The switch takes silence for our death and rings the fallback group, so a beat is a promise that
this loop still turns.
"""

import asyncio
import socket
from contextlib import suppress
from functools import partial

from pasokh.adapters.telephony.kamailio.line import Line
from pasokh.adapters.telephony.kamailio.lives import LOOK_SECONDS
from pasokh.adapters.telephony.kamailio.wire import WireFault, frame, frames

BEAT_SECONDS = 1.0
_AGAIN_SECONDS = 0.2
_READ_BYTES = 1 << 16


async def keep_link(line: Line, host: str, port: int) -> None:
    """Hear the switch until cancelled. OSError when the journal's disk failed."""
    while True:
        switch = await _connected(host, port)
        if switch is None:
            await asyncio.sleep(_AGAIN_SECONDS)
            continue
        outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        line.send = partial(_put, outgoing)
        keeping = (_send(switch, outgoing), _beat(line), _look(line))
        tasks = [asyncio.create_task(deed) for deed in keeping]
        try:
            await _hear(line, switch)
        finally:
            line.hang_up()
            for task in tasks:
                task.cancel()
            switch.close()


async def _connected(host: str, port: int) -> socket.socket | None:
    switch = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    switch.settimeout(0)
    try:
        await asyncio.get_running_loop().sock_connect(switch, (host, port))
    except OSError:
        switch.close()
        return None
    switch.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return switch


async def _hear(line: Line, switch: socket.socket) -> None:
    """Take what comes, as much at once as came while the disk was busy."""
    loop = asyncio.get_running_loop()
    buffer = bytearray()
    while True:
        try:
            text = await loop.sock_recv(switch, _READ_BYTES)
        except OSError:
            return
        if not text:
            return
        # Set anew after each read, or the switch's next words wait 40 ms for our acknowledgement.
        switch.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        buffer += text
        try:
            records = list(frames(buffer))
        except WireFault:
            return
        if records:
            await line.take(records)


def _put(outgoing: asyncio.Queue[bytes], word: str) -> None:
    outgoing.put_nowait(frame(word))


async def _send(switch: socket.socket, outgoing: asyncio.Queue[bytes]) -> None:
    loop = asyncio.get_running_loop()
    with suppress(OSError):  # whoever hears notices it too, and connects again
        while True:
            await loop.sock_sendall(switch, await outgoing.get())


async def _beat(line: Line) -> None:
    while True:
        line.confirm()
        await asyncio.sleep(BEAT_SECONDS)


async def _look(line: Line) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        line.look()
