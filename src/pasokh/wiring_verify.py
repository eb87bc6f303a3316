"""Where a whole published folder is checked: the log, what it proves, and what is made of that."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pasokh.account.proofs.note import NoteFault, PublicKey
from pasokh.adapters.archive.audit import audit, listed_witnesses
from pasokh.adapters.archive.audit_files import AuditedFolder, FileProofs
from pasokh.adapters.archive.checking import check_figure
from pasokh.adapters.archive.mirror import FolderMirror, MirrorFault
from pasokh.adapters.archive.stand_alone import VERIFIER_PATH, stand_alone_files
from pasokh.adapters.figures.writing import FIRST_PAGE
from pasokh.newsroom.drafts.verifying import of_news
from pasokh.wiring_pages import INVENTED, INVENTED_PATH, PublicDisk, pages_made


def audit_folder(root: Path, log: PublicKey) -> AuditedFolder:
    """Check every file of a folder; NoteFault or MirrorFault when the log itself does not hold."""
    mirror = FolderMirror(root)
    found = audit(mirror, log)
    proofs = FileProofs(found, log, listed_witnesses(mirror))
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    faults = dict.fromkeys(proofs.paths - there, "is named in the log and is not there")
    proved = set()
    for path in sorted(there):
        try:
            if proofs.is_proved(path, (root / path).read_bytes()):
                proved.add(path)
        except NoteFault as fault:
            faults[path] = str(fault)
    faults |= dict.fromkeys(proofs.figures_not_met(), "is a figure of the log and is not there")
    faults |= _of_figures(mirror, filter(proofs.is_figure, sorted(proved)), log)
    shown = dict(of_news(root, sorted(proved)))
    faults |= {path: fault for path, fault in shown.items() if fault}
    proved |= shown.keys() & there
    made = set()
    # Pages of files that are not as published would be other pages.
    for path, raw in chain(files_beside(root, log), [] if faults else pages_there(root)):
        made.add(path)
        if path not in there or (root / path).read_bytes() != raw:
            faults[path] = "is not what this version of the program makes of the rest"
    unproved = there - proved - made - faults.keys()
    return AuditedFolder(
        found,
        len(proved - faults.keys()),
        len(made - faults.keys()),
        dict(sorted(faults.items())),
        tuple(sorted(unproved)),
    )


def _of_figures(
    mirror: FolderMirror, figures: Iterable[str], log: PublicKey
) -> Iterator[tuple[str, str]]:
    """Make each figure again, and say which cannot be."""
    for path in figures:
        try:
            check_figure(mirror, path, log)
        except (NoteFault, MirrorFault) as fault:
            yield path, str(fault)


def files_beside(root: Path, log: PublicKey) -> Iterator[tuple[str, bytes]]:
    """Yield what whoever has the program has too: the key, the verifiers, and one remark."""
    there = PublicDisk(root).names("")
    if INVENTED_PATH in there:
        yield INVENTED_PATH, INVENTED
    # They are published together; a sample has the key alone.
    whole = VERIFIER_PATH in there
    yield from (one for one in stand_alone_files(log) if whole or one[0] in there)


def pages_there(root: Path) -> Iterator[tuple[str, bytes]]:
    """Make the pages of a folder again, if it has any."""
    return pages_made(PublicDisk(root)) if (root / FIRST_PAGE).exists() else iter(())
