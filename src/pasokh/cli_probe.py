"""The command `pasokh telephone probe`: call the centre each minute, tell it what came of it."""

import argparse
import sys
from pathlib import Path
from time import sleep, time_ns
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pasokh.adapters.telephony.probe import Probed

NOT_HEARD = 1
BAD_INPUT = 2
_REPORT_SECONDS = 5
# What could not be told is told later; of a long time, the newest.
_UNTOLD_MAX = 100
_MADE, _REFUSED = 200, 409


def add_probe(deeds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the deed."""
    probe = deeds.add_parser("probe", help="call the centre as a caller would, ringing nobody")
    probe.add_argument("--key", type=Path, required=True, help="the file telephone/probe.key")
    probe.add_argument("--to", default="127.0.0.1:5060", metavar="HOST:PORT", help="the switch")
    probe.add_argument("--url", default="", help="the control room, to tell it")
    probe.add_argument("--token", type=Path, help="a file with a token of scope intake")
    probe.add_argument("--every", type=int, default=0, metavar="SECONDS", help="again and again")
    probe.set_defaults(run=_probe)


def _probe(arguments: argparse.Namespace) -> int:
    """Call once, or for ever; of a single call: 0 when the distributor heard it."""
    from pasokh.adapters.telephony.probe import probe
    from pasokh.answer.events_watch import ProbeEnd

    host, _, port = arguments.to.rpartition(":")
    try:
        key = arguments.key.read_text().strip()
        token = arguments.token.read_text().strip() if arguments.token else ""
    except OSError as error:
        print(f"pasokh: {error}", file=sys.stderr)
        return BAD_INPUT
    if not host or not port.isdigit():
        print(f"pasokh: --to is as 10.0.0.5:5060, not {arguments.to}", file=sys.stderr)
        return BAD_INPUT
    untold: list[tuple[int, Probed]] = []
    while True:
        at = time_ns() // 1_000_000
        found = probe(host.strip("[]"), int(port), key)
        print(f"{found.end.value} after {found.ring_ms} ms (code {found.code})", flush=True)
        if arguments.url:
            waiting = (*untold, (at, found))[-_UNTOLD_MAX:]
            untold = [one for one in waiting if not _told(arguments.url, token, *one)]
        if not arguments.every:
            return 0 if found.end is ProbeEnd.HEARD and not untold else NOT_HEARD
        sleep(arguments.every)


def _told(url: str, token: str, at: int, found: "Probed") -> bool:
    """Tell the control room; False when it could not be told, so that it is told later."""
    import httpx
    from msgspec import to_builtins

    order = {"id": f"probe-{found.probe_id}", "command": to_builtins(found), "at": at}
    try:
        answer = httpx.post(
            f"{url.rstrip('/')}/commands/report-probe",
            json=order,
            headers={"Authorization": f"Bearer {token}"},
            timeout=_REPORT_SECONDS,
        )
    except httpx.TransportError as error:
        print(f"pasokh: the control room cannot be told: {error}", file=sys.stderr, flush=True)
        return False
    if answer.status_code not in (_MADE, _REFUSED):
        print(f"pasokh: the control room: {answer.status_code}", file=sys.stderr, flush=True)
        return False
    return True
