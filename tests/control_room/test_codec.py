"""Events on paper: every kind reads back as it was, old versions are lifted, unknown ones named."""

from typing import Any

import msgspec
import pytest
from polyfactory.factories.msgspec_factory import MsgspecFactory

from pasokh.control_room import codec
from pasokh.control_room.codec import KINDS, UnknownKind, body_of, event_of
from pasokh.core.log import Entry
from pasokh.core.machine import Event


def entry(kind: str, body: str, version: int = 1) -> Entry:
    return Entry(1, 0, 0, "machine:x", None, "k", kind, version, body, "")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_reads_back_as_it_was_written(name: str) -> None:
    factory = MsgspecFactory.create_factory(KINDS[name])
    factory.seed_random(1405)
    for event in factory.batch(10):
        assert event_of(entry(name, body_of(event), KINDS[name].version)) == event


def test_a_body_is_one_line() -> None:
    said = KINDS["CallUnlinked"]("c1", "i1", "two\nlines")  # type: ignore[call-arg] # by table
    assert "\n" not in body_of(said)


class Renamed(Event, frozen=True):
    """An event whose field had another name in its first version."""

    version = 2
    call_id: str = ""


def test_an_old_version_is_lifted(monkeypatch: pytest.MonkeyPatch) -> None:
    def lift(body: dict[str, Any]) -> dict[str, Any]:
        return {"call_id": body["contact"]}

    monkeypatch.setitem(codec.KINDS, "Renamed", Renamed)
    monkeypatch.setitem(codec.UPCASTERS, ("Renamed", 1), lift)
    assert event_of(entry("Renamed", '{"contact":"c1"}')) == Renamed("c1")


@pytest.mark.parametrize(("kind", "version"), [("Unheard", 1), ("CallOffered", 99)])
def test_a_newer_log_is_refused_with_the_way_out(kind: str, version: int) -> None:
    with pytest.raises(UnknownKind, match="run the release that wrote the log"):
        event_of(entry(kind, "{}", version))


def test_every_event_says_its_version_and_is_frozen() -> None:
    for kind in KINDS.values():
        assert kind.version >= 1
        assert msgspec.structs.fields(kind) is not None
        assert kind.__struct_config__.frozen
