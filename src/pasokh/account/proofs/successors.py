"""What in a public log takes the place of something that was published before, or corrects it."""

from collections.abc import Iterable

from pasokh.account.proofs.leaf import CorrectionLeaf, FigureLeaf, read_leaf
from pasokh.account.proofs.note import NoteFault


def successors(leaves: Iterable[bytes], published: str) -> list[int]:
    """Places of the leaves that supersede or correct the figure or release of this id.

    Leaves of a kind that this program does not know are passed over.
    """
    return [at for at, raw in enumerate(leaves) if published in _replaced_by(raw)]


def _replaced_by(raw: bytes) -> tuple[str, ...]:
    try:
        leaf = read_leaf(raw)
    except NoteFault:
        return ()
    if isinstance(leaf, FigureLeaf) and leaf.supersedes is not None:
        return (leaf.supersedes,)
    return (leaf.corrects,) if isinstance(leaf, CorrectionLeaf) else ()
