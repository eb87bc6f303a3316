"""The chain: repeatable by hand, and no entry can be changed, moved or left out."""

import subprocess

import msgspec
import pytest

from pasokh.core.log import EMPTY, Entry, chain_of, fault_of, head_of

FIRST = Entry(1, 5, 7, "machine:line", None, "k1", "CallOffered", 1, '{"call_id":"تماس"}', "")
FIRST = msgspec.structs.replace(
    FIRST, chain=chain_of(EMPTY.chain, FIRST, FIRST.kind, FIRST.version, FIRST.body)
)


def test_a_chain_value_is_what_sha256sum_says() -> None:
    lines = [EMPTY.chain, 1, 5, 7, "machine:line", "", "k1", "CallOffered", 1, FIRST.body]
    text = "\n".join(str(line) for line in lines).encode()
    said = subprocess.run(["sha256sum"], input=text, capture_output=True, check=True).stdout
    assert said.decode().split()[0] == FIRST.chain


def test_a_right_entry_has_no_fault() -> None:
    assert fault_of(EMPTY, FIRST) is None
    assert head_of(FIRST).chain == FIRST.chain


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seq": 2}, "not dense"),
        ({"known_at": -1}, "not ordered"),
        ({"at": 6}, "was changed"),
        ({"actor": "machine:lime"}, "was changed"),
        ({"cause": 0}, "was changed"),
        ({"command_id": "k2"}, "was changed"),
        ({"kind": "CallEnded"}, "was changed"),
        ({"version": 2}, "was changed"),
        ({"body": "{}"}, "was changed"),
        ({"chain": "0" * 64}, "was changed"),
    ],
)
def test_every_change_is_found(change: dict[str, object], said: str) -> None:
    fault = fault_of(EMPTY, msgspec.structs.replace(FIRST, **change))
    assert fault is not None
    assert said in fault
