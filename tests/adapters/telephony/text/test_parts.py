"""Text messages in parts, in any order, twice, never whole; and whatever else a network sends."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.adapters.telephony.text.sms_joining import WAITS, Joining
from pasokh.adapters.telephony.text.sms_parts import (
    TEXT_MAX,
    PartPlace,
    SmsPart,
    octets,
    place_in,
    read_text,
    seven_bits,
)

WHOLE = "در خیابان دانشگاه، روبه‌روی پارک، کسی زخمی است"


def part(number: int, count: int = 3, text: str = "", reference: int = 7) -> SmsPart:
    return SmsPart(
        "+989120000000", "110", text or f"part{number}", PartPlace(reference, count, number)
    )


@pytest.mark.parametrize(
    ("header", "place"),
    [
        (bytes.fromhex("050003420301"), PartPlace(0x42, 3, 1)),
        (bytes.fromhex("06080412340302"), PartPlace(0x1234, 3, 2)),
        (bytes.fromhex("0b0504158a00000003420301"), PartPlace(0x42, 3, 1)),
        (bytes.fromhex("050003420100"), None),
        (bytes.fromhex("050003420304"), None),
        (bytes.fromhex("050003420101"), None),
        (bytes.fromhex("0500034203"), None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_which_part_it_is(header: bytes, place: PartPlace | None) -> None:
    assert place_in(header) == place


def test_three_encodings_of_gateways() -> None:
    assert read_text(2, WHOLE.encode("utf-16-be")) == WHOLE
    assert read_text(0, WHOLE.encode()) == WHOLE
    assert read_text(2, b"\x06") == "\ufffd"
    assert seven_bits(b"\x1b\x65 \x00\x1b") == "€ @ "
    assert read_text(1, b"from a program\x00") == "from a program"


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_parts_are_joined_whatever_their_order(order: tuple[int, ...]) -> None:
    joining = Joining()
    given_ = [joining.add(part(n), f"k{n}", at) for at, n in enumerate(order)]
    assert given_[:2] == [[], []]
    (message,) = given_[2]
    assert (message.text, message.keys) == ("part1part2part3", ("k1", "k2", "k3"))
    assert not any(joining.waits(f"k{n}") for n in order)
    assert joining.add(part(2), "k2", 9) == [], "a part that comes again begins nothing"


def test_a_part_that_does_not_come_is_shown_as_missing_and_then_alone() -> None:
    joining = Joining()
    joining.add(part(1), "k1", 0)
    joining.add(part(3), "k3", 5)
    assert joining.waits("k1")
    assert joining.overdue(WAITS - 1) == []
    (message,) = joining.overdue(WAITS)
    assert message.text == "part1 [2/3: ?] part3"
    assert not joining.waits("k1")
    assert joining.add(part(2), "k2", WAITS + 1) == []
    (late,) = joining.overdue(2 * WAITS + 1)
    assert late.text == "[1/3: ?] part2 [3/3: ?]"


def test_a_sender_who_counts_anew_loses_nothing() -> None:
    joining = Joining()
    joining.add(part(1, 2, "first"), "k1", 0)
    assert joining.add(part(1, 2, "first"), "k2", 1) == [], "the network sent it twice"
    (old,) = joining.add(part(1, 2, "second"), "k3", 2)
    assert old.text == "first [2/2: ?]"
    (new,) = joining.add(part(2, 2, " half"), "k4", 3)
    assert new.text == "second half"


def test_a_flood_of_halves_is_bounded_and_lost_to_nobody() -> None:
    joining = Joining()
    given_ = [
        message.text
        for n in range(10_100)
        for message in joining.add(SmsPart(f"+{n}", "110", f"{n}", PartPlace(1, 2, 1)), f"k{n}", n)
    ]
    assert given_ == [f"{n} [2/2: ?]" for n in range(100)]


@given(st.binary(max_size=400), st.integers(0, 2))
def test_nothing_that_a_network_sends_breaks_the_reading(body: bytes, coding: int) -> None:
    place_in(body)
    for text in (read_text(coding, body), octets(body), seven_bits(body)):
        assert len(text) <= TEXT_MAX
        assert "\x00" not in text


@pytest.mark.slow
def test_any_mixture_of_parts_gives_each_part_once() -> None:
    for seed in range(200):
        rng = Random(seed)  # noqa: S311 - a test's chance
        joining = Joining()
        said: list[str] = []
        sent: list[str] = []
        for n in range(60):
            count = rng.randrange(2, 5)
            one = part(rng.randrange(1, count + 1), count, f"<{n}>", rng.randrange(3))
            sent.append(f"<{n}>")
            said += [message.text for message in joining.add(one, f"k{n}", n)]
        said += [message.text for message in joining.overdue(10**9)]
        together = "".join(said)
        assert all(together.count(word) == 1 for word in sent), seed
