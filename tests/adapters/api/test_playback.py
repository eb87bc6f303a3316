"""Recordings heard: by whom, after an entry each, in parts, never what the log does not know."""

import wave
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from pasokh.adapters.api.scopes import ROLE_SCOPES, Scope
from pasokh.adapters.telephony.rtpengine.audio import audio_of, plain_of
from pasokh.adapters.telephony.rtpengine.capture import VoicePacket
from pasokh.answer.commands import AnswerCall, EndCall, OfferCall
from pasokh.answer.commands_voice import (
    KeepRecording,
    LoseRecording,
    MarkRecording,
    StartRecording,
)
from pasokh.answer.events_voice import LostWhy
from pasokh.answer.fold import forget
from pasokh.control_room.authority import MAY
from pasokh.core.machine import Words
from pasokh.core.people import Role
from pasokh.core.time import DAY, MINUTE
from pasokh.staff.commands import LockSession, ReadWords
from tests.adapters.api.centre import Served, run, session_id

PERSONS = [role for role in Role if role is not Role.MACHINE]
TAKER = Role.CALL_TAKER


def voice() -> bytes:
    """Two seconds of a caller, as a recording is kept."""
    said = bytes(range(160))
    packets = [VoicePacket(1_000 + 20 * n, 4_000, 8, n, n * 160, said) for n in range(100)]
    audio = audio_of(packets, 4_000)
    assert audio is not None
    return audio.wav


VOICE = voice()
PLAIN = plain_of(VOICE)


async def recorded(centre: Served, call_id: str = "c-1", county: str = "") -> None:
    """A call that was recorded and is over."""
    now = centre.wall.now()
    for command in (OfferCall(call_id, county=county), AnswerCall(call_id)):
        await centre.machine(command)
    await centre.machine(StartRecording(call_id, "policy", "trace"))
    await centre.machine(EndCall(call_id))
    erase_at = now + 90 * DAY
    secret = centre.voices.keep(call_id, VOICE, erase_at)
    told = (sha256(VOICE).hexdigest(), len(VOICE), now, 2_000, erase_at)
    await centre.machine(KeepRecording(call_id, *told), Words(text=secret))


async def listen(centre: Served, who: dict[str, str], order_id: str, **more: Any) -> httpx.Response:
    body = {"id": order_id, "call_id": "c-1", **more}
    return await centre.client.post("/desk/recording", json=body, headers=who)


async def audio(centre: Served, who: dict[str, str], at: str, **headers: str) -> httpx.Response:
    return await centre.client.get(at, headers=who | headers)


def kinds(centre: Served) -> list[str]:
    return [entry.kind for entry in centre.log.read()]


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def file_of(centre: Served) -> Path:
    (found,) = (centre.folder / "voices").rglob("*.voice")
    return found


