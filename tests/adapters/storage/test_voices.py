"""Kept voices: opened with both keys, erased by the end of either, due on their day."""

from pathlib import Path

import pytest

from pasokh.adapters.storage.keys import KeyStore
from pasokh.adapters.storage.voices import VoiceFiles
from pasokh.core.time import DAY
from pasokh.drivers.ports import VoiceDamaged

AUDIO = b"RIFF" + b"speech" * 100


class Keys:
    """The vault's keys, without its words."""

    def __init__(self, folder: Path) -> None:
        self.store = KeyStore(folder / "keys.sqlite", bytes(32))

    def new_key(self) -> tuple[int, bytes]:
        return self.store.take()

    def key(self, number: int) -> bytes | None:
        return self.store.get(number)

    def destroy_key(self, number: int) -> None:
        self.store.destroy({number})


@pytest.fixture
def voices(tmp_path: Path) -> VoiceFiles:
    return VoiceFiles(tmp_path / "voices", Keys(tmp_path))


def file_of(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "voices").rglob("*.voice")
    return found


def test_a_voice_opens_with_its_secret_and_no_other(tmp_path: Path, voices: VoiceFiles) -> None:
    secret = voices.keep("k-1", AUDIO, 90 * DAY)
    assert voices.audio("k-1", secret) == AUDIO
    with pytest.raises(VoiceDamaged, match="k-1"):
        voices.audio("k-1", bytes(32).hex())
    assert b"speech" not in file_of(tmp_path).read_bytes()
    assert file_of(tmp_path).parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [0, 20, 60, -1])
def test_a_changed_voice_does_not_open(tmp_path: Path, voices: VoiceFiles, place: int) -> None:
    secret = voices.keep("k-1", AUDIO, 90 * DAY)
    text = bytearray(file_of(tmp_path).read_bytes())
    text[place] ^= 1
    file_of(tmp_path).write_bytes(text)
    with pytest.raises(VoiceDamaged, match="restore"):
        voices.audio("k-1", secret)


def test_an_exchanged_or_missing_voice_does_not_open(tmp_path: Path, voices: VoiceFiles) -> None:
    first, second = voices.keep("k-1", AUDIO, DAY), voices.keep("k-2", AUDIO, DAY)
    folder = tmp_path / "voices" / "1"
    (folder / "k-2.voice").rename(folder / "k-1.voice")
    for secret in (first, second):
        with pytest.raises(VoiceDamaged):
            voices.audio("k-1", secret)
    with pytest.raises(VoiceDamaged, match="missing"):
        voices.audio("k-2", second)


def test_an_erased_voice_is_gone_and_a_copy_of_it_opens_for_nobody(
    tmp_path: Path, voices: VoiceFiles
) -> None:
    secret = voices.keep("k-1", AUDIO, 90 * DAY)
    path = file_of(tmp_path)
    copy = path.read_bytes()
    voices.erase("k-1")
    voices.erase("k-1")
    assert not path.exists()
    path.write_bytes(copy)
    assert voices.audio("k-1", secret) is None


def test_the_same_call_kept_again_after_a_crash_is_one_voice(
    tmp_path: Path, voices: VoiceFiles
) -> None:
    voices.keep("k-1", AUDIO, 90 * DAY)
    secret = voices.keep("k-1", AUDIO, 90 * DAY)
    assert voices.audio("k-1", secret) == AUDIO
    assert file_of(tmp_path).is_file()


def test_what_is_due_is_named_and_evidence_is_not(voices: VoiceFiles) -> None:
    for call_id, day in (("a/b", 5), ("..", 5), ("k-2", 6), ("k-3", 5)):
        voices.keep(call_id, AUDIO, day * DAY)
    voices.hold("k-3")
    assert voices.due(5 * DAY) == []
    assert sorted(voices.due(6 * DAY)) == ["..", "a/b"]
    assert voices.audio("k-3", voices.keep("k-3", AUDIO, 5 * DAY)) == AUDIO
