"""The commands of what is published: keys, witnesses, cosignatures, and checking a figure."""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    from pasokh.account.proofs.note import PublicKey
    from pasokh.adapters.archive.audit_files import AuditedFolder

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

NO = 1
BAD_INPUT = 2
_SECOND = 1_000


def add_archive(commands: "Commands") -> None:
    """Add the subcommands."""
    key = commands.add_parser("signing-key", help="make the key of a public log, or of a witness")
    key.add_argument("file", type=Path, help="a new file; a log's key has a folder to itself")
    key.add_argument("--name", required=True, help="as centre.example/log: no space, no plus")
    key.add_argument("--for", dest="kind", required=True, choices=("log", "witness"))
    key.set_defaults(run=partial(_said, _signing_key))

    witness = commands.add_parser("witness", help="cosign a public log that did not go back")
    witness.add_argument("source", metavar="FROM", help="its folder, or a mirror's http(s) address")
    witness.add_argument("--state", type=Path, required=True, help="what this witness remembers")
    witness.add_argument("--key", type=Path, required=True, help="the witness's key file")
    witness.add_argument("--log", required=True, help="the log's public key: name+id+key")
    witness.add_argument("--first", action="store_true", help="nothing is remembered of it yet")
    witness.add_argument("--out", type=Path, help="write the cosigned checkpoint here")
    witness.add_argument("--language", default="fa", choices=("fa", "en"), help="fa or en")
    witness.set_defaults(run=partial(_said, _witness))

    collect = commands.add_parser("cosigned", help="publish what witnesses cosigned")
    collect.add_argument("public", type=Path, help="the published folder, with witnesses.txt")
    collect.add_argument("--key", type=Path, required=True, help="the log's key file")
    collect.add_argument("note", nargs="+", help="files or addresses of cosigned checkpoints")
    collect.set_defaults(run=partial(_said, _cosigned))

    verify = commands.add_parser("verify", help="check a published figure, or the whole log")
    verify.add_argument(
        "source", metavar="FROM", help="the published folder, its address, or a figure's address"
    )
    verify.add_argument("figure", nargs="?", help="the figure's path below FROM; without it, all")
    verify.add_argument("--log", required=True, help="the log's public key: name+id+key")
    verify.add_argument("--witness", action="append", default=[], help="a witness's public key")
    verify.add_argument("--newest", action="store_true", help="and that nothing replaced it")
    verify.add_argument("--files", action="store_true", help="and every file of the folder FROM")
    verify.add_argument("--language", choices=("fa", "en"), default="en", help="of the words (en)")
    verify.set_defaults(run=partial(_said, _verify))


