"""Days are published once, whole, and so that one file of the standard library proves them."""

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from pasokh.account.definitions import FigureVersion
from pasokh.account.identity import IdentityBroken
from pasokh.account.proofs.leaf import OpenRowsLeaf, read_leaf, write_leaf
from pasokh.account.proofs.note import read_key
from pasokh.account.proofs.proof_file import read_proof
from pasokh.account.provisional import is_large
from pasokh.account.published_counts import counts_csv
from pasokh.account.releases import MovedRelease, Plan, PreAccess, ReleaseDesk, ReleaseKind
from pasokh.account.rows import DayRows, SettledDay
from pasokh.adapters.archive.audit import audit
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.mirror import FolderMirror
from pasokh.adapters.archive.months import months_around
from pasokh.adapters.archive.publishing import Publisher
from pasokh.adapters.archive.stand_alone import publish_verifier
from pasokh.answer.events_watch import CountsCompared, LineCounts
from pasokh.cli import main
from pasokh.core.time import HOUR
from tests.account.test_published_shares import marked
from tests.adapters.archive.settled import settled_day
from tests.stories.lived import lived

pytestmark = pytest.mark.slow
DAY = 20_000
LATER = (DAY + 60) * 86_400_000
HALF_PAST_NINE = 570 * 60_000
FINAL_DUE = (DAY + 8) * 86_400_000 + HALF_PAST_NINE
FOLDER = "days/2024-10-04/"
HEADLINE = f"{FOLDER}operational-share-1.0.json"


class Office:
    """A key, what lies beside it, and a public folder."""

    def __init__(self, folder: Path) -> None:
        self.key, self.public = folder / "key" / "log.key", folder / "public"
        self.key.parent.mkdir(mode=0o700)
        self.name = str(make_log_key(self.key, "figures.example/test"))

    def publish(self, *days: tuple[int, int], whole: bool = True) -> list[list[str]]:
        return self.release(*(settled_day(day, calls, 7) for day, calls in days), whole=whole)

    def release(
        self,
        *days: SettledDay,
        now: int = LATER,
        desk: ReleaseDesk | None = None,
        counted: bytes | None = None,
        whole: bool = False,
    ) -> list[list[str]]:
        """Publish what is due; give the figures of each release."""
        files = DiskFiles(self.public)
        plan = Plan(desk or ReleaseDesk(), 0, DAY, months_around(DAY, "gregorian"))
        with opened_log(self.public, self.key) as log:
            publisher = Publisher(files, DiskFiles(self.key.parent / "days", 0o600), log, "nobody")
            for day in days:
                publisher.receive(day, counted)
            found = [list(one.figures) for one in publisher.release(plan, now)]
            if whole:
                publisher.publish_index()
        publish_verifier(files, read_key(self.name))
        return found

    def note(self, release: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.public / f"releases/{release}.json").read_bytes())
        return found

    def verify(self, figure: str = HEADLINE) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, str(self.public / "verify_figure.py"), str(self.public), figure]
        line += ["--log", self.name]
        return subprocess.run(line, check=False, capture_output=True, text=True)

    def everything(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.public)): path.read_bytes()
            for path in self.public.rglob("*")
            if path.is_file()
        }


def test_a_published_headline_is_proved_by_the_verifier_beside_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    (figures,) = office.publish((DAY, 3_000))
    assert HEADLINE in figures
    said = office.verify()
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("PROVED: ")
    assert main(["verify", str(office.public), HEADLINE, "--log", office.name]) == 0
    rows = office.public / "days/2024-10-04/calls.csv"
    rows.write_bytes(rows.read_bytes().replace(b",O1,", b",V,", 1))
    assert office.verify().returncode == 1


@pytest.mark.parametrize("share", ["recoded", "called-back", "confirmed", "regraded"])
def test_a_share_that_no_class_tells_is_proved_too(tmp_path: Path, share: str) -> None:
    office, figure = Office(tmp_path), f"{FOLDER}{share}-share-1.0.json"
    office.release(marked(settled_day(DAY, 1_500, 7)))
    assert office.verify(figure).returncode == 0
    assert main(["verify", str(office.public), figure, "--log", office.name]) == 0
    table = office.public / FOLDER / "shares.csv"
    table.write_bytes(table.read_bytes().replace(b",part,", b",rest,", 1))
    assert office.verify(figure).returncode == 1
    assert main(["verify", str(office.public), figure, "--log", office.name]) == 1


