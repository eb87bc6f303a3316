"""The read copy: as log and folder say, after any crash, and altered in silence by nobody."""

import logging
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from pasokh.newsroom.site import writing
from pasokh.newsroom.site.copying import altered, compare_all_next, copy_news
from pasokh.newsroom.site.models import NewsRelease, ReleaseCounty, ReleaseTopic, ReleaseVersion
from pasokh.newsroom.site.writing import turn_now
from pasokh.sites.clock import instant_now
from tests.newsroom.site.by_hand import lay, take_away
from tests.newsroom.site.press_office import PressOffice, quoting, text_of


def everything() -> list[Any]:
    """What the copy holds, but for the numbers that the database gives."""
    return [
        list(NewsRelease.kept.order_by("pk").values_list()),
        [row[1:] for row in ReleaseVersion.kept.order_by("release_id", "number").values_list()],
        sorted(ReleaseTopic.kept.values_list("version__release_id", "code")),
        sorted(ReleaseCounty.kept.values_list("version__release_id", "code")),
    ]


def test_doing_it_again_changes_nothing(office: PressOffice) -> None:
    lay(office, "one", text_of(), text_of("ب"))
    lay(office, "two", quoting())
    assert copy_news() == 2
    before, turn = everything(), turn_now()
    assert copy_news() == 0
    compare_all_next()
    assert copy_news() == 0
    assert (everything(), turn_now()) == (before, turn)


class Cut(Exception):
    """The power went."""


@pytest.mark.slow
@pytest.mark.parametrize("at", range(1, 12))
def test_a_copy_that_was_cut_off_anywhere_is_whole_after_the_next_turn(
    office: PressOffice, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    lay(office, "one", text_of(), text_of("ب", topics=("traffic",), counties=("0904",)))
    lay(office, "two", quoting())
    left = at
    real = {
        name: getattr(writing, name)
        for name in ("_write_head", "_write_parts", "_write_ends", "turn_over")
    }

    def cut(name: str) -> Any:
        def step(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                raise Cut
            return real[name](*args, **kwargs)

        return step

    with monkeypatch.context() as patched:
        for name in real:
            patched.setattr(writing, name, cut(name))
        with suppress(Cut):
            copy_news()
    seen = {row.news_id: row for row in NewsRelease.kept.all()}
    assert all(row.versions.count() == {"one": 2, "two": 1}[name] for name, row in seen.items())
    copy_news()
    cut_off = everything()
    NewsRelease.kept.all().delete()
    compare_all_next()
    copy_news()
    assert cut_off == everything()


@pytest.mark.slow
def test_a_row_that_somebody_changed_is_found_said_and_made_anew(
    office: PressOffice, caplog: pytest.LogCaptureFixture, visitor: Client
) -> None:
    lay(office, "one", text_of(body="درست"))
    copy_news()
    row = ReleaseVersion.kept.get()
    ReleaseVersion.kept.update(text=row.text.replace("درست", "نادرست"))
    assert altered() == ["one 1"]
    assert "نادرست" in visitor.get("/newsroom/fa/news/one/").content.decode()
    compare_all_next()
    with caplog.at_level(logging.ERROR):
        assert copy_news() == 1
    assert "one 1" in caplog.text
    assert ReleaseVersion.kept.get().text == row.text
    assert altered() == []
    assert "نادرست" not in visitor.get("/newsroom/fa/news/one/").content.decode()


def test_a_row_with_a_hash_of_its_own_is_made_anew_too(office: PressOffice) -> None:
    lay(office, "one", text_of(body="درست"))
    copy_news()
    row = ReleaseVersion.kept.get()
    other = row.text.replace("درست", "نادرست")
    digest = sha256(other.encode()).hexdigest()
    ReleaseVersion.kept.update(text=other, text_sha256=digest)
    assert altered() == [], "the row alone does not say it"
    compare_all_next()
    assert copy_news() == 1
    assert ReleaseVersion.kept.get().text_sha256 == row.text_sha256


def test_a_withdrawn_release_leaves_no_text_in_the_rows(office: PressOffice) -> None:
    lay(office, "gone", text_of(topics=("traffic",)))
    copy_news()
    take_away(office, "gone", "why", instant_now())
    copy_news()
    assert not ReleaseVersion.kept.exists()
    assert not ReleaseTopic.kept.exists()
    assert NewsRelease.kept.get().withdrawn_why == "why"
    compare_all_next()
    assert copy_news() == 0


def test_a_published_file_that_does_not_fit_its_hash_is_not_taken(office: PressOffice) -> None:
    lay(office, "one", text_of(body="درست"))
    path = office.public.root / "news" / "one" / "1.json"
    path.write_bytes(path.read_bytes().replace("درست".encode(), "نادرست".encode()))
    copy_news()
    assert not ReleaseVersion.kept.exists()


def test_a_published_file_that_cannot_be_read_holds_up_nothing_else(
    office: PressOffice, caplog: pytest.LogCaptureFixture
) -> None:
    lay(office, "bad", text_of())
    lay(office, "good", text_of())
    (office.public.root / "news" / "bad" / "1.json").write_bytes(b"{")
    with caplog.at_level(logging.ERROR):
        assert copy_news() == 1
    assert "news/bad" in caplog.text
    assert [one.news_id for one in NewsRelease.objects.all()] == ["good"]
