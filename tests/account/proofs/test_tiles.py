import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.account.proofs.merkle import (
    MerkleTree,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf_hash,
    root_of,
)
from pasokh.account.proofs.note import NoteFault
from pasokh.account.proofs.tiles import (
    Tile,
    TileNodes,
    bundles_of,
    hashes_in,
    read_bundle,
    tiles_of,
    write_bundle,
)

TREE = MerkleTree(leaf_hash(b"%d" % i) for i in range(1_000))


def test_the_paths_of_the_specification() -> None:
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"
    assert Tile(None, 3, 7).path == "tile/entries/003.p/7"
    assert Tile(2, 0, 1).path == "tile/2/000.p/1"
    assert Tile(2, 0, 1).whole == Tile(2, 0)


def test_the_trees_of_the_specification() -> None:
    big = list(tiles_of(70_000))
    assert [sum(t.level == level and t.width == 256 for t in big) for level in range(3)] == [
        273,
        1,
        0,
    ]
    assert [t for t in big if t.width < 256] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(st.integers(0, 1_000), st.integers(0, 1_000))
def test_a_log_that_grows_by_steps_has_the_files_of_one_that_did_not(a: int, b: int) -> None:
    old, new = sorted((a, b))
    for cut in (tiles_of, bundles_of):
        grown = {*cut(old), *cut(new, old)}
        assert set(cut(new)) <= grown
        assert {t for t in grown if t.width == 256} == {t for t in cut(new) if t.width == 256}


@given(st.integers(1, 1_000), st.data())
def test_proofs_from_tiles_are_those_from_memory(size: int, data: st.DataObject) -> None:
    files = {tile.path: hashes_in(tile, TREE) for tile in tiles_of(size)}
    tiles = TileNodes(size, lambda tile: files[tile.path])
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    assert inclusion_proof(tiles.node, index, size) == inclusion_proof(TREE.node, index, size)
    assert consistency_proof(tiles.node, old, size) == consistency_proof(TREE.node, old, size)


@pytest.mark.slow
def test_a_log_of_three_levels_is_read_from_its_tiles() -> None:
    size = 66_000
    tree = MerkleTree(leaf_hash(b"%d" % i) for i in range(size))
    files = {tile.path: hashes_in(tile, tree) for tile in tiles_of(size)}
    assert "tile/2/000.p/1" in files
    tiles = TileNodes(size, lambda tile: files[tile.path])
    assert root_of(tiles.node, size) == tree.root()
    for index in (0, 65_535, 65_536, size - 1):
        proof = inclusion_proof(tiles.node, index, size)
        assert included(tree.node(0, index), index, size, proof, tree.root())
    for old in (1, 255, 256, 65_535, 65_536, 65_537):
        proof = consistency_proof(tiles.node, old, size)
        assert consistent((old, tree.root(old)), (size, tree.root()), proof)


def test_a_cut_tile_is_refused() -> None:
    tiles = TileNodes(300, lambda tile: hashes_in(tile, TREE)[:-1])
    with pytest.raises(NoteFault, match=r"tile/1/000\.p/1 has not 1 hashes"):
        inclusion_proof(tiles.node, 299, 300)


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_a_bundle_gives_back_its_leaves(leaves: list[bytes]) -> None:
    raw = write_bundle(leaves)
    assert read_bundle(raw, len(leaves)) == leaves
    with pytest.raises(NoteFault):
        read_bundle(raw, len(leaves) + 1)
    for cut in range(1, min(3, len(raw))):
        with pytest.raises(NoteFault):
            read_bundle(raw[:-cut], len(leaves))


def test_a_leaf_that_is_too_long_is_refused() -> None:
    assert len(write_bundle([bytes(65_535)])) == 65_537
    with pytest.raises(NoteFault, match="at most 65535"):
        write_bundle([bytes(65_536)])
