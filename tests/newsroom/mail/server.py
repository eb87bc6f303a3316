"""A real mail server for the tests of letters: what it was brought, and what it refuses."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings
from django.test.utils import override_settings
from msgspec.structs import replace

from pasokh.newsroom.newsroom_settings import NewsroomFile, NewsroomSettings
from tests.adapters.api.process import free_port


class MailBox:
    """What the server took. `refuses`: its answers to addresses that it does not want."""

    def __init__(self, refuses: Mapping[str, str]) -> None:
        self.letters: list[EmailMessage] = []
        self._refuses = refuses
        # What happens between a letter that was taken and the answer that says so.
        self.taken: Callable[[], object] = lambda: None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self._refuses:
            return self._refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        letter: Any = message_from_bytes(envelope.content, policy=default)
        self.letters.append(letter)
        self.taken()
        return "250 OK"


def newsroom_with(smtp: str) -> NewsroomSettings:
    """The newsroom of this process with a mail server."""
    file = NewsroomFile(smtp=smtp, smtp_tls=False, mail_from="press@example.org")
    return replace(settings.PASOKH_NEWSROOM, file=file)


@contextmanager
def receiving(refuses: Mapping[str, str] | None = None) -> Iterator[MailBox]:
    """Let a mail server listen, and the newsroom bring its letters there."""
    box = MailBox(refuses or {})
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        smtp = f"127.0.0.1:{controller.port}"
        with override_settings(PASOKH_NEWSROOM=newsroom_with(smtp)):
            yield box
    finally:
        controller.stop()
