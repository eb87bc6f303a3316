"""The API's own description (OpenAPI 3.1), made of the same tables and Structs that serve it.

msgspec writes the schemas, so the document asks for exactly what the decoders enforce.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from pasokh.adapters.api.desk_frames import DeskSnapshot
from pasokh.adapters.api.examples import example_of
from pasokh.adapters.api.front import StreamInput
from pasokh.adapters.api.intake import order_of
from pasokh.adapters.api.playback import RECORDING_AT, ListenInput
from pasokh.adapters.api.problems import PROBLEM_MEDIA, Problem
from pasokh.adapters.api.scopes import SCOPES, command_name
from pasokh.adapters.api.sentences import KINDS, LANGUAGES
from pasokh.adapters.api.sessions import COOKIE
from pasokh.adapters.api.site import Health
from pasokh.adapters.api.site_desk import DESK_ROUTES, desk_kinds
from pasokh.adapters.api.views import VIEWS, NoInput, PageInput, View
from pasokh.control_room.decide import COMMANDS
from pasokh.control_room.views import Board
from pasokh.core.log import Head
from pasokh.core.machine import Command, Receipt

Json: TypeAlias = dict[str, Any]
_Schemas: TypeAlias = dict[Any, Json]

_REFERENCE = "#/components/schemas/{name}"
# Problems that any route with a scope may answer, those of lists and commands on top of them.
_HERE = ("foreign-host", "through-proxy")
_ANY = ("bad-input", "no-token", "no-scope", *_HERE, "fault", "unknown-outcome")
_THING = (*_ANY, "unknown-thing")
_COMMAND = (*_ANY, "refused", "too-large", "not-json", "id-used", "session-locked")
_READING = (*_COMMAND, "words-damaged")
_HEARING = (
    "recording-absent",
    "recording-erased",
    "recording-damaged",
    "read-over",
    "session-locked",
)
_EXAMPLE_RECEIPT = {
    "command_id": "0199f3a0-7c1e-7b52-8a31-5d1c9e0f2a44",
    "first_seq": 17,
    "last_seq": 17,
    "refusal": None,
}


@cache
def document_of(version: str) -> bytes:
    """Write the document (JSON)."""
    kinds: list[Any] = [order_of(kind) for kind in COMMANDS]
    kinds += [view.given for view in VIEWS]
    kinds += [Receipt, Problem, Board, Head, Health, PageInput, StreamInput, DeskSnapshot]
    kinds += desk_kinds()
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
    by_kind = dict(zip(kinds, schemas, strict=True))
    paths: Json = {}
    for kind in COMMANDS:
        paths[f"/commands/{command_name(kind)}"] = {"post": _command(kind, by_kind)}
    for view in VIEWS:
        paths[view.path] = {"get": _view(view, by_kind)}
    paths |= _others(by_kind)
    paths |= _desk(by_kind)
    paths[RECORDING_AT]["get"] = _voice()
    found = {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Pasokh control room",
            "version": version,
            "description": (
                "Commands in, views and a stream of facts out. Times are whole milliseconds "
                "since 1970 (UTC); the `at` of a command may also be ISO 8601 with an offset. "
                "A command's receipt comes after the disk has it; the same id always gets the "
                "same receipt."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "parameters": {"language": _LANGUAGE},
            "securitySchemes": _SECURITY,
            "responses": {name: _problem(name) for name in KINDS},
        },
    }
    return msgspec.json.encode(found)


_SECURITY: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A machine's token, made with `pasokh token add`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE.decode(),
        "description": "A person's session, opened by signing in at the office.",
    },
}
_LANGUAGE: Json = {
    "name": "language",
    "in": "query",
    "description": "The reader's language, fa or en; else Accept-Language decides, else Persian.",
    "schema": {"type": "string", "examples": list(LANGUAGES)},
}


_DAY: Json = {
    "type": "string",
    "format": "date",
    "pattern": r"^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$",
}


def _problem(name: str) -> Json:
    kind = KINDS[name]
    example = {
        "type": f"/problems/{name}",
        "title": kind.title["en"],
        "status": kind.status,
        "detail": kind.title["en"],
        "mend": kind.mend["en"],
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": kind.title["en"],
        "content": {PROBLEM_MEDIA.decode(): {"schema": schema, "example": example}},
    }


def _problems(names: Iterable[str]) -> Json:
    """Responses by status; two problems of one status share its first description."""
    found: Json = {}
    for name in names:
        found.setdefault(str(KINDS[name].status), {"$ref": f"#/components/responses/{name}"})
    return found


def _secured(method: str, path: str) -> Json:
    scope = SCOPES[method, path]
    if scope is None:
        return {"security": []}
    return {"x-scope": scope.value}


def _operation(
    method: str,
    path: str,
    summary: str,
    answer: Json,
    *,
    problems: Iterable[str] = _ANY,
    taken: type[Struct] = NoInput,
) -> Json:
    parameters = [{"$ref": "#/components/parameters/language"}, *_path_parameters(path)]
    if taken is not NoInput:
        parameters += _query_parameters(taken)
    return {
        "operationId": method.lower() + re.sub(r"\W+", "-", path).rstrip("-"),
        "summary": summary,
        **_secured(method, path),
        "parameters": parameters,
        "responses": {"200": answer, **_problems(problems)},
    }


def _json_answer(description: str, schema: Json, example: Any = None) -> Json:
    media: Json = {"schema": schema}
    if example is not None:
        media["example"] = example
    return {"description": description, "content": {"application/json": media}}


def _command(kind: type[Command], by_kind: _Schemas) -> Json:
    path = f"/commands/{command_name(kind)}"
    answer = _json_answer("The receipt", by_kind[Receipt], _EXAMPLE_RECEIPT)
    summary = (kind.__doc__ or kind.__name__).partition("\n")[0]
    operation = _operation("POST", path, summary, answer, problems=_COMMAND)
    media = {"schema": by_kind[order_of(kind)], "example": example_of(kind)}
    operation["requestBody"] = {"required": True, "content": {"application/json": media}}
    return operation


def _view(view: View, by_kind: _Schemas) -> Json:
    answer = _json_answer(view.title, by_kind[view.given], example_of(view.given))
    problems = _THING if "{" in view.path else _ANY
    return _operation("GET", view.path, view.title, answer, problems=problems, taken=view.taken)


def _others(by_kind: _Schemas) -> Json:
    head = _json_answer("The head", by_kind[Head], example_of(Head))
    health = _json_answer("It serves", by_kind[Health], example_of(Health))
    shown = _json_answer("The board", by_kind[Board], example_of(Board))
    facts = _stream_answer('id: 18\nevent: fact\ndata: {"seq": 18}\n\n')
    desks = _json_answer("The objects", by_kind[DeskSnapshot], example_of(DeskSnapshot))
    changes = _stream_answer('id: 18\nevent: change\ndata: {"seq": 18, "objects": []}\n\n')
    boards = _stream_answer('data: {"seq": 18}\n\n')
    return {
        "/views/board": {"get": _operation("GET", "/views/board", "The whole centre", shown)},
        "/log/head": {"get": _operation("GET", "/log/head", "The end of the durable log", head)},
        "/health": {"get": _operation("GET", "/health", "Whether the centre serves", health)},
        "/stream": {
            "get": _operation(
                "GET", "/stream", "Every committed fact, resumed from", facts, taken=StreamInput
            )
        },
        "/live/stream": {
            "get": _operation("GET", "/live/stream", "The board, once a second", boards)
        },
        "/desk/snapshot": {"get": _operation("GET", "/desk/snapshot", "All desk objects", desks)},
        "/desk/stream": {
            "get": _operation(
                "GET", "/desk/stream", "Desk objects that change", changes, taken=StreamInput
            )
        },
    }


def _desk(by_kind: _Schemas) -> Json:
    """The desks' routes, from their own table."""
    paths: Json = {}
    for route in DESK_ROUTES:
        example = example_of(route.given)
        schema: Json = by_kind[route.given]
        if route.many:
            schema, example = {"type": "array", "items": schema}, [example]
        problems = (*(_READING if route.sent else _ANY), "unknown-thing", "session-locked")
        if route.path == RECORDING_AT:
            problems += _HEARING
        operation = _operation(
            route.method,
            route.path,
            route.title,
            _json_answer(route.title, schema, example),
            problems=problems,
            taken=route.taken,
        )
        if route.sent:
            media = {"schema": by_kind[route.sent], "example": example_of(route.sent)}
            operation["requestBody"] = {"required": True, "content": {"application/json": media}}
        paths[route.path] = {route.method.lower(): operation}
    return paths


def _voice() -> Json:
    """The one route that gives a voice; a player asks for it in parts."""
    media = {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}
    whole = {"description": "The voice, 16 bits, two channels", "content": media}
    operation = _operation(
        "GET",
        RECORDING_AT,
        "The voice of a listening",
        whole,
        problems=(*_ANY, *_HEARING, "range-outside"),
        taken=ListenInput,
    )
    operation["parameters"].append(
        {"name": "Range", "in": "header", "schema": {"type": "string"}, "example": "bytes=0-999"}
    )
    operation["responses"]["206"] = {**whole, "description": "The part that was asked for"}
    return operation


def _stream_answer(example: str) -> Json:
    media = {"schema": {"type": "string"}, "example": example}
    return {"description": "Server-sent events", "content": {"text/event-stream": media}}


def _path_parameters(path: str) -> list[Json]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _DAY if name == "day" else {"type": "string", "minLength": 1},
            "example": "2026-11-03" if name == "day" else "c-1405-0001",
        }
        for name in names
    ]


def _query_parameters(taken: type[Struct]) -> list[Json]:
    found = msgspec.json.schema(taken)["$defs"][taken.__name__]
    needed = set(found.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": schema}
        for name, schema in found["properties"].items()
    ]
