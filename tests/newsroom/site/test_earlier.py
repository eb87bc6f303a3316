"""What an earlier newsroom published is taken in as that, with every change that it made."""

import csv
import gzip
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client

from pasokh.newsroom.site import lists
from pasokh.newsroom.site.earlier import EarlierPlace, EarlierUnfit, TakenIn, take_in
from pasokh.newsroom.site.finding import found_by, index_news
from pasokh.newsroom.site.models import NewsRelease, ReleaseVersion
from pasokh.words.say import say
from tests.newsroom.site.press_office import PressOffice, catch_up
from tests.office.conftest import FOLDER, PORT

pytestmark = pytest.mark.slow

HELD = Path(__file__).parents[4] / "shared" / "data" / "newsroom"
NOTICES = HELD / "polisen_se_2025.csv.gz"
REVISIONS = HELD / "polisen_se_revisions_2023_2025.csv.gz"
PLACE = EarlierPlace("polisen.se", "sv", "Europe/Stockholm")
_HEAD = "id,published,modified,type,region,gps,name,summary,body\n"
_REVISED = "id,first_seen,datetime,name,summary,type,region\n"


def small(folder: Path) -> tuple[Path, Path]:
    """Three notices: one that stands, one that changed unseen, one with two versions."""
    notices, revisions = folder / "notices.csv", folder / "revisions.csv"
    notices.write_text(
        _HEAD + "1,2025-06-01 08:00:00,,Brand,Umeå,,Brand i Umeå,Rök syns.,Släckt.\n"
        "2,2025-06-02 08:00:00,2025-06-02 09:00:00,Brand,Umeå,,Brand igen,Rök.,\n"
        "3,2025-06-03 08:00:00,,Trafikolycka,Malmö,,Olycka,Två skadade.,Vägen är öppen.\n",
        encoding="utf-8",
    )
    revisions.write_text(
        _REVISED + "3,2025-06-03T06:10:00+00:00,2025-06-03 8:00:00 +02:00,Olycka,"
        "Fyra skadade.,Trafikolycka,Malmö\n"
        "3,2025-06-03T07:10:00+00:00,2025-06-03 8:00:00 +02:00,Olycka,"
        "Två skadade.,Trafikolycka,Malmö\n",
        encoding="utf-8",
    )
    return notices, revisions


def test_every_page_of_it_says_that_no_log_proves_it(
    office: PressOffice, visitor: Client, tmp_path: Path
) -> None:
    assert take_in(*small(tmp_path), PLACE) == TakenIn(3, 1, 1)
    assert NewsRelease.objects.get(news_id="polisen-se-1").out_at == 1_748_757_600_000
    catch_up()
    for language in ("fa", "en"):
        page = unescape(visitor.get(f"/newsroom/{language}/news/polisen-se-1/").content.decode())
        note = say(language, "newsroom_site.earlier.note", source="polisen.se")
        assert note in page
        assert "tlog-proof" not in page
        assert '<article lang="sv" dir="ltr">' in page
        assert "Umeå" in page
        front = visitor.get(f"/newsroom/{language}/").content.decode()
        assert front.count(say(language, "newsroom_site.earlier.short")) == 3


def test_the_register_has_what_changed_and_what_only_says_that_it_did(
    office: PressOffice, visitor: Client, tmp_path: Path
) -> None:
    take_in(*small(tmp_path), PLACE)
    catch_up()
    page = unescape(visitor.get("/newsroom/en/corrections/").content.decode())
    assert re.findall(r"/news/(polisen-se-\d)/", page) == ["polisen-se-3", "polisen-se-2"]
    assert say("en", "newsroom_site.changed.unseen") in page
    revised = unescape(visitor.get("/newsroom/en/news/polisen-se-3/").content.decode())
    assert "<del>Fyra</del><ins>Två</ins>" in revised
    assert "Vägen är öppen." in revised
    assert say("en", "news.corrected.unknown") in revised
    unseen = unescape(visitor.get("/newsroom/en/news/polisen-se-2/").content.decode())
    assert say("en", "newsroom_site.changed.unseen") in unseen


