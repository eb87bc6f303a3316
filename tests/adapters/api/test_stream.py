"""The streams: nothing missed and nothing twice, from any place, however slow the reader."""

import asyncio
import json
from itertools import pairwise
from pathlib import Path

import pytest

from pasokh.adapters.api import stream as stream_module
from pasokh.adapters.api.scopes import Scope
from tests.adapters.api.centre import Screen, Served, run


async def offered(centre: Served, first: int, last: int) -> None:
    headers = centre.token(Scope.ANSWER)
    for number in range(first, last + 1):
        await centre.order("offer-call", f"id-{number}", headers, call_id=f"c-{number}")


def assert_whole(ids: list[int], first: int, last: int) -> None:
    assert ids == list(range(first, last + 1))


def test_a_screen_gets_what_was_and_what_comes_without_gap_or_double(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await offered(centre, 1, 20)
        screen = Screen(centre.front, "/stream", "after=5", centre.token(Scope.READ))
        await screen.until(lambda frames: len(frames) >= 10)
        await offered(centre, 21, 40)
        frames = await screen.until(lambda frames: len(frames) >= 35)
        assert_whole(screen.ids(), 6, 40)
        told = json.loads(frames[-1].split("data: ")[1])
        assert (told["kind"], told["body"]["call_id"]) == ("CallOffered", "c-40")
        await screen.leave()

    run(scene, tmp_path)


@pytest.mark.slow
def test_frames_that_are_no_longer_shared_come_from_the_log(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await offered(centre, 1, 60)
        headers = centre.token(Scope.READ) | {"Last-Event-ID": "2"}
        screen = Screen(centre.front, "/stream", "", headers)
        await screen.until(lambda frames: len(frames) >= 58)
        assert_whole(screen.ids(), 3, 60)
        await screen.leave()

    run(scene, tmp_path, kept_entries=8)


@pytest.mark.slow
def test_coming_back_from_any_place_misses_nothing(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        headers = centre.token(Scope.READ)
        writing = asyncio.create_task(offered(centre, 1, 150))
        seen: list[int] = []
        while len(seen) < 150:
            place = f"after={seen[-1]}" if seen else "after=0"
            screen = Screen(centre.front, "/stream", place, headers)
            await screen.until(lambda frames: len(frames) >= 1)
            await asyncio.sleep(0.01)
            await screen.leave()
            seen += screen.ids()
        await writing
        assert_whole(seen, 1, 150)

    run(scene, tmp_path, kept_entries=16)


@pytest.mark.slow
def test_a_screen_that_does_not_read_is_cut_and_told_from_where(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        screen = Screen(centre.front, "/stream", "after=0", centre.token(Scope.READ))
        await offered(centre, 1, 3)
        await screen.until(lambda frames: len(frames) >= 3)
        screen.read.clear()
        await offered(centre, 4, 60)
        screen.read.set()
        frames = await screen.until(lambda frames: "event: resync" in frames[-1])
        assert screen.task.done() or await asyncio.wait_for(screen.task, 5) is None
        last = screen.ids()[-1]
        assert json.loads(frames[-1].split("data: ")[1]) == {"after": last}
        assert all(b == a + 1 for a, b in pairwise(screen.ids()))
        back = Screen(centre.front, "/stream", f"after={last}", centre.token(Scope.READ))
        await back.until(lambda frames: len(frames) >= 60 - last)
        assert_whole(screen.ids() + back.ids(), 1, 60)
        await back.leave()

    run(scene, tmp_path, kept_entries=8)


@pytest.mark.slow
def test_too_large_a_gap_is_bridged_by_the_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_module, "GAP_ENTRIES", 10)

    async def scene(centre: Served) -> None:
        await offered(centre, 1, 30)
        screen = Screen(centre.front, "/stream", "after=5", centre.token(Scope.READ))
        (frame, *_) = await screen.until(lambda frames: len(frames) >= 1)
        assert frame.startswith("id: 30\nevent: snapshot\n")
        told = json.loads(frame.split("data: ")[1])
        assert len(told["state"]["answer"]["calls"]) == 30
        await offered(centre, 31, 32)
        await screen.until(lambda frames: len(frames) >= 3)
        assert_whole(screen.ids(), 30, 32)
        await screen.leave()

    run(scene, tmp_path)


def test_a_bad_place_is_a_problem_and_no_stream(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for query in ("after=x", "after=-1", "before=1"):
            screen = Screen(centre.front, "/stream", query, centre.token(Scope.READ))
            await screen.task
            assert screen.status == 400

    run(scene, tmp_path)


def test_the_board_comes_to_every_watcher_built_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pasokh.adapters.api.boards.EVERY_SECONDS", 0.02)

    async def scene(centre: Served) -> None:
        running = asyncio.create_task(centre.boards.run())
        screens = [Screen(centre.front, "/live/stream", "language=en", {}) for _ in range(3)]
        await asyncio.gather(*(s.until(lambda frames: len(frames) >= 1) for s in screens))
        await offered(centre, 1, 5)
        for screen in screens:
            frames = await screen.until(lambda frames: '"seq":5' in frames[-1])
            assert json.loads(frames[-1].removeprefix("data: "))["language"] == "en"
        running.cancel()
        for screen in screens:
            screen.task.cancel()

    run(scene, tmp_path, demo=True)
