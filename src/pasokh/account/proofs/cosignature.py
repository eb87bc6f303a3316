"""Cosignatures (C2SP tlog-cosignature, `cosignature/v1`): a witness says what it saw, and when.

The statement: at this second, this is the largest tree of this log that the witness has seen,
and it contains all that the witness saw before.
"""

from collections.abc import Sequence

from msgspec import Struct

from pasokh.account.proofs.note import (
    COSIGNATURE,
    NoteFault,
    PublicKey,
    SignedNote,
    Verify,
    read_key,
    signatures_of,
)

# The witnesses whom the office names, a public key a line, in the published folder.
WITNESSES_PATH = "witnesses.txt"
_TIME_BYTES = 8
_TIME_MAX = 2**63 - 1
_SIGNATURE_BYTES = 64


class Cosigned(Struct, frozen=True):
    """So many of the witnesses that the reader named cosigned."""

    witnesses: tuple[str, ...]
    of: int


def read_witnesses(raw: bytes) -> list[PublicKey]:
    """Read the list of witnesses, a key a line; a line with `#` before it is none. NoteFault."""
    try:
        *lines, rest = raw.decode().split("\n")
    except UnicodeDecodeError as error:
        raise NoteFault("the list of witnesses is not UTF-8") from error
    if rest:
        raise NoteFault("the list of witnesses ends in the middle of a line")
    keys = [read_key(line, [COSIGNATURE]) for line in lines if not line.startswith("#")]
    return list(dict.fromkeys(keys))


def cosigned_message(text: str, seconds: int) -> bytes:
    """Give the bytes that a witness signs at a second of the epoch."""
    if not 0 <= seconds <= _TIME_MAX:
        raise NoteFault(f"{seconds} is no second that can be signed")
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def stamped(seconds: int, signature: bytes) -> bytes:
    """Put the second before the signature, as the line of a note holds it."""
    return seconds.to_bytes(_TIME_BYTES) + signature


def cosigned_at(note: SignedNote, witness: PublicKey, verify: Verify) -> int | None:
    """Give the last second at which the witness cosigned; None if it did not; or NoteFault."""
    if witness.kind != COSIGNATURE:
        raise NoteFault(f"the key of {witness.name} is no key of a witness")
    moments = [_moment(note, witness, body, verify) for body in signatures_of(note, witness)]
    return max(moments, default=None)


def cosigned(note: SignedNote, witnesses: Sequence[PublicKey], verify: Verify) -> Cosigned:
    """Count who of these witnesses cosigned; a false cosignature counts as none."""
    good = []
    for witness in dict.fromkeys(witnesses):
        try:
            if cosigned_at(note, witness, verify) is not None:
                good.append(witness.name)
        except NoteFault:
            continue
    return Cosigned(tuple(good), len(dict.fromkeys(witnesses)))


def _moment(note: SignedNote, witness: PublicKey, body: bytes, verify: Verify) -> int:
    seconds, signature = int.from_bytes(body[:_TIME_BYTES]), body[_TIME_BYTES:]
    if len(signature) != _SIGNATURE_BYTES or not verify(
        witness.public, cosigned_message(note.text, seconds), signature
    ):
        raise NoteFault(
            f"the cosignature of {witness.name} is not its own, or the text was changed"
        )
    return seconds
