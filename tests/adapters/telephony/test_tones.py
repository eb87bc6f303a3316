"""What the carrier says of keys that are pressed."""

import asyncio
import socket
import time
from contextlib import suppress
from typing import Any, cast

import pytest

from pasokh.adapters.telephony.rtpengine import tones
from pasokh.adapters.telephony.rtpengine.tones import pressed_of

SAID = b'{"callid":"c/1@h","source_tag":"ft","tags":["tt","ft"],"type":"DTMF","event":%s}'


@pytest.mark.parametrize(("event", "known"), [(b"0", True), (b"15", True), (b"16", False)])
def test_the_sixteen_keys_are_read(event: bytes, known: bool) -> None:  # noqa: FBT001 - a table
    assert (pressed_of(SAID % event) is not None) is known


@pytest.mark.parametrize("ill", [b"", b"{", b"[]", b'{"callid":1}', SAID % b"-1", SAID % b'"5"'])
def test_what_is_no_key_is_passed_over(ill: bytes) -> None:
    assert pressed_of(ill) is None


def test_a_port_that_somebody_else_has_stops_nothing_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tones, "_AGAIN_SECONDS", 0.01)
    said: list[str] = []

    told = asyncio.Event()

    def say(words: str) -> None:
        said.append(words)
        told.set()

    async def heard() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(("127.0.0.1", 0))
            port = other.getsockname()[1]
            hearing = asyncio.create_task(tones.hear_tones(cast("Any", None), port, _no_call, say))
            await asyncio.wait_for(told.wait(), 10)
            assert not hearing.done(), "a worker that ends would end the control room"
        until = time.monotonic() + 10
        while not _taken(port):
            assert time.monotonic() < until
            await asyncio.sleep(0.01)
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing

    asyncio.run(heard())
    assert len(said) == 1


def _no_call(_sip_call_id: str, _tag: str) -> str:
    return ""


def _taken(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False
