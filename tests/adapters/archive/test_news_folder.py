"""News releases go out with a proof, once; what is withdrawn goes, and its reason stays."""

import json
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from pasokh.account.proofs.leaf import CorrectionLeaf, ReleaseLeaf, write_leaf
from pasokh.account.proofs.proof_file import read_proof
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.news_folder import NewsFolder
from pasokh.control_room.news_texts import write_text
from pasokh.press.events import NewsKind
from pasokh.press.texts import NewsText, NewsWords, PublishedNews
from pasokh.press.views import NewsOut, VersionOut, WithdrawnNews

ONE, TWO = (
    write_text(
        NewsText({"fa": NewsWords("جادهٔ ملک‌آباد بسته است", body), "en": NewsWords("t", "b")})
    )
    for body in ("تا فردا.", "تا پس‌فردا.")
)
FIGURE = "days/2026-11-21/operational-share-1.0.json"


def digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def version(number: int, raw: bytes, *figures: str) -> VersionOut:
    return VersionOut("n1", NewsKind.STATEMENT, number, digest(raw), 0, figures, None, "read")


class Newsroom:
    """A public folder with its log, and the folder where texts are laid."""

    def __init__(self, folder: Path) -> None:
        self.texts, self.public = DiskFiles(folder / "texts"), DiskFiles(folder / "public")
        self.key = folder / "key" / "log.key"
        self.key.parent.mkdir(mode=0o700)
        make_log_key(self.key, "news.example/test")
        self.missing: dict[str, str] = {}

    def lay(self, *texts: bytes) -> None:
        for raw in texts:
            self.texts.write(f"{digest(raw)}.json", raw)

    def release(
        self, *versions: VersionOut, withdrawn: tuple[WithdrawnNews, ...] = (), over: object = None
    ) -> list[str]:
        """Publish in a process of its own; what is out waits no more."""
        hashes = frozenset(one.text_sha256 for one in versions) if over is None else over
        with opened_log(self.public.root, self.key) as log:
            folder = NewsFolder(self.public, self.texts, log)
            found = list(folder.release(NewsOut(versions, withdrawn, hashes)))  # type: ignore[arg-type]
            self.missing = folder.missing
        return found

    def everything(self) -> dict[str, bytes]:
        root = self.public.root
        files = (path for path in root.rglob("*") if path.is_file())
        return {str(path.relative_to(root)): path.read_bytes() for path in files}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def test_a_version_is_out_with_its_proof_and_only_once(newsroom: Newsroom) -> None:
    newsroom.lay(ONE)
    first = version(1, ONE, FIGURE)
    assert newsroom.release(first) == ["news/n1/1.json"]
    files = newsroom.everything()
    raw = files["news/n1/1.json"]
    told = msgspec.json.decode(raw, type=PublishedNews)
    assert write_text(told.text) == ONE
    assert (told.text_sha256, told.out_at) == (digest(ONE), "1970-01-01T00:00:00.000Z")
    leaf = write_leaf(ReleaseLeaf("news/n1", 1, "news/n1/1.json", digest(raw), (FIGURE,)))
    assert read_proof(files["news/n1/1.json.tlog-proof"]).holds(leaf)
    assert newsroom.texts.names("") == []
    assert newsroom.release(first) == []
    assert newsroom.everything() == files


def test_what_a_crash_cut_off_is_done_again_to_the_same_bytes(newsroom: Newsroom) -> None:
    newsroom.lay(ONE)
    newsroom.release(version(1, ONE))
    files = newsroom.everything()
    newsroom.public.remove("news/n1/1.json.tlog-proof")
    newsroom.lay(ONE)
    assert newsroom.release(version(1, ONE)) == ["news/n1/1.json"]
    assert newsroom.everything() == files


def test_a_missing_text_and_another_text_are_said_and_hold_up_nothing_else(
    newsroom: Newsroom,
) -> None:
    newsroom.lay(TWO)
    newsroom.texts.write(f"{digest(ONE)}.json", b"{}")
    assert newsroom.release(version(1, ONE), version(2, TWO)) == ["news/n1/2.json"]
    assert list(newsroom.missing) == ["news/n1/1.json"]
    assert "holds another text" in newsroom.missing["news/n1/1.json"]
    newsroom.texts.remove(f"{digest(ONE)}.json")
    assert newsroom.release(version(1, ONE)) == []
    assert "is not there" in newsroom.missing["news/n1/1.json"]


@pytest.mark.parametrize(
    "raw", [b"{}", b"[", b'{"words": {}}', ONE + b" ", b'{"words":{"de":{"body":"b","title":"t"}}}']
)
def test_what_is_no_text_is_said_and_never_published(newsroom: Newsroom, raw: bytes) -> None:
    newsroom.lay(raw)
    assert newsroom.release(version(1, raw)) == []
    assert "cannot be published" in newsroom.missing["news/n1/1.json"]
    assert newsroom.public.names("news/n1") == []


def test_a_text_that_waits_for_another_version_stays_laid(newsroom: Newsroom) -> None:
    newsroom.lay(ONE)
    newsroom.release(version(1, ONE), over=frozenset())
    assert newsroom.texts.names("") == [f"{digest(ONE)}.json"]


def test_what_is_withdrawn_is_taken_away_and_the_reason_is_proved(newsroom: Newsroom) -> None:
    newsroom.lay(ONE)
    newsroom.release(version(1, ONE))
    gone = WithdrawnNews("n1", 1_000, "a name stood in it")
    assert newsroom.release(withdrawn=(gone,)) == ["news/n1/withdrawn.json"]
    files = newsroom.everything()
    raw = files["news/n1/withdrawn.json"]
    assert json.loads(raw) == {
        "news_id": "n1",
        "reason": "a name stood in it",
        "withdrawn_at": "1970-01-01T00:00:01.000Z",
    }
    leaf = CorrectionLeaf("news/n1", "news/n1/withdrawn.json", digest(raw), gone.why)
    assert read_proof(files["news/n1/withdrawn.json.tlog-proof"]).holds(write_leaf(leaf))
    assert not {"news/n1/1.json", "news/n1/1.json.tlog-proof"} & set(files)
    assert newsroom.release(withdrawn=(gone,)) == []
