"""The leaves of the public log: what is published, as canonical JSON with a kind.

A leaf names files by their path under the public folder and by SHA-256 in hexadecimal.
"""

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, Struct

from pasokh.account.proofs.canonical import NotCanonical, canonical
from pasokh.account.proofs.note import NoteFault
from pasokh.account.proofs.tiles import LEAF_BYTES_MAX
from pasokh.account.proofs.values import Value

Sha256: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{64}\\Z")]


class _Leaf(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all leaves share."""


class DayRowsLeaf(_Leaf, frozen=True, tag="day_rows"):
    """A day's rows that stay secret: the root over their salted commitments."""

    day: str
    county_scheme: str
    root: Sha256
    count: int


class OpenRowsLeaf(_Leaf, frozen=True, tag="open_rows"):
    """A file of rows for everybody."""

    path: str
    sha256: Sha256


class FigureLeaf(_Leaf, frozen=True, tag="figure"):
    """A published figure: its value, its rule, and the files that it was made of."""

    figure_id: str
    value: Value
    definition_id: str
    definition_version: str
    inputs: dict[str, Sha256]  # by path
    cutoff: str
    responsible: str
    supersedes: str | None = None


class ReleaseLeaf(_Leaf, frozen=True, tag="release"):
    """A text that was published, in one version."""

    release_id: str
    version: int
    path: str
    sha256: Sha256
    figures: tuple[str, ...] = ()


class CorrectionLeaf(_Leaf, frozen=True, tag="correction"):
    """That something published was wrong: what, by which file it is set right, and why."""

    corrects: str
    path: str
    sha256: Sha256
    reason: str


Leaf: TypeAlias = DayRowsLeaf | OpenRowsLeaf | FigureLeaf | ReleaseLeaf | CorrectionLeaf


def write_leaf(leaf: Leaf) -> bytes:
    """Give a leaf's bytes; NoteFault when it is too long or cannot be written in one way."""
    try:
        raw = canonical(msgspec.to_builtins(leaf, str_keys=True))
    except NotCanonical as error:
        raise NoteFault(f"this leaf has no canonical form: {error}") from error
    if len(raw) > LEAF_BYTES_MAX:
        raise NoteFault(f"a leaf has at most {LEAF_BYTES_MAX} bytes, this has {len(raw)}")
    return raw


def read_leaf(raw: bytes) -> Leaf:
    """Read a leaf; NoteFault when it is none, or is not written in the one way."""
    if len(raw) > LEAF_BYTES_MAX:
        raise NoteFault(f"a leaf has at most {LEAF_BYTES_MAX} bytes, this has {len(raw)}")
    try:
        leaf: Leaf = msgspec.json.decode(raw, type=Leaf)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NoteFault(f"this is no leaf: {error}") from error
    if write_leaf(leaf) != raw:
        raise NoteFault("this leaf is not written in the one way in which it can be")
    return leaf