def test_taking_it_in_again_changes_nothing_and_the_copy_lets_it_stand(
    office: PressOffice, tmp_path: Path
) -> None:
    files = small(tmp_path)
    take_in(*files, PLACE)
    before = list(ReleaseVersion.objects.values_list())
    take_in(*files, PLACE)
    catch_up()
    assert list(ReleaseVersion.objects.values_list()) == before
    assert found_by("Malmö olycka")[0].release_id == "polisen-se-3"


_KILLED = """
import os, signal, sys
from pathlib import Path
from pasokh.settings import Settings
from pasokh.wiring_newsroom import set_up
folder, port, *files = sys.argv[1:]
set_up(Settings(data=Path(folder), port=int(port)))
from pasokh.newsroom.site import earlier
write = earlier.write_many
def write_and_die(*told):
    write(*told)
    os.kill(os.getpid(), signal.SIGKILL)
earlier._AT_ONCE, earlier.write_many = 2, write_and_die
earlier.take_in(*map(Path, files), earlier.EarlierPlace("polisen.se", "sv", "Europe/Stockholm"))
"""


def test_killed_half_way_the_pages_have_what_came_in_and_the_rest_comes_when_it_is_done_again(
    office: PressOffice, visitor: Client, tmp_path: Path
) -> None:
    def listed() -> set[str]:
        page = visitor.get("/newsroom/en/").content.decode()
        return set(re.findall(r"/news/(polisen-se-\d)/", page))

    catch_up()
    assert listed() == set(), "kept as it is now"
    files = small(tmp_path)
    command = [sys.executable, "-c", _KILLED, str(FOLDER), str(PORT), *map(str, files)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert len(listed()) == 2
    assert index_news() == 2
    assert take_in(*files, PLACE).releases == 3
    assert len(listed()) == 3


@pytest.mark.parametrize("line", ["1,yesterday,,a,b,,c,d,e\n", "\udcff"])
def test_a_file_that_cannot_be_read_is_said_and_nothing_of_it_stays(
    office: PressOffice, tmp_path: Path, line: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes((_HEAD + line).encode("utf-8", "surrogateescape"))
    with pytest.raises(EarlierUnfit, match=r"yesterday|bad\.csv"):
        take_in(file, None, PLACE)
    assert not NewsRelease.objects.exists()


def rows_of(path: Path) -> Iterator[Mapping[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def changed_by_the_files() -> set[str]:
    """Which notices changed after they were out, counted from the files alone."""
    said: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    fields = ("name", "summary", "type", "region")
    for row in rows_of(REVISIONS):
        said[row["id"]].append(tuple(row[name].strip() for name in fields))
    changed = set()
    for row in rows_of(NOTICES):
        seen = row["id"] in said
        said[row["id"]].append(tuple(row[name].strip() for name in fields))
        if not seen and row["modified"] > row["published"]:
            changed.add(row["id"])
    return changed | {
        known
        for known, versions in said.items()
        if any(one != other for one, other in pairwise(versions))
    }


@pytest.mark.skipif(not NOTICES.is_file(), reason="needs ../shared/data/newsroom")
def test_a_year_of_a_real_newsroom_is_taken_in_with_every_change(
    office: PressOffice, visitor: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = take_in(NOTICES, REVISIONS, PLACE)
    every = {row["id"] for file in (NOTICES, REVISIONS) for row in rows_of(file)}
    assert taken.releases == NewsRelease.objects.count() == len(every)
    wanted = changed_by_the_files()
    listed: set[str] = set()
    number, more = 1, True
    while more:
        part = lists.register("", number)
        listed |= {one.release.news_id.removeprefix("polisen-se-") for one in part.rows}
        number, more = number + 1, part.more
    assert listed == wanted
    assert index_news() == len(every)
    counties = dict(lists.counties())
    assert sum(counties.values()) == len(every)
    page = visitor.get("/newsroom/fa/news/from/stockholm/").content.decode()
    assert page.count("<li>") >= lists.PART
    found = found_by("trafikolycka Umeå")
    assert found
    with capsys.disabled():
        told = f"{taken.releases} releases, {len(listed)} in the register"
        print(f"\n{told}, {len(counties)} counties")  # noqa: T201 - what was counted
