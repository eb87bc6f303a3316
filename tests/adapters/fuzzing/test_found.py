"""What a fuzzer once found, and what is known to be hostile, read by every target."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.fuzzing.run import FOUND
from tests.adapters.fuzzing.targets import TARGETS
from tests.adapters.pace import INVITES_MAX, invites_worth

MIB = 2**20
MEMORY_MAX = 64 * MIB
KEPT = sorted(path for path in FOUND.glob("*/*") if path.is_file())
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "1 MB of one letter": lambda: b"a" * MIB,
    "1 MB of one header": lambda: b"INVITE sip:a@b SIP/2.0\r\nX: " + b"a" * MIB + b"\r\n\r\n",
    "1 MB of one field": lambda: b"Event: Hangup\r\nUniqueid: " + b"1" * MIB + b"\r\n\r\n",
    "1 MB of fields": lambda: b"Event: x\r\n" + b"a: b\r\n" * (MIB // 6) + b"\r\n",
    "1 MB of colons": lambda: b":" * MIB,
    "1 MB of line ends": lambda: b"\r\n" * (MIB // 2),
    "1 MB of bars": lambda: b"1795456882|" + b"|" * MIB,
    "1 MB of lines": lambda: b"1|1.1|s|N|ABANDON\n" * (MIB // 18),
    "1 MB of pairs": lambda: b"Event: UserEvent\r\nLoc: " + b'a="' * (MIB // 3) + b"\r\n\r\n",
    "1 MB of percents": lambda: b"from=1&text=" + b"%" * MIB,
    "1 MB of ampersands": lambda: b"&" * MIB,
    "1 MB of netstrings": lambda: b"0:," * (MIB // 3),
    "1 MB of digits": lambda: b"9" * MIB,
    "1 MB of brackets": lambda: b"[" * MIB,
    "1 MB of objects": lambda: b'{"alarm_id":' * (MIB // 12),
    "1 MB of quotes": lambda: b'alarm_id,"' + b'"' * MIB,
    "1 MB of commas": lambda: b"alarm_id" + b"," * MIB + b"\na" + b"," * MIB,
    "a billion laughs": lambda: b'<!DOCTYPE l [<!ENTITY l0 "l">' + _LAUGHS + b"]><l>&l9;</l>",
    "a file of the machine": lambda: b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/x">]><p>&x;</p>',
    "zero bytes": lambda: b"\0" * MIB,
    "no UTF-8": lambda: b"\xff\xfe" * (MIB // 2),
}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name[:20]}")
def test_what_was_found_once_is_read_now(path: Path) -> None:
    assert_read(path.parent.name, path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_input_costs_no_more_than_some_calls(name: str, hostile: str) -> None:
    assert_read(name, HOSTILE[hostile]())


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_hostile_input_is_done_in_little_memory(name: str) -> None:
    for hostile in HOSTILE.values():
        data = hostile()
        tracemalloc.start()
        try:
            TARGETS[name].read(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < MEMORY_MAX, hostile


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_samples_torn_and_sewn_are_read(name: str, data: st.DataObject) -> None:
    """Pieces of the samples and any bytes between them."""
    pieces = st.sampled_from([*TARGETS[name].seeds]).flatmap(_pieces)
    parts = data.draw(st.lists(pieces | st.binary(max_size=40), max_size=6))
    assert_read(name, b"".join(parts))


def _pieces(seed: bytes) -> st.SearchStrategy[bytes]:
    ends = st.tuples(st.integers(0, len(seed)), st.integers(0, len(seed)))
    return ends.map(lambda pair: seed[min(pair) : max(pair)])


def assert_read(name: str, data: bytes) -> None:
    """No exception, and no more work than some ordinary calls are."""
    assert invites_worth(lambda: TARGETS[name].read(data)) < INVITES_MAX
