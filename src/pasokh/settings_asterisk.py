"""What an operator may choose about an Asterisk that the centre has already."""

import re
import stat
from pathlib import Path

from msgspec import Struct

from pasokh.answer.distribute import FALLBACK

# The line of its calls.
ASTERISK_LINE = "asterisk"
# Where Asterisk's words are journalled, in the data folder.
ASTERISK_FOLDER = "telephone/asterisk"
ASTERISK_EXAMPLE = """\
[asterisk]
queues = ["sos"]                        # the queues in which callers wait
queue_log = "/var/log/asterisk/queue_log"
[asterisk.members]
"PJSIP/op138" = "p1"                    # whose telephone stands on which position
"""
_PRIVATE = stat.S_IRWXG | stat.S_IRWXO
_NAME = re.compile(r"[!-~]{1,64}", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}", re.ASCII)


class AsteriskRefused(Exception):
    """These settings cannot be served; the text says why and what to do."""


class AsteriskSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where Asterisk is, and which of its queues and members are the centre's.

    `members` gives the position of an interface (PJSIP/op138) or of a member's name (Op 138),
    as it stands in queue_log. `contexts` are those in which a call is the centre's before any
    queue. `queue_log` is read after a gap; without it calls of a gap are lost. `pause` lets a
    desk's readiness pause the member.
    """

    queues: tuple[str, ...]
    members: dict[str, str]
    queue_log: str = ""
    host: str = "127.0.0.1"
    port: int = 5038
    account: str = "pasokh"
    secret_file: str = "asterisk.secret"  # noqa: S105 - the name of its file
    contexts: tuple[str, ...] = ()
    pause: bool = False

    def check(self) -> None:
        """Raise AsteriskRefused for what cannot work or would be unsafe."""
        if not self.queues or not self.members:
            raise AsteriskRefused("queues and members name nobody; no call would be ours")
        if FALLBACK in self.queues:
            raise AsteriskRefused(f"queues cannot name one {FALLBACK}: so we call leaving a queue")
        if not _HOST.fullmatch(self.host) or not 0 < self.port < 1 << 16:
            raise AsteriskRefused(f"host and port are no address: {self.host!r}, {self.port}")
        if not _NAME.fullmatch(self.account):
            raise AsteriskRefused("account is a name of manager.conf, without blanks")
        if self.queue_log and not Path(self.queue_log).is_absolute():
            raise AsteriskRefused(f"queue_log is a path from /, not {self.queue_log!r}")

    def secret(self, data: Path) -> str:
        """Read the secret of manager.conf; it is never printed, and nobody else may read it."""
        path = data / self.secret_file
        try:
            if path.stat().st_mode & _PRIVATE:
                raise AsteriskRefused(f"others may read {path}: chmod 600, and change it")
            secret = path.read_text("utf-8").strip()
        except OSError as error:
            raise AsteriskRefused(f"{path} cannot be read ({error.strerror})") from error
        if not secret:
            raise AsteriskRefused(f"{path} is empty; it holds the secret of manager.conf")
        return secret
