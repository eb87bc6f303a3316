"""Ids: one visible word, and ids that carry their own time."""

import uuid

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.core.ids import Id, born_of, time_ordered_id
from pasokh.core.people import Role, actor_of, is_person, role_of
from pasokh.core.place import Point, distance_metres

READER = msgspec.json.Decoder(Id)


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1))
def test_a_time_ordered_id_is_a_uuid_of_version_7_and_tells_its_time(at: int, salt: int) -> None:
    made = time_ordered_id(at, salt)
    assert (uuid.UUID(made).version, uuid.UUID(made).variant) == (7, uuid.RFC_4122)
    assert born_of(made) == at


@given(st.integers(0, 2**74 - 1), st.integers(0, 2**74 - 1))
def test_salts_tell_ids_of_one_millisecond_apart(one: int, other: int) -> None:
    assert (time_ordered_id(5, one) == time_ordered_id(5, other)) == (one == other)


@pytest.mark.parametrize("text", ["row-17", str(uuid.UUID(int=4, version=4)), "x" * 36])
def test_other_ids_tell_no_time(text: str) -> None:
    assert born_of(text) is None


@pytest.mark.parametrize("text", ["c-1", "تماس-۱", "a" * 64])
def test_a_visible_word_is_an_id(text: str) -> None:
    assert READER.decode(msgspec.json.encode(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "two words", "line\nfeed", "last\n", "nul\0", "bidi\u202e", "zero\u200bwidth", "a" * 65],
)
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        READER.decode(msgspec.json.encode(text))


def test_actors_say_their_role() -> None:
    actor = actor_of(Role.CALL_TAKER, "p-17")
    assert (actor, role_of(actor), is_person(actor)) == ("call_taker:p-17", Role.CALL_TAKER, True)
    assert not is_person(actor_of(Role.MACHINE, "policy"))


def test_the_great_circle_from_mashhad_to_gonabad() -> None:
    metres = distance_metres(Point(36.297, 59.606), Point(34.353, 58.684))
    assert 231_000 < metres < 232_500
