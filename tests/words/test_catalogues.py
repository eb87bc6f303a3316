"""Both catalogues say the same things, all of them, and nothing that nobody says."""

import re
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pasokh.account.definitions import CallClass, FigureVersion
from pasokh.adapters.exchange.i3_reading import I3Wrong
from pasokh.adapters.telephony.landlines_read import LandlineFlaw
from pasokh.adapters.telephony.signalling.trouble import Wrong
from pasokh.answer.events import CallCode, Channel, Origin
from pasokh.answer.events_watch import ProbeEnd
from pasokh.answer.state import HandoffState, Phase, PositionState
from pasokh.control_room.codec import KINDS
from pasokh.control_room.happenings import shown_fields
from pasokh.core.people import Role
from pasokh.core.refusal import Reason
from pasokh.dispatch.events import Availability, Outcome, Stage
from pasokh.reference.entries import ListName
from pasokh.words import say as room
from pasokh.words.jalali_typed import Untypable
from pasokh.words.say import CATALOGUES, places
from tests.words.said import beginnings, street, whole_ids

FAMILIES: dict[str, type[StrEnum]] = {
    "refusal": Reason,
    "role": Role,
    "class": CallClass,
    "rule": CallClass,
    "phase": Phase,
    "handoff": HandoffState,
    "position": PositionState,
    "stage": Stage,
    "outcome": Outcome,
    "availability": Availability,
    "channel": Channel,
    "probe": ProbeEnd,
    "origin": Origin,
    "figure": FigureVersion,
    "list": ListName,
    "typed": Untypable,
    "trouble": Wrong,
    "landline": LandlineFlaw,
    "i3": I3Wrong,
}
FOLDER = Path(room.__file__).parent / "catalogues"


def in_family(name: str) -> set[str]:
    return {key.removeprefix(f"{name}.") for key in CATALOGUES["en"] if key.startswith(f"{name}.")}


def test_both_have_the_same_ids() -> None:
    assert set(CATALOGUES["fa"]) == set(CATALOGUES["en"])


def test_both_name_the_same_places() -> None:
    differing = {
        key
        for key in CATALOGUES["en"]
        if places(CATALOGUES["en"][key]) != places(CATALOGUES["fa"][key])
    }
    assert differing == set()


@pytest.mark.parametrize("name", FAMILIES)
def test_a_closed_list_is_covered_and_nothing_more(name: str) -> None:
    assert in_family(name) == {member.value for member in FAMILIES[name]}


def test_the_codes_of_persons_are_classes() -> None:
    assert {code.value for code in CallCode} < in_family("class")


def test_every_event_has_its_line_and_names_only_what_is_shown() -> None:
    assert in_family("event") == set(KINDS)
    for name, kind in KINDS.items():
        if name != "CommandRefused":
            assert places(CATALOGUES["fa"][f"event.{name}"]) <= shown_fields(kind), name


@pytest.mark.slow
def test_every_message_that_is_said_is_written() -> None:
    """A whole id is in the catalogues; the beginning of one begins some message there."""
    sources, written = street(), CATALOGUES["en"]
    unwritten = [said for said in whole_ids(sources) if said.message_id not in written]
    unwritten += [
        said
        for said in beginnings(sources)
        if not any(key.startswith(said.message_id) for key in written)
    ]
    told = [f"{said.place}: {said.message_id} is in no catalogue" for said in unwritten]
    assert not told, "write it in fa and en:\n" + "\n".join(told)


@pytest.mark.slow
def test_every_message_is_said_somewhere() -> None:
    sources = street()
    said = {said.message_id for said in whole_ids(sources)}
    # A bare family as a beginning would excuse all of its messages; a closed list may be one.
    begun = tuple(b.message_id for b in beginnings(sources) if not _is_open(b.message_id))
    closed = {*FAMILIES, "event", "refused"}
    unsaid = [
        key
        for key in CATALOGUES["en"]
        if key.split(".")[0] not in closed and key not in said and not key.startswith(begun)
    ]
    assert not unsaid, "say it or take it out of both catalogues:\n" + "\n".join(unsaid)


def _is_open(beginning: str) -> bool:
    return beginning in ("desk.", "office.")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fa", "en"])
def test_nothing_is_empty_or_doubled_or_doubtful(language: str) -> None:
    ids: list[str] = []
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            entries = [entry for entry in read_po(file, locale=language) if entry.id]
        assert all(entry.string and not entry.fuzzy for entry in entries), path.name
        ids += re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(CATALOGUES[language])


def test_both_languages_have_the_same_files() -> None:
    names = [{path.name for path in (FOLDER / language).glob("*.po")} for language in CATALOGUES]
    assert names[0] == names[1]


def test_persian_is_written_as_persian() -> None:
    for key, text in CATALOGUES["fa"].items():
        plain = re.sub(r"\{\w+\}", "", text)
        assert not re.search("[يكىة٠-٩]", plain), (key, "Arabic letters or digits")
        assert not re.search(r"(?<![A-Z])[0-9]", plain), (key, "Latin digits")
        # A form shows what is typed into the command bar; ? is a key.
        marks = '[,;%"]' if key.startswith("desk.form_") else '[,;?%"]'
        assert not re.search(marks, plain), (key, "Latin marks")
        assert not re.search(r"\bمی [آ-ی]|[آ-ی] ها\b", plain), (key, "a half-space is missing")
        assert "ۀ" not in plain, (key, "write ه with a hamza above")
