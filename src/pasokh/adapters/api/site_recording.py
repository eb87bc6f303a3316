"""The routes by which a recording is heard: a listening is entered, then its voice is asked for."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from pasokh.adapters.api.byte_ranges import BytePart, OutsideRange, part_asked
from pasokh.adapters.api.door import json_body_only, language_for
from pasokh.adapters.api.playback import RECORDING_AT, Heard, ListenInput, Playback
from pasokh.adapters.api.problems import ProblemRaised
from pasokh.adapters.api.recordings import RECORDINGS_AT, HourInput
from pasokh.adapters.api.views import NoInput, taken

_ORDER_BYTES_MAX = 8 * 1024
_encode = msgspec.json.Encoder().encode


def recording_routes(playback: Playback | None) -> list[HTTPRouteHandler]:
    """Build the handlers; the guard of the whole site is their door."""
    return [_begin(playback), _audio(playback), _hour(playback)]


def _hour(playback: Playback | None) -> HTTPRouteHandler:
    async def show_recordings(request: Request[Any, Any, Any]) -> Response[bytes]:
        asked = taken(HourInput, request.query_params)
        if not request.state.grant.everywhere:
            raise ProblemRaised("no-scope")
        found = await _there(playback).recordings.hour(asked.since)
        return Response(_encode(found), media_type="application/json")

    return get(RECORDINGS_AT, opt={"path": RECORDINGS_AT})(show_recordings)


def _there(playback: Playback | None) -> Playback:
    if playback is None:
        raise ProblemRaised("unknown-path")
    return playback


def _begin(playback: Playback | None) -> HTTPRouteHandler:
    async def begin_listening(request: Request[Any, Any, Any]) -> Response[bytes]:
        taken(NoInput, request.query_params)
        headers = dict(request.scope["headers"])
        json_body_only(headers)
        language = language_for(request.scope["query_string"], headers)
        answer = await _there(playback).begin(await request.body(), request.state.grant, language)
        return Response(answer.body, status_code=answer.status, media_type=answer.media.decode())

    routed = post(RECORDING_AT, opt={"path": RECORDING_AT}, request_max_body_size=_ORDER_BYTES_MAX)
    return routed(begin_listening)


def _audio(playback: Playback | None) -> HTTPRouteHandler:
    async def give_audio(request: Request[Any, Any, Any]) -> Response[bytes]:
        asked = taken(ListenInput, request.query_params)
        heard = await _there(playback).heard(asked, request.state.grant)
        return _answered(heard, request.headers.get)

    return get(RECORDING_AT, opt={"path": RECORDING_AT})(give_audio)


def _answered(heard: Heard, sent: Callable[[str], str | None]) -> Response[bytes]:
    """Give the part that is asked for. Nothing of it may be kept by whoever passes it on."""
    etag = f'"{heard.digest}"'
    headers = {"accept-ranges": "bytes", "etag": etag, "cache-control": "no-store"}
    part = _part(heard, etag, sent)
    if part is None:
        return Response(heard.wav, headers=headers, media_type="audio/wav")
    headers["content-range"] = part.content_range
    return Response(part.of(heard.wav), status_code=206, headers=headers, media_type="audio/wav")


def _part(heard: Heard, etag: str, sent: Callable[[str], str | None]) -> BytePart | None:
    asked = sent("range")
    if asked is None or sent("if-range") not in {None, etag}:
        return None
    length = len(heard.wav)
    try:
        return part_asked(asked, length)
    except OutsideRange:
        told = ((b"content-range", b"bytes */%d" % length),)
        raise ProblemRaised("range-outside", headers=told) from None
