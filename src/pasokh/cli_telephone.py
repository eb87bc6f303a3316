"""The command `pasokh telephone`: the switch in front of a centre. Imports wait as in `cli`."""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any

from pasokh.cli_counts import add_counts
from pasokh.cli_probe import add_probe

BAD_INPUT = 2
_CARRIER = "the voices"
_ASTERISK = "the centre keeps its own Asterisk; pasokh run listens to it, nothing else starts"


def add_telephone(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand with its deeds."""
    telephone = commands.add_parser("telephone", help="bring up the telephone line")
    deeds = telephone.add_subparsers(required=True, metavar="DEED")
    up = deeds.add_parser("up", help="write the switch's configuration, check it, keep it running")
    check = deeds.add_parser("check", help="write and check it, start nothing")
    phone = deeds.add_parser("phone", help="let a position's telephone register: print its secret")
    phone.add_argument("position", metavar="POSITION")
    phone.add_argument("--forget", action="store_true", help="let it register no more")
    for parser, deed in ((up, _up), (check, _check), (phone, _phone)):
        parser.add_argument("--data", type=Path, default=Path("data/centre"), help="data folder")
        parser.set_defaults(run=deed)
    judge = deeds.add_parser("judge", help="say what the centre would do with files of messages")
    judge.add_argument("files", type=Path, nargs="+", metavar="FILE", help="SIP, SIPp, PIDF-LO")
    judge.add_argument("--data", type=Path, default=Path("data/centre"), help="whose services ring")
    judge.add_argument("--json", action="store_true", help="one JSON record a file")
    judge.add_argument("--language", choices=("fa", "en"), default="en", help="of the sentences")
    judge.set_defaults(run=_judge)
    add_counts(deeds)
    add_probe(deeds)


def _up(arguments: argparse.Namespace) -> int:
    if _asterisk_of(arguments.data) is not None:
        print(_ASTERISK, file=sys.stderr)
        return BAD_INPUT
    from pasokh.adapters.telephony.kamailio.config import command_line
    from pasokh.drivers.supervisor import supervise

    written = _written(arguments.data)
    if written is None:
        return BAD_INPUT
    switch, beside = written
    say = partial(print, file=sys.stderr, flush=True)
    before = partial(_prepare, switch.parent, say)
    return supervise(command_line(switch), say, beside, before)


def _check(arguments: argparse.Namespace) -> int:
    asterisk = _asterisk_of(arguments.data)
    if asterisk is not None:
        from pasokh.wiring_asterisk import try_asterisk

        return BAD_INPUT if try_asterisk(arguments.data, asterisk, print) else 0
    written = _written(arguments.data)
    if written is None:
        return BAD_INPUT
    switch, beside = written
    print(f"{switch}: the switch takes it")
    if beside:
        print(f"{switch.parent}: the carrier of voices starts")
    return 0


def _prepare(folder: Path, say: Any) -> None:
    """Mend the switch's own files before it starts; whatever is wrong, it shall start."""
    from pasokh.adapters.telephony.kamailio.phone_files import CONTACTS, prepare_files

    try:
        if (folder / CONTACTS).exists():
            prepare_files(folder)
    except OSError as error:
        say(f"pasokh: the telephones' files cannot be mended: {error}")


def _phone(arguments: argparse.Namespace) -> int:
    """Make a position's secret, or end it. It is printed once and kept by its digest only."""
    from pasokh.adapters.telephony.kamailio.phone_files import (
        ha1_of,
        new_secret,
        read_accounts,
        write_accounts,
    )
    from pasokh.settings import TELEPHONE_FOLDER, SettingsRefused, read_telephone

    position, folder = arguments.position, arguments.data / TELEPHONE_FOLDER
    try:
        telephone = read_telephone(arguments.data)
    except SettingsRefused as refusal:
        print(f"pasokh: {refusal}", file=sys.stderr)
        return BAD_INPUT
    accounts = read_accounts(folder)
    if arguments.forget:
        if accounts.pop(position, None) is None:
            print(f"pasokh: {position} has no secret", file=sys.stderr)
            return BAD_INPUT
        write_accounts(folder, accounts)
        print(f"{position} registers no more; where it is now is forgotten within two minutes")
        return 0
    if telephone is None or position not in telephone.registered():
        told = f'[positions.{position}]\nphone = "registered"'
        print(f"pasokh: write into telephone.toml first:\n{told}", file=sys.stderr)
        return BAD_INPUT
    secret = new_secret()
    write_accounts(folder, accounts | {position: ha1_of(position, secret)})
    print(f"server: {telephone.host}:{telephone.port} (UDP or TCP)")
    print(f"user:   {position}\nsecret: {secret}")
    return 0


def _judge(arguments: argparse.Namespace) -> int:
    from pasokh.cli_judge import judge_files

    return judge_files(arguments)


def _asterisk_of(data: Path) -> Any:
    """Give the settings of a centre's own Asterisk; None when it has none, or none that hold."""
    from pasokh.settings import SettingsRefused, read_telephone

    try:
        telephone = read_telephone(data)
    except SettingsRefused:  # said where the rest is read
        return None
    return None if telephone is None else telephone.asterisk


def _written(data: Path) -> tuple[Path, dict[str, list[str]]] | None:
    """Write the configurations and have them read; None, and why is said, if they cannot be.

    Gives the switch's file, and the command lines of those beside it by name. A carrier of voices
    that cannot start is no reason to let nobody call: voices pass directly.
    """
    from pasokh.adapters.telephony.kamailio.config import SwitchRefused, check_config, write_config
    from pasokh.settings import (
        TELEPHONE_EXAMPLE,
        TELEPHONE_FILE,
        TELEPHONE_FOLDER,
        SettingsRefused,
        read_telephone,
    )

    try:
        telephone = read_telephone(data)
        if telephone is None:
            path = data / TELEPHONE_FILE
            print(f"there is no {path}; write it, at least:\n{TELEPHONE_EXAMPLE}", file=sys.stderr)
            return None
        path = write_config(data / TELEPHONE_FOLDER, _config_of(telephone))
        check_config(path)
    except (SettingsRefused, SwitchRefused) as refusal:
        print(f"pasokh: {refusal}", file=sys.stderr)
        return None
    return path, _carrier(data / TELEPHONE_FOLDER, telephone)


def _carrier(folder: Path, telephone: Any) -> dict[str, list[str]]:
    from pasokh.adapters.telephony.rtpengine.config import (
        CarrierConfig,
        CarrierRefused,
        check_config,
        command_line,
        write_config,
    )
    from pasokh.adapters.telephony.rtpengine.spool import SpoolRefused, make_spool, spool_folder

    voice = telephone.voice
    if not voice.carried:
        return {}
    host = voice.host or telephone.host
    spool = spool_folder(folder.parent, voice.spool)
    config = CarrierConfig(
        host=host,
        control_port=voice.control_port,
        first_port=voice.first_port,
        last_port=voice.last_port,
        spool=spool,
        tones_port=voice.tones_port,
    )
    try:
        make_spool(spool)
        path = write_config(folder, config)
        check_config(path)
        return {_CARRIER: command_line(path)}
    except (CarrierRefused, SpoolRefused) as refusal:
        print(f"pasokh: voices pass directly, not through us: {refusal}", file=sys.stderr)
        return {}


def _config_of(telephone: Any) -> Any:
    from pasokh.adapters.telephony.kamailio.config import SwitchConfig
    from pasokh.adapters.telephony.kamailio.phone_config import WindowConfig
    from pasokh.wiring_voice import written_of

    window, outgoing = telephone.window, telephone.outgoing
    return SwitchConfig(
        host=telephone.host,
        port=telephone.port,
        events_port=telephone.events_port,
        fallback=telephone.fallback,
        trusted=telephone.trusted,
        ring_ms=telephone.ring_seconds * 1000,
        queue_ms=telephone.fallback_seconds * 1000,
        written=written_of(telephone, ""),
        voice_port=telephone.voice.control_port if telephone.voice.carried else None,
        registered=telephone.registered(),
        refuse_other_services=telephone.refuse_other_services,
        services=telephone.services,
        ends_seconds=telephone.ends_seconds,
        window=None if window is None else WindowConfig(window.port, window.origin),
        outgoing_from="" if outgoing is None else f"sip:{outgoing.number}@{telephone.host}",
    )
