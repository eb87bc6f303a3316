"""How a centre gets text messages: through Kannel, or from a message centre directly."""

import re
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pasokh.settings import SettingsRefused
from pasokh.words.say import LANGUAGES

TEXT_FILE = "text.toml"
# Where what the gateways brought lies until the log has it, in the data folder.
TEXT_FOLDER = "texts"
TEXT_EXAMPLE = """\
[kannel]
secret = "..."            # stands in every question of smsbox
password = "..."          # of the sendsms-user pasokh
number = "110"            # ours, as callers see it
"""
_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+/[\x21-\x7e]*")
_NUMBER = re.compile(r"\+?[0-9]{2,15}")
_SECRET_MIN = 12
_HOURS = 24


class KannelSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A Kannel on this machine: it asks us at `port`, we ask it at `send_url`."""

    secret: str
    password: str
    number: str
    username: str = "pasokh"
    port: int = 8112
    send_url: str = "http://127.0.0.1:13013/cgi-bin/sendsms"


class SmppSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A message centre that speaks SMPP 3.4."""

    host: str
    system_id: str
    password: str
    number: str
    port: int = 2775
    system_type: str = ""


class SurveySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Callers are asked how it went. `address`: the newsroom's, as callers reach it.

    Hours are by the centre's clock. `never_after`: types and dispositions after which nobody is
    asked, as a death; sensitive types are always among them.
    """

    address: str
    from_hour: int = 10
    until_hour: int = 20
    never_after: tuple[str, ...] = ()
    language: str = "fa"

    @property
    def page(self) -> str:
        """Where a token is answered."""
        return f"{self.address.rstrip('/')}/newsroom/{self.language}/survey/"


class TextSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One of both, or both: then what came through a gateway is answered through the same."""

    kannel: KannelSettings | None = None
    smpp: SmppSettings | None = None
    survey: SurveySettings | None = None

    def check(self) -> None:
        """Raise SettingsRefused for what cannot work or would be unsafe."""
        if self.kannel is None and self.smpp is None:
            raise SettingsRefused(f"{TEXT_FILE} names no gateway; at least:\n{TEXT_EXAMPLE}")
        if self.kannel is not None:
            _check_kannel(self.kannel)
        if self.smpp is not None:
            _check_common("smpp", self.smpp.port, self.smpp.number)
            if not self.smpp.host or not self.smpp.system_id:
                _refuse("smpp", "needs the host and the system_id that its operator gave you")
        if self.survey is not None:
            _check_survey(self.survey)


def read_text(data: Path, *, drill: bool = False) -> TextSettings | None:
    """Read a data folder's gateways; None when it has none. SettingsRefused says what is wrong."""
    path = data / TEXT_FILE
    if not path.is_file():
        return None
    if drill:
        raise SettingsRefused(
            f"the people of a drill would answer real callers: a centre with a {TEXT_FILE} runs "
            "with --empty, or the drill in another folder with --data"
        )
    try:
        found: Any = msgspec.toml.decode(path.read_bytes(), type=TextSettings)
    except msgspec.DecodeError as error:
        raise SettingsRefused(
            f"{path}: {error}; the least that it needs is:\n{TEXT_EXAMPLE}"
        ) from error
    settings: TextSettings = found
    settings.check()
    return settings


def _check_kannel(kannel: KannelSettings) -> None:
    _check_common("kannel", kannel.port, kannel.number)
    if len(kannel.secret) < _SECRET_MIN:
        _refuse("kannel.secret", f"has at least {_SECRET_MIN} letters")
    if not _URL.fullmatch(kannel.send_url):
        _refuse("kannel.send_url", f"is an address of smsbox, not {kannel.send_url!r}")


def _check_survey(survey: SurveySettings) -> None:
    if not _URL.fullmatch(f"{survey.address.rstrip('/')}/"):
        _refuse("survey.address", f"is as https://news.example, not {survey.address!r}")
    if not 0 <= survey.from_hour < survey.until_hour <= _HOURS:
        _refuse("survey.from_hour", "is an hour of the day before until_hour")
    if survey.language not in LANGUAGES:
        _refuse("survey.language", f"is one of {', '.join(LANGUAGES)}")


def _check_common(name: str, port: int, number: str) -> None:
    if not 0 < port < 1 << 16:
        _refuse(f"{name}.port", f"is from 1 to 65535, not {port}")
    if not _NUMBER.fullmatch(number):
        _refuse(f"{name}.number", f"is a number as 110 or +985100000000, not {number!r}")


def _refuse(what: str, why: str) -> None:
    raise SettingsRefused(f"{TEXT_FILE}: {what} {why}")
