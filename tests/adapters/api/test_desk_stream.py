"""The live view of the desks: a snapshot and what comes after it are the snapshot taken later."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from pasokh.account.commands import BlockRelease
from pasokh.account.releases import BlockedBy
from pasokh.adapters.api import screens as screens_module
from pasokh.adapters.api.desk_stream import SCREENS_OF_A_SESSION
from pasokh.adapters.api.scopes import Scope
from pasokh.answer import commands as a
from pasokh.control_room.decide import COMMANDS, decide
from pasokh.control_room.desk_objects import ThingKind
from pasokh.control_room.views_desk import desk_objects, look_at
from pasokh.core.machine import Command, Moment, Words
from pasokh.core.people import Role
from pasokh.core.refusal import Refusal
from pasokh.core.time import HOUR
from pasokh.dispatch import commands as d
from pasokh.staff import commands as s
from pasokh.staff.events import DeskKind, LockWhy
from tests.adapters.api.centre import Screen, Served, run, session_id
from tests.simulated.test_machine_fuzz import FEW, random_command

MASHHAD, NEYSHABUR = "0916", "0917"
SUPERVISOR = "supervisor:s-1"
# Kinds of commands that a random evening is made of: what the desks show.
EVENING = [kind for kind in COMMANDS if kind.__module__.split(".")[1] in ("answer", "dispatch")]


class Desk:
    """A screen's store, as the page keeps it: a newer version wins, and nothing goes backwards."""

    def __init__(self, centre: Served, headers: dict[str, str]) -> None:
        self.centre = centre
        self.headers = headers
        self.versions: dict[tuple[str, str], float] = {}
        self.states: dict[tuple[str, str], Any] = {}
        self.seq = 0
        self.backwards: list[str] = []
        self.frames = 0
        self.resyncs = 0
        self.screen: Screen | None = None

    async def fetch(self) -> "Desk":
        answer = await self.centre.client.get("/desk/snapshot", headers=self.headers)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        here = {(each["kind"], each["id"]) for each in told["objects"]}
        for key in [key for key in self.states if key not in here]:
            del self.states[key]
        self.take(told["objects"], told["seq"])
        return self

    def take(self, objects: list[dict[str, Any]], seq: int) -> None:
        for each in objects:
            key = each["kind"], each["id"]
            if each["version"] < self.versions.get(key, 0):
                self.backwards.append(f"{key}: {self.versions[key]}, then {each['version']}")
            if each["version"] <= self.versions.get(key, -1):
                continue
            self.versions[key] = each["version"]
            self.states[key] = each["state"]
            if each["state"] is None:
                del self.states[key]
        self.seq = max(self.seq, seq)

    def open(self) -> Screen:
        query = f"after={self.seq}"
        self.frames = 0
        self.screen = Screen(self.centre.front, "/desk/stream", query, self.headers)
        return self.screen

    async def until(self, enough: Callable[["Desk"], bool]) -> "Desk":
        """Read on until the store is so; a resync is followed as the page does."""
        assert self.screen is not None
        while True:
            self.read()
            if enough(self):
                return self
            if self.screen.task.done():
                self.resyncs += 1
                await self.fetch()
                self.open()
            await self.screen.until(lambda frames: len(frames) > self.frames)

    def read(self) -> None:
        """Take what has arrived on the line."""
        assert self.screen is not None
        frames = self.screen.frames()
        for frame in frames[self.frames :]:
            lines = dict(line.partition(": ")[::2] for line in frame.split("\n"))
            if lines["event"] == "change":
                told = json.loads(lines["data"])
                assert told["seq"] == int(lines["id"])
                self.take(told["objects"], told["seq"])
        self.frames = len(frames)

    async def leave(self) -> None:
        assert self.screen is not None
        self.read()
        await self.screen.leave()

    def of(self, kind: ThingKind) -> dict[str, Any]:
        return {key[1]: state for key, state in self.states.items() if key[0] == kind.value}

    def calm(self) -> dict[tuple[str, str], Any]:
        """Everything but the figure, which time changes."""
        return {key: state for key, state in self.states.items() if key[0] != "figure"}


async def fresh(desk: Desk) -> dict[tuple[str, str], Any]:
    return (await Desk(desk.centre, desk.headers).fetch()).calm()


