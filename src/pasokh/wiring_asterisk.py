"""Where a centre's own Asterisk is joined to it: journal, mapping, log, connection."""

import asyncio
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.telephony.asterisk.book import Book
from pasokh.adapters.telephony.asterisk.gap import Gap
from pasokh.adapters.telephony.asterisk.line import AsteriskLine
from pasokh.adapters.telephony.asterisk.link import keep_link
from pasokh.adapters.telephony.asterisk.pauses import Pauses
from pasokh.adapters.telephony.asterisk.session import Account, Gone, NotLetIn
from pasokh.adapters.telephony.asterisk.tail import Tail
from pasokh.adapters.telephony.asterisk.trial import members_of
from pasokh.adapters.telephony.journal import Journal
from pasokh.drivers.live import Live
from pasokh.settings_asterisk import ASTERISK_FOLDER, AsteriskRefused, AsteriskSettings


def asterisk_line(
    data: Path, asterisk: AsteriskSettings, live: Live, say: Callable[[str], None]
) -> list[Any]:
    """Hear again what the line's journal holds; give what listens, fills gaps and clears."""
    folder = DiskFolder(data / ASTERISK_FOLDER)
    book = Book(lambda: live.centre.answer, asterisk.members, asterisk.queues, asterisk.contexts)
    log = Path(asterisk.queue_log)
    gap = Gap(folder, partial(Tail, log)) if asterisk.queue_log else None
    line = AsteriskLine(live, Journal(folder), book, gap, say)
    line.replay()
    if asterisk.pause:
        live.follow(Pauses(line).follow)
    account = _account(data, asterisk)
    return [keep_link(line, account, say), line.keep_settling(), line.clear()]


def try_asterisk(data: Path, asterisk: AsteriskSettings, say: Callable[[str], None]) -> bool:
    """Sign in once and say what is there; give whether something is wrong."""
    account = _account(data, asterisk)
    log = Path(asterisk.queue_log)
    wrong = bool(asterisk.queue_log) and not (log.is_file() and os.access(log, os.R_OK))
    if wrong:
        say(f"{log} cannot be read: calls of a gap would be lost")
    try:
        found = asyncio.run(members_of(account, asterisk.queues))
    except (Gone, NotLetIn) as error:
        say(f"Asterisk at {asterisk.host} port {asterisk.port}: {error}")
        return True
    for queue, interface, name in found:
        position = asterisk.members.get(interface) or asterisk.members.get(name)
        say(f"{queue}: {interface} ({name}): {position or 'no position of ours'}")
    for queue in set(asterisk.queues) - {queue for queue, _, _ in found}:
        say(f"{queue}: no members")
    return wrong


def _account(data: Path, asterisk: AsteriskSettings) -> Account:
    secret = partial(_secret, data, asterisk)
    return Account(asterisk.host, asterisk.port, asterisk.account, secret)


def _secret(data: Path, asterisk: AsteriskSettings) -> str:
    """Read the secret for a connection: whoever mends it need not start the centre again."""
    try:
        return asterisk.secret(data)
    except AsteriskRefused as refused:
        raise NotLetIn(str(refused)) from refused
