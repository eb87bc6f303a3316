"""Ed25519: keys in files of their own, made once and never written over, and their signatures.

A key file is one line, `PRIVATE+KEY+name+id+base64`, as other programs of this trade write it.
"""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pasokh.account.proofs.cosignature import cosigned_message, stamped
from pasokh.account.proofs.note import (
    COSIGNATURE,
    ED25519,
    KEY_BYTES,
    NoteSignature,
    PublicKey,
    SignedNote,
    fit_name,
    strict_base64,
)
from pasokh.adapters.archive.files import ArchiveRefused, make_folder, sync_folder, write_new

_PREFIX = "PRIVATE+KEY+"
_PRIVATE_MODE = 0o600


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is good: the `Verify` port of the proofs."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class SigningKey:
    """A private key with its name. Its words never show it."""

    def __init__(self, name: str, kind: int, seed: bytes) -> None:
        """`kind` is what its signatures are for: a log's notes, or a witness's cosignatures."""
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = PublicKey(fit_name(name), kind, raw)

    def signed(self, text: str) -> SignedNote:
        """Sign a text as a log does."""
        return SignedNote(text, (self._line(self._private.sign(text.encode())),))

    def cosigned(self, text: str, seconds: int) -> NoteSignature:
        """Cosign a checkpoint's text as a witness does, at a second of the epoch."""
        signature = self._private.sign(cosigned_message(text, seconds))
        return self._line(stamped(seconds, signature))

    def _line(self, body: bytes) -> NoteSignature:
        return NoteSignature(self.public.name, self.public.key_id, body)


def make_key(
    path: Path, name: str, kind: int, entropy: Callable[[int], bytes] = os.urandom
) -> SigningKey:
    """Make a key and keep it in a new file (0600, durable); ArchiveRefused if there is one."""
    seed = entropy(KEY_BYTES)
    key = SigningKey(name, kind, seed)
    told = str(PublicKey(name, kind, seed)).split("+", 2)[2]
    line = f"{_PREFIX}{name}+{key.public.key_id.hex()}+{told}\n"
    make_folder(path.parent)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    write_new(beside, line.encode(), _PRIVATE_MODE)
    try:
        os.link(beside, path)  # unlike a rename, it never takes the place of a file
    except FileExistsError as error:
        raise ArchiveRefused(f"{path} is there already; a key is never written over") from error
    finally:
        beside.unlink()
    sync_folder(path.parent)
    return key


def read_signing_key(path: Path, kind: int) -> SigningKey:
    """Read a key of this kind; ArchiveRefused when others can read it too, or it is none."""
    if path.stat().st_mode & 0o077:
        raise ArchiveRefused(f"{path} can be read by others; `chmod 600` it and look who did")
    try:
        name, told, body = path.read_text("utf-8").strip().removeprefix(_PREFIX).split("+", 2)
        raw = strict_base64(body)
        key = SigningKey(name, raw[0] if raw else 0, raw[1:])
    except ValueError as error:  # NoteFault is one too; the text of the key is not told
        raise ArchiveRefused(f"{path} is no key that was made here; restore its copy") from error
    if key.public.key_id.hex() != told:
        raise ArchiveRefused(f"{path} was changed: its id is not its key's; restore its copy")
    if key.public.kind != kind:
        wanted = {ED25519: "a log", COSIGNATURE: "a witness"}[kind]
        raise ArchiveRefused(f"{path} is not the key of {wanted}")
    return key