def truth(centre: Served) -> dict[tuple[str, str], Any]:
    """Every object as the state says, built by nothing that the stream uses to find changes."""
    look = look_at(centre.live.centre, centre.wall.now())
    found = desk_objects(look)
    return {(key[0].value, key[1]): json.loads(msgspec.json.encode(each)) for key, each in found}


def resynced(frames: list[str]) -> bool:
    """Tell whether a screen was told to begin anew."""
    return bool(frames) and "event: resync" in frames[-1]


async def opens_a_desk(centre: Served, name: str) -> None:
    await centre.machine(s.OpenDesk(session_id(f"cookie-of-{name}"), DeskKind.DISPATCH))


async def random_evening(centre: Served, rng: Random, steps: int) -> None:
    """Commands that the machine accepts, at random, some of them at once."""
    for _ in range(steps):
        command = _accepted(centre, rng)
        if command is not None:
            await centre.machine(command)
        if rng.random() < 0.2:
            await asyncio.sleep(rng.choice((0, 0.01, 0.05)))


def _accepted(centre: Served, rng: Random) -> Command | None:
    now = max(centre.wall.now(), centre.live.centre.known_at)
    for _ in range(200):
        command = random_command(rng, rng.choice(EVENING))
        outcome = decide(centre.live.centre, command, Moment(now, now, "machine:test"))
        if not isinstance(outcome, Refusal):
            return command
    return None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_and_however_the_line_breaks_nothing_is_missed(
    tmp_path: Path, seed: int
) -> None:
    async def scene(centre: Served) -> None:
        rng = Random(seed)  # noqa: S311 - a drill, no secret
        for unit_id in FEW["unit_id"]:
            await centre.machine(d.RegisterUnit(unit_id, county=MASHHAD))
        for position_id in FEW["position_id"]:
            await centre.machine(a.OpenPosition(position_id))
        desk = await Desk(centre, centre.token(Scope.DESK)).fetch()
        for _ in range(8):
            screen = desk.open()
            living = asyncio.create_task(random_evening(centre, rng, 25))
            if rng.random() < 0.7:
                await asyncio.sleep(rng.random() * 0.1)
                desk.read()
                await screen.leave()
                desk.read()
                await living
                desk.open()
            await living
            last = centre.live.durable_head.seq
            await centre.machine(a.OpenPosition(f"last-{last}"))
            await desk.until(lambda d, last=last: ("position", f"last-{last}") in d.states)
            assert desk.calm() == await fresh(desk) == truth(centre)
            await desk.leave()
        assert desk.backwards == []

    run(scene, tmp_path, kept_entries=40 if seed % 2 else 3)


