"""What an operator may choose. Frozen, complete, and safe to print."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict, replace

from pasokh.answer.distribute import FALLBACK, QueueRule, Rules
from pasokh.answer.probes import PROBE, ProbeRule
from pasokh.answer.silence import SilenceRule
from pasokh.core.time import SECOND
from pasokh.drivers.live_clock import PACES
from pasokh.settings_asterisk import (
    ASTERISK_EXAMPLE,
    ASTERISK_LINE,
    AsteriskRefused,
    AsteriskSettings,
)
from pasokh.settings_references import LocationServer, ReferencesRefused, check_references
from pasokh.words.say import DEFAULT, LANGUAGES

MASK = "***"
# Names that hold something nobody should read on a screen.
_SECRETS = ("token", "password", "secret", "key")

# A centre's public doors, as its operator wrote them.
DOOR_FILE = "doors.toml"
NEWSROOM_FILE = "newsroom.toml"
# A centre's telephone line, as its operator wrote it.
TELEPHONE_FILE = "telephone.toml"
# Where the switch's configuration and the journal of its words lie, in the data folder.
TELEPHONE_FOLDER = "telephone"
TELEPHONE_EXAMPLE = """\
fallback = ["sip:100@127.0.0.1:5070"]   # who rings when Pasokh is not there
[positions.p1]
phone = "sip:p1@127.0.0.1:5071"         # the telephone on this desk
"""
# What is written into the switch's own language must not end its sentence.
_ADDRESS = re.compile(r"sips?:[A-Za-z0-9._~+%-]+@[A-Za-z0-9.\[\]:-]+(;transport=(udp|tcp))?")
_VOICE_DOORS = ("control_port", "tones_port")
# A telephone that says itself where it is; its position's name is then its account's.
REGISTERED = "registered"
_ACCOUNT = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]+)(?::[0-9]+)?")
_SOCKET = re.compile(r"wss?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._/-]*)?")
_TRUNK = re.compile(r"[A-Za-z0-9.\[\]:-]+(;transport=(udp|tcp))?")
_SHOWN = re.compile(r"[A-Za-z0-9+*#._-]{1,32}")
_HOST = re.compile(r"[0-9a-fA-F.:]+")
# The least that the absence of any packet may mean something.
_LOST_LEAST = 30
_SERVICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9][A-Za-z0-9-]*)*")
# Longer than any telephone rings: by then the end of its ringing got lost.
_LOST_SECONDS = 20
# A voice and its reports, on both sides.
_CALL_PORTS = 4


class SettingsRefused(Exception):
    """These settings cannot be served as they are; the message says why and what to do."""


class Settings(Struct, frozen=True):
    """One centre's settings.

    `drill`: the invented people of `scenario` turn the centre, `pace` times as fast as the wall's
    clock, and its page is open to whoever sits at this machine.
    `behind`: the addresses of proxies in front, whose word about an asker's address is believed.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8110
    drill: bool = False
    scenario: Path | None = None
    pace: int = 1
    language: str = DEFAULT
    name: str = "Pasokh"
    utc_offset_minutes: int = 0
    snapshot_every: int = 200_000
    behind: tuple[str, ...] = ()
    telephone: "TelephoneSettings | None" = None

    def check(self) -> None:
        """Raise SettingsRefused for what would be unsafe or cannot work."""
        if self.drill and not is_loopback(self.host):
            raise SettingsRefused(
                f"the demo lets in whoever comes, so it serves this machine only: {self.host} is "
                "not a loopback address; use --host 127.0.0.1, or run a centre without the demo"
            )
        if self.drill and self.telephone is not None:
            raise SettingsRefused(
                "the people of a drill would answer real callers: a centre with a "
                f"{TELEPHONE_FILE} runs with --empty, or the drill in another folder with --data"
            )
        if self.drill and self.behind:
            raise SettingsRefused(
                "the demo refuses whatever came through a proxy, so it has none in front; "
                "--behind is for a centre with --empty"
            )
        _check_behind("--behind", self.behind)
        if self.pace not in PACES:
            raise SettingsRefused(f"the pace is one of {PACES}, not {self.pace}")
        if self.language not in LANGUAGES:
            raise SettingsRefused(f"the language is one of {LANGUAGES}, not {self.language}")

    def told(self) -> str:
        """Write the settings on a line for the start, secrets masked."""
        pairs = asdict(self).items()
        return " ".join(f"{name}={MASK if _is_secret(name) else value}" for name, value in pairs)


def _check_behind(where: str, behind: tuple[str, ...]) -> None:
    for proxy in behind:
        try:
            ip_address(proxy)
        except ValueError:
            raise SettingsRefused(
                f"{where} names the addresses of proxies, each as 10.0.0.5, not {proxy!r}"
            ) from None


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


