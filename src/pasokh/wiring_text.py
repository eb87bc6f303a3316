"""Where the gateways of text messages are joined to a centre."""

import socket
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

from pasokh.adapters.api.server import server_of
from pasokh.adapters.storage.folder import DiskFolder
from pasokh.adapters.storage.small_keys import aml_key, survey_key
from pasokh.adapters.telephony.aml_told import AmlBook
from pasokh.adapters.telephony.journal import Journal
from pasokh.adapters.telephony.spool import Spool
from pasokh.adapters.telephony.text import smpp
from pasokh.adapters.telephony.text.asking import Asking, SurveyAsker
from pasokh.adapters.telephony.text.kannel import KIND, KIND_DELIVERY, KannelDoor, read_kannel
from pasokh.adapters.telephony.text.kannel_sender import DeliveryReader, KannelSender, back_to
from pasokh.adapters.telephony.text.sending import Outbox, Sender
from pasokh.adapters.telephony.text.smpp_client import SmppAccount
from pasokh.adapters.telephony.text.smpp_link import SmppLink
from pasokh.adapters.telephony.text.sms import LINE, SmsReader, keep_joining
from pasokh.drivers.ports import Vault
from pasokh.drivers.ports_live import Control
from pasokh.settings import SettingsRefused
from pasokh.settings_text import (
    TEXT_FILE,
    TEXT_FOLDER,
    KannelSettings,
    SmppSettings,
    SurveySettings,
    TextSettings,
)

_Work = Coroutine[Any, Any, None]


def text_workers(
    data: Path, texts: TextSettings, control: Control, vault: Vault, say: Callable[[str], None]
) -> Iterator[_Work]:
    """Read again what the spool holds, then yield what must run while the centre serves."""
    spool = Spool(control, Journal(DiskFolder(data / TEXT_FOLDER)), say)
    aml = AmlBook(aml_key(data))
    reader = SmsReader({KIND: read_kannel}, aml)
    spool.reads(KIND, reader)
    spool.reads(KIND_DELIVERY, DeliveryReader())
    keys = smpp.Keys()
    direct = SmsReader({smpp.KIND: smpp.part_of}, aml, smpp.LINE)
    spool.reads(smpp.KIND, smpp.SmppReader(control, direct, keys))
    spool.replay()
    yield spool.clear()
    yield keep_joining(reader, control, say)
    yield keep_joining(direct, control, say)
    senders: list[Sender] = []
    if texts.kannel is not None:
        yield _door(KannelDoor(spool, texts.kannel.secret), texts.kannel.port)
        senders.append(_kannel_sender(texts.kannel))
        yield Outbox(control, vault, LINE, senders[-1], say).keep_sending()
    if texts.smpp is not None:
        link = SmppLink(_account(texts.smpp), spool, keys, control.clock, say)
        yield link.run()
        senders.append(link)
        yield Outbox(control, vault, smpp.LINE, link, say).keep_sending()
    if texts.survey is not None:
        # By Kannel where there is one: it keeps what its message centre cannot take yet.
        asking = _asking(texts.survey)
        yield SurveyAsker(control, vault, senders[0], survey_key(data), asking).keep_asking(say)


def _account(given: SmppSettings) -> SmppAccount:
    return SmppAccount(
        host=given.host,
        port=given.port,
        system_id=given.system_id,
        password=given.password,
        system_type=given.system_type,
        number=given.number,
    )


def _asking(given: SurveySettings) -> Asking:
    return Asking(
        given.page, given.language, given.from_hour, given.until_hour, frozenset(given.never_after)
    )


def _kannel_sender(kannel: KannelSettings) -> KannelSender:
    back = back_to(kannel.port, kannel.secret)
    return KannelSender(kannel.send_url, kannel.username, kannel.password, kannel.number, back)


async def _door(door: KannelDoor, port: int) -> None:
    """Listen on this machine only: the secret travels in the clear."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise SettingsRefused(
            f"{TEXT_FILE}: port {port} cannot be used ({error.strerror}); name another"
        ) from error
    await server_of(door, "127.0.0.1", port).serve([listening])
