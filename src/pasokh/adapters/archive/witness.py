"""A witness: it remembers the largest checkpoint that it saw, and cosigns only what contains it.

What it remembers is durable before its cosignature leaves. Two checkpoints that contradict each
other, both signed by the log, are kept: nobody can deny them.
"""

from hashlib import sha256

import msgspec
from msgspec import Struct

from pasokh.account.proofs.checkpoint import Checkpoint, checkpoint_of
from pasokh.account.proofs.merkle import EMPTY_ROOT, consistency_proof, consistent, root_of
from pasokh.account.proofs.note import (
    NoteFault,
    NoteSignature,
    PublicKey,
    SignedNote,
    is_signed,
    read_note,
    write_note,
)
from pasokh.account.proofs.tiles import TileNodes
from pasokh.adapters.archive.files import ArchiveRefused, Files
from pasokh.adapters.archive.mirror import Mirror, MirrorFault, read_checkpoint, tiles_at
from pasokh.adapters.archive.signing import SigningKey, ed25519_verify
from pasokh.words.digits import number
from pasokh.words.say import say


class WitnessRefuses(Exception):
    """The log contradicts itself, or goes back; `evidence` names the folder of both checkpoints."""

    def __init__(self, why: str, evidence: str, **sizes: int) -> None:
        """Say why, by the id of a message with its sizes, and where both are."""
        self.evidence = evidence
        self._why = why
        self._sizes = sizes
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """Say it, with what is to be done."""
        sizes = {name: number(language, size) for name, size in self._sizes.items()}
        why = say(language, f"witness.{self._why}", **sizes)
        return say(language, "witness.refused", why=why, evidence=self.evidence)


class WitnessCannot(ArchiveRefused):
    """The witness's own state or place does not let it judge; the message says what to do."""

    def __init__(self, why: str, state: str) -> None:
        """Name the message, and the state file."""
        self._why = why
        self._state = state
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """Say it."""
        return say(language, f"witness.{self._why}", state=self._state)


class _Memory(Struct, frozen=True, forbid_unknown_fields=True):
    """The state file: for each log, by its public key, the largest checkpoint as it signed it."""

    checkpoints: dict[str, str]


class Witness:
    """One witness with one state file. Its caller lets one at a time in."""

    def __init__(self, files: Files, state: str, key: SigningKey) -> None:
        """`state` names the file in `files`; evidence goes beside it."""
        self._files = files
        self._state = state
        self._key = key

    def look(
        self, mirror: Mirror, log: PublicKey, seconds: int, *, first: bool = False
    ) -> SignedNote:
        """Check the log's checkpoint and give it with our cosignature.

        `first` says that nothing is remembered of this log yet; without it a lost state file
        would make a forgetful witness. ArchiveRefused, WitnessRefuses, MirrorFault or NoteFault
        say why nothing is cosigned.
        """
        memory = self._remembered(first=first)
        seen = memory.checkpoints.get(str(log))
        if (seen is None) is not first:
            raise WitnessCannot("known_already" if first else "not_known", self._state)
        shown = _signed_by(log, read_checkpoint(mirror))
        self._judge(mirror, None if seen is None else _signed_by(log, seen.encode()), shown)
        kept = {**memory.checkpoints, str(log): write_note(shown).decode()}
        self._files.write(self._state, msgspec.json.format(msgspec.json.encode(_Memory(kept))))
        return SignedNote(shown.text, (*shown.signatures, self._line(shown, seconds)))

    def _line(self, shown: SignedNote, seconds: int) -> NoteSignature:
        return self._key.cosigned(shown.text, seconds)

    def _remembered(self, *, first: bool) -> _Memory:
        try:
            return msgspec.json.decode(self._files.read(self._state), type=_Memory)
        except FileNotFoundError as error:
            if first:
                return _Memory({})
            raise WitnessCannot("no_memory", self._state) from error
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise WitnessCannot("no_state", self._state) from error

    def _judge(self, mirror: Mirror, seen: SignedNote | None, shown: SignedNote) -> None:
        new = checkpoint_of(shown)
        old = Checkpoint(new.origin, 0, EMPTY_ROOT) if seen is None else checkpoint_of(seen)
        if new.size < old.size:
            raise self._refusal("rolled_back", seen, shown)
        if new.size == old.size and new.root != old.root:
            raise self._refusal("two_trees", seen, shown)
        nodes = TileNodes(new.size, tiles_at(mirror)).node
        if root_of(nodes, new.size) != new.root:
            raise MirrorFault("the mirror's tiles are not those of its checkpoint")
        proof = consistency_proof(nodes, old.size, new.size)
        if not consistent(old.head, new.head, proof):
            raise self._refusal("not_contained", seen, shown)

    def _refusal(self, why: str, seen: SignedNote | None, shown: SignedNote) -> WitnessRefuses:
        notes = {"seen": b"" if seen is None else write_note(seen), "shown": write_note(shown)}
        digest = sha256(notes["seen"] + notes["shown"]).hexdigest()[:16]
        folder = f"{self._state}.evidence/{digest}"
        for name, raw in notes.items():
            self._files.write(f"{folder}/{name}.checkpoint", raw)
        size = 0 if seen is None else checkpoint_of(seen).size
        return WitnessRefuses(why, folder, shown=checkpoint_of(shown).size, seen=size)


def _signed_by(log: PublicKey, raw: bytes) -> SignedNote:
    """The checkpoint with the log's own signatures and no others; or NoteFault."""
    note = read_note(raw)
    if checkpoint_of(note).origin != log.name or not is_signed(note, log, ed25519_verify):
        raise NoteFault(f"the checkpoint is not signed by {log.name}")
    own = (s for s in note.signatures if (s.name, s.key_id) == (log.name, log.key_id))
    return SignedNote(note.text, tuple(own))
