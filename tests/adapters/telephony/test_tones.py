"""What the carrier says of keys that are pressed."""

import pytest

from pasokh.adapters.telephony.rtpengine.tones import pressed_of

SAID = b'{"callid":"c/1@h","source_tag":"ft","tags":["tt","ft"],"type":"DTMF","event":%s}'


@pytest.mark.parametrize(("event", "known"), [(b"0", True), (b"15", True), (b"16", False)])
def test_the_sixteen_keys_are_read(event: bytes, known: bool) -> None:  # noqa: FBT001 - a table
    assert (pressed_of(SAID % event) is not None) is known


@pytest.mark.parametrize("ill", [b"", b"{", b"[]", b'{"callid":1}', SAID % b"-1", SAID % b'"5"'])
def test_what_is_no_key_is_passed_over(ill: bytes) -> None:
    assert pressed_of(ill) is None