class Telephone(Struct, frozen=True, forbid_unknown_fields=True):
    """A position's telephone: its SIP address, or REGISTERED."""

    phone: str


class VoiceSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Who carries the voices: our carrier, or the telephones between themselves."""

    carried: bool = True
    host: str = ""  # empty: the line's own
    first_port: int = 30_000
    last_port: int = 39_999
    control_port: int = 2223
    # Whether calls are recorded, where their queue says nothing else; how long that is kept.
    record: bool = False
    keep_days: int = 90
    # Where plain voice lies while people speak; empty: in memory, where there is such a folder.
    spool: str = ""
    # A caller who says nothing for so long is marked as silent; 0: nobody listens.
    silence_seconds: int = 8
    tones_port: int = 2224
    # Nobody is in a call whose both sides have sent nothing for so long, silence neither; 0: never.
    lost_seconds: int = 300

    def check(self) -> None:
        """Raise SettingsRefused for what cannot work."""
        if self.host and not _HOST.fullmatch(self.host):
            _refuse("voice.host", f"is an address as 10.0.0.5, not {self.host!r}")
        ports = ("first_port", "last_port", "control_port", "tones_port")
        for name, port in ((name, getattr(self, name)) for name in ports):
            if not 0 < port < 1 << 16:
                _refuse(f"voice.{name}", f"is from 1 to 65535, not {port}")
        if self.record and not self.carried:
            _refuse("voice.record", "needs voice.carried: what passes directly cannot be recorded")
        if self.silence_seconds < 0:
            _refuse("voice.silence_seconds", "is 0 or more")
        if self.lost_seconds != 0 and self.lost_seconds < _LOST_LEAST:
            _refuse("voice.lost_seconds", f"is 0, or {_LOST_LEAST} or more")
        if self.keep_days < 1:
            _refuse("voice.keep_days", "is at least 1")
        if self.last_port - self.first_port < _CALL_PORTS:
            _refuse("voice.last_port", f"leaves no room: a call takes {_CALL_PORTS} ports")


class WindowSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Telephones in a browser's window: whose pages they are of, and where they reach the switch.

    `port` is on this machine only; `url` is what a front with TLS hands on to it.
    """

    origin: str
    port: int = 5062
    url: str = ""

    def check(self) -> None:
        """Raise SettingsRefused for what cannot work or would be unsafe."""
        at = _ORIGIN.fullmatch(self.origin)
        if at is None:
            _refuse("window.origin", f"is as https://centre.example, not {self.origin!r}")
        if not 0 < self.port < 1 << 16:
            _refuse("window.port", f"is from 1 to 65535, not {self.port}")
        if self.url and not _SOCKET.fullmatch(self.url):
            _refuse("window.url", f"is as wss://centre.example/phone, not {self.url!r}")
        here = at is not None and is_loopback(at[1])
        if not here and not self.url.startswith("wss://"):
            _refuse("window.url", "begins with wss:// where other machines open the page")

    def address(self) -> str:
        """Give what a window connects to."""
        return self.url or f"ws://localhost:{self.port}"


class OutgoingSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the positions' telephones call back: the trunk, and the number that is shown there."""

    trunk: str
    number: str = "sos"

    def check(self) -> None:
        """Raise SettingsRefused for what is no address and no number."""
        if not _TRUNK.fullmatch(self.trunk):
            _refuse("outgoing.trunk", f"is as 10.0.0.9:5060, not {self.trunk!r}")
        if not _SHOWN.fullmatch(self.number):
            _refuse("outgoing.number", f"is as 110 or +985100000000, not {self.number!r}")


class TelephoneSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The line: where it listens, who rings, by which rules. All times are in seconds.

    With `asterisk` the centre keeps that switch, which gives its calls out by itself.
    """

    fallback: tuple[str, ...] = ()
    asterisk: AsteriskSettings | None = None
    positions: dict[str, Telephone] = {}
    host: str = "127.0.0.1"
    port: int = 5060
    events_port: int = 8448
    trusted: tuple[str, ...] = ()
    queues: dict[str, QueueRule] = {}
    dialled: dict[str, str] = {}
    skills: dict[str, tuple[str, ...]] = {}
    ring_seconds: int = 15
    overflow_seconds: int = 20
    fallback_seconds: int = 75
    wrap_up_seconds: int = 0
    voice: VoiceSettings = VoiceSettings()
    refuse_other_services: bool = True
    # Services that ring beside sos: 911 for urn:service:911.
    services: tuple[str, ...] = ()
    # How often both ends of a call are asked whether they are there; 0: never.
    ends_seconds: int = 15
    window: WindowSettings | None = None
    references: dict[str, LocationServer] = {}
    silence: SilenceRule = SilenceRule()
    probe: ProbeRule = ProbeRule()
    outgoing: OutgoingSettings | None = None

    def check(self) -> None:
        """Raise SettingsRefused for what cannot work or would be unsafe."""
        self._check_watch()
        if self.asterisk is not None:
            self._check_asterisk(self.asterisk)
            return
        if not self.fallback:
            _refuse("fallback", "names nobody; callers would ring nowhere while Pasokh is away")
        self._check_phones()
        for host in (self.host, *self.trusted):
            if not _HOST.fullmatch(host):
                _refuse("host and trusted", f"are addresses as 10.0.0.5, not {host!r}")
        if not is_loopback(self.host) and not self.trusted:
            _refuse("trusted", f"must name who may call {self.host}: the trunk's and phones' hosts")
        self._check_numbers()
        self._check_references()
        self.voice.check()
        self._check_apart()
        for part in (self.window, self.outgoing):
            if part is not None:
                part.check()
        for number, queue in self.dialled.items():
            if queue not in self.queues:
                _refuse("dialled", f"sends {number} to {queue}, which is not among queues")

    def _check_asterisk(self, asterisk: AsteriskSettings) -> None:
        meant = TelephoneSettings(
            asterisk=asterisk, wrap_up_seconds=self.wrap_up_seconds, silence=self.silence
        )
        if self != meant:
            _refuse(
                "asterisk",
                "gives calls out by itself: beside it only wrap_up_seconds and silence stand",
            )
        try:
            asterisk.check()
        except AsteriskRefused as refused:
            _refuse("asterisk:", str(refused))

    def _check_references(self) -> None:
        try:
            check_references(self.references)
        except ReferencesRefused as refused:
            _refuse("references:", str(refused))

    def _check_watch(self) -> None:
        if self.silence.one_in <= 1 or self.silence.seconds < 0:
            _refuse("silence", "has one_in of 2 or more, and seconds of 0 or more")
        if self.probe.seconds < 0:
            _refuse("probe.seconds", "is 0 or more")

    def _check_phones(self) -> None:
        fixed = (address for address in self.phones().values() if address != REGISTERED)
        for address in (*self.fallback, *fixed):
            if not _ADDRESS.fullmatch(address):
                _refuse("fallback and phone", f"are as sip:p1@10.0.0.5:5060, not {address!r}")
        for position in self.registered():
            if not _ACCOUNT.fullmatch(position):
                _refuse("positions", f"that register have names as p1, not {position!r}")

    def _check_numbers(self) -> None:
        for name, port in (("port", self.port), ("events_port", self.events_port)):
            if not 0 < port < 1 << 16:
                _refuse(name, f"is from 1 to 65535, not {port}")
        if not 1 <= self.ring_seconds <= self.fallback_seconds:
            _refuse("ring_seconds", f"is from 1 to fallback_seconds ({self.fallback_seconds})")
        for service in self.services:
            if not _SERVICE.fullmatch(service):
                _refuse("services", f"are named as 911 or counseling.children, not {service!r}")
        if self.ends_seconds < 0:
            _refuse("ends_seconds", "is 0 or more")
        if self.fallback_seconds > 170:  # noqa: PLR2004 - a switch ends any ringing after 180 s
            _refuse("fallback_seconds", "is at most 170: networks end a ringing call at 180")
        for name, whose in ((FALLBACK, "the fallback group"), (PROBE, "the probe calls")):
            if name in self.queues:
                _refuse("queues", f"cannot have one called {name}: it is that of {whose}")

    def _check_apart(self) -> None:
        """Refuse a port at which the carrier of voices would take what is sent to another one.

        It may bind there beside whoever listens already, and then all that comes is the carrier's.
        """
        voice = self.voice
        here = [f"@{host}:" for host in (self.host, voice.host) if host]
        listening = [("port", self.port)]
        listening += [(f"voice.{name}", getattr(voice, name)) for name in _VOICE_DOORS]
        for address in (*self.fallback, *self.phones().values()):
            told = next((address.partition(at)[2] for at in here if at in address), "")
            door = told.partition(";")[0]
            listening.append((address, int(door) if door.isdecimal() else 0))
        for name, port in listening:
            if voice.carried and voice.first_port <= port <= voice.last_port:
                voices = f"{voice.first_port} to {voice.last_port}"
                _refuse(name, f"lies among the ports of the voices ({voices}), which take it away")

    def phones(self) -> dict[str, str]:
        """Give the SIP address of each position's telephone, or REGISTERED."""
        return {position: telephone.phone for position, telephone in self.positions.items()}

    def registered(self) -> tuple[str, ...]:
        """Name the positions whose telephones say themselves where they are."""
        return tuple(p for p, address in self.phones().items() if address == REGISTERED)

    def queue_of(self, dialled: str) -> str:
        """Give the queue of what was dialled; "" for the one that everybody answers."""
        return self.dialled.get(dialled, "")

    def records(self, queue: str) -> bool:
        """Tell whether the calls of a queue are recorded."""
        rule = self.queues.get(queue)
        return self.voice.record if rule is None or rule.record is None else rule.record

    def records_any(self) -> bool:
        """Tell whether any call may be recorded."""
        return self.voice.record or any(rule.record for rule in self.queues.values())

    def rules(self) -> Rules:
        """Give the rules of the distribution; an Asterisk's calls are not given out here."""
        if self.asterisk is not None:
            return Rules(
                phones=frozenset(self.asterisk.members.values()),
                elsewhere=frozenset({ASTERISK_LINE}),
                wrap_up=self.wrap_up_seconds * SECOND,
            )
        return Rules(
            queues=self.queues,
            skills={person: frozenset(skills) for person, skills in self.skills.items()},
            phones=frozenset(self.positions),
            overflow_after=self.overflow_seconds * SECOND,
            fallback_after=self.fallback_seconds * SECOND,
            ring_lost_after=(self.ring_seconds + _LOST_SECONDS) * SECOND,
            wrap_up=self.wrap_up_seconds * SECOND,
        )


