"""Where the public pages of figures are joined to a published folder, its witnesses and the map."""

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.cosignature import WITNESSES_PATH, cosigned_at, read_witnesses
from pasokh.account.proofs.leaf import FigureLeaf, Leaf, read_leaf
from pasokh.account.proofs.note import ED25519, NoteFault, PublicKey, read_key, read_note
from pasokh.adapters.archive.cosigning import last_cosigned_path
from pasokh.adapters.archive.files import DiskFiles, Files
from pasokh.adapters.archive.mirror import FolderMirror, leaves_between
from pasokh.adapters.archive.signing import ed25519_verify
from pasokh.adapters.archive.stand_alone import KEY_PATH, PAGE_PATH, publish_verifier
from pasokh.adapters.figures.pages import Surroundings
from pasokh.adapters.figures.writing import pages_of
from pasokh.adapters.maps.areas import counties_of
from pasokh.adapters.page.render import STATIC

# Days that a drill published: a wheel carries them with it; in a checkout they lie at the root.
_SAMPLES = tuple(
    folder / "drills" / "published" for folder in (Path(__file__).parent, Path(__file__).parents[2])
)
# Where this file is, the figures are of no real centre, and every page says so.
INVENTED_PATH = "invented.txt"
INVENTED = b"a drill: none of it happened\n"
# After every day: only the pages that look over many days are written.
_NEVER = "9"
# Beside the key: what the pages say of witnesses.
_SAID_PATH = "cosigned-as-told.json"


class PublicDisk(DiskFiles):
    """A published folder whose folders can be listed too."""

    def folders(self, folder: str) -> list[str]:
        """List the folders right in a folder."""
        try:
            return sorted(e.name for e in os.scandir(self.root / folder) if e.is_dir())
        except FileNotFoundError:
            return []


def write_pages(root: Path, since: str = "", also: Collection[str] = ()) -> int:
    """Write the pages of a published folder into it, and give how many changed.

    Of days: those from `since` on, and those in `also`.

    NoteFault, ValueError or OSError when a published file is not what it is called.
    """
    public = PublicDisk(root)
    written = 0
    for path, raw in pages_made(public, since, also):
        if not _is_there(public, path, raw):
            public.write(path, raw)
            written += 1
    return written


def pages_made(
    public: PublicDisk, since: str = "", also: Collection[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """Make the pages of a published folder, the same bytes for the same files, and write none."""
    there = public.names("")
    around = Surroundings(
        _county_names(),
        cosigned_sizes(public),
        verifier=PAGE_PATH if PAGE_PATH in there else "",
        invented=INVENTED_PATH in there,
    )
    fonts = [*STATIC.rglob("*.woff2"), STATIC / "mark.svg"]
    return pages_of(public, around, fonts, since, also)


def write_pages_after(root: Path, releases: Iterable[str]) -> None:
    """Write the pages of days that went out, by their release ids, and those over many days.

    The day before the first gets its way to it.
    """
    first = min((name[: len("2026-11-21")] for name in releases), default=_NEVER)
    public = PublicDisk(root)
    days = public.folders("days")
    if days or public.names("releases") or public.folders("news"):
        write_pages(root, since=max((one for one in days if one < first), default=first))


def write_pages_cosigned(root: Path, private: Files) -> int:
    """Write again what says how many cosigned, if that changed; give how many pages did.

    `private` remembers what the pages say, and is written after them: what was cut off is done
    again.
    """
    public = PublicDisk(root)
    now, said = cosigned_sizes(public), _said(private)
    if now == said or not public.folders("days"):
        return 0
    written = write_pages(root, _NEVER, set(_days_between(public, said, now)))
    private.write(_SAID_PATH, msgspec.json.encode(now))
    return written


def _said(private: Files) -> tuple[int, ...] | None:
    """Give how much of the log each witness had cosigned as the pages say it; None: not known."""
    try:
        return msgspec.json.decode(private.read(_SAID_PATH), type=tuple[int, ...])
    except FileNotFoundError:
        return None


def _days_between(
    public: PublicDisk, said: tuple[int, ...] | None, now: tuple[int, ...]
) -> Iterable[str]:
    """Name the days of which a witness saw a figure that it had not seen, or no longer has."""
    if said is None or len(said) != len(now):
        return public.folders("days")
    changed = [size for pair in zip(said, now, strict=True) if len({*pair}) > 1 for size in pair]
    leaves = leaves_between(FolderMirror(public.root), min(changed), max(changed))
    figures = (leaf for raw in leaves if isinstance(leaf := _leaf(raw), FigureLeaf))
    return {one.figure_id.split("/")[3] for one in figures}


def _leaf(raw: bytes) -> Leaf | None:
    try:
        return read_leaf(raw)
    except NoteFault:
        return None  # of a kind that this program does not know


def lay_out_sample(root: Path) -> None:
    """Give a demonstration figures to look at: those of a drill, with their pages."""
    if not (root / "days").is_dir():
        sample = next((one for one in _SAMPLES if one.is_dir()), _SAMPLES[0])
        shutil.copytree(sample, root, dirs_exist_ok=True)
        public = DiskFiles(root)
        publish_verifier(public, read_key(public.read(KEY_PATH).decode().strip(), [ED25519]))
    write_pages(root)


def cosigned_sizes(public: Files) -> tuple[int, ...]:
    """Say for each named witness how much of the log it has cosigned; 0 for nothing good."""
    try:
        witnesses = read_witnesses(public.read(WITNESSES_PATH))
    except FileNotFoundError:
        return ()
    return tuple(_cosigned_size(public, witness) for witness in witnesses)


def _cosigned_size(public: Files, witness: PublicKey) -> int:
    try:
        note = read_note(public.read(last_cosigned_path(witness)))
        signed = cosigned_at(note, witness, ed25519_verify) is not None
        return checkpoint_of(note).size if signed else 0
    except (FileNotFoundError, NoteFault):
        return 0


def _is_there(public: Files, path: str, raw: bytes) -> bool:
    try:
        return public.read(path) == raw
    except FileNotFoundError:
        return False


def _county_names() -> dict[tuple[str, str], str]:
    names = {}
    for county in counties_of():
        names[county.code, "fa"], names[county.code, "en"] = county.name_fa, county.name_en
    return names
