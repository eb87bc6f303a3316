"""Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature.

Whether a signature is good is asked of a port, so that this floor holds no cipher.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeAlias

from msgspec import Struct

# (public key, message, signature) -> whether the signature is good
Verify: TypeAlias = Callable[[bytes, bytes, bytes], bool]

ED25519 = 0x01
COSIGNATURE = 0x04
KEY_BYTES = 32
KEY_ID_BYTES = 4
# The specification asks for at least 16; a signature after quantum computers has 5 kB.
SIGNATURES_MAX = 100
NOTE_BYTES_MAX = 1_000_000

_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteFault(ValueError):
    """These bytes are no note, no key, or not what they claim; the text says why."""


class NoteSignature(Struct, frozen=True):
    """A signature line: who, by which key, and the bytes after the key's id."""

    name: str
    key_id: bytes
    signature: bytes


class SignedNote(Struct, frozen=True):
    """A text (ending in a line feed) and what was signed under it."""

    text: str
    signatures: tuple[NoteSignature, ...]


class PublicKey(Struct, frozen=True):
    """A key that can be told to others: whose, for which kind of signature, 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that find the key; they do not prove it."""
        return key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        """Write it as others read it: name+id+base64."""
        told = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{told}"


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Give the id that the specification recommends."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_ID_BYTES]


def read_key(text: str, kinds: Iterable[int] = (ED25519, COSIGNATURE)) -> PublicKey:
    """Read a public key as it is told to others; NoteFault says what is wrong with it."""
    name, *rest = text.split("+", 2)
    if len(rest) != 2:  # noqa: PLR2004 - name, id and key
        raise NoteFault(f"{text[:80]!r} is not name+id+key")
    body = strict_base64(rest[1])
    if len(body) != 1 + KEY_BYTES or body[0] not in kinds:
        raise NoteFault(f"the key of {name} is not one that is known here")
    key = PublicKey(fit_name(name), body[0], body[1:])
    if key.key_id.hex() != rest[0]:
        raise NoteFault(f"the id {rest[0]} is not that of the key of {name}")
    return key


def read_note(raw: bytes) -> SignedNote:
    """Read a note without believing it; NoteFault when it is none."""
    if len(raw) > NOTE_BYTES_MAX:
        raise NoteFault(f"a note has at most {NOTE_BYTES_MAX} bytes, this has {len(raw)}")
    try:
        whole = raw.decode()
    except UnicodeDecodeError as error:
        raise NoteFault(f"a note is UTF-8, this is not: {error}") from error
    if _CONTROL.search(whole):
        raise NoteFault("a note has no control characters but line feeds")
    text, parted, lines = whole.rpartition("\n\n")
    if not parted or not lines.endswith("\n"):
        raise NoteFault("a note has an empty line and whole lines of signatures after it")
    signed = lines[:-1].split("\n")
    if len(signed) > SIGNATURES_MAX:
        raise NoteFault(f"a note has at most {SIGNATURES_MAX} signatures")
    return SignedNote(f"{text}\n", tuple(read_signature(line) for line in signed))


def read_signature(line: str) -> NoteSignature:
    """Read one signature line, without its line feed."""
    name, _, signed = line.removeprefix(_DASH).partition(" ")
    body = strict_base64(signed)
    if not line.startswith(_DASH) or len(body) <= KEY_ID_BYTES:
        raise NoteFault(f"{line[:80]!r} is no signature line")
    return NoteSignature(fit_name(name), body[:KEY_ID_BYTES], body[KEY_ID_BYTES:])


def write_note(note: SignedNote) -> bytes:
    """Write a note; NoteFault when the text or a signature cannot stand in one."""
    written = f"{note.text}\n{''.join(map(signature_line, note.signatures))}".encode()
    if read_note(written) != note:
        raise NoteFault("this text cannot be told from the signatures under it")
    return written


def signature_line(signed: NoteSignature) -> str:
    """Write a signature's line, with its line feed."""
    return f"{_DASH}{signed.name} {b64encode(signed.key_id + signed.signature).decode()}\n"


def signatures_of(note: SignedNote, key: PublicKey) -> list[bytes]:
    """Give what is signed under the note by this key, as it claims."""
    found = (key.name, key.key_id)
    return [s.signature for s in note.signatures if (s.name, s.key_id) == found]


def is_signed(note: SignedNote, key: PublicKey, verify: Verify) -> bool:
    """Whether the key signed the text; NoteFault when a signature of that key is a false one."""
    signed = signatures_of(note, key)
    if not all(verify(key.public, note.text.encode(), signature) for signature in signed):
        raise NoteFault(f"the signature of {key.name} is not its own, or the text was changed")
    return bool(signed)


def strict_base64(text: str) -> bytes:
    """Decode base64 that is written in the one way in which it can be; or NoteFault."""
    try:
        body = b64decode(text, validate=True)
    except (Base64Error, ValueError) as error:
        raise NoteFault(f"{text[:80]!r} is not base64") from error
    if b64encode(body).decode() != text:
        raise NoteFault(f"{text[:80]!r} is not base64 as it is written")
    return body


def fit_name(name: str) -> str:
    """Give the name back if a key can have it: not empty, no space, no plus."""
    if not name or "+" in name or any(c.isspace() for c in name):
        raise NoteFault(
            f"{name[:80]!r} cannot be the name of a key: it is empty, or has + or space"
        )
    return name
