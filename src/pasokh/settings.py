"""What an operator may choose. Frozen, complete, and safe to print."""

from ipaddress import ip_address
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from pasokh.drivers.live_clock import PACES
from pasokh.words.say import DEFAULT, LANGUAGES

MASK = "***"
# Names that hold something nobody should read on a screen.
_SECRETS = ("token", "password", "secret", "key")


class SettingsRefused(Exception):
    """These settings cannot be served as they are; the message says why and what to do."""


class Settings(Struct, frozen=True):
    """One centre's settings.

    `demo`: the page and the drill's pace are open to whoever sits at this machine. `drill`: the
    invented people of `scenario` turn the centre, `pace` times as fast as the wall's clock.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8110
    demo: bool = False
    drill: bool = False
    scenario: Path | None = None
    pace: int = 1
    language: str = DEFAULT
    name: str = "Pasokh"
    utc_offset_minutes: int = 0
    snapshot_every: int = 200_000

    def check(self) -> None:
        """Raise SettingsRefused for what would be unsafe or cannot work."""
        if (self.demo or self.drill) and not is_loopback(self.host):
            raise SettingsRefused(
                f"the demo lets in whoever comes, so it serves this machine only: {self.host} is "
                "not a loopback address; use --host 127.0.0.1, or run a centre without the demo"
            )
        if self.pace not in PACES:
            raise SettingsRefused(f"the pace is one of {PACES}, not {self.pace}")
        if self.language not in LANGUAGES:
            raise SettingsRefused(f"the language is one of {LANGUAGES}, not {self.language}")

    def told(self) -> str:
        """Write the settings on a line for the start, secrets masked."""
        pairs = asdict(self).items()
        return " ".join(f"{name}={MASK if _is_secret(name) else value}" for name, value in pairs)


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_secret(name: str) -> bool:
    return any(word in name for word in _SECRETS)