@pytest.mark.slow
def test_too_large_a_gap_is_told_and_the_snapshot_bridges_it(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        desk = await Desk(centre, centre.token(Scope.DESK)).fetch()
        desk.open()
        await desk.until(lambda _: desk.frames > 0)
        await desk.leave()
        other = await Desk(centre, desk.headers).fetch()
        other.open()
        for number in range(6):
            await centre.machine(a.OfferCall(f"c-{number}"))
            await other.until(lambda d, n=number: ("call", f"c-{n}") in d.states)
        screen = desk.open()
        frames = await screen.until(resynced)
        assert json.loads(frames[-1].split("data: ")[1]) == {"after": desk.seq}
        await desk.fetch()
        desk.open()
        await centre.machine(a.OfferCall("c-6"))
        await desk.until(lambda d: ("call", "c-6") in d.states)
        assert desk.calm() == await fresh(desk)
        assert len(desk.of(ThingKind.CALL)) == 7

    run(scene, tmp_path, kept_entries=2)


def test_a_place_of_the_future_is_a_resync(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        screen = Screen(centre.front, "/desk/stream", "after=9", centre.token(Scope.DESK))
        (frame,) = await screen.until(lambda frames: len(frames) > 0)
        assert "event: resync" in frame
        await asyncio.wait_for(screen.task, 5)

    run(scene, tmp_path)


@pytest.mark.slow
def test_a_screen_that_does_not_read_is_told_to_come_back(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        desk = await Desk(centre, centre.token(Scope.DESK)).fetch()
        other = await Desk(centre, desk.headers).fetch()
        screen = desk.open()
        other.open()
        await screen.until(lambda frames: len(frames) > 0)
        screen.read.clear()
        for number in range(8):
            await centre.machine(a.OfferCall(f"c-{number}"))
            await other.until(lambda d, n=number: ("call", f"c-{n}") in d.states)
        screen.read.set()
        frames = await screen.until(resynced)
        await asyncio.wait_for(screen.task, 5)
        assert len([frame for frame in frames if "event: change" in frame]) < 8

    run(scene, tmp_path, kept_entries=3)


@pytest.mark.slow
def test_a_screen_whose_socket_is_full_for_long_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens_module, "STUCK_SECONDS", 0.05)
    monkeypatch.setattr("pasokh.adapters.api.desk_stream.BEAT_SECONDS", 0.02)

    async def scene(centre: Served) -> None:
        desk = await Desk(centre, centre.token(Scope.DESK)).fetch()
        screen = desk.open()
        await screen.until(lambda frames: len(frames) > 0)
        screen.read.clear()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(screen.task, 5)

    run(scene, tmp_path)


def test_a_countys_person_sees_the_county_and_what_has_none(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        person = await centre.person("p-1", Role.COUNTY_DESK, county=MASHHAD)
        desk = await Desk(centre, person).fetch()
        desk.open()
        await centre.machine(a.OfferCall("nowhere"))
        await centre.machine(a.OfferCall("here", county=MASHHAD))
        await centre.machine(a.OfferCall("there", county=NEYSHABUR))
        await centre.machine(d.OpenIncident("i-1", county=MASHHAD))
        await centre.machine(d.RegisterUnit("u-1", county=MASHHAD))
        await centre.machine(d.CreateMission("m-1", "i-1", "u-1"))
        await desk.until(lambda d: ("mission", "m-1") in d.states)
        assert set(desk.of(ThingKind.CALL)) == {"nowhere", "here"}
        assert desk.calm() == await fresh(desk)
        # What is handed to another county leaves, with all that stands in it.
        await centre.machine(d.MoveIncident("i-1", NEYSHABUR))
        await centre.machine(a.LocateCall("nowhere", NEYSHABUR))
        await centre.machine(a.LocateCall("there", MASHHAD))
        await desk.until(lambda d: ("call", "there") in d.states)
        assert set(desk.of(ThingKind.CALL)) == {"there", "here"}
        assert (desk.of(ThingKind.INCIDENT), desk.of(ThingKind.MISSION)) == ({}, {})
        assert desk.calm() == await fresh(desk)

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ended", "dismissed"])
def test_the_stream_of_a_session_that_is_over_ends(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pasokh.adapters.api.desk_stream.BEAT_SECONDS", 0.05)

    async def scene(centre: Served) -> None:
        person = await centre.person("p-1", Role.DISPATCHER)
        desk = await Desk(centre, person).fetch()
        screen = desk.open()
        await screen.until(lambda frames: len(frames) > 2)
        assert not screen.task.done()
        over = s.EndSession(session_id("cookie-of-p-1"), "shift is over")
        await centre.machine(over if how == "ended" else s.DismissPerson("p-1", "left"))
        await asyncio.wait_for(screen.task, 5)
        assert (await centre.client.get("/desk/snapshot", headers=person)).status_code == 401

    run(scene, tmp_path)


def test_a_locked_desk_still_rings(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        person = await centre.person("p-1", Role.DISPATCHER)
        desk = await Desk(centre, person).fetch()
        desk.open()
        await centre.machine(s.LockSession(session_id("cookie-of-p-1"), LockWhy.ASKED))
        await centre.machine(a.OfferCall("c-1"))
        await desk.until(lambda d: ("call", "c-1") in d.states)
        assert desk.calm() == await fresh(desk)

    run(scene, tmp_path)


@pytest.mark.slow
def test_places_come_to_a_session_that_opened_a_desk_and_to_no_other(tmp_path: Path) -> None:
    words = Words(name="نامی", number="09150000000", place="میدان آزادی", latitude=36.3, text="شرح")

    async def scene(centre: Served) -> None:
        opened = await centre.person("p-1", Role.DISPATCHER)
        shut = await centre.person("p-2", Role.DISPATCHER)
        await opens_a_desk(centre, "p-1")
        await centre.machine(d.OpenIncident("i-1"), words)
        desks = [await Desk(centre, who).fetch() for who in (opened, shut)]
        for desk in desks:
            desk.open()
        await centre.machine(a.OfferCall("c-1"), words)
        for desk in desks:
            await desk.until(lambda d: ("call", "c-1") in d.states)
        for kind, thing_id in ((ThingKind.CALL, "c-1"), (ThingKind.INCIDENT, "i-1")):
            seen, unseen = (desk.of(kind)[thing_id] for desk in desks)
            assert (seen["place"], seen["latitude"]) == ("میدان آزادی", 36.3)
            assert unseen["has_words"] == 1
            assert not {"place", "latitude"} & set(unseen)
        everything = str([desk.states for desk in desks])
        assert not any(secret in everything for secret in ("نامی", "0915", "شرح"))
        # What has closed shows its place no more.
        await centre.machine(a.AnswerCall("c-1"))
        await centre.machine(a.EndCall("c-1"))
        await desks[0].until(lambda d: "ended_at" in d.of(ThingKind.CALL)["c-1"])
        assert "place" not in desks[0].of(ThingKind.CALL)["c-1"]

    run(scene, tmp_path)


def test_a_session_that_opens_a_desk_later_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pasokh.adapters.api.desk_stream.BEAT_SECONDS", 0.05)

    async def scene(centre: Served) -> None:
        person = await centre.person("p-1", Role.DISPATCHER)
        await centre.machine(d.OpenIncident("i-1"), Words(place="بازار"))
        desk = await Desk(centre, person).fetch()
        assert "place" not in desk.of(ThingKind.INCIDENT)["i-1"]
        screen = desk.open()
        await screen.until(lambda frames: len(frames) > 0)
        await opens_a_desk(centre, "p-1")
        await screen.until(resynced)
        await asyncio.wait_for(screen.task, 5)

    run(scene, tmp_path)


@pytest.mark.slow
def test_what_is_settled_leaves_the_stream_when_its_time_is_over(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(a.OfferCall("c-1"))
        await centre.machine(d.OpenIncident("i-1"))
        await centre.machine(d.CloseIncident("i-1", "done"))
        desk = await Desk(centre, centre.token(Scope.DESK)).fetch()
        desk.open()
        assert "i-1" in desk.of(ThingKind.INCIDENT)
        version = desk.versions["incident", "i-1"]
        later = centre.wall.now() + HOUR
        centre.live.clock = type("Later", (), {"now": lambda self: later})()
        await desk.until(lambda d: not d.of(ThingKind.INCIDENT))
        assert desk.versions["incident", "i-1"] > version
        assert "c-1" in desk.of(ThingKind.CALL)

    run(scene, tmp_path)


def test_a_session_has_few_screens_and_the_oldest_makes_room(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.DESK)
        screens = []
        for _ in range(SCREENS_OF_A_SESSION + 1):
            screens.append(Screen(centre.front, "/desk/stream", "", headers))
            await screens[-1].until(lambda frames: len(frames) > 0)
        await asyncio.wait_for(screens[0].task, 5)
        assert not any(screen.task.done() for screen in screens[1:])

    run(scene, tmp_path)


@pytest.mark.slow
def test_the_figure_counts_what_rings(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        desk = await Desk(centre, centre.token(Scope.DESK)).fetch()
        desk.open()
        await centre.machine(a.OfferCall("c-1"))
        await desk.until(lambda d: "ringing" in d.of(ThingKind.FIGURE)["today"])
        figure = desk.of(ThingKind.FIGURE)["today"]
        offered_at = centre.live.centre.answer.calls["c-1"].offered_at
        assert (figure["ringing"], figure["longest_wait_since"]) == (1, offered_at)
        assert figure["one_copy"] is True
        assert "late_releases" not in figure
        await centre.machine(BlockRelease("2026-11-21-final", 9, BlockedBy.MISSING))
        await desk.until(lambda d: "late_releases" in d.of(ThingKind.FIGURE)["today"])
        assert desk.of(ThingKind.FIGURE)["today"]["late_releases"] == 1

    run(scene, tmp_path)