def _said(deed: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Do it, and say in words why it cannot be done."""
    from pasokh.account.proofs.note import NoteFault
    from pasokh.adapters.archive.files import ArchiveRefused
    from pasokh.adapters.archive.mirror import MirrorFault

    try:
        return deed(arguments)
    except (ArchiveRefused, MirrorFault, NoteFault, OSError) as error:
        print(f"pasokh: {error}", file=sys.stderr)
        return BAD_INPUT


def _signing_key(arguments: argparse.Namespace) -> int:
    from pasokh.account.proofs.note import COSIGNATURE
    from pasokh.adapters.archive.centre_log import make_log_key
    from pasokh.adapters.archive.signing import make_key

    if arguments.kind == "log":
        print(make_log_key(arguments.file, arguments.name))
    else:
        print(make_key(arguments.file, arguments.name, COSIGNATURE).public)
    return 0


def _witness(arguments: argparse.Namespace) -> int:
    from pasokh.account.proofs.note import COSIGNATURE, ED25519, NoteFault, read_key, write_note
    from pasokh.adapters.archive.files import ArchiveRefused, DiskFiles, HeldLock
    from pasokh.adapters.archive.mirror import MirrorFault, mirror_at
    from pasokh.adapters.archive.signing import read_signing_key
    from pasokh.adapters.archive.witness import Witness, WitnessCannot, WitnessRefuses
    from pasokh.drivers.live_clock import WallClock
    from pasokh.words.say import say

    key = read_signing_key(arguments.key, COSIGNATURE)
    log = read_key(arguments.log, [ED25519])
    files = DiskFiles(arguments.state.parent, mode=0o600)
    try:
        lock = HeldLock(arguments.state)
    except ArchiveRefused:
        print(
            say(arguments.language, "witness.in_use", state=arguments.state.name), file=sys.stderr
        )
        return BAD_INPUT
    try:
        note = Witness(files, arguments.state.name, key).look(
            mirror_at(arguments.source),
            log,
            WallClock().now() // _SECOND,
            first=arguments.first,
        )
    except WitnessRefuses as refusal:
        print(refusal.told(arguments.language), file=sys.stderr)
        return NO
    except WitnessCannot as cannot:
        print(cannot.told(arguments.language), file=sys.stderr)
        return BAD_INPUT
    except (MirrorFault, NoteFault, OSError) as fault:
        print(say(arguments.language, "witness.not_now", why=str(fault)), file=sys.stderr)
        return BAD_INPUT
    finally:
        lock.release()
    if arguments.out:
        DiskFiles(arguments.out.parent).write(arguments.out.name, write_note(note))
    else:
        print(write_note(note).decode(), end="")
    return 0


def _cosigned(arguments: argparse.Namespace) -> int:
    from pasokh.account.proofs.cosignature import WITNESSES_PATH, cosigned, read_witnesses
    from pasokh.account.proofs.note import ED25519
    from pasokh.adapters.archive.centre_log import opened_log
    from pasokh.adapters.archive.cosigning import collect
    from pasokh.adapters.archive.files import DiskFiles
    from pasokh.adapters.archive.mirror import read_at
    from pasokh.adapters.archive.signing import ed25519_verify, read_signing_key
    from pasokh.wiring_pages import write_pages_cosigned

    public = DiskFiles(arguments.public)
    witnesses = read_witnesses(public.read(WITNESSES_PATH))
    key = read_signing_key(arguments.key, ED25519).public
    with opened_log(arguments.public, arguments.key) as log:
        for note in arguments.note:
            names = collect(log, key, public, read_at(note), witnesses)
            print(f"{note}: {', '.join(names) or 'no witness that is listed'}")
        count = cosigned(log.published(), witnesses, ed25519_verify)
        write_pages_cosigned(arguments.public, DiskFiles(arguments.key.parent / "days", 0o600))
    print(f"cosigned by {len(count.witnesses)} of {count.of}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from pasokh.account.proofs.note import COSIGNATURE, ED25519, NoteFault, read_key
    from pasokh.adapters.archive.mirror import figure_at, mirror_at
    from pasokh.adapters.archive.verdict import PublishedVerdict

    log = read_key(arguments.log, [ED25519])
    witnesses = [read_key(text, [COSIGNATURE]) for text in arguments.witness]
    at = None if arguments.figure else figure_at(arguments.source)
    mirror, figure = at or (mirror_at(arguments.source), arguments.figure)
    verdict = PublishedVerdict(arguments.language, mirror, log)
    try:
        if arguments.files:
            found = _audited(arguments.source, log)
            print("\n".join(verdict.folder(arguments.source, found)))
            return NO if found.faults else 0
        if figure is None:
            lines = verdict.whole_log(arguments.source)
        else:
            lines = verdict.figure(figure, witnesses, newest=arguments.newest)
    except NoteFault as fault:
        print(verdict.not_proved(figure or arguments.source, fault), file=sys.stderr)
        return NO
    print("\n".join(lines))
    return 0


def _audited(source: str, log: "PublicKey") -> "AuditedFolder":
    from pasokh.adapters.archive.mirror import MirrorFault
    from pasokh.wiring_verify import audit_folder

    if not Path(source).is_dir():
        raise MirrorFault(f"{source} is no folder: --files reads a copy on a disk, with all in it")
    return audit_folder(Path(source), log)
