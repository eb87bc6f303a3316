"""The power goes before every single operation of the disk: N1, N3 and N5 hold on each image.

PASOKH_CRASH_IMAGES sets how many images are looked at (the quick tier takes 2,000) and
PASOKH_CRASH_SEED another day, other commits and other images.
"""

import os
from collections import Counter
from random import Random

import pytest

from pasokh.adapters.storage.verify import verify
from pasokh.control_room.codec import event_of
from pasokh.control_room.fold import state_hash
from pasokh.core.log import Entry
from pasokh.core.machine import Event, Sealed
from tests.simulated.centre import Group, SimulatedCentre, groups_of
from tests.simulated.day import WORDS, a_day
from tests.simulated.disk import Disk, Photograph

IMAGES = int(os.environ.get("PASOKH_CRASH_IMAGES", "2000"))
SEED = int(os.environ.get("PASOKH_CRASH_SEED", "11"))
AFTER_SEED = SEED + 1  # a stream of keys and ids never begins anew on the same log
SNAPSHOTS_AFTER = (4, 13)


class Run:
    """One run of a centre, photographed before each operation of its disk."""

    def __init__(self, seed: int) -> None:
        self.photographs: list[tuple[Photograph, int]] = []
        self.kinds: Counter[str] = Counter()
        self.told = 0
        disk = Disk()
        disk.before = self._see
        self._disk = disk
        centre = SimulatedCentre(disk, seed)
        for number, group in enumerate(groups_of(a_day(seed, 10), seed)):
            centre.group(group)
            self.told += 1
            if number in SNAPSHOTS_AFTER:
                centre.keep_snapshot()
        self.acknowledged = centre.acknowledged
        self.entries = list(centre.log.read())
        centre.close()
        disk.release()

    def _see(self, kind: str) -> None:
        self.kinds[kind] += 1
        self.photographs.append((self._disk.photograph(), self.told))


@pytest.fixture(scope="module")
def run() -> Run:
    return Run(SEED)


def sealed_of(event: Event) -> Sealed | None:
    return getattr(event, "words", None)


def check(image: dict[str, bytes], told: int, run: Run) -> SimulatedCentre:
    """Start on an image and hold it to the invariants."""
    disk = Disk(image)
    centre = SimulatedCentre(disk, AFTER_SEED)
    entries: list[Entry] = list(centre.log.read())
    assert verify(entries).fault is None, "N3"
    assert entries == run.entries[: len(entries)], "what is there is what was written"
    last = run.acknowledged[told - 1].seq if told else 0
    assert len(entries) >= last, "N1: an acknowledged entry is lost"
    ends = {0: "", **{group.seq: group.state for group in run.acknowledged}}
    assert len(entries) in ends, "a commit is there in full or not at all"
    if entries:
        assert state_hash(centre.room.centre) == ends[len(entries)], "N5"
    check_words(centre, entries)
    centre.close()
    disk.release()
    return centre


def check_words(centre: SimulatedCentre, entries: list[Entry]) -> None:
    for entry in entries[-12:]:
        sealed = sealed_of(event_of(entry))
        if sealed is not None:
            assert centre.vault.open(sealed) == WORDS, "a key is durable before its event"


def check_receipts(centre: SimulatedCentre, groups: list[Group]) -> None:
    for group in groups:
        for receipt in group.receipts:
            assert centre.log.receipt_of(receipt.command_id) == receipt


def test_the_run_meets_every_kind_of_operation(run: Run) -> None:
    assert set(run.kinds) == {"write", "sync", "truncate", "remove", "rename", "sync names"}
    assert len(run.photographs) > 300
    assert any(receipt.refusal for group in run.acknowledged for receipt in group.receipts)


@pytest.mark.slow
def test_every_image_after_a_power_cut_keeps_what_was_acknowledged(run: Run) -> None:
    rng = Random(SEED)  # noqa: S311 - a drill, no secret
    more = max(0, -(-IMAGES // len(run.photographs)) - 2)
    images = 0
    replayed: Counter[bool] = Counter()
    for photograph, told in run.photographs:
        for image in photograph.images(rng, more):
            centre = check(image, told, run)
            replayed[centre.replayed < centre.room.head.seq] += 1
            images += 1
    assert images >= IMAGES
    assert min(replayed.values()) > 100, "some started from a snapshot, some from the first entry"


def test_every_receipt_of_old_is_found_after_a_power_cut(run: Run) -> None:
    for photograph, told in run.photographs[::25]:
        disk = Disk(photograph.image((), photograph.durable_names))
        centre = SimulatedCentre(disk, AFTER_SEED)
        check_receipts(centre, run.acknowledged[:told])
        centre.close()
        disk.release()


def test_a_centre_goes_on_after_a_power_cut_and_is_asked_again(run: Run) -> None:
    """N2: the whole day asked again after the cut ends in the state of the run without one."""
    for photograph, _ in run.photographs[40::60]:
        disk = Disk(photograph.image((), photograph.durable_names))
        centre = SimulatedCentre(disk, AFTER_SEED)
        for group in groups_of(a_day(SEED, 10), SEED):
            centre.group(group)
        known = {group.seq: group for group in run.acknowledged}
        again = centre.acknowledged[-1]
        assert again.seq == known[again.seq].seq
        assert [g.receipts for g in centre.acknowledged] == [g.receipts for g in run.acknowledged]
        centre.close()
        disk.release()


def test_a_disk_that_lies_about_syncs_is_seen_to_lose(run: Run) -> None:
    """The images can show a loss: the same run on a disk whose sync does nothing loses entries."""
    lost = 0
    for photograph, told in run.photographs[::10]:
        forgetful = Photograph({}, (), photograph.names, photograph.durable_names)
        disk = Disk(forgetful.image((), photograph.durable_names))
        centre = SimulatedCentre(disk, AFTER_SEED)
        lost += centre.room.head.seq < (run.acknowledged[told - 1].seq if told else 0)
        centre.close()
        disk.release()
    assert lost > 10