def test_what_the_switch_counted_lies_beside_with_a_proof_of_its_own(tmp_path: Path) -> None:
    office = Office(tmp_path)
    day = settled_day(DAY, 700, 7)
    abandoned = sum(day.figure.tally.classes[name] for name in ("A1", "A2"))
    both = LineCounts(day.figure.tally.offered, day.figure.tally.offered - abandoned)
    counted = counts_csv([CountsCompared("k", "line", 0, 0, HOUR, both, both)])
    assert counted is not None
    office.release(day, counted=counted)
    path = "days/2024-10-04/switch.csv"
    assert (office.public / path).read_bytes() == counted
    leaf = write_leaf(OpenRowsLeaf(path, sha256(counted).hexdigest()))
    assert read_proof((office.public / f"{path}.tlog-proof").read_bytes()).holds(leaf)


def test_publishing_again_after_a_crash_changes_not_one_byte(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.publish((DAY, 3_000), whole=False)
    before = office.everything()
    # Who published died before the word that the day is out.
    (office.key.parent / "days/out/2024-10-04-final.json").unlink()
    assert office.publish((DAY, 3_000), whole=False) != []
    assert office.everything() == before
    office.publish()
    before = office.everything()
    office.publish()
    assert office.everything() == before
    office.publish((DAY + 1, 2_000))
    assert office.verify().returncode == 0
    assert office.verify(HEADLINE.replace("10-04", "10-05")).returncode == 0


def test_every_open_file_is_a_leaf_of_the_public_log(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.publish((DAY, 3_000))
    log = audit(FolderMirror(office.public), read_key(office.name))
    named = {
        leaf.path: leaf.sha256
        for leaf in map(read_leaf, log.leaves)
        if isinstance(leaf, OpenRowsLeaf)
    }
    assert f"{FOLDER}calls.parquet" in named
    files = office.everything()
    assert {path: sha256(files[path]).hexdigest() for path in named} == named
    unproved = {path for path in files if path.startswith(FOLDER)} - named.keys()
    assert {re.sub(r"[a-z-]+-1\.0", "FIGURE", path) for path in unproved} == {
        f"{FOLDER}FIGURE.json",
        f"{FOLDER}FIGURE.json.tlog-proof",
    }


def test_a_small_day_waits_and_the_next_one_speaks_for_both(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert office.publish((DAY, 4)) == [[]]
    office.publish((DAY + 1, 3_000))
    table = (office.public / "days/2024-10-05/calls.csv").read_text()
    assert "2024-10-04,2024-10-05," in table
    counted = sum(int(line.rpartition(",")[2]) for line in table.splitlines()[1:])
    first = (office.public / "days/2024-10-04/calls.csv").read_text()
    counted += sum(int(line.rpartition(",")[2]) for line in first.splitlines()[1:])
    assert counted <= 3_004


def test_the_command_publishes_what_is_settled_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lived(tmp_path / "log.sqlite").close()
    office = Office(tmp_path)
    line = ["publish", str(tmp_path / "log.sqlite"), "--to", str(office.public)]
    line += ["--key", str(office.key), "--responsible", "nobody"]
    assert main(line) == 0
    assert "1970-01-01" in capsys.readouterr().out
    assert main(line) == 0
    assert capsys.readouterr().out == "", "it goes on where it ended"
    assert (office.public / "calendar.json").is_file()
    assert (office.public / "verify_figure.py").is_file()
    page = office.public / "fa" / "days" / "1970-01-01" / "index.html"
    written = page.read_bytes()
    page.unlink()
    assert main(["pages", str(office.public)]) == 0
    assert capsys.readouterr().out.startswith("1 pages written"), "and none that is there"
    assert page.read_bytes() == written
    assert main(["pages", str(tmp_path / "nowhere")]) == 2
    assert main([*line[:1], str(tmp_path / "none"), *line[2:]]) == 2
    assert main([*line, "--address", "data.example"]) == 2
    assert "https://data.example/110" in capsys.readouterr().err


def provisional(day: int, calls: int) -> SettledDay:
    settled = settled_day(day, calls, 7)
    figure = structs.replace(settled.figure, figure_version=FigureVersion.PROVISIONAL)
    return structs.replace(settled, figure=figure, rows=DayRows([], [], []))


def test_nothing_is_out_before_its_hour(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert office.release(settled_day(DAY, 300, 7), now=FINAL_DUE - 1) == []
    assert not (office.public / "days").exists()
    assert office.release(now=FINAL_DUE) != []
    note = office.note("2024-10-04-final")
    assert note["announced_at"] == note["due_at"] == "2024-10-12T09:30:00.000Z"
    assert "days/2024-10-04/calls.csv" in note["files"]
    assert "reason" not in note


def test_what_is_moved_and_who_saw_it_before_is_published_with_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    name = "2024-10-04-final"
    desk = ReleaseDesk(
        moved={name: MovedRelease(FINAL_DUE - 3_600_000, "a holiday")},
        pre_access={name: [PreAccess(FINAL_DUE - 7_200_000, "the governor's office", "by law")]},
    )
    assert office.release(settled_day(DAY, 300, 7), now=FINAL_DUE - 3_600_000, desk=desk) != []
    note = office.note(name)
    assert (note["due_at"], note["reason"]) == ("2024-10-12T08:30:00.000Z", "a holiday")
    assert note["seen_before"] == [
        {"at": "2024-10-12T07:30:00.000Z", "to": "the governor's office", "why": "by law"}
    ]


def test_a_provisional_figure_is_rounded_and_has_no_rows(tmp_path: Path) -> None:
    office = Office(tmp_path)
    days = [provisional(DAY, 3_000), provisional(DAY + 1, 300), provisional(DAY + 2, 3_000)]
    assert is_large(days[2].figure.tally.classes)
    assert office.release(*days) == [[], [], []]
    share = office.note("2024-10-04-provisional")["provisional"]
    assert share["operational"] % 10 == share["answered"] % 10 == 0
    assert share["percent"] == round(100 * share["operational"] / share["answered"])
    for small in ("2024-10-05-provisional", "2024-10-06-provisional"):
        note = office.note(small)
        assert "provisional" not in note, "the day after a small one might tell of it"
        assert note["withheld"]
    assert not (office.public / "days").exists()


def test_a_day_that_does_not_add_up_holds_back_what_comes_after(tmp_path: Path) -> None:
    office = Office(tmp_path)
    whole = settled_day(DAY, 300, 7)
    tally = structs.replace(whole.figure.tally, offered=1)
    broken = structs.replace(whole, figure=structs.replace(whole.figure, tally=tally))
    for _ in range(2):
        with pytest.raises(IdentityBroken, match="2024-10-04: offered is 1,"):
            office.release(broken, settled_day(DAY + 1, 300, 7))
    assert not (office.public / "days").exists()
    assert len(office.release(whole)) == 2


def test_the_calendar_of_a_year_is_a_file_and_old_ones_stay(tmp_path: Path) -> None:
    office = Office(tmp_path)
    now = (DAY + 1) * 86_400_000
    office.release(now=now)
    first = (office.public / "calendar.json").read_bytes()
    assert (office.public / "calendars/1.json").read_bytes() == first
    lines = json.loads(first)["releases"]
    assert lines[0]["release_id"] == "2024-10-04-revised"
    assert lines[1]["release_id"] == "2024-10-04-provisional"
    assert {line["kind"] for line in lines} == set(ReleaseKind)
    assert len(lines) > 1_080
    office.release(now=now + 1)
    assert not (office.public / "calendars/2.json").exists()
    moved = ReleaseDesk(moved={"2024-12-01-final": MovedRelease(LATER, "a holiday")})
    office.release(now=now + 2, desk=moved)
    assert (office.public / "calendars/1.json").read_bytes() == first
    second = (office.public / "calendars/2.json").read_bytes()
    assert b'"reason":"a holiday"' in second
    assert (office.public / "calendar.json").read_bytes() == second
