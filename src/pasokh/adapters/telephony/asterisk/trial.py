"""Signs in to Asterisk once and asks who is in our queues, so that settings can be tried."""

import asyncio
from collections.abc import Collection

from pasokh.adapters.telephony.asterisk.packet import PacketFault, action, packet_of
from pasokh.adapters.telephony.asterisk.session import Account, Gone, ManagerSession, connect

_ANSWER_SECONDS = 10.0
_ASKED = "trial"


async def members_of(account: Account, queues: Collection[str]) -> list[tuple[str, str, str]]:
    """Give queue, interface and name of each member; Gone or NotLetIn when there is no answer."""
    session = await connect(account.host, account.port)
    try:
        await session.sign_in(account)
        session.send(action("QueueStatus", _ASKED))
        async with asyncio.timeout(_ANSWER_SECONDS):
            return await _listed(session, queues)
    except TimeoutError:
        raise Gone("it lets us in, and does not say who is in its queues") from None
    finally:
        session.close()


async def _listed(session: ManagerSession, queues: Collection[str]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    while True:
        for raw in await session.some():
            try:
                packet = packet_of(raw)
            except PacketFault:
                continue
            if packet.event == "queuestatuscomplete":
                return found
            if packet.event == "queuemember" and packet.said("queue") in queues:
                names = packet.said("queue"), packet.said("location"), packet.said("name")
                found.append(names)
            if packet.said("response").lower() == "error" and packet.said("actionid") == _ASKED:
                raise Gone(packet.said("message"))
