"""The way out through Kannel's sendsms, and what it tells later of each message."""

from collections.abc import Sequence
from urllib.parse import urlencode

import httpx

from pasokh.adapters.telephony.text.kannel import PATH_DELIVERY, fields_of
from pasokh.adapters.telephony.text.sending import SendLater, SendRefused, reported
from pasokh.adapters.telephony.text.sms import LINE
from pasokh.answer.events import Delivery
from pasokh.core.machine import Submission
from pasokh.drivers.ports_spool import Raw

_OK = range(200, 300)
_TOO_BUSY = range(500, 600)
_TIMEOUT_SECONDS = 10.0
# Delivered, not delivered, buffered at the centre, handed to it, refused by it.
_ASKED = 1 | 2 | 16
_SAID = {
    b"1": (Delivery.DELIVERED, ""),
    b"2": (Delivery.FAILED, "not delivered"),
    b"16": (Delivery.FAILED, "refused"),
}


class KannelSender:
    """Hands replies to a smsbox."""

    def __init__(self, url: str, username: str, password: str, origin: str, back: str) -> None:
        """`origin` is our number as callers see it; `back` the door's address with its secret."""
        self._url = url
        self._fixed = {"username": username, "password": password, "from": origin}
        self._back = back
        # Read once: for each message it would hold the loop up for 45 ms.
        self._authorities = httpx.create_ssl_context(trust_env=False)

    async def send(self, number: str, text: str, name: str) -> str:
        """Hand a message over; Kannel cuts it into parts when it is long."""
        query = urlencode({"name": name})
        fields = {
            **self._fixed,
            "to": number,
            "text": text,
            "charset": "UTF-8",
            "coding": "0" if text.isascii() else "2",
            "dlr-mask": str(_ASKED),
            "dlr-url": f"{self._back}&type=%d&{query}",
        }
        try:
            async with httpx.AsyncClient(
                timeout=_TIMEOUT_SECONDS, trust_env=False, verify=self._authorities
            ) as client:
                answer = await client.get(self._url, params=fields)
        except httpx.HTTPError as error:
            raise SendLater(f"smsbox: {type(error).__name__}") from None
        if answer.status_code in _TOO_BUSY:
            raise SendLater(f"smsbox answers {answer.status_code}")
        if answer.status_code not in _OK:
            raise SendRefused(f"smsbox answers {answer.status_code}")
        return ""


def back_to(port: int, secret: str) -> str:
    """Write the address at which Kannel tells what became of a message."""
    return f"http://127.0.0.1:{port}{PATH_DELIVERY}?{urlencode({'secret': secret})}"


class DeliveryReader:
    """The spool's reader of what Kannel tells of our messages."""

    def read(self, raw: Raw) -> Sequence[Submission]:
        """Say what follows; a kind of report that says nothing is none."""
        fields = fields_of(raw.body)
        said = _SAID.get(fields.get("type", b""))
        call_id, _, message_id = fields.get("name", b"").decode("utf-8", "replace").partition(" ")
        if said is None or not call_id or not message_id:
            return ()
        return [reported(LINE, call_id, message_id, *said)]

    def waits(self, key: str) -> bool:
        """A report is done when it is read."""
        del key
        return False
