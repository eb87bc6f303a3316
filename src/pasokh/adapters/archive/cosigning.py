"""Cosignatures that come back to the centre: checked, kept for each witness, and published.

`witnesses.txt` in the published folder names the witnesses, a public key a line. What each
cosigned last lies under `cosignatures/`, also when the log has grown since.
"""

from collections.abc import Sequence

from pasokh.account.proofs.checkpoint import checkpoint_of
from pasokh.account.proofs.cosignature import cosigned_at
from pasokh.account.proofs.note import (
    NoteFault,
    PublicKey,
    SignedNote,
    is_signed,
    read_note,
    write_note,
)
from pasokh.adapters.archive.files import ArchiveRefused, Files
from pasokh.adapters.archive.signing import ed25519_verify
from pasokh.adapters.archive.transparency import TransparencyLog


def last_cosigned_path(witness: PublicKey) -> str:
    """Where the last checkpoint that a witness cosigned is published."""
    return f"cosignatures/{witness.key_id.hex()}.checkpoint"


def collect(
    log: TransparencyLog,
    log_key: PublicKey,
    public: Files,
    raw: bytes,
    witnesses: Sequence[PublicKey],
) -> list[str]:
    """Take in a checkpoint as witnesses cosigned it; give their names.

    NoteFault when it is not signed as it says. ArchiveRefused when this key signed it and it is
    not of this log: the key is in other hands, or the log was changed.
    """
    note = read_note(raw)
    if not is_signed(note, log_key, ed25519_verify):
        raise NoteFault(f"this checkpoint is not signed by {log_key.name}")
    if not log.contains(checkpoint_of(note)):
        raise ArchiveRefused(
            "this checkpoint is signed by our key and is not of our log: keep it, tell the "
            "witnesses, and find out who has the key"
        )
    names = []
    for witness in witnesses:
        if cosigned_at(note, witness, ed25519_verify) is not None:
            names.append(witness.name)
            _keep(public, note, witness, log_key)
            if note.text == log.signed.text:
                log.republish(_merged(log.published(), note, witness))
    return names


def _keep(public: Files, note: SignedNote, witness: PublicKey, log_key: PublicKey) -> None:
    path = last_cosigned_path(witness)
    own = _only(note, log_key, witness)
    try:
        kept = cosigned_at(read_note(public.read(path)), witness, ed25519_verify)
    except FileNotFoundError:
        kept = None
    if kept is None or kept < (cosigned_at(own, witness, ed25519_verify) or 0):
        public.write(path, write_note(own))


def _merged(published: SignedNote, note: SignedNote, witness: PublicKey) -> SignedNote:
    """The published checkpoint with the witness's newest cosignature in place of older ones."""
    newest = max((published, note), key=lambda n: cosigned_at(n, witness, ed25519_verify) or -1)
    others = (s for s in published.signatures if (s.name, s.key_id) != _mark(witness))
    return SignedNote(published.text, (*others, *_only(newest, witness).signatures[-1:]))


def _only(note: SignedNote, *keys: PublicKey) -> SignedNote:
    marks = [_mark(key) for key in keys]
    return SignedNote(note.text, tuple(s for s in note.signatures if (s.name, s.key_id) in marks))


def _mark(key: PublicKey) -> tuple[str, bytes]:
    return key.name, key.key_id
