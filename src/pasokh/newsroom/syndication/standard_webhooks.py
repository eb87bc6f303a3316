"""Signatures of webhooks by the Standard Webhooks specification 1.0: HMAC-SHA256, `v1`.

A key that is being replaced signs beside the new one, so a receiver misses nothing meanwhile.
"""

from base64 import b64decode, b64encode
from binascii import Error
from hashlib import sha256
from hmac import digest
from secrets import token_bytes

from pasokh.core.time import SECOND, Instant

PREFIX = "whsec_"
# The specification's bounds, in bytes.
_KEY_LEAST, _KEY_MOST = 24, 64


class WebhookKeyWrong(ValueError):
    """A secret that is none, or too short."""


def new_secret() -> str:
    """Make a secret as it is shown to the receiver, once."""
    return PREFIX + b64encode(token_bytes(32)).decode()


def signed_headers(secrets: str, event_id: str, at: Instant, body: bytes) -> dict[str, str]:
    """Give the headers that go with a body. `secrets`: one or more, parted by spaces.

    `at`: of this attempt; a retry is signed anew. WebhookKeyWrong when a secret is none.
    """
    if not event_id or "." in event_id or not event_id.isascii():
        raise ValueError(f"{event_id!r} cannot be the id of a message")
    seconds = str(at // SECOND)
    told = f"{event_id}.{seconds}.".encode() + body
    signatures = (f"v1,{b64encode(digest(key, told, sha256)).decode()}" for key in keys_of(secrets))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(signatures),
    }


def keys_of(secrets: str) -> list[bytes]:
    """Give the keys of one or more secrets; WebhookKeyWrong when one is none, or there is none."""
    keys = [key_of(secret) for secret in secrets.split()]
    if not keys:
        raise WebhookKeyWrong("no secret")
    return keys


def key_of(secret: str) -> bytes:
    """Give the bytes of a secret; WebhookKeyWrong when it is none."""
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except (Error, ValueError) as error:
        raise WebhookKeyWrong(f"a secret is {PREFIX} and base64: {error}") from error
    if not _KEY_LEAST <= len(key) <= _KEY_MOST:
        raise WebhookKeyWrong(f"a secret has {_KEY_LEAST} to {_KEY_MOST} bytes, not {len(key)}")
    return key
