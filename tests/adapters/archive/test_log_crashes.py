"""The power goes before every operation of the public log's disk: what is found verifies."""

from random import Random

import pytest
from msgspec import Struct

from pasokh.account.proofs.checkpoint import Checkpoint, checkpoint_of
from pasokh.account.proofs.merkle import consistency_proof, consistent
from pasokh.adapters.archive.files import ArchiveRefused
from tests.adapters.archive.logs import check_published, log_on
from tests.simulated.disk import Disk, Photograph, PowerCut

# Steps of a log: so many leaves appended, then signed or not; over the edge of a tile and a bundle.
STEPS = (
    (3, True),
    (0, True),
    (2, False),
    (249, True),
    (1, False),
    (1, True),
    (5, False),
    (260, True),
)
IMAGES = 3
SEED = 3


class Told(Struct):
    """What the caller had been told before an operation."""

    appended: int = 0
    signed: tuple[Checkpoint, ...] = ()


def leaves_of(start: int, count: int) -> list[bytes]:
    return [b'{"leaf":%d}' % n for n in range(start, start + count)]


def run_on(disk: Disk, told: Told) -> None:
    log = log_on(disk)
    for count, signs in STEPS:
        log.append(leaves_of(told.appended, count))
        told.appended += count
        if signs:
            told.signed = (*told.signed, checkpoint_of(log.sign()))


@pytest.fixture(scope="module")
def photographs() -> list[tuple[Photograph, Told]]:
    disk, told, seen = Disk(), Told(), []
    disk.before = lambda _kind: seen.append((disk.photograph(), Told(told.appended, told.signed)))
    run_on(disk, told)
    disk.release()
    return seen


def check_image(image: dict[str, bytes], told: Told) -> None:
    before = check_published(image)
    disk = Disk(image)
    log = log_on(disk)
    assert log.size >= told.appended, "an acknowledged leaf is lost"
    if told.signed:
        assert log.signed.size >= told.signed[-1].size
    log.append(leaves_of(log.size, 4))
    head = checkpoint_of(log.sign())
    found = check_published(disk.files())
    assert found is not None
    assert found == (head, leaves_of(0, log.size))
    for old in (*told.signed, *([before[0]] if before else [])):
        proof = consistency_proof(log._tree.node, old.size, head.size)
        assert consistent(old.head, head.head, proof), "it contradicts what was signed"
    disk.release()


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_every_power_cut_leaves_a_log_that_verifies_and_goes_on(
    photographs: list[tuple[Photograph, Told]], every: int
) -> None:
    rng = Random(SEED)  # noqa: S311 - a seed, no secret
    looked = 0
    for photograph, told in photographs[::every]:
        for image in photograph.images(rng, IMAGES):
            if "key/signed" not in image:
                continue  # the log was not begun yet: nothing was told
            check_image(image, told)
            looked += 1
    assert looked > 0.8 * (2 + IMAGES) * (len(photographs) // every)


def test_after_a_failed_write_nothing_more_is_signed() -> None:
    disk = Disk()
    log = log_on(disk)
    log.append(leaves_of(0, 2))

    def break_at(kind: str) -> None:
        if kind == "sync":
            raise OSError(5, "Input/output error")

    disk.before = break_at
    with pytest.raises(OSError, match="Input/output"):
        log.sign()
    disk.before = lambda _kind: None
    for deed in (log.sign, lambda: log.append([b"x"])):
        with pytest.raises(ArchiveRefused, match="disk failed before"):
            deed()
    assert log_on(disk).sign()
    disk.release()


def test_a_kill_at_any_operation_is_taken_up_where_it_was() -> None:
    """Not the power but the process dies: whatever was written is there."""
    total = 0
    while True:
        disk, told = Disk(), Told()

        def stop(_kind: str, disk: Disk = disk, at: int = total) -> None:
            if disk.steps > at:
                disk.dead = True
                raise PowerCut

        disk.before = stop
        try:
            run_on(disk, told)
        except PowerCut:
            if "key/signed" in disk.files():
                check_image(disk.files(), told)
            total += 7
            continue
        break
    assert total > 100
    disk.release()
