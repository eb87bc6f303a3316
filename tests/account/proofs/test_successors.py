from pasokh.account.proofs.leaf import CorrectionLeaf, FigureLeaf, write_leaf
from pasokh.account.proofs.successors import successors
from pasokh.account.proofs.values import ShareValue


def figure(figure_id: str, supersedes: str | None = None) -> bytes:
    value = ShareValue(("O1",), ("O1", "V"), 1, 2, 50.0)
    return write_leaf(
        FigureLeaf(figure_id, value, "share", "1.0", {}, "cut-off", "press office", supersedes)
    )


def test_a_figure_is_followed_by_what_supersedes_or_corrects_it() -> None:
    correction = write_leaf(CorrectionLeaf("a", "c.txt", "0" * 64, "wrong base"))
    leaves = [figure("a"), b"another kind", figure("b"), figure("c", "a"), correction]
    assert successors(leaves, "a") == [3, 4]
    assert successors(leaves, "b") == []