@pytest.mark.slow
def test_a_recording_is_a_plain_wav_after_one_entry_and_is_kept_by_nobody(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        who = await centre.person("p-1", TAKER)
        begun = (await listen(centre, who, "l-1")).json()
        assert (begun["duration"], begun["sha256"]) == (2_000, sha256(VOICE).hexdigest())
        heard = await audio(centre, who, begun["audio"], **{"Accept-Encoding": "gzip"})
        assert (heard.status_code, heard.content) == (200, PLAIN)
        assert heard.headers["content-type"] == "audio/wav"
        assert heard.headers["cache-control"] == "no-store"
        assert "content-encoding" not in heard.headers
        with wave.open(BytesIO(heard.content)) as played:
            assert (played.getnframes(), played.getframerate(), played.getnchannels()) == (
                *(16_000, 8_000),
                2,
            )
        for _ in range(3):
            part = await audio(centre, who, begun["audio"], Range="bytes=100-199")
            assert (part.status_code, part.content) == (206, PLAIN[100:200])
            assert part.headers["content-range"] == f"bytes 100-199/{len(PLAIN)}"
            assert part.headers["cache-control"] == "no-store"
        assert (await listen(centre, who, "l-1")).json() == begun, "the same id, the same entry"
        assert kinds(centre).count("WordsRead") == 1
        assert not {"RecordingChecked", "CommandRefused"} & set(kinds(centre)), "whole is no news"
        (entry,) = [entry for entry in centre.log.read() if entry.kind == "WordsRead"]
        assert entry.actor == "call_taker:p-1"
        assert '"thing":"recording","thing_id":"c-1"' in entry.body

    run(scene, tmp_path)


@pytest.mark.slow
def test_a_range_outside_is_told_with_the_length(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        who = await centre.person("p-1", TAKER)
        at = (await listen(centre, who, "l-1")).json()["audio"]
        outside = await audio(centre, who, at, Range=f"bytes={len(PLAIN)}-")
        assert problem(outside) == (416, "range-outside")
        assert outside.headers["content-range"] == f"bytes */{len(PLAIN)}"
        etag = (await audio(centre, who, at)).headers["etag"]
        same = {"Range": "bytes=0-1", "If-Range": etag}
        assert (await audio(centre, who, at, **same)).status_code == 206
        other = {"Range": "bytes=0-1", "If-Range": '"another"'}
        assert (await audio(centre, who, at, **other)).content == PLAIN

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("county", ["", "mashhad", "sabzevar"])
@pytest.mark.parametrize("role", PERSONS)
def test_who_hears_a_call_of_mashhad(tmp_path: Path, role: Role, county: str) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre, county="mashhad")
        who = await centre.person("p-1", role, county=county)
        before = centre.log.head().seq
        answer = await listen(centre, who, "l-1", reason="asked to")
        if Scope.DESK not in ROLE_SCOPES[role]:
            assert answer.status_code == 403
            assert centre.log.head().seq == before
            stolen = await audio(centre, who, f"/desk/recording?call_id=c-1&entry={before}")
            assert stolen.status_code == 403
        elif county == "sabzevar":
            assert (answer.status_code, answer.json()["reason"]) == (409, "other_county")
            assert centre.log.head().seq == before + 1, "the refusal is in the log"
        else:
            assert role in MAY[ReadWords]
            heard = await audio(centre, who, answer.json()["audio"])
            assert heard.content == PLAIN

    run(scene, tmp_path)


def test_nobody_hears_under_anothers_entry_or_one_of_something_else(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        await recorded(centre, "c-2")
        who = await centre.person("p-1", TAKER)
        other = await centre.person("p-2", TAKER)
        at = (await listen(centre, who, "l-1")).json()["audio"]
        read = {"id": "r-1", "thing": "call", "thing_id": "c-1"}
        assert (await centre.client.post("/desk/words", json=read, headers=who)).is_success
        words = centre.log.head().seq
        assert problem(await audio(centre, other, at)) == (404, "unknown-thing")
        for query in (
            at.partition("?")[2].replace("c-1", "c-2"),
            f"call_id=c-1&entry={words}",
            "call_id=c-1&entry=1",
            f"call_id=c-1&entry={2**62}",
            at.partition("?")[2].replace("c-1", "c-9"),
        ):
            found = await audio(centre, who, f"/desk/recording?{query}")
            assert problem(found) == (404, "unknown-thing"), query
        for query in ("", "call_id=c-1", "call_id=c-1&entry=0", "call_id=c-1&entry=x", "a=1"):
            assert (await audio(centre, who, f"/desk/recording?{query}")).status_code == 400, query
        assert problem(await listen(centre, other, "l-1")) == (409, "id-used")
        not_words = {"id": "r-2", "thing": "recording", "thing_id": "c-1"}
        answer = await centre.client.post("/desk/words", json=not_words, headers=who)
        assert problem(answer) == (400, "bad-input")

    run(scene, tmp_path)


@pytest.mark.slow
def test_a_listening_ends_and_what_is_long_over_needs_a_reason(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        who = await centre.person("p-1", TAKER)
        begun = (await listen(centre, who, "l-1")).json()
        start = centre.wall.now()
        centre.wall.now = lambda: start + 4 * MINUTE  # type: ignore[method-assign]
        assert (await audio(centre, who, begun["audio"])).is_success
        centre.wall.now = lambda: start + 6 * MINUTE  # type: ignore[method-assign]
        assert problem(await audio(centre, who, begun["audio"])) == (409, "read-over")
        assert problem(await listen(centre.anew(), who, "l-1")) == (409, "read-over")
        centre.wall.now = lambda: start + 31 * MINUTE  # type: ignore[method-assign]
        bare = await listen(centre, who, "l-2")
        assert (bare.status_code, bare.json()["reason"]) == (409, "needs_reason")
        assert (await listen(centre, who, "l-3", reason="a complaint")).is_success
        reads = centre.live.centre.staff.unreviewed.values()
        assert [(read.thing.value, read.reason) for read in reads] == [("recording", "a complaint")]

    run(scene, tmp_path)


def test_a_locked_desk_hears_nothing_though_it_had_begun(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        who = await centre.person("p-1", TAKER)
        at = (await listen(centre, who, "l-1")).json()["audio"]
        await centre.machine(LockSession(session_id("cookie-of-p-1")))
        assert problem(await audio(centre, who, at)) == (423, "session-locked")
        assert problem(await listen(centre, who, "l-2")) == (423, "session-locked")

    run(scene, tmp_path)


def remove(centre: Served) -> None:
    file_of(centre).unlink()


def bend(centre: Served) -> None:
    text = bytearray(file_of(centre).read_bytes())
    text[-1] ^= 1
    file_of(centre).write_bytes(text)


@pytest.mark.slow
@pytest.mark.parametrize(("harm", "found"), [(remove, "missing"), (bend, "changed")])
def test_what_is_damaged_is_entered_once_and_heard_by_nobody(
    tmp_path: Path, harm: Callable[[Served], None], found: str
) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        who = await centre.person("p-1", TAKER)
        at = (await listen(centre, who, "l-1")).json()["audio"]
        whole, name = file_of(centre).read_bytes(), file_of(centre)
        harm(centre)
        for answer in (await audio(centre, who, at), await listen(centre, who, "l-2")):
            assert problem(answer) == (422, "recording-damaged")
            assert str(tmp_path) not in answer.text
        checked = [e.body for e in centre.log.read() if e.kind == "RecordingChecked"]
        assert len(checked) == 1
        assert f'"found":"{found}"' in checked[0]
        assert kinds(centre).count("WordsRead") == 1, "nobody heard it the second time"
        name.write_bytes(whole)
        assert (await audio(centre, who, at)).content == PLAIN
        assert kinds(centre).count("RecordingChecked") == 2, "it is whole again"

    run(scene, tmp_path)


@pytest.mark.slow
def test_another_voice_that_opens_with_both_keys_is_not_the_logs(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        who = await centre.person("p-1", TAKER)
        forged = bytearray(VOICE)
        forged[-1] ^= 1
        opened = centre.voices.audio

        def forge(call_id: str, secret: str) -> bytes | None:
            assert opened(call_id, secret) == VOICE
            return bytes(forged)

        centre.voices.audio = forge  # type: ignore[method-assign]
        answer = await listen(centre, who, "l-1")
        assert problem(answer) == (422, "recording-damaged")
        assert "another" in answer.json()["detail"]
        assert "WordsRead" not in kinds(centre)

    run(scene, tmp_path)


@pytest.mark.slow
def test_what_is_erased_is_gone_and_says_so_in_words(tmp_path: Path) -> None:
    async def scene(centre: Served) -> None:
        for call_id in ("c-1", "c-2", "c-3"):
            await recorded(centre, call_id)
        who = await centre.person("p-1", Role.SUPERVISOR)
        at = (await listen(centre, who, "l-1")).json()["audio"]
        await centre.machine(MarkRecording("c-1", "a court asks"))
        await centre.order("erase-recording", "e-1", who, call_id="c-1", reason="the court has it")
        centre.vault.destroy("c-2")  # the call's words, and so half of the key
        centre.voices.erase("c-3")
        for call_id in ("c-1", "c-2"):
            for language, words in (("fa", "پاک شده"), ("en", "erased")):
                asking = who | {"Accept-Language": language}
                answer = await listen(centre, asking, f"l-{call_id}-{language}", call_id=call_id)
                assert problem(answer) == (410, "recording-erased")
                assert words in answer.json()["title"]
        assert problem(await audio(centre, who, at)) == (410, "recording-erased")
        missing = await listen(centre, who, "l-3", call_id="c-3")
        assert problem(missing) == (422, "recording-damaged"), "nobody said that it be erased"
        assert kinds(centre).count("WordsRead") == 1

    run(scene, tmp_path)


async def _nothing(_centre: Served) -> None:
    """The call was answered, and that is all."""


async def _runs(centre: Served) -> None:
    await centre.machine(StartRecording("c-1", "policy", "trace"))


async def _lost(centre: Served) -> None:
    await centre.machine(LoseRecording("c-1", LostWhy.NOT_CARRIED))


@pytest.mark.slow
@pytest.mark.parametrize("so_far", [_nothing, _runs, _lost])
def test_what_is_not_kept_is_absent(tmp_path: Path, so_far: Any) -> None:
    async def scene(centre: Served) -> None:
        await centre.machine(OfferCall("c-1"))
        await centre.machine(AnswerCall("c-1"))
        await so_far(centre)
        who = await centre.person("p-1", TAKER)
        assert problem(await listen(centre, who, "l-1")) == (404, "recording-absent")
        entry = centre.log.head().seq
        found = await audio(centre, who, f"/desk/recording?call_id=c-1&entry={entry}")
        assert found.status_code == 404

    run(scene, tmp_path)


@pytest.mark.slow
def test_the_voice_of_a_call_that_the_desks_have_forgotten_is_heard_with_a_reason(
    tmp_path: Path,
) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        await recorded(centre, "c-2")
        since = centre.wall.now() - MINUTE
        forget(centre.live.centre.answer, since + DAY)
        centre.voices.erase("c-2")
        boss = await centre.person("p-1", Role.SUPERVISOR)
        at = f"/desk/recordings?since={since}"
        found = (await centre.client.get(at, headers=boss)).json()
        assert [row["call_id"] for row in found["recordings"]] == ["c-1"], "c-2 is erased"
        kept = found["recordings"][0]["kept"]
        before = (
            await centre.client.get(f"/desk/recordings?since={since - DAY}", headers=boss)
        ).json()
        assert before["recordings"] == []
        without = await listen(centre, boss, "l-1", kept=kept)
        assert (without.status_code, without.json()["reason"]) == (409, "needs_reason")
        begun = (await listen(centre, boss, "l-2", kept=kept, reason="a court asks")).json()
        assert (await audio(centre, boss, begun["audio"])).content == PLAIN
        (read,) = [entry for entry in centre.log.read() if entry.kind == "WordsRead"]
        assert '"broke_glass":true' in read.body
        assert "a court asks" in read.body
        for order, wrong in enumerate((kept - 1, kept + 1, 2**62, 0)):
            answer = await listen(centre, boss, f"w-{order}", kept=wrong, reason="?")
            assert answer.status_code == 404, wrong

    run(scene, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("role", "county", "codes"),
    [
        (Role.CALL_TAKER, "", (403, 409)),
        (Role.SUPERVISOR, "mashhad", (403, 404)),
        (Role.AUDITOR, "", (200, 200)),
    ],
)
def test_who_hears_a_call_that_the_desks_have_forgotten(
    tmp_path: Path, role: Role, county: str, codes: tuple[int, int]
) -> None:
    async def scene(centre: Served) -> None:
        await recorded(centre)
        forget(centre.live.centre.answer, centre.wall.now() + DAY)
        (kept,) = [entry.seq for entry in centre.log.read() if entry.kind == "RecordingKept"]
        who = await centre.person("p-1", role, county=county)
        listed = await centre.client.get("/desk/recordings?since=0", headers=who)
        heard = await listen(centre, who, "l-1", kept=kept, reason="a court asks")
        assert (listed.status_code, heard.status_code) == codes

    run(scene, tmp_path)
