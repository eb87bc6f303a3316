"""A press officer lets a release out by hand: from its text to its page, correction and end."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import httpx
import pytest

from pasokh.adapters.api.scopes import Scope
from pasokh.adapters.api.tokens import add_token
from pasokh.adapters.archive.centre_log import make_log_key
from pasokh.cli import main
from pasokh.core.people import Role
from pasokh.settings import Settings
from pasokh.wiring_publishing import publish
from tests.adapters.api.process import running

pytestmark = pytest.mark.slow
ROAD = """
[fa]
title = "جادهٔ ملک‌آباد بسته است"
body = "از کیلومتر ۱۲ تا ۲۰، تا ظهر."
[en]
title = "The Malekabad road is closed"
body = "From kilometre 12 to 20, until noon."
"""
WRONG = """
[en]
title = "Calls in October"
body = "Of 1,000 calls, 400 became operational, which is 70 percent."
"""


class Desk:
    """A centre that runs, its folder, and a press officer with a token."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.token = self.token_of("p-1")
        said = 'responsible = "nobody"\nprovince = "own"\naddress = "https://data.example/110"\n'
        (folder / "publishing.toml").write_text(said)
        (folder / "newsroom.toml").write_text('public_url = "https://news.example"\n')
        (folder / "publishing").mkdir(mode=0o700)
        make_log_key(folder / "publishing" / "log.key", "news.example/test")

    def token_of(self, person: str) -> Path:
        file = self.folder / f"{person}.token"
        scopes = (Scope.PRESS, Scope.STAFF)
        made = add_token(self.folder, name=person, role=Role.PRESS_OFFICER, scopes=scopes, now=1)
        file.write_text(made)
        return file

    def news(self, deed: str, *words: str, release: str = "road") -> int:
        at = ["--data", str(self.folder), "--url", self.url, "--token", str(self.token)]
        return main(["news", deed, release, *words, *at])

    def approve(self, text: str, *words: str, author: str = "p-1", release: str = "road") -> int:
        file = self.folder / "road.toml"
        file.write_text(text)
        more = ["--kind", "service", "--author", author, "--reason", "read whole"]
        return self.news("approve", str(file), *more, *words, release=release)

    def waits_until(self, release: str) -> int:
        head = {"Authorization": f"Bearer {self.token.read_text().strip()}"}
        sheet = httpx.get(f"{self.url}/views/news", headers=head).json()
        (found,) = (one for one in sheet["news"] if one["news_id"] == release)
        return int(found["versions"][-1]["out_at"])

    def publish(self) -> list[str]:
        said: list[str] = []
        once = Event()
        once.set()
        assert publish(Settings(data=self.folder), once, say=said.append) == 0, said
        return [line for line in said if "news/" in line]

    def page(self, language: str = "en") -> str:
        page = (self.folder / "public" / language / "news/road.html").read_text()
        return re.sub("[\u2066-\u2069]", "", page)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("news")
    with running(folder) as (url, _):
        yield Desk(folder, url)


def test_a_release_goes_out_is_corrected_and_withdrawn(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.approve(WRONG) == 1
    assert "70 percent" in capsys.readouterr().err
    assert desk.publish() == []
    assert desk.approve(ROAD) == 0
    assert desk.publish() == ["published news/road/1.json"]
    assert "until noon" in desk.page()
    assert "تا ظهر" in desk.page("fa")
    atom = (desk.folder / "public" / "en" / "news" / "atom.xml").read_text()
    assert 'rel="hub" href="https://news.example/newsroom/hub/"' in atom
    assert 'href="https://news.example/newsroom/feeds/en/atom.xml"' in atom, "its topic"
    assert desk.approve(ROAD.replace("noon", "3 p.m.")) == 1
    assert "say what was wrong" in capsys.readouterr().out
    figure = ["--mistake", "figure"]
    assert desk.approve(ROAD.replace("12", "14"), *figure) == 1
    assert "somebody else has to approve it" in capsys.readouterr().out
    assert desk.approve(ROAD.replace("12", "14"), *figure, author="p-4") == 0
    assert desk.publish() == ["published news/road/2.json"]
    assert "<del>12</del><ins>14</ins>" in desk.page()
    assert desk.news("withdraw", "--reason", "it is another road") == 0
    assert desk.publish() == ["published news/road/withdrawn.json"]
    assert "it is another road" in desk.page()
    assert "kilometre" not in desk.page()
    assert list((desk.folder / "news-texts").iterdir()) == []


def test_a_no_to_one_person_is_none_to_another_who_asks_for_the_same(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ["--mistake", "figure"]
    assert desk.approve(ROAD, release="same", author="p-4") == 0
    assert desk.approve(ROAD.replace("12", "14"), *wrong, release="same") == 1
    assert "somebody else has to approve it" in capsys.readouterr().out
    own, desk.token = desk.token, desk.token_of("p-2")
    assert desk.approve(ROAD.replace("12", "14"), *wrong, release="same") == 0
    desk.token = own


def test_an_hour_is_moved_there_and_back_again(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (f"2036-11-30T0{hour}:30:00+03:30" for hour in (8, 9))
    assert desk.approve(ROAD, "--out", first, release="moved") == 0
    hours = []
    for hour in (second, first, second):
        move = ["--out", hour, "--reason", "the road police asked"]
        assert desk.news("move", *move, release="moved") == 0
        hours.append(desk.waits_until("moved"))
    assert hours[0] == hours[2] != hours[1]
    assert desk.news("move", *move, release="moved") == 1, "it is that hour already"
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--out", "tomorrow"], "as in 2026-11-29T09:30:00+03:30"),
        (["--out", "2026-11-29T09:30:00"], "says no offset"),
        (["--kind", "poem"], "poem"),
        (["--figure", "days/2026-11-21/x.json"], "is no published figure"),
        (["--url", "http://127.0.0.1:1"], "did not answer"),
    ],
)
def test_what_cannot_be_asked_is_said_and_lays_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    if words[0] == "--url":
        file = desk.folder / "road.toml"
        file.write_text(ROAD)
        more = ["--kind", "service", "--author", "p-1", "--reason", "r"]
        line = ["news", "approve", "road", str(file), *more, "--data", str(desk.folder)]
        assert main([*line, "--token", str(desk.token), *words]) == 2
    else:
        assert desk.approve(ROAD, *words) == 2
    assert says in capsys.readouterr().err
    assert desk.approve(WRONG, "--kind", "promotion") == 2
    assert "no number but a published figure" in capsys.readouterr().err
    assert desk.approve("[de]\ntitle = 'x'\n") == 2
    assert "[fa] or [en]" in capsys.readouterr().err
