import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import Any

import pytest

from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.cosignature import (
    Cosigned,
    cosigned,
    cosigned_at,
    read_witnesses,
)
from pasokh.account.proofs.note import (
    COSIGNATURE,
    ED25519,
    NoteFault,
    SignedNote,
    is_signed,
    read_note,
    write_note,
)
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.cosigning import collect, last_cosigned_path
from pasokh.adapters.archive.files import ArchiveRefused, DiskFiles, HeldLock
from pasokh.adapters.archive.mirror import MirrorFault, mirror_at
from pasokh.adapters.archive.signing import SigningKey, ed25519_verify
from pasokh.adapters.archive.witness import Witness, WitnessRefuses
from pasokh.cli import main
from pasokh.words.digits import number
from pasokh.words.say import say
from tests.adapters.archive.published import LOG_NAME, NOW, Published

STATE = "state.json"


@pytest.fixture
def shown(tmp_path: Path) -> Published:
    return Published(tmp_path)


def witness_of(shown: Published) -> Witness:
    return Witness(DiskFiles(shown.witness_file.parent, 0o600), STATE, shown.witness)


def look(shown: Published, *, first: bool = False, at: Path | None = None) -> SignedNote:
    mirror = mirror_at(str(at or shown.public))
    return witness_of(shown).look(mirror, shown.log, NOW, first=first)


def remembered(shown: Published) -> bytes:
    return (shown.witness_file.parent / STATE).read_bytes()


def test_a_witness_cosigns_a_log_that_only_grows(shown: Published) -> None:
    for grown, first in ((0, True), (3, False), (0, False), (700, False)):
        shown.grow(grown)
        note = look(shown, first=first)
        assert is_signed(note, shown.log, ed25519_verify)
        assert cosigned_at(note, shown.witness.public, ed25519_verify) == NOW
        assert note.text.encode() in read_note_text(shown)


def read_note_text(shown: Published) -> bytes:
    return (shown.public / "checkpoint").read_bytes()


def test_a_witness_without_memory_says_so(shown: Published) -> None:
    with pytest.raises(ArchiveRefused, match="witness without memory"):
        look(shown)
    look(shown, first=True)
    with pytest.raises(ArchiveRefused, match="remembers this log already"):
        look(shown, first=True)
    (shown.witness_file.parent / STATE).write_bytes(b"{")
    with pytest.raises(ArchiveRefused, match="no state of a witness"):
        look(shown, first=True)


