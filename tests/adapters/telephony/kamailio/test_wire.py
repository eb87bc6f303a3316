"""Frames and what they say: whole, torn, hostile."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.telephony.kamailio.confirmed import Confirmed
from pasokh.adapters.telephony.kamailio.wire import (
    FRAME_MAX,
    StepKind,
    WireFault,
    frame,
    frames,
    step_of,
)

LINE = b"INVITE 1795489857.476551 17.9 387 70\nid 1@x\ntag\n<null>\nINVITE urn:service:sos SIP/2.0"


def test_a_step_is_read_field_by_field() -> None:
    step = step_of(LINE)
    assert (step.kind, step.at, step.boot, step.number) == (StepKind.INVITE, 1795489857476, 17, 9)
    assert (step.said, step.sip_call_id, step.from_tag) == (("387", "70"), "id 1@x", "tag")
    assert (step.to_tag, step.raw) == ("", b"INVITE urn:service:sos SIP/2.0")


def test_a_kind_of_another_release_is_confirmed_and_means_nothing() -> None:
    assert step_of(b"SUNG 1.0 1.2\n\n\n\n").kind is StepKind.OTHER


@pytest.mark.parametrize(
    "line", [b"", b"INVITE", b"INVITE 1.0 x.y\n\n\n\n", b"\n\n\n\n", b"\xff" * 9]
)
def test_what_is_no_step_is_a_fault(line: bytes) -> None:
    with pytest.raises(WireFault):
        step_of(line)


@given(st.lists(st.text(max_size=300), max_size=6), st.integers(1, 40))
def test_frames_come_out_as_they_went_in_however_they_are_cut(words: list[str], cut: int) -> None:
    stream = b"".join(frame(word) for word in words)
    buffer, found = bytearray(), []
    for at in range(0, len(stream), cut):
        buffer += stream[at : at + cut]
        found += [text.decode() for text in frames(buffer)]
    assert found == words
    assert not buffer


@pytest.mark.parametrize(
    "stream", [b"x:", b":", b"99999999999", b"-1:a,", b"%d:" % (FRAME_MAX + 1), b"3:abcd"]
)
def test_no_switch_of_ours_says_this(stream: bytes) -> None:
    with pytest.raises(WireFault):
        list(frames(bytearray(stream)))


@given(st.binary(max_size=400))
def test_any_bytes_are_a_step_or_a_fault(line: bytes) -> None:
    with suppress(WireFault):
        assert step_of(line).at >= 0


def step(number: int, boot: int = 1) -> bytes:
    return b"BYE 1.0 %d.%d\nx\ny\n\n" % (boot, number)


@given(st.permutations([*range(1, 13), 3, 7]))
def test_only_what_has_no_gap_is_confirmed(order: list[int]) -> None:
    confirmed = Confirmed()
    confirmed.begin(1, 0)
    seen: set[int] = set()
    for number in order:
        assert confirmed.take(step_of(step(number))) is (number not in seen)
        seen.add(number)
        assert set(range(1, confirmed.upto + 1)) <= seen
        assert confirmed.upto + 1 not in seen
        assert confirmed.missing is (len(seen) > confirmed.upto)
    assert confirmed.upto == 12


def test_a_new_life_of_the_switch_counts_anew() -> None:
    confirmed = Confirmed()
    confirmed.begin(1, 4)
    assert not confirmed.take(step_of(step(4)))
    confirmed.begin(2, 0)
    assert confirmed.take(step_of(step(1, boot=2)))
    assert (confirmed.boot, confirmed.upto) == (2, 1)
