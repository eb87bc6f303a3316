import shutil
from pathlib import Path

import pytest
from msgspec import structs

from pasokh.account.proofs.checkpoint import Checkpoint
from pasokh.account.proofs.cosignature import Cosigned
from pasokh.account.proofs.merkle import leaf_hash
from pasokh.account.proofs.note import ED25519, NoteFault, SignedNote, write_note
from pasokh.adapters.archive.audit import audit
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.checking import check_figure, check_newest
from pasokh.adapters.archive.cosigning import collect
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.mirror import FILE_BYTES_MAX, Mirror, MirrorFault, mirror_at
from pasokh.adapters.archive.signing import read_signing_key
from pasokh.adapters.archive.witness import Witness
from pasokh.cli import main
from tests.adapters.archive.published import FIGURE_ID, FIGURE_PATH, NOW, ROWS_PATH, Published
from tests.browser.modules import served


@pytest.fixture
def shown(tmp_path: Path) -> Published:
    """A log over the edge of a bundle, with one witness of one."""
    shown = Published(tmp_path)
    shown.grow(260)
    files = DiskFiles(shown.public)
    files.write("witnesses.txt", f"{shown.witness.public}\n".encode())
    witness = Witness(DiskFiles(shown.witness_file.parent), "state.json", shown.witness)
    note = write_note(witness.look(mirror_at(str(shown.public)), shown.log, NOW, first=True))
    with opened_log(shown.public, shown.key_file) as log:
        collect(log, shown.log, files, note, [shown.witness.public])
    shown.renew_proof()
    return shown


def test_the_whole_log_is_proved(shown: Published) -> None:
    found = audit(mirror_at(str(shown.public)), shown.log)
    assert len(found.leaves) == found.head.size == 262
    assert found.witnessed == {"outlet.example/w": 262}
    shown.grow(1)
    assert audit(mirror_at(str(shown.public)), shown.log).witnessed == {"outlet.example/w": 262}


def all_proved(shown: Published, mirror: Mirror | None = None) -> bool:
    """Whatever anybody can check in the published folder holds, and all the witnesses are there."""
    mirror = mirror or mirror_at(str(shown.public))
    return log_proved(shown, mirror) and figure_proved(shown, mirror)


def log_proved(shown: Published, mirror: Mirror) -> bool:
    try:
        whole = audit(mirror, shown.log)
    except (NoteFault, MirrorFault):
        return False
    return whole.cosigned == one_of_one(shown) and len(whole.witnessed) == 1


def figure_proved(shown: Published, mirror: Mirror) -> bool:
    try:
        figure = check_figure(mirror, FIGURE_PATH, shown.log, [shown.witness.public])
    except (NoteFault, MirrorFault):
        return False
    return figure.cosigned == one_of_one(shown)


def one_of_one(shown: Published) -> Cosigned:
    return Cosigned((shown.witness.public.name,), 1)


class Held:
    """The folder in memory; it says what was read."""

    def __init__(self, public: Path) -> None:
        found = (path for path in public.rglob("*") if path.is_file())
        self.files = {path.relative_to(public).as_posix(): path.read_bytes() for path in found}
        self.asked: set[str] = set()

    def read(self, path: str, limit: int = FILE_BYTES_MAX) -> bytes:
        self.asked.add(path)
        if path not in self.files:
            raise MirrorFault(path)
        return self.files[path][:limit]


@pytest.mark.slow
def test_every_changed_byte_of_any_published_file_is_found(shown: Published) -> None:
    """Not one is left out; each is held against what reads its file, and to that alone."""
    held, looked = Held(shown.public), 0
    for proved in (log_proved, figure_proved):
        held.asked = set()
        assert proved(shown, held)
        for path in held.asked & held.files.keys():
            raw = held.files[path]
            for at in range(len(raw)):
                other = bytearray(raw)
                other[at] ^= 1 << at % 8
                held.files[path] = bytes(other)
                assert not proved(shown, held), f"byte {at} of {path}"
            held.files[path] = raw
            looked += len(raw)
    assert looked == sum(map(len, held.files.values()))
    assert {"tile/0/000", "tile/0/001.p/6", "tile/1/000.p/1"} <= held.files.keys()
    assert {"tile/entries/000", "tile/entries/001.p/6", ROWS_PATH} <= held.files.keys()


