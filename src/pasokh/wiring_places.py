"""Where those who find places of callers are joined to a centre."""

import logging
import ssl
from argparse import Namespace
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from pasokh.adapters.storage.keys import KeyStore, master_key
from pasokh.adapters.storage.landlines import LandlineFile, LandlinesMade
from pasokh.adapters.storage.vault import stand_in
from pasokh.adapters.telephony.landlines import Landlines
from pasokh.adapters.telephony.landlines_read import (
    LandlineDefaults,
    LandlineFlaw,
    LandlineWrong,
    read_landlines,
)
from pasokh.adapters.telephony.reference_client import AskedServer, ReferenceClient
from pasokh.adapters.telephony.references import References
from pasokh.core.time import day_of
from pasokh.drivers.live_clock import WallClock
from pasokh.drivers.ports_live import Control
from pasokh.settings import TELEPHONE_FILE, SettingsRefused, TelephoneSettings
from pasokh.settings_references import LocationServer
from pasokh.words.say import say as sentence

# The first place on earth where a day begins: no table is of a day to come anywhere.
_EAST_MINUTES = 14 * 60


def join_references(
    data: Path, telephone: TelephoneSettings, control: Control, say: Callable[[str], None]
) -> References:
    """Make the one who asks for places given by reference, of the servers of the settings only."""
    for talkative in ("httpx", "httpcore"):  # they would write down whole addresses
        logging.getLogger(talkative).setLevel(logging.WARNING)
    servers = {
        name: AskedServer(_tls(data, name, server), server.secret, server.plain)
        for name, server in telephone.references.items()
    }
    return References(control, ReferenceClient(servers), say)


def _tls(data: Path, name: str, server: LocationServer) -> ssl.SSLContext | None:
    if not server.ca and not server.certificate:
        return None
    try:
        tls = ssl.create_default_context(cafile=data / server.ca if server.ca else None)
        if server.certificate:
            tls.load_cert_chain(data / server.certificate, data / server.key)
    except OSError as error:  # ssl.SSLError is one too
        raise SettingsRefused(
            f"{TELEPHONE_FILE}: references: the files of {name} in {data} cannot be used: {error}"
        ) from error
    return tls


def join_landlines(data: Path, control: Control, say: Callable[[str], None]) -> Landlines:
    """Make the one who tells calls where their landlines end."""
    return Landlines(control, LandlineFile(data, say), say)


def take_landlines(lines: Iterable[str], asked: Namespace, tell: Callable[[str], None]) -> int:
    """Make a table the one in use, whole or not at all; give how many lines are right.

    `asked` is what the command line says; `tell` hears a sentence for each line that is wrong.
    """
    asked.data.mkdir(parents=True, exist_ok=True)
    with closing(KeyStore(asked.data / "keys.sqlite", master_key(asked.data / "master.key"))) as it:
        lookup = it.lookup()
    defaults = LandlineDefaults(asked.source, asked.dated)
    today = date(1970, 1, 1) + timedelta(days=day_of(WallClock().now(), _EAST_MINUTES))
    taken = wrong = 0
    with LandlinesMade(asked.data) as made:
        for row in read_landlines(lines, defaults, today):
            if isinstance(row, LandlineWrong):
                wrong += 1
                tell(_told(asked.language, row))
                continue
            first = made.add(stand_in(lookup, row.number), row.line, row.place)
            if first is None:
                taken += 1
            else:
                wrong += 1
                twice = LandlineWrong(row.line, LandlineFlaw.NUMBER_TWICE, said=str(first))
                tell(_told(asked.language, twice))
        if not wrong and not asked.only_try:
            made.keep()
    return taken


def _told(language: str, wrong: LandlineWrong) -> str:
    details = {"column": wrong.column, "said": wrong.said}
    return sentence(language, f"landline.{wrong.why}", line=wrong.line, **details)
