import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.proofs.checkpoint import Checkpoint
from pasokh.account.proofs.merkle import MerkleTree, inclusion_proof, leaf_hash
from pasokh.account.proofs.note import NoteFault, is_signed
from pasokh.account.proofs.proof_file import LeafProof, read_proof, write_proof
from tests.account.proofs.keys import Signer, mutations, verify

LOG = Signer("centre.example/log")
LEAVES = [b"leaf %d" % i for i in range(11)]
TREE = MerkleTree(map(leaf_hash, LEAVES))


def proof_of(index: int, extra: bytes | None = None) -> LeafProof:
    path = tuple(inclusion_proof(TREE.node, index, TREE.size))
    head = Checkpoint(LOG.key.name, TREE.size, TREE.root())
    return LeafProof(index, path, LOG.under(head.text), extra)


@given(st.integers(0, 10), st.none() | st.binary(max_size=20))
def test_a_proof_is_read_as_it_was_written(index: int, extra: bytes | None) -> None:
    proof = proof_of(index, extra)
    assert read_proof(write_proof(proof)) == proof
    assert proof.holds(LEAVES[index])
    assert not proof.holds(LEAVES[index] + b"x")


def test_the_form_is_that_of_the_specification() -> None:
    lines = write_proof(proof_of(7, b"x")).decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra eA==", "index 7"]
    assert lines[3 + len(proof_of(7).path)] == ""
    assert lines[-5:-3] == [str(TREE.size), lines[-4]]
    assert lines[-2].startswith("— centre.example/log ")


def test_no_byte_of_a_proof_can_be_changed() -> None:
    for changed in mutations(write_proof(proof_of(7))):
        try:
            proof = read_proof(changed)
            good = is_signed(proof.checkpoint, LOG.key, verify) and proof.holds(LEAVES[7])
        except NoteFault:
            continue
        assert not good


@given(st.binary(max_size=200))
def test_garbage_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(NoteFault):
        read_proof(b"c2sp.org/tlog-proof@v1\n" + raw)


def test_what_is_cut_short_is_refused() -> None:
    raw = write_proof(proof_of(7))
    for end in range(len(raw)):
        with pytest.raises(NoteFault):
            read_proof(raw[:end])
