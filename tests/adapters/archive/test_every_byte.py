"""Of a whole publication the bytes of every file are changed, one at a time: each is found.

Of each kind of file the smallest is changed at every byte. Files of one kind differ by their
numbers and days alone, so of the others every fiftieth byte is changed, each file's beginning at
another: with PASOKH_WHOLE all three million bytes are, which takes minutes. What is done for
a byte is what the command does for its file; the rest of the folder is as it was, so what is said
of the rest is too.
"""

import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pasokh.account.proofs.cosignature import WITNESSES_PATH
from pasokh.account.proofs.leaf import CorrectionLeaf, ReleaseLeaf, write_leaf
from pasokh.account.proofs.note import NoteFault, PublicKey, read_key
from pasokh.account.proofs.tiles import CHECKPOINT_PATH
from pasokh.adapters.archive.audit import AuditedLog, audit, listed_witnesses
from pasokh.adapters.archive.audit_files import FileProofs
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.mirror import FILE_BYTES_MAX, FolderMirror, MirrorFault
from pasokh.cli import main
from pasokh.wiring_verify import audit_folder, files_beside, pages_there
from tests.adapters.archive.published import Published
from tests.adapters.archive.test_publishing import HEADLINE, Office
from tests.adapters.archive.walked import files_of, pattern
from tests.adapters.archive.whole import publish_ended, publish_whole, stand_beside
from tests.house.whole import WHOLE

pytestmark = pytest.mark.slow
ALONE = Path(__file__).parents[3] / "tools" / "verify_figure.py"
# Of how many bytes one is changed, in a file of which another of its kind is changed whole.
STRIDE = 1 if WHOLE else 50
# What the list of witnesses says is the office's word: the log has it not.
UNPROVED = {WITNESSES_PATH}
# What these days do not give rise to; a leaf names each of them as it does the other files.
ELSEWHERE = {
    "days/{day}/shares.csv",
    "months/{day}/correction.csv",
    "months/{day}/correction.json",
    "news/{news}/{number}.json",
    "news/{news}/withdrawn.json",
}
ONE_OF_EACH_FORM = (
    HEADLINE,
    "days/2024-10-04/calls-offered-1.0.json",
    "days/2024-10-04/answering-time-bound-1.0.json",
    "days/2024-10-04/recorded-share-1.0-revised-1.json",
)
OF_ENDED = ("weeks/2024-09-30/operational-share-1.0.json", "whole/reading-stamped-1.0.json")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("whole"))
    publish_whole(office)
    stand_beside(office)
    return office


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("ended"))
    publish_ended(office)
    return office


class Held:
    """The folder's files in memory, of which one may be another."""

    def __init__(self, public: Path) -> None:
        self.files = {path: file.read_bytes() for path, file in files_of(public).items()}

    def read(self, path: str, limit: int = FILE_BYTES_MAX) -> bytes:
        if path not in self.files:
            raise MirrorFault(path)
        return self.files[path][:limit]


def changed(raw: bytes, places: range) -> Iterator[tuple[int, bytes]]:
    """Yield it once for each of these places, with the byte there changed."""
    other = bytearray(raw)
    for at in places:
        other[at] ^= 1 << at % 8
        yield at, bytes(other)
        other[at] = raw[at]


def left(holds: Callable[[bytes], bool], raw: bytes, places: range | None = None) -> list[int]:
    """Say which changed bytes nobody finds; of all, or of those at these places."""
    assert holds(raw), "as it was published it holds"
    return [at for at, other in changed(raw, places or range(len(raw))) if holds(other)]


def test_both_hold_and_every_kind_of_file_is_in_them(office: Office, ended: Office) -> None:
    there: set[str] = set()
    kinds: set[str] = set()
    for one in (office, ended):
        found = audit_folder(one.public, read_key(one.name))
        assert found.faults == {}
        assert {*found.unproved} == UNPROVED
        paths = files_of(one.public)
        assert found.proved + found.made + len(UNPROVED) == len(paths)
        there |= paths.keys()
        index = json.loads((one.public / "index.json").read_bytes())
        kinds |= {kind["path"] for kind in index["files"]}
    unmet = {kind for kind in kinds if not any(map(pattern(kind).fullmatch, there))}
    assert unmet <= ELSEWHERE


def test_every_changed_byte_of_every_file_is_found(office: Office) -> None:
    assert look_at_every_byte(office, "") > 3_000_000 / STRIDE


def test_every_changed_byte_that_only_a_log_that_has_ended_has_is_found(ended: Office) -> None:
    assert look_at_every_byte(ended, "whole/") > 10_000
    assert look_at_every_byte(ended, "source.json") > 100


