from collections import Counter
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from pasokh.account.proofs.merkle import (
    EMPTY_ROOT,
    MerkleTree,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf_hash,
    node_hash,
)

# The eight leaves and roots that every implementation of RFC 6962 is tried with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SIZES = st.integers(1, 70)


def tree_of(size: int) -> MerkleTree:
    return MerkleTree(leaf_hash(b"%d" % i) for i in range(size))


BIG = tree_of(70)


def test_the_vectors_of_rfc_6962() -> None:
    tree = MerkleTree(map(leaf_hash, LEAVES))
    assert EMPTY_ROOT == tree.root(0) == sha256().digest()
    assert [tree.root(size).hex() for size in range(1, 9)] == list(ROOTS)


def test_the_worked_tree_of_rfc_9162() -> None:
    """Section 2.1.5 names the proofs of a tree of seven leaves by the nodes in its drawing."""
    tree = tree_of(7)
    a, b, c, d, e, f, j = (tree.node(0, at) for at in range(7))
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l_ = node_hash(g, h), node_hash(i, j)
    assert inclusion_proof(tree.node, 0, 7) == [b, h, l_]
    assert inclusion_proof(tree.node, 3, 7) == [c, g, l_]
    assert inclusion_proof(tree.node, 4, 7) == [f, j, k]
    assert inclusion_proof(tree.node, 6, 7) == [i, k]
    assert consistency_proof(tree.node, 3, 7) == [c, d, g, l_]
    assert consistency_proof(tree.node, 4, 7) == [l_]
    assert consistency_proof(tree.node, 6, 7) == [i, j, k]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_another_implementation_comes_to_the_same_trees_and_proofs() -> None:
    rng = Random(6962)  # noqa: S311 - a seed, no secret
    theirs, ours = InmemoryTree(algorithm="sha256"), MerkleTree()
    for size in range(1, 301):
        leaf = rng.randbytes(rng.randrange(1, 40))
        theirs.append_entry(leaf)
        ours.append(leaf_hash(leaf))
        assert theirs.get_root() == ours.root()
        if size % 7:
            continue
        index = rng.randrange(size)
        told = theirs.prove_inclusion(index + 1, size).serialize()["path"]
        proof = inclusion_proof(ours.node, index, size)
        mine = [ours.node(0, index), *proof]
        # They list the path from left to right, the leaf in its place; we go from leaf to root.
        assert Counter(told) == Counter(hashed.hex() for hashed in mine)
        old = rng.randrange(1, size)
        assert theirs.get_root(old) == ours.root(old)


@given(SIZES, st.data())
def test_every_leaf_is_proved_and_nothing_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(BIG.node, index, size)
    leaf, root = BIG.node(0, index), BIG.root(size)
    assert included(leaf, index, size, proof, root)
    other = data.draw(st.integers(0, 70).filter(lambda i: i != index))
    assert not included(leaf, other, size, proof, root)
    assert not included(leaf_hash(b"x"), index, size, proof, root)
    assert not included(leaf, index, size, [*proof, root], root)
    assert not included(leaf, index, size, proof[:-1], root) or size == 1
    assert not included(leaf, index, size, proof, leaf_hash(b"x"))


@given(SIZES, SIZES, st.data())
def test_every_beginning_is_proved_and_no_other(a: int, b: int, data: st.DataObject) -> None:
    old, new = sorted((a, b))
    proof = consistency_proof(BIG.node, old, new)
    before, after = (old, BIG.root(old)), (new, BIG.root(new))
    assert consistent(before, after, proof)
    assert not consistent(before, (new, leaf_hash(b"x")), proof)
    assert not consistent((old, leaf_hash(b"x")), after, proof)
    assert not consistent(before, after, [*proof, BIG.root(1)])
    assert not consistent(after, before, proof) or old == new
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not consistent(before, after, [*proof[:at], *proof[at + 1 :]])
        assert not consistent(before, after, [*proof[:at], leaf_hash(b"x"), *proof[at + 1 :]])


@given(SIZES, SIZES)
def test_a_forked_log_has_no_proof(a: int, b: int) -> None:
    old, new = sorted((a, b))
    forked = MerkleTree([leaf_hash(b"forked"), *(BIG.node(0, i) for i in range(1, new))])
    proof = consistency_proof(forked.node, old, new)
    assert not consistent((old, BIG.root(old)), (new, forked.root(new)), proof)


def test_the_empty_log_begins_every_log() -> None:
    assert consistent((0, EMPTY_ROOT), (5, BIG.root(5)), [])
    assert consistent((0, EMPTY_ROOT), (0, EMPTY_ROOT), [])
    assert not consistent((0, BIG.root(1)), (5, BIG.root(5)), [])
    assert not consistent((0, EMPTY_ROOT), (5, BIG.root(5)), [BIG.root(1)])


def test_a_root_that_is_a_leaf_or_an_older_root_is_none_of_a_larger_tree() -> None:
    """A log that signs such a root cannot make a short proof of it."""
    leaf = BIG.node(0, 0)
    assert included(leaf, 0, 1, [], leaf)
    assert not included(leaf, 0, 5, [], leaf)
    old = BIG.root(2)
    assert not consistent((2, old), (5, old), [])
    assert not consistent((4, BIG.root(4)), (7, BIG.root(4)), [])


def test_a_proof_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion_proof(BIG.node, 5, 5)
    with pytest.raises(ValueError, match="no beginning of 6"):
        consistency_proof(BIG.node, 6, 5)
