"""Sealed words: opened by whoever may read them, erased for ever by destroying one key.

An envelope's box is: number of the key (8 bytes), nonce (12), then AES-256-GCM over salt (16)
and the words' JSON, bound to the envelope's id and subject. The log holds SHA-256(salt, JSON);
without the key nobody has the salt, so the digest tells nothing and can still be kept.
"""

import hmac
import os
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from threading import Lock
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from pasokh.adapters.storage.keys import NONCE_BYTES, Entropy, KeyStore
from pasokh.core.machine import Sealed, Words
from pasokh.drivers.ports import EnvelopeDamaged
from pasokh.words.phone import e164

_SALT_BYTES = 16
_ID_BYTES = 8
_NUMBER_BYTES = 8
_NONCE_END = _NUMBER_BYTES + NONCE_BYTES
# Keys of the subjects spoken of lately; the others are found through their envelopes.
_SUBJECTS_KEPT = 20_000
# Letters of a pseudonym: 128 bits, so that no two numbers ever share one.
_PSEUDONYM = 32

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Words).decode


class SealedEnvelope(Struct, frozen=True, gc=False):
    """Sealed words as the log's file keeps them."""

    envelope: str
    subject: str
    box: bytes


class Boxes(Protocol):
    """Where the durable envelopes lie: the log's file."""

    def box_of(self, envelope: str) -> bytes | None:
        """Give the sealed bytes of an envelope; None when there is no such envelope."""
        ...

    def boxes_of(self, subject: str) -> list[bytes]:
        """Give the sealed bytes of all envelopes of a subject."""
        ...


