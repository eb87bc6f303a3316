"""Zero silent edits: whatever is changed behind our back, nothing public changes, or it is said."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings

from pasokh.account.proofs.note import read_key
from pasokh.adapters.archive.centre_log import make_log_key
from pasokh.cli import main
from pasokh.newsroom.drafts.at_desk import news_sheet
from pasokh.newsroom.drafts.models import AskedCommand, Draft, DraftSave
from pasokh.settings import Settings
from pasokh.wiring_publishing import publish
from pasokh.wiring_verify import audit_folder
from tests.newsroom.drafts.conftest import PressDesk
from tests.office.conftest import FOLDER, PORT

pytestmark = pytest.mark.slow
TITLE, OTHER = "جاده بسته است", "جاده باز است"


class PublicSite:
    """What the centre of these tests publishes, into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.root, key = folder / "site", folder / "key" / "log.key"
        key.parent.mkdir(mode=0o700)
        self.name = str(make_log_key(key, "news.example/test"))
        told = f'responsible = "nobody"\nprovince = "own"\npublic = "{self.root}"\nkey = "{key}"\n'
        (FOLDER / "publishing.toml").write_text(f'{told}archive = ""\n')

    def publish(self) -> list[str]:
        said: list[str] = []
        once = Event()
        once.set()
        assert publish(Settings(data=FOLDER, port=PORT), once, say=said.append) == 0, said
        return [line for line in said if "news/" in line]

    def everything(self) -> dict[str, bytes]:
        files = (path for path in self.root.rglob("*") if path.is_file())
        return {str(path.relative_to(self.root)): path.read_bytes() for path in files}

    def faults(self, draft: Draft) -> list[str]:
        """Those of one release: what other tests let out may quote figures that are not here."""
        found = audit_folder(self.root, read_key(self.name)).faults
        return [path for path in found if draft.news_id in path]


@pytest.fixture
def site(at_press: Callable[..., PressDesk], tmp_path: Path) -> Iterator[PublicSite]:
    # Tests of one process share a log. What others let out quotes figures of other folders.
    desk = at_press()
    for news in news_sheet().news:
        if news.withdrawn_at is None:
            desk.withdraw(news.news_id)
    assert all(news.withdrawn_at for news in news_sheet().news)
    yield PublicSite(tmp_path)
    (FOLDER / "publishing.toml").unlink()


def let_out(desk: PressDesk, **typed: str) -> Draft:
    draft = desk.begin()
    desk.write(draft, "send", title_fa=TITLE, body_fa="تا ظهر.", **typed)
    assert desk.review(draft).status_code == 302
    return draft


def test_a_changed_row_changes_nothing_that_everybody_reads(
    at_press: Callable[..., PressDesk], site: PublicSite
) -> None:
    draft = let_out(at_press())
    assert f"published news/{draft.news_id}/1.json" in site.publish()
    assert site.faults(draft) == []
    before = site.everything()
    for model in (Draft, DraftSave):
        for row in model.objects.all():
            row.contents |= {"title_fa": OTHER}
            row.save()
    Draft.objects.update(state="settled", author="p-nobody", number=7)
    AskedCommand.objects.update(text=OTHER, settled="accepted", command={"news_id": "x"})
    assert site.publish() == []
    after = site.everything()
    assert {path: raw for path, raw in after.items() if "news/" in path} == {
        path: raw for path, raw in before.items() if "news/" in path
    }
    assert not any(OTHER.encode() in raw for raw in after.values())
    assert site.faults(draft) == []


def test_a_changed_text_before_its_hour_never_goes_out_and_is_said(
    at_press: Callable[..., PressDesk], site: PublicSite
) -> None:
    draft = let_out(at_press())
    for file in settings.PASOKH_NEWSROOM.texts.iterdir():
        if TITLE.encode() in file.read_bytes():
            file.write_bytes(file.read_bytes().replace(TITLE.encode(), OTHER.encode()))
    assert any("NOT PUBLISHED" in line and draft.news_id in line for line in site.publish())
    assert not any(OTHER.encode() in raw for raw in site.everything().values())
    assert site.faults(draft) == []


def test_a_changed_published_file_is_named_by_the_verifier(
    at_press: Callable[..., PressDesk], site: PublicSite, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = let_out(at_press())
    site.publish()
    command = ["verify", str(site.root), "--files", "--log", site.name]
    assert main(command) == 0, capsys.readouterr().out
    for path in (f"news/{draft.news_id}/1.json", f"fa/news/{draft.news_id}.html"):
        file = site.root / path
        raw = file.read_bytes()
        file.write_bytes(raw.replace(TITLE.encode(), OTHER.encode()))
        assert file.read_bytes() != raw
        assert main(command) == 1
        assert path in capsys.readouterr().out
        file.write_bytes(raw)
    assert main(command) == 0