def _alarm_types() -> dict[str, str]:
    """Give the types of the shipped list; those that a centre has not are not said of a call."""
    return {
        "burglary": "intrusion_alarm",
        "fire": "fire",
        "medical": "medical",
    }


class AmlSender(Struct, frozen=True, forbid_unknown_fields=True):
    """Who sends places of telephones; the secret signs its forms (HMAC SHA-1)."""

    secret: str = ""


class DoorSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The public doors. `alarm_types` gives the centre's type for each kind of alarm.

    `behind`: the addresses of proxies in front, whose word about a caller's address is believed.
    `published`: the folder that `pasokh publish` fills; empty: the doors show no figures.
    """

    host: str = "127.0.0.1"
    port: int = 0
    alarm_types: dict[str, str] = field(default_factory=_alarm_types)
    aml: dict[str, AmlSender] = {}
    behind: tuple[str, ...] = ()
    published: str = ""

    def check(self) -> None:
        """Raise SettingsRefused for what cannot work."""
        if not _HOST.fullmatch(self.host):
            raise SettingsRefused(f"{DOOR_FILE}: host is an address as 127.0.0.1, not {self.host}")
        if not 0 < self.port < 1 << 16:
            raise SettingsRefused(f"{DOOR_FILE}: port is from 1 to 65535, not {self.port}")
        _check_behind(f"{DOOR_FILE}: behind", self.behind)
        if not is_loopback(self.host) and not self.behind:
            raise SettingsRefused(
                f"{DOOR_FILE}: what callers write and companies' tokens would travel in the clear "
                f"to {self.host}; put a proxy with TLS in front and name its address in behind"
            )


def read_door(settings: Settings) -> DoorSettings:
    """Read a centre's doors; without a file they are open on this machine, at the next port."""
    path = settings.data / DOOR_FILE
    found: Any = DoorSettings()
    if path.is_file():
        try:
            found = msgspec.toml.decode(path.read_bytes(), type=DoorSettings)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise SettingsRefused(f"{path}: {error}") from error
    doors: DoorSettings = replace(found, port=found.port or settings.port + 1)
    doors.check()
    return doors


def has_newsroom(settings: Settings) -> bool:
    """Tell whether a centre serves a newsroom: one that somebody set up, or a demonstration's."""
    return settings.drill or (settings.data / NEWSROOM_FILE).is_file()


def read_telephone(data: Path) -> TelephoneSettings | None:
    """Read a data folder's line; None when it has none. SettingsRefused says what is wrong."""
    path = data / TELEPHONE_FILE
    if not path.is_file():
        return None
    try:
        found: Any = msgspec.toml.decode(path.read_bytes(), type=TelephoneSettings)
    except msgspec.DecodeError as error:
        raise SettingsRefused(
            f"{path}: {error}; the least that it needs is:\n{TELEPHONE_EXAMPLE}"
            f"or, with an Asterisk that the centre has:\n{ASTERISK_EXAMPLE}"
        ) from error
    settings: TelephoneSettings = found
    settings.check()
    return settings


def _refuse(what: str, why: str) -> None:
    raise SettingsRefused(f"{TELEPHONE_FILE}: {what} {why}")
