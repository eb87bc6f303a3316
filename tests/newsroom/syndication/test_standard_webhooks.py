"""Signatures by Standard Webhooks: the vectors of its own libraries, and what no key is."""

from base64 import b64encode

import pytest

from pasokh.newsroom.syndication.standard_webhooks import (
    WebhookKeyWrong,
    key_of,
    new_secret,
    signed_headers,
)

# The vector that the specification's libraries test themselves with.
SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000, b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", [SECRET, SECRET.removeprefix("whsec_")])
def test_the_specifications_vector(secret: str) -> None:
    assert signed_headers(secret, ID, AT, BODY) == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }


@pytest.mark.parametrize(
    ("event_id", "at", "body"),
    [(f"{ID}x", AT, BODY), (ID, AT + 1_000, BODY), (ID, AT, BODY + b" ")],
)
def test_all_that_is_sent_is_signed(event_id: str, at: int, body: bytes) -> None:
    assert signed_headers(SECRET, event_id, at, body)["webhook-signature"] != SIGNATURE


def test_a_key_that_is_replaced_signs_beside_the_new_one() -> None:
    fresh = new_secret()
    told = signed_headers(f"{fresh} {SECRET}", ID, AT, BODY)["webhook-signature"].split(" ")
    assert told == [signed_headers(fresh, ID, AT, BODY)["webhook-signature"], SIGNATURE]


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "whsec_short",
        "whsec_!!!",
        "whsec_" + b64encode(b"x" * 65).decode(),
        "whpk_abc",
    ],
)
def test_what_is_no_key_is_refused(secret: str) -> None:
    with pytest.raises(WebhookKeyWrong):
        signed_headers(secret, ID, AT, BODY)


@pytest.mark.parametrize("event_id", ["", "a.b", "خبر"])
def test_an_id_cannot_move_the_border_to_the_time(event_id: str) -> None:
    with pytest.raises(ValueError, match="id of a message"):
        signed_headers(SECRET, event_id, AT, BODY)


def test_a_new_secret_is_a_key_and_another_each_time() -> None:
    assert len(key_of(new_secret())) == 32
    assert new_secret() != new_secret()
