"""Kannel: what its smsbox asks of us with each text message, and what it is told.

smsbox keeps a message and asks again until it hears a yes; the same message has the same id.
"""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from pasokh.adapters.telephony.text.sms_parts import (
    BINARY,
    GSM,
    TEXT_MAX,
    SmsPart,
    cleaned,
    place_in,
    read_text,
)
from pasokh.drivers.ports_spool import RawSpool

KIND, KIND_DELIVERY = "kannel", "kannel-dlr"
PATH, PATH_DELIVERY = "/sms/kannel", "/sms/kannel/delivery"
_Scope: TypeAlias = Mapping[str, Any]
_Receive: TypeAlias = Callable[[], Awaitable[Mapping[str, Any]]]
_Send: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]
_BODY_MAX = 64 * 1024
_FIELDS_MAX = 40
_KINDS = {PATH: KIND, PATH_DELIVERY: KIND_DELIVERY}


def read_kannel(body: bytes) -> SmsPart | None:
    """Make a part of a query; None when it has no sender."""
    fields = fields_of(body)
    sender = cleaned(fields.get("from", b"").decode("utf-8", "replace")).strip()
    if not sender:
        return None
    said, text = fields.get("coding", b""), fields.get("text", b"")
    coding = int(said) if said in (b"1", b"2") else GSM
    return SmsPart(
        sender=sender,
        to=cleaned(fields.get("to", b"").decode("utf-8", "replace")),
        text=read_text(coding, text),
        place=place_in(fields.get("udh", b"")),
        data=text[:TEXT_MAX] if coding == BINARY else b"",
    )


def fields_of(body: bytes) -> dict[str, bytes]:
    """Read a query as octets: a text may be in any of three encodings."""
    try:
        pairs = parse_qsl(
            body.decode("latin-1"),
            keep_blank_values=True,
            encoding="latin-1",
            max_num_fields=_FIELDS_MAX,
        )
    except ValueError:
        return {}
    return {name: value.encode("latin-1") for name, value in pairs}


class KannelDoor:
    """Where smsbox asks: an ASGI application for loopback, behind a secret."""

    def __init__(self, spool: RawSpool, secret: str) -> None:
        """`secret` stands in every question."""
        self._spool = spool
        self._secret = secret.encode()

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Answer one question: 200 when it is on our disk, and nothing is to be sent back."""
        if scope["type"] == "http":
            status = await self._answer(scope, receive)
            headers = [(b"content-type", b"text/plain"), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": b""})

    async def _answer(self, scope: _Scope, receive: _Receive) -> int:
        kind = _KINDS.get(scope["path"])
        if kind is None:
            return 404
        body: bytes | None = (
            scope["query_string"] if scope["method"] == "GET" else await _body(receive)
        )
        if body is None or len(body) > _BODY_MAX:
            return 413
        fields = fields_of(body)
        if not hmac.compare_digest(fields.get("secret", b""), self._secret):
            return 403
        # Without the id of the gateway the question itself has to do.
        key = sha256(fields.get("id") or body).hexdigest()[:24]
        if kind == KIND_DELIVERY:
            key = sha256(body).hexdigest()[:24]
        try:
            await self._spool.take(kind, key, body)
        except OSError:
            return 503  # not on the disk: smsbox asks again
        return 200


async def _body(receive: _Receive) -> bytes | None:
    """Read a posted body; None when it has no end in sight."""
    found = b""
    while len(found) <= _BODY_MAX:
        message = await receive()
        if message["type"] != "http.request":
            return None
        found += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return found
    return None
