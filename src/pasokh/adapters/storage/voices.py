"""Kept voices: a file each, encrypted by two keys of which either one's end is the voice's end.

One half is a key of the voice's own in the file of keys, so that a voice is erased and what the
caller said stays readable. The other half is a secret that is sealed with the call's words, so
that whoever destroys the key of a call has destroyed its voice too.

A file is: mark (8 bytes), number of the key (8), nonce (12), then AES-256-GCM over the audio,
bound to the call. It lies in the folder of the day on which it is to be erased, or among evidence.
"""

import os
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pasokh.adapters.storage.folder import DiskFolder, sync_folder
from pasokh.adapters.storage.keys import KEY_BYTES, NONCE_BYTES, Entropy
from pasokh.adapters.storage.schema import FilePath
from pasokh.core.time import Instant, day_of
from pasokh.drivers.ports import VoiceDamaged, VoiceMissing

_MARK = b"PSKVOX1\n"
_NUMBER_BYTES = 8
_KEYED = len(_MARK) + _NUMBER_BYTES
_HEAD = _KEYED + NONCE_BYTES
_SUFFIX = ".voice"
_EVIDENCE = "evidence"


class VoiceKeys(Protocol):
    """Keys by number: the vault's."""

    def new_key(self) -> tuple[int, bytes]:
        """Give a new key, durable, and its number."""
        ...

    def key(self, number: int) -> bytes | None:
        """Give a key; None when it was destroyed."""
        ...

    def destroy_key(self, number: int) -> None:
        """Destroy a key for ever."""
        ...


class VoiceFiles:
    """The Voices port, in a folder. Errors of the disk are OSError and reach the caller."""

    def __init__(self, path: FilePath, keys: VoiceKeys, *, entropy: Entropy = os.urandom) -> None:
        """Keep voices under `path`, which is made when the first one comes."""
        self._path = Path(path)
        self._keys = keys
        self._entropy = entropy

    def keep(self, call_id: str, audio: bytes, erase_at: Instant) -> str:
        """Keep a voice durably; give the secret that opens it. Again: the later one counts."""
        number, key = self._keys.new_key()
        secret = self._entropy(KEY_BYTES)
        nonce = self._entropy(NONCE_BYTES)
        box = _cipher(key, secret, call_id).encrypt(nonce, audio, call_id.encode())
        text = b"".join((_MARK, number.to_bytes(_NUMBER_BYTES), nonce, box))
        self._folder(str(day_of(erase_at, 0))).replace(_name(call_id), text)
        return secret.hex()

    def audio(self, call_id: str, secret: str) -> bytes | None:
        """Open a voice; None when its key was destroyed."""
        file = self._file(call_id)
        if file is None:
            raise VoiceMissing(f"the voice of {call_id} is missing; restore the folder of voices")
        text = file.read_bytes()
        key = self._keys.key(_number(text)) if text.startswith(_MARK) else b""
        if key is None:
            return None
        try:
            opened = _cipher(key, bytes.fromhex(secret), call_id)
            return opened.decrypt(text[_KEYED:_HEAD], text[_HEAD:], call_id.encode())
        except (InvalidTag, ValueError) as error:
            message = f"the voice of {call_id} was changed; restore {file}"
            raise VoiceDamaged(message) from error

    def erase(self, call_id: str) -> None:
        """Destroy the key first: a file that is left over opens for nobody."""
        file = self._file(call_id)
        if file is None:
            return
        text = file.read_bytes()
        if text.startswith(_MARK) and self._keys.key(_number(text)) is not None:
            self._keys.destroy_key(_number(text))
        file.unlink()
        sync_folder(file.parent)

    def hold(self, call_id: str) -> None:
        """Move a voice among the evidence, where no day comes."""
        file = self._file(call_id)
        if file is not None and file.parent.name != _EVIDENCE:
            held = self._folder(_EVIDENCE).path
            file.rename(held / file.name)
            sync_folder(held)
            sync_folder(file.parent)

    def due(self, now: Instant) -> list[str]:
        """Name the calls whose day has come."""
        today = day_of(now, 0)
        return [
            unquote(file.stem)
            for day in self._days()
            if day.name.isdecimal() and int(day.name) < today
            for file in sorted(day.glob(f"*{_SUFFIX}"))
        ]

    def has(self, call_id: str) -> bool:
        """Tell whether there is a file of a call's voice."""
        return self._file(call_id) is not None

    def _file(self, call_id: str) -> Path | None:
        name = _name(call_id)
        return next((day / name for day in self._days() if (day / name).is_file()), None)

    def _days(self) -> list[Path]:
        return sorted(self._path.iterdir()) if self._path.is_dir() else []

    def _folder(self, name: str) -> DiskFolder:
        path = self._path / name
        if not path.is_dir():
            path.mkdir(parents=True, mode=0o700)
            sync_folder(self._path)
            sync_folder(self._path.parent)
        return DiskFolder(path)


def _name(call_id: str) -> str:
    return f"{quote(call_id, safe='').replace('.', '%2E')}{_SUFFIX}"


def _number(text: bytes) -> int:
    return int.from_bytes(text[len(_MARK) : _KEYED])


def _cipher(key: bytes, secret: bytes, call_id: str) -> AESGCM:
    both = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"voice\n" + call_id.encode())
    return AESGCM(both.derive(key + secret))