def look_at_every_byte(office: Office, below: str) -> int:
    """Change them all in the files whose paths begin so, and give how many bytes they were."""
    log, mirror = read_key(office.name), FolderMirror(office.public)
    honest = audit(mirror, log)
    proofs = FileProofs(honest, log, listed_witnesses(mirror))
    made = dict([*files_beside(office.public, log), *pages_there(office.public)])
    held = Held(office.public)

    def holds(path: str, other: bytes) -> bool:
        if path in made:
            return other == made[path]
        if path in {CHECKPOINT_PATH, WITNESSES_PATH} or path.startswith("cosignatures/"):
            held.files[path] = other
            return _audited(held, log) == honest
        try:
            return proofs.is_proved(path, other)
        except NoteFault:
            return False

    looked, seen = 0, set[str]()
    files = [one for one in held.files.items() if one[0].startswith(below)]
    for number, (path, raw) in enumerate(sorted(files, key=lambda one: len(one[1]))):
        kind = kind_of(path)
        step = STRIDE if kind in seen else 1
        places = range(min(number % step, len(raw) - 1), len(raw), step)
        assert left(partial(holds, path), raw, places) == [], path
        held.files[path] = raw
        seen.add(kind)
        looked += len(places)
    return looked


def kind_of(path: str) -> str:
    """What files of one form share in their paths: all but days, numbers and languages."""
    return re.sub(r"\d+", "0", re.sub("^(fa|en)/", "fa/", path))


def _audited(held: Held, log: PublicKey) -> AuditedLog | None:
    try:
        return audit(held, log)
    except (NoteFault, MirrorFault):
        return None


@pytest.fixture(scope="module")
def alone() -> Any:
    """The stand-alone verifier; what it works out of the same numbers it works out once."""
    spec = importlib.util.spec_from_file_location("verify_figure_of_bytes", ALONE)
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module._added = lru_cache(20_000)(module._added)
    module.is_signature = lru_cache(1_000)(module.is_signature)
    return module


@pytest.mark.parametrize("figure", ONE_OF_EACH_FORM)
def test_the_stand_alone_verifier_finds_every_changed_byte_of_a_figures_files(
    office: Office, alone: Any, figure: str
) -> None:
    check_every_byte(office, alone, figure)


@pytest.mark.parametrize("figure", OF_ENDED)
def test_the_stand_alone_verifier_finds_every_changed_byte_of_a_period_and_of_a_reading(
    ended: Office, alone: Any, figure: str
) -> None:
    check_every_byte(ended, alone, figure)


def check_every_byte(office: Office, alone: Any, figure: str) -> None:
    """Change every byte of every file that the verifier reads for a figure."""
    log, whole, read = alone._key(office.name, 1), files_of(office.public), set()
    files: dict[str, bytes] = {}

    def given(path: str) -> bytes:
        read.add(path)
        return files[path] if path in files else whole[path].read_bytes()

    def holds() -> bool:
        try:
            told = alone.check(given, figure, log, [])
        except (*alone.WRONG, alone.csv.Error):
            return False
        return bool(told["said"])

    assert holds()
    files |= {path: whole[path].read_bytes() for path in read}
    assert len(files) > 2, "the figure, its proof and its rows"

    def holds_with(path: str, other: bytes) -> bool:
        files[path] = other
        return holds()

    for path, raw in list(files.items()):
        assert left(partial(holds_with, path), raw) == [], path
        files[path] = raw


@pytest.mark.parametrize(
    "path",
    [
        "counties.json",
        "late.json",
        "calendar.json",
        "catalog.jsonld",
        "days/2024-10-04/calls.parquet",
        HEADLINE,
        f"{HEADLINE}.tlog-proof",
        "fa/days/2024-10-04/index.html",
        "verify/check.js",
        "releases/2024-10-04-final.json",
    ],
)
def test_the_command_says_of_a_changed_and_of_a_missing_file_which_it_is(
    office: Office, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = office.public / path
    raw = file.read_bytes()
    command = ["verify", str(office.public), "--files", "--log", office.name]
    at = len(raw) // 2
    try:
        for other in (raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :], None):
            file.unlink()
            if other is not None:
                file.write_bytes(other)
            assert main(command) == 1
            assert any(path in line for line in capsys.readouterr().out.splitlines())
    finally:
        file.write_bytes(raw)


def test_the_command_names_what_nothing_proves(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["verify", str(office.public), "--files", "--log", office.name]
    strange = office.public / "days/2024-10-04/notes.txt"
    strange.write_text("nobody said this")
    try:
        assert main(command) == 0
        assert "notes.txt, witnesses.txt" in capsys.readouterr().out
        assert main([*command, "--language", "fa"]) == 0
        assert "notes.txt" in capsys.readouterr().out
    finally:
        strange.unlink()
    assert main(["verify", "https://a.example/110", "--files", "--log", office.name]) == 2


def test_a_text_that_was_withdrawn_may_be_gone_and_why_may_not(tmp_path: Path) -> None:
    shown = Published(tmp_path)
    text, why = "news/n1/1.json", "news/n1/withdrawn.json"
    digest = sha256(b"{}").hexdigest()
    leaves = (ReleaseLeaf("news/n1", 1, text, digest), CorrectionLeaf("news/n1", why, digest, "x"))
    for leaf, named in zip(leaves, ({text}, {why}), strict=True):
        with opened_log(shown.public, shown.key_file) as log:
            log.append([write_leaf(leaf)])
            log.sign()
        found = audit(FolderMirror(shown.public), shown.log)
        assert FileProofs(found, shown.log, []).paths & {text, why} == named