def forked(shown: Published, tmp_path: Path) -> Path:
    """Another history of the same length, signed by the same key: what a split view is made of."""
    other = tmp_path / "forked"
    shutil.rmtree(shown.public / "tile")
    shown.public.rename(other)
    (shown.key_file.parent / "signed").write_text(
        f"{LOG_NAME}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    )
    (other / "checkpoint").unlink()
    with opened_log(other, shown.key_file) as log:
        log.append([b"another", b"history"])
        log.sign()
    return other


def check_refused(published: Published, at: Path, why: str, **sizes: int) -> None:
    before = remembered(published)
    with pytest.raises(WitnessRefuses) as refusal:
        look(published, at=at)
    for language in ("fa", "en"):
        digits = {name: number(language, size) for name, size in sizes.items()}
        assert say(language, f"witness.{why}", **digits) in refusal.value.told(language)
    assert remembered(published) == before
    folder = published.witness_file.parent / refusal.value.evidence
    notes = {file.name: read_note(file.read_bytes()) for file in folder.iterdir()}
    assert set(notes) == {"seen.checkpoint", "shown.checkpoint"}
    assert all(is_signed(note, published.log, ed25519_verify) for note in notes.values())
    assert notes["shown.checkpoint"].text in (at / "checkpoint").read_text()
    with pytest.raises(WitnessRefuses):
        look(published, at=at)
    assert len(list(folder.parent.iterdir())) == 1, "the same evidence is kept once"


def test_a_split_view_of_the_same_size_is_kept_as_evidence(
    shown: Published, tmp_path: Path
) -> None:
    look(shown, first=True)
    check_refused(shown, forked(shown, tmp_path), "two_trees", shown=2)


def test_a_split_view_that_grew_is_kept_as_evidence(shown: Published, tmp_path: Path) -> None:
    look(shown, first=True)
    other = forked(shown, tmp_path)
    with opened_log(other, shown.key_file) as log:
        log.append([b"%d" % n for n in range(300)])
        log.sign()
    check_refused(shown, other, "not_contained", shown=302, seen=2)


def test_a_rollback_is_kept_as_evidence(shown: Published, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(shown.public, old)
    shown.grow(5)
    look(shown, first=True)
    check_refused(shown, old, "rolled_back", shown=2, seen=7)


def test_a_damaged_mirror_proves_nothing_against_the_log(shown: Published, tmp_path: Path) -> None:
    look(shown, first=True)
    shown.grow(300)
    for path in ("tile/0/001.p/46", "tile/1/000.p/1"):
        mirror = tmp_path / "mirror"
        shutil.copytree(shown.public, mirror)
        raw = bytearray((mirror / path).read_bytes())
        raw[5] ^= 1
        (mirror / path).write_bytes(raw)
        with pytest.raises(MirrorFault, match="not those of its checkpoint"):
            look(shown, at=mirror)
        (mirror / path).unlink()
        with pytest.raises(MirrorFault, match="No such file"):
            look(shown, at=mirror)
        shutil.rmtree(mirror)
    assert not list(shown.witness_file.parent.glob("*.evidence"))
    assert look(shown)


def test_every_changed_byte_of_a_mirror_is_found(shown: Published) -> None:
    """Neither a checkpoint nor a tile can be changed without the witness noticing."""
    look(shown, first=True)
    for path in [p for p in shown.public.rglob("*") if p.is_file()]:
        name = path.relative_to(shown.public).as_posix()
        if not name.startswith(("checkpoint", "tile/0")) or name.endswith(".p/1"):
            continue  # bundles are the readers' to check; .p/1 is of an older checkpoint
        raw = path.read_bytes()
        for at, byte in enumerate(raw):
            path.write_bytes(raw[:at] + bytes([byte ^ (1 << at % 8)]) + raw[at + 1 :])
            with pytest.raises((MirrorFault, NoteFault)):
                look(shown)
        path.write_bytes(raw)
    assert look(shown)


def test_a_stranger_is_not_cosigned(shown: Published) -> None:
    stranger = SigningKey(LOG_NAME, ED25519, bytes(32))
    with pytest.raises(NoteFault, match="not signed by centre"):
        witness_of(shown).look(mirror_at(str(shown.public)), stranger.public, NOW, first=True)


def test_state_is_written_before_the_cosignature_leaves(shown: Published) -> None:
    class Full(DiskFiles):
        def write(self, path: str, raw: bytes) -> None:
            raise OSError(28, "No space left on device")

    witness = Witness(Full(shown.witness_file.parent), STATE, shown.witness)
    with pytest.raises(OSError, match="No space"):
        witness.look(mirror_at(str(shown.public)), shown.log, NOW, first=True)


def test_the_centre_collects_what_was_cosigned(shown: Published) -> None:
    note = write_note(look(shown, first=True))
    others = [SigningKey(f"w{n}.example", 4, bytes([n]) * 32).public for n in range(2)]
    witnesses = [*others, shown.witness.public]
    files = DiskFiles(shown.public)
    with opened_log(shown.public, shown.key_file) as log:
        assert cosigned(log.published(), witnesses, ed25519_verify) == Cosigned((), 3)
        for _ in range(2):
            assert collect(log, shown.log, files, note, witnesses) == ["outlet.example/w"]
            count = cosigned(log.published(), witnesses, ed25519_verify)
            assert count == Cosigned(("outlet.example/w",), 3)
        assert len(log.published().signatures) == 2
        log.append([b"more"])
        log.sign()
        assert cosigned(log.published(), witnesses, ed25519_verify) == Cosigned((), 3)
        assert collect(log, shown.log, files, note, witnesses) == ["outlet.example/w"]
        assert len(log.published().signatures) == 1
    kept = read_note(files.read(last_cosigned_path(shown.witness.public)))
    assert cosigned(kept, witnesses, ed25519_verify).witnesses == ("outlet.example/w",)
    assert checkpoint_of(kept).size == 2


def test_an_older_cosignature_does_not_take_the_place_of_a_newer(shown: Published) -> None:
    older = look(shown, first=True)
    newer = SignedNote(
        older.text, (older.signatures[0], shown.witness.cosigned(older.text, NOW + 60))
    )
    files = DiskFiles(shown.public)
    with opened_log(shown.public, shown.key_file) as log:
        for note in (older, newer, older):
            collect(log, shown.log, files, write_note(note), [shown.witness.public])
        for note in (
            log.published(),
            read_note(files.read(last_cosigned_path(shown.witness.public))),
        ):
            assert cosigned_at(note, shown.witness.public, ed25519_verify) == NOW + 60


def test_our_key_in_other_hands_is_found_by_what_witnesses_send(
    shown: Published, tmp_path: Path
) -> None:
    look(shown, first=True)
    cosigned_once = write_note(look(shown))
    other = forked(shown, tmp_path)
    with (
        opened_log(other, shown.key_file) as log,
        pytest.raises(ArchiveRefused, match="not of our log"),
    ):
        collect(log, shown.log, DiskFiles(other), cosigned_once, [shown.witness.public])


def test_the_list_of_witnesses(shown: Published) -> None:
    line = str(shown.witness.public)
    assert read_witnesses(f"# us\n{line}\n{line}\n".encode()) == [shown.witness.public]
    with pytest.raises(NoteFault):
        read_witnesses(f"{shown.log}\n".encode())
    with pytest.raises(NoteFault, match="middle of a line"):
        read_witnesses(line.encode())
    with pytest.raises(NoteFault, match="UTF-8"):
        read_witnesses(b"\xff")


def test_who_cosigned_is_read_from_two_published_files(shown: Published) -> None:
    older = look(shown, first=True)
    other = SigningKey("other.example", COSIGNATURE, b"o" * 32).public
    listed = f"# us\n{shown.witness.public}\n{other}\n".encode()
    names = (shown.witness.public.name, other.name)
    with opened_log(shown.public, shown.key_file) as log:
        collect(log, shown.log, DiskFiles(shown.public), write_note(older), [shown.witness.public])
    read = read_note((shown.public / "checkpoint").read_bytes())
    named = read_witnesses(listed)
    assert tuple(witness.name for witness in named) == names
    assert cosigned(read, named, ed25519_verify) == Cosigned(names[:1], 2)
    assert cosigned(read, read_witnesses(b""), ed25519_verify) == Cosigned((), 0)
    shown.grow(1)
    grown = read_note((shown.public / "checkpoint").read_bytes())
    assert cosigned(grown, named, ed25519_verify) == Cosigned((), 2), "the newest counts"


@pytest.fixture
def address(shown: Published) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shown.public)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_command_of_a_witness_and_of_the_centre(
    shown: Published, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "www" / "cosigned.txt"
    folder = shown.witness_file.parent
    common = ["--state", f"{folder}/{STATE}", "--key", str(shown.witness_file)]
    run = ["witness", *common, "--log", str(shown.log), "--language", "en", address]
    run += ["--out", str(out)]
    assert main(run) == 2
    assert "witness without memory" in capsys.readouterr().err
    assert main([*run, "--first"]) == 0
    shown.grow(300)
    assert main(run) == 0
    (shown.public / "witnesses.txt").write_text(f"{shown.witness.public}\n")
    assert main(["cosigned", str(shown.public), "--key", str(shown.key_file), str(out)]) == 0
    assert "cosigned by 1 of 1" in capsys.readouterr().out
    other = forked(shown, tmp_path)
    assert main([*run[:-3], str(other)]) == 1
    told = capsys.readouterr().err
    assert "NOT COSIGNED" in told
    assert "state.json.evidence/" in told


def run_of(shown: Published, *more: str) -> list[str]:
    """What a cron job runs; its cosigned checkpoint goes beside the state."""
    folder = shown.witness_file.parent
    line = ["witness", str(shown.public), "--state", f"{folder}/{STATE}", "--log", str(shown.log)]
    return [*line, "--key", str(shown.witness_file), "--out", f"{folder}/out", *more]


def dying_at(line: int, run: list[str]) -> bool:
    """Let a process die without a word before the so-manieth line of ours that it comes to."""
    child = os.fork()
    if child == 0:
        been: set[tuple[str, int]] = set()

        def trace(frame: FrameType, event: str, _: object) -> Any:
            if "adapters/archive" not in frame.f_code.co_filename:
                return None
            if event == "line":
                been.add((frame.f_code.co_filename, frame.f_lineno))
            if len(been) > line:
                os._exit(9)
            return trace

        sys.settrace(trace)
        code = main(run)
        os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9), code
    return code == 9


@pytest.mark.slow
def test_a_run_that_dies_before_any_line_is_mended_by_the_next(shown: Published) -> None:
    """The state is the old one or the new; no cosignature is out that it does not know."""
    assert main(run_of(shown, "--first")) == 0
    folder = shown.witness_file.parent
    line = 0
    shown.grow(1)
    before = (folder / STATE).read_bytes()
    while dying_at(line, run_of(shown)):
        kept = Witness(DiskFiles(folder, 0o600), STATE, shown.witness)._remembered(first=False)
        seen = checkpoint_of(read_note(kept.checkpoints[str(shown.log)].encode())).size
        assert checkpoint_of(read_note((folder / "out").read_bytes())).size <= seen
        (folder / STATE).write_bytes(before)
        line += 1
    assert line > 60, "lines of the witness, its files and its mirror"
    assert main(run_of(shown)) == 0
    assert not list(folder.glob("*.new"))


def test_of_two_at_once_the_second_does_nothing(
    shown: Published, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(run_of(shown, "--first")) == 0
    before = remembered(shown)
    shown.grow(1)
    lock = HeldLock(shown.witness_file.parent / STATE)
    for language in ("fa", "en"):
        assert main(run_of(shown, "--language", language)) == 2
        assert say(language, "witness.in_use", state=STATE) in capsys.readouterr().err
    assert remembered(shown) == before
    lock.release()
    assert main(run_of(shown)) == 0


@pytest.mark.slow
@pytest.mark.parametrize("kept", [0, 20])
def test_on_a_full_disk_nothing_is_cosigned_and_the_old_state_stays(
    shown: Published, capsys: pytest.CaptureFixture[str], kept: int
) -> None:
    """A limit on the size of files fails a write as a full disk does, in the middle of it too."""
    assert main(run_of(shown, "--first")) == 0
    folder = shown.witness_file.parent
    before, out = remembered(shown), (folder / "out").read_bytes()
    shown.grow(300)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kept, limits[1]))
    try:
        code = main(run_of(shown, "--language", "en"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert code == 2
    assert "Not cosigned this time" in capsys.readouterr().err
    assert (remembered(shown), (folder / "out").read_bytes()) == (before, out)
    assert main(run_of(shown)) == 0


def test_a_mirror_by_plain_copy_is_cosigned_like_its_source(
    shown: Published, tmp_path: Path
) -> None:
    shown.grow(700)
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(shown.public), str(copy)], check=True)
    assert look(shown, first=True, at=copy).text == look(shown).text


