"""The journal under power cuts: what was confirmed is there after every one of them."""

from random import Random

from pasokh.adapters.telephony.journal import Journal
from tests.simulated.disk import Disk, Photograph, SimulatedFolder

MORE_IMAGES = 12


def records(count: int, rng: Random) -> list[bytes]:
    return [b"%d " % n + rng.randbytes(rng.randrange(900)) for n in range(count)]


def heard(disk: Disk) -> list[bytes]:
    return [record for _, record in Journal(SimulatedFolder(disk)).replay()]


def test_every_power_cut_leaves_what_was_confirmed_in_its_order() -> None:
    rng = Random(4)  # noqa: S311 - a test's chance, no secret
    said = records(20, rng)
    disk = Disk()
    confirmed = 0
    pictures: list[tuple[int, Photograph]] = []
    disk.before = lambda _kind: pictures.append((confirmed, disk.photograph()))
    journal = Journal(SimulatedFolder(disk), full_bytes=4_000)
    for at in range(0, len(said), 2):
        journal.append(said[at : at + 2])
        confirmed = at + 2
    images = 0
    for least, picture in pictures:
        for image in picture.images(rng, MORE_IMAGES):
            images += 1
            found = heard(Disk(image))
            assert found == said[: len(found)]
            assert len(found) >= least
    assert images > 200


def test_a_torn_end_is_cut_and_a_cut_journal_goes_on() -> None:
    disk = Disk()
    Journal(SimulatedFolder(disk)).append([b"one", b"two"])
    torn = {name: text[:-1] for name, text in disk.files().items()}
    disk = Disk(torn)
    journal = Journal(SimulatedFolder(disk))
    assert [record for _, record in journal.replay()] == [b"one"]
    assert journal.damaged == []
    journal.append([b"three"])
    assert heard(Disk(disk.files())) == [b"one", b"three"]


def test_damage_before_the_end_is_kept_aside_for_a_person() -> None:
    disk = Disk()
    journal = Journal(SimulatedFolder(disk), full_bytes=1)
    for word in (b"one", b"two"):
        journal.append([word])
    files = disk.files()
    first = min(files)
    disk = Disk({**files, first: files[first][:-1] + b"X"})
    journal = Journal(SimulatedFolder(disk))
    assert [record for _, record in journal.replay()] == [b"two"]
    assert journal.damaged == [first]
    assert disk.files()[f"damaged-{first}"] == files[first][:-1] + b"X"


def test_files_go_when_they_are_told_to_and_may_be_told_twice() -> None:
    disk = Disk()
    journal = Journal(SimulatedFolder(disk), full_bytes=1)
    files = [journal.append([b"one"]), journal.append([b"two"])]
    assert files == [1, 2]
    journal.remove([1])
    journal.remove([1])
    assert heard(Disk(disk.files())) == [b"two"]
