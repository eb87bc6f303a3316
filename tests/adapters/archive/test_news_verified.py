"""A text with a quoted figure and a picture: what the verifier says when either is another."""

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from pasokh.account.proofs.leaf import ReleaseLeaf, write_leaf
from pasokh.account.proofs.note import read_key
from pasokh.adapters.archive.centre_log import opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.news_folder import NewsFolder
from pasokh.cli import main
from pasokh.control_room.news_texts import write_text
from pasokh.newsroom.drafts.figures_out import PublishedFigures
from pasokh.press.events import NewsKind
from pasokh.press.texts import NewsAbout, NewsPicture, NewsText, NewsWords, QuotedFigure
from pasokh.press.views import NewsOut, VersionOut, WithdrawnNews
from pasokh.wiring_pages import write_pages
from pasokh.wiring_verify import audit_folder
from tests.adapters.archive.test_publishing import DAY, HEADLINE, Office

pytestmark = pytest.mark.slow
RAW = b"pixels drawn anew"
PICTURE = NewsPicture(
    sha256(RAW).hexdigest(),
    "image/jpeg",
    40,
    30,
    "Nobody",
    "CC BY 4.0",
    {"en": "Snow"},
    {"en": "x"},
)
AT = f"news/calls/{PICTURE.sha256}.jpg"
ONE = "news/calls/1.json"
ANSWERED = HEADLINE.replace("operational-share", "calls-answered")


class Room:
    """An office that published a day, and releases with its figures."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder)
        self.office.publish((DAY, 3_000))
        self.texts, self.pictures = DiskFiles(folder / "texts"), DiskFiles(folder / "pictures")
        self.pictures.write(f"{PICTURE.sha256}.jpg", RAW)
        self.missing: dict[str, str] = {}

    def lay(self, shown: dict[str, str], path: str = HEADLINE, decimals: int = 1) -> VersionOut:
        about = NewsAbout(pictures=(PICTURE,), quoted=(QuotedFigure(path, decimals, shown),))
        text = NewsText({"en": NewsWords("Calls", "Of all, {figure:1}.")}, about=about)
        raw = write_text(text)
        digest = sha256(raw).hexdigest()
        self.texts.write(f"{digest}.json", raw)
        return VersionOut("calls", NewsKind.STATISTICS, 1, digest, 0, (path,), None, "read")

    def release(self, *versions: VersionOut, gone: tuple[WithdrawnNews, ...] = ()) -> list[str]:
        public = DiskFiles(self.office.public)
        with opened_log(self.office.public, self.office.key) as log:
            folder = NewsFolder(public, self.texts, log, self.pictures)
            found = list(folder.release(NewsOut(versions, gone, frozenset())))
            self.missing = folder.missing
        write_pages(self.office.public)
        return found

    def written(self) -> dict[str, str]:
        return PublishedFigures(self.office.public).written(HEADLINE, 1)

    def faults(self) -> dict[str, str]:
        return audit_folder(self.office.public, read_key(self.office.name)).faults

    def said(self) -> int:
        return main(["verify", str(self.office.public), "--files", "--log", self.office.name])


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_a_quoted_figure_and_a_picture_hold(room: Room) -> None:
    assert room.release(room.lay(room.written())) == [ONE]
    assert (room.office.public / AT).read_bytes() == RAW
    found = audit_folder(room.office.public, read_key(room.office.name))
    assert found.faults == {}
    assert AT not in found.unproved
    page = (room.office.public / "en/news/calls.html").read_text()
    assert room.written()["en"] in page


def test_a_rounded_count_holds_and_one_that_is_rounded_kindly_is_named(room: Room) -> None:
    written = PublishedFigures(room.office.public).written(ANSWERED, -2)
    assert written["en"].startswith("about "), written
    room.release(room.lay(written, ANSWERED, -2))
    assert room.faults() == {}
    assert written["en"] in (room.office.public / "en/news/calls.html").read_text()
    kindly = PublishedFigures(room.office.public).written(ANSWERED, 0)
    other = msgspec.structs.replace(room.lay(kindly, ANSWERED, -2), news_id="kindly")
    room.release(room.lay(written, ANSWERED, -2), other)
    assert list(room.faults()) == ["news/kindly/1.json"]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_digits_that_are_not_the_published_figure_s_are_named(
    room: Room, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    room.release(room.lay(room.written() | {language: "99.9%"}))
    assert list(room.faults()) == [ONE]
    assert "99.9%" in room.faults()[ONE]
    assert room.said() == 1
    assert ONE in capsys.readouterr().out


def test_a_figure_that_is_not_published_so_cannot_be_quoted(room: Room) -> None:
    version = room.lay(room.written())
    room.release(version)
    (room.office.public / f"{HEADLINE}.tlog-proof").unlink()
    assert "quotes what it cannot" in room.faults()[ONE]


def test_a_text_of_another_program_is_named_and_stops_nothing_else(room: Room) -> None:
    public = DiskFiles(room.office.public)
    raw = b'{"text":{"words":{"eo":{}}}}'
    leaf = write_leaf(ReleaseLeaf("news/calls", 1, ONE, sha256(raw).hexdigest()))
    public.write(ONE, raw)
    with opened_log(room.office.public, room.office.key) as log:
        log.append([leaf])
        log.sign()
    assert list(room.faults()) == [ONE]
    assert "does not know" in room.faults()[ONE]


def test_another_picture_and_one_that_is_gone_are_named(room: Room) -> None:
    room.release(room.lay(room.written()))
    (room.office.public / AT).write_bytes(b"another")
    assert "is not the picture" in room.faults()[AT]
    (room.office.public / AT).unlink()
    assert "is not there" in room.faults()[AT]


def test_a_text_whose_picture_is_missing_or_another_waits_and_says_so(room: Room) -> None:
    version = room.lay(room.written())
    room.pictures.write(f"{PICTURE.sha256}.jpg", b"another")
    assert room.release(version) == []
    assert PICTURE.sha256 in room.missing[ONE]
    room.pictures.remove(f"{PICTURE.sha256}.jpg")
    assert room.release(version) == []
    room.pictures.write(f"{PICTURE.sha256}.jpg", RAW)
    assert room.release(version) == [ONE]


def test_the_picture_goes_with_the_text_that_was_withdrawn(room: Room) -> None:
    room.release(room.lay(room.written()))
    room.release(gone=(WithdrawnNews("calls", 1_000, "a face was in it"),))
    assert not (room.office.public / AT).exists()
    assert room.faults() == {}


def test_a_changed_waiting_text_is_never_out_and_a_changed_published_file_is_named(
    room: Room,
) -> None:
    version = room.lay(room.written())
    (laid,) = room.texts.names("")
    kept = room.texts.read(laid)
    room.texts.write(laid, kept.replace(b"Of all", b"Of few"))
    assert room.release(version) == [], "a changed text is never published"
    assert "another text" in room.missing[ONE]
    room.texts.write(laid, kept)
    assert room.release(version) == [ONE]
    for path in (ONE, "en/news/calls.html"):
        file = room.office.public / path
        raw = file.read_bytes()
        file.write_bytes(raw.replace(b"Of all", b"Of few"))
        assert list(room.faults()) == [path]
        file.write_bytes(raw)
    assert room.faults() == {}