class SqliteVault:
    """The Vault port. Which key a subject has stands in its envelopes, durable with its events."""

    def __init__(self, keys: KeyStore, boxes: Boxes, *, entropy: Entropy = os.urandom) -> None:
        """Seal with these keys; `entropy` is a seeded stream in drills, so bytes repeat.

        A stream must never begin anew on a log that it was used for: ids would collide.
        """
        self._keys = keys
        self._boxes = boxes
        self._entropy = entropy
        self._known: OrderedDict[str, tuple[int, AESGCM]] = OrderedDict()
        self._gate = Lock()
        self._lookup: bytes | None = None

    def seal(self, subject: str, words: Words) -> tuple[Sealed, SealedEnvelope]:
        """Seal words under the subject's key, which is durable before this returns."""
        with self._gate:
            number, cipher = self._key_of(subject)
        # Led by the key's number: new envelopes lie side by side in the file, few pages a commit.
        envelope = f"{number:012x}-{self._entropy(_ID_BYTES).hex()}"
        salted = self._entropy(_SALT_BYTES) + _encode(words)
        nonce = self._entropy(NONCE_BYTES)
        box = number.to_bytes(_NUMBER_BYTES) + nonce
        box += cipher.encrypt(nonce, salted, _binding(envelope, subject))
        sealed = Sealed(envelope, subject, sha256(salted).hexdigest())
        return sealed, SealedEnvelope(envelope, subject, box)

    def open(self, sealed: Sealed) -> Words | None:
        """Open a durable envelope; None when its key was destroyed, EnvelopeDamaged when odd."""
        box = self._boxes.box_of(sealed.envelope)
        if box is None:
            raise EnvelopeDamaged(sealed.envelope, "is missing; restore the log's file")
        if not _names_its_key(sealed.envelope, box):  # or it would pass for erased
            raise EnvelopeDamaged(sealed.envelope, "was changed; restore the log's file")
        with self._gate:
            key = self._keys.get(_number(box))
        if key is None:
            return None
        nonce, closed = box[_NUMBER_BYTES:_NONCE_END], box[_NONCE_END:]
        try:
            binding = _binding(sealed.envelope, sealed.subject)
            salted = AESGCM(key).decrypt(nonce, closed, binding)
        except InvalidTag:
            salted = b""
        if sha256(salted).hexdigest() != sealed.digest:
            raise EnvelopeDamaged(sealed.envelope, "was changed; restore the log's file")
        return _decode(salted[_SALT_BYTES:])

    def pseudonym(self, number: str) -> str:
        """Stand in for a number: 32 letters of HMAC-SHA256 over its E.164 form; "" if it has none.

        The key is the centre's own and stays: without it nobody can try all numbers there are.
        """
        international = e164(number)
        if international is None:
            return ""
        return self._stand_in(international)

    def alias(self, address: str) -> str:
        """Stand in for an address that is no number; "" for an empty one."""
        # No E.164 number begins so: an alias and a pseudonym never meet.
        return self._stand_in(f"address {address}") if address else ""

    def _stand_in(self, text: str) -> str:
        with self._gate:
            if self._lookup is None:
                self._lookup = self._keys.lookup()
        return stand_in(self._lookup, text)

    def new_key(self) -> tuple[int, bytes]:
        """Give a key of its own for what is too large for an envelope, durable, and its number."""
        with self._gate:
            return self._keys.take()

    def key(self, number: int) -> bytes | None:
        """Give such a key; None when it was destroyed."""
        with self._gate:
            return self._keys.get(number)

    def destroy_key(self, number: int) -> None:
        """Destroy such a key for ever."""
        with self._gate:
            self._keys.destroy({number})

    def destroy(self, subject: str) -> bool:
        """Destroy every key of a subject for ever; True when there was one that still opened."""
        return bool(self.destroy_all([subject]))

    def destroy_all(self, subjects: Sequence[str]) -> set[str]:
        """Destroy the keys of subjects for ever; give those that had one that still opened."""
        with self._gate:
            living = {subject: self._living(subject) for subject in subjects}
            numbers = set[int]().union(*living.values())
            if numbers:
                self._keys.destroy(numbers)
            for subject in subjects:
                self._known.pop(subject, None)
        return {subject for subject, found in living.items() if found}

    def living(self, subjects: Sequence[str]) -> set[str]:
        """Give those of the subjects that have a key that opens."""
        with self._gate:
            return {subject for subject in subjects if self._living(subject)}

    def run(self) -> int:
        """Say which run of erasures the file of keys saw last."""
        with self._gate:
            return self._keys.run()

    def note_run(self, run: int) -> None:
        """Note a run of erasures in the file of keys, durably."""
        with self._gate:
            self._keys.note_run(run)

    def _living(self, subject: str) -> set[int]:
        numbers = {_number(box) for box in self._boxes.boxes_of(subject)}
        known = self._known.get(subject)
        if known is not None:
            numbers.add(known[0])
        return {number for number in numbers if self._keys.get(number) is not None}

    def _key_of(self, subject: str) -> tuple[int, AESGCM]:
        known = self._known.get(subject)
        if known is not None:
            self._known.move_to_end(subject)
            return known
        known = self._old_key_of(subject) or self._new_key()
        self._known[subject] = known
        if len(self._known) > _SUBJECTS_KEPT:
            self._known.popitem(last=False)
        return known

    def _old_key_of(self, subject: str) -> tuple[int, AESGCM] | None:
        numbers = {_number(box) for box in self._boxes.boxes_of(subject)}
        for number in sorted(numbers, reverse=True):
            key = self._keys.get(number)
            if key is not None:
                return number, AESGCM(key)
        return None

    def _new_key(self) -> tuple[int, AESGCM]:
        number, key = self._keys.take()
        return number, AESGCM(key)


def stand_in(key: bytes, text: str) -> str:
    """Give the pseudonym of an E.164 number under the centre's key for them."""
    return hmac.digest(key, text.encode(), "sha256").hex()[:_PSEUDONYM]


def _number(box: bytes) -> int:
    return int.from_bytes(box[:_NUMBER_BYTES])


def _names_its_key(envelope: str, box: bytes) -> bool:
    """Compare the key that a box asks for with the one that the log's name of it begins with."""
    named = envelope.partition("-")[0]
    return len(box) > _NONCE_END and named == f"{_number(box):012x}"


def _binding(envelope: str, subject: str) -> bytes:
    """What a box is bound to: it opens as this envelope of this subject and no other."""
    return f"{envelope}\n{subject}".encode()
