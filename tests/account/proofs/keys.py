"""Keys for the tests, the same each time, and what asks `cryptography` about a signature."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pasokh.account.proofs.note import ED25519, NoteSignature, PublicKey, SignedNote


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


class Signer:
    def __init__(self, name: str, kind: int = ED25519) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key = PublicKey(name, kind, raw)

    def signed(self, message: bytes) -> bytes:
        return self._private.sign(message)

    def under(self, text: str) -> SignedNote:
        return SignedNote(text, (self.line(self.signed(text.encode())),))

    def line(self, body: bytes) -> NoteSignature:
        return NoteSignature(self.key.name, self.key.key_id, body)


def mutations(raw: bytes) -> list[bytes]:
    """Each byte changed once, in a bit that depends on its place."""
    changed = []
    for at, byte in enumerate(raw):
        other = bytearray(raw)
        other[at] = byte ^ (1 << at % 8)
        changed.append(bytes(other))
    return changed