@pytest.mark.slow
def test_a_file_that_is_cut_or_missing_is_found(shown: Published) -> None:
    for path in [path for path in shown.public.rglob("*") if path.is_file()]:
        raw = path.read_bytes()
        for end in (0, len(raw) // 2, len(raw) - 1):
            path.write_bytes(raw[:end])
            assert not all_proved(shown), path.name
        path.write_bytes(raw + b"\n")
        assert not all_proved(shown), path.name
        path.unlink()
        assert not all_proved(shown), path.name
        path.write_bytes(raw)
    assert all_proved(shown)


def test_a_reader_with_an_older_checkpoint_finds_what_took_the_partial_files_place(
    shown: Published, tmp_path: Path
) -> None:
    older = tmp_path / "older"
    shutil.copytree(shown.public, older)
    shown.grow(600)
    checkpoint = (older / "checkpoint").read_bytes()
    assert not (shown.public / "tile/entries/001.p/6").exists()
    (shown.public / "checkpoint").write_bytes(checkpoint)
    assert audit(mirror_at(str(shown.public)), shown.log).head.size == 262


def test_a_witness_who_saw_another_log_is_told(shown: Published, tmp_path: Path) -> None:
    other = Published(tmp_path / "other")
    text = write_note(
        Witness(DiskFiles(tmp_path / "w"), "s", shown.witness).look(
            mirror_at(str(other.public)), other.log, NOW, first=True
        )
    )
    path = f"cosignatures/{shown.witness.public.key_id.hex()}.checkpoint"
    (shown.public / path).write_bytes(text)
    with pytest.raises(NoteFault, match="not signed as it says"):
        audit(mirror_at(str(shown.public)), shown.log)


def test_a_witness_who_was_shown_a_fork_is_found_by_every_reader(shown: Published) -> None:
    """The same key signed another tree; whoever reads both halves of the folder sees it."""
    key = read_signing_key(shown.key_file, ED25519)
    fork = key.signed(Checkpoint(shown.log.name, 262, leaf_hash(b"fork")).text)
    line = shown.witness.cosigned(fork.text, NOW)
    path = f"cosignatures/{shown.witness.public.key_id.hex()}.checkpoint"
    both = SignedNote(fork.text, (*fork.signatures, line))
    (shown.public / path).write_bytes(write_note(both))
    with pytest.raises(NoteFault, match="saw another log: a split view"):
        audit(mirror_at(str(shown.public)), shown.log)


@pytest.mark.slow
def test_the_command(shown: Published, capsys: pytest.CaptureFixture[str]) -> None:
    folder, *log = str(shown.public), "--log", str(shown.log)
    figure = ["verify", folder, FIGURE_PATH, *log]
    assert main([*figure, "--witness", str(shown.witness.public)]) == 0
    told = capsys.readouterr().out
    assert "PROVED: 382 / 1000 = 38.2 %" in told
    assert "Cosigned by 1 of 1: outlet.example/w." in told
    assert "Not proved: that each call was recorded truthfully" in told
    assert main(["verify", folder, *log]) == 0
    assert "PROVED: 262 leaves" in capsys.readouterr().out
    assert main([*figure, "--newest"]) == 0
    told = capsys.readouterr().out
    assert "none of 260 later leaves replaced" in told
    assert "--newest" not in told
    assert "no witness whom you named" in told
    old = FIGURE_ID.encode()
    with opened_log(shown.public, shown.key_file) as opened:
        raw = (shown.public / FIGURE_PATH).read_bytes().replace(old, old + b".2")
        opened.append([raw.replace(b'"supersedes":null', b'"supersedes":"%s"' % old)])
        opened.sign()
    assert main([*figure, "--newest"]) == 1
    assert "replaced or corrected by leaf 262" in capsys.readouterr().err
    (shown.public / ROWS_PATH).write_text("class,count\nO1,1\n")
    assert main(figure) == 1
    assert "is not the file of which the figure was made" in capsys.readouterr().err
    (shown.public / ROWS_PATH).unlink()
    assert main(figure) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [("fa", "ثابت شد: 382 / 1000 = 38.2 %"), ("en", "PROVED: 382 / 1000 = 38.2 %")],
)
def test_a_figure_is_checked_by_its_own_address(
    shown: Published, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    """Of a folder, of a server, or as the page has it; a root that is not found is not guessed."""
    more = ["--log", str(shown.log), "--language", language]
    with served(shown.public.parent) as server:
        page = f"{server}/public/verify.html?language=fa&figure={FIGURE_PATH}"
        for address in (str(shown.public / FIGURE_PATH), f"{server}/public/{FIGURE_PATH}", page):
            assert main(["verify", address, *more]) == 0
            assert capsys.readouterr().out.startswith(said)
        assert main(["verify", f"{server}/elsewhere/{FIGURE_PATH}", *more]) == 2
        assert "has the checkpoint of a log" in capsys.readouterr().err


def test_a_log_that_went_back_or_has_another_past_is_not_the_one_that_proved_it(
    shown: Published, tmp_path: Path
) -> None:
    mirror = mirror_at(str(shown.public))
    older = tmp_path / "older"
    shutil.copytree(shown.public, older)
    shown.grow(1)
    shown.renew_proof()
    proved = check_figure(mirror, FIGURE_PATH, shown.log)
    assert check_newest(mirror, shown.log, proved) == 261
    with pytest.raises(NoteFault, match="went back, from 263 leaves to 262"):
        check_newest(mirror_at(str(older)), shown.log, proved)
    other = structs.replace(proved, head=structs.replace(proved.head, root=bytes(32)))
    with pytest.raises(NoteFault, match="not the first 263 leaves"):
        check_newest(mirror, shown.log, other)