def test_the_command_that_makes_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make = ["signing-key", f"{tmp_path}/w.key", "--name", "outlet.example/w", "--for", "witness"]
    assert main(make) == 0
    assert capsys.readouterr().out.startswith("outlet.example/w+")
    assert main(make) == 2
    assert "never written over" in capsys.readouterr().err
    make = ["signing-key", f"{tmp_path}/k/l.key", "--name", "a b", "--for", "log"]
    assert main(make) == 2
    assert "cannot be the name of a key" in capsys.readouterr().err
    assert not (tmp_path / "k" / "l.key").exists()


def test_a_server_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = Event()

    class Dripping(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while not enough.wait(0.02):
                    self.wfile.write(b"x")

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setattr("pasokh.adapters.archive.mirror._SECONDS_MAX", 0.2)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Dripping)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        with pytest.raises(MirrorFault, match="took longer"):
            mirror_at(f"http://127.0.0.1:{server.server_address[1]}").read("checkpoint")
    finally:
        enough.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_mirror_reads_nothing_outside_and_nothing_endless(shown: Published, address: str) -> None:
    (shown.public.parent / "secret").write_text("x")
    for at in (str(shown.public), address):
        for path in ("../secret", "/etc/hostname", "tile/../../secret", "", "a//b", "a\x00b", "."):
            with pytest.raises(MirrorFault, match="no path"):
                mirror_at(at).read(path)
        with pytest.raises(MirrorFault, match="more than 10 bytes"):
            mirror_at(at).read("checkpoint", 10)
        with pytest.raises(MirrorFault, match=r"No such file|404"):
            mirror_at(at).read("nothing")
    with pytest.raises(MirrorFault):
        mirror_at("http://127.0.0.1:1").read("checkpoint")
