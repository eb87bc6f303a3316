from collections.abc import Callable
from pathlib import Path

import pytest

from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.note import (
    COSIGNATURE,
    ED25519,
    NoteFault,
    is_signed,
    read_key,
    write_note,
)
from pasokh.account.proofs.proof_file import read_proof
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import ArchiveRefused
from pasokh.adapters.archive.signing import (
    SigningKey,
    ed25519_verify,
    make_key,
    read_signing_key,
)
from tests.adapters.archive.logs import KEY, check_published, log_on
from tests.simulated.disk import Disk

LEAVES = [b'{"n":%d}' % n for n in range(300)]


def test_a_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    public = make_log_key(path, "centre.example/log")
    assert path.stat().st_mode & 0o777 == 0o600
    assert (path.parent / "signed").stat().st_mode & 0o777 == 0o600
    assert read_signing_key(path, ED25519).public == public == read_key(str(public))
    before = path.read_bytes()
    for again in (
        lambda: make_log_key(path, "centre.example/log"),
        lambda: make_key(path, "centre.example/log", ED25519),
    ):
        with pytest.raises(ArchiveRefused, match="never written over"):
            again()
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["log.key", "signed"]


def test_the_key_file_is_the_one_of_the_trade(tmp_path: Path) -> None:
    """Go's sumdb/note (BSD-3-Clause) prints this key and what it signs."""
    path = tmp_path / "peter.key"
    path.write_text(
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n"
    )
    path.chmod(0o600)
    key = read_signing_key(path, ED25519)
    note = key.signed(
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    assert (
        write_note(note)
        .decode()
        .endswith(
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
            "qdngotpRZb6KE6RyyBwJnAM=\n"
        )
    )
    assert str(key.public) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert is_signed(note, key.public, ed25519_verify)


def test_a_key_that_is_not_fit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    make_key(path, "centre.example/log", ED25519)
    whole = path.read_text()
    with pytest.raises(ArchiveRefused, match="not the key of a witness"):
        read_signing_key(path, COSIGNATURE)
    for text in ("", "x", whole[:-9], whole.replace("PRIVATE", "PUBLIC"), "PRIVATE+KEY+a+b+AQ==\n"):
        path.write_text(text)
        with pytest.raises(ArchiveRefused, match=r"no key|was changed"):
            read_signing_key(path, ED25519)
    path.write_text(whole.replace("centre", "center"))
    with pytest.raises(ArchiveRefused, match="was changed"):
        read_signing_key(path, ED25519)
    path.chmod(0o640)
    with pytest.raises(ArchiveRefused, match="read by others"):
        read_signing_key(path, ED25519)


def test_a_log_on_a_real_disk_grows_and_is_opened_by_one(tmp_path: Path) -> None:
    key, public = tmp_path / "keys" / "log.key", tmp_path / "public"
    make_log_key(key, KEY.public.name)
    with opened_log(public, key) as log:
        assert log.append(LEAVES[:2]) == [0, 1]
        first = log.sign()
        with pytest.raises(ArchiveRefused, match="in use by another"), opened_log(public, key):
            pass
    with opened_log(public, key) as log:
        assert log.sign() == first
        assert log.append([LEAVES[1], *LEAVES]) == [1, *range(300)]
        assert checkpoint_of(log.sign()).size == 300
        proof = read_proof(log.proof_of(299))
        assert proof.holds(LEAVES[299])
        assert proof.checkpoint == log.published()
    assert (public / "checkpoint").stat().st_mode & 0o777 == 0o644
    assert not list(public.rglob("*.new"))
    assert not (public / "tile/0/000.p").is_dir() or not list((public / "tile/0/000.p").iterdir())


def test_a_leaf_that_is_too_long_changes_nothing() -> None:
    disk = Disk()
    log = log_on(disk)
    with pytest.raises(NoteFault, match="at most"):
        log.append([bytes(70_000)])
    disk.release()


def test_no_proof_before_the_signature() -> None:
    disk = Disk()
    log = log_on(disk)
    log.append(LEAVES[:5])
    with pytest.raises(ValueError, match="no leaf 4"):
        log.proof_of(4)
    disk.release()


def grown(count: int = 300) -> dict[str, bytes]:
    disk = Disk()
    log = log_on(disk)
    log.append(LEAVES[:10])
    log.sign()
    log.append(LEAVES[:count])
    log.sign()
    disk.release()
    return disk.files()


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.__delitem__(name)


def older(*names: str) -> Callable[[dict[str, bytes]], None]:
    def put_back(files: dict[str, bytes]) -> None:
        before = grown(12)
        for name in names:
            files[name] = before[name]

    return put_back


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (without("public/tile/entries/001.p/44"), "cut back"),
        (without("public/tile/entries/000"), "cut back"),
        (without("key/signed"), "could contradict itself"),
        (older("key/signed"), "does not remember it"),
        (lambda f: f.update({"key/signed": b"x"}), "unreadable"),
        (
            lambda f: f.update({"key/signed": f["key/signed"].replace(b"centre", b"other")}),
            "not of this key",
        ),
    ],
)
def test_what_was_cut_back_is_not_started(
    harm: Callable[[dict[str, bytes]], None], said: str
) -> None:
    files = grown()
    harm(files)
    files["key/log.key"] = b""  # the key stands there, so nothing is begun anew
    with pytest.raises(ArchiveRefused, match=said):
        log_on(Disk(files))


def test_a_whole_folder_put_back_is_found() -> None:
    files = {name: raw for name, raw in grown(12).items() if name.startswith("public/")}
    files["key/signed"] = grown()["key/signed"]
    with pytest.raises(ArchiveRefused, match="has 12 leaves, but 300 were signed"):
        log_on(Disk(files))


@pytest.mark.slow
def test_every_changed_byte_stops_the_start() -> None:
    files = grown(12)
    assert check_published(files) is not None
    for name, raw in files.items():
        if name.endswith(".p/10"):
            continue  # of a checkpoint before the last; the mirror's readers find it
        for at, byte in enumerate(raw):
            changed = raw[:at] + bytes([byte ^ (1 << at % 8)]) + raw[at + 1 :]
            disk = Disk({**files, name: changed})
            with pytest.raises(ArchiveRefused):
                log_on(disk)
            disk.release()


def test_files_that_are_missing_and_follow_from_others_are_written_again() -> None:
    files = grown()
    lost = [
        "public/checkpoint",
        "public/tile/0/001.p/44",
        "public/tile/0/000",
        "public/tile/1/000.p/1",
    ]
    for name in lost:
        disk = Disk({n: raw for n, raw in files.items() if n != name})
        log_on(disk)
        assert disk.files()[name] == files[name]
        disk.release()


def test_files_that_nobody_wrote_are_passed_over() -> None:
    files = grown(12)
    strangers = ("000.p/0", "000.p/12.new", "000.p/\u0661\u0663", "000.p/999", "notes")
    files |= {f"public/tile/entries/{name}": b"" for name in strangers}
    assert log_on(Disk(files)).size == 12


def test_another_key_of_the_same_name_does_not_take_over() -> None:
    files = grown()
    stranger = SigningKey(KEY.public.name, ED25519, bytes(32))
    text = checkpoint_of(log_on(Disk(grown())).published()).text
    files["public/checkpoint"] = write_note(stranger.signed(text))
    with pytest.raises(ArchiveRefused, match="not signed by this key"):
        log_on(Disk(files))
