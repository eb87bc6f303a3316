"""Days are published once, whole, and so that one file of the standard library proves them."""

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from pasokh.account.proofs.leaf import OpenRowsLeaf, read_leaf, write_leaf
from pasokh.account.proofs.note import read_key
from pasokh.account.proofs.proof_file import read_proof
from pasokh.adapters.archive.audit import audit
from pasokh.adapters.archive.centre_log import make_log_key, opened_log
from pasokh.adapters.archive.files import DiskFiles
from pasokh.adapters.archive.mirror import FolderMirror
from pasokh.adapters.archive.publishing import Publisher
from pasokh.adapters.archive.stand_alone import publish_verifier
from pasokh.cli import main
from tests.adapters.archive.settled import settled_day
from tests.stories.lived import lived

pytestmark = pytest.mark.slow
DAY = 20_000
FOLDER = "days/2024-10-04/"
HEADLINE = f"{FOLDER}operational-share-1.0.json"


class Office:
    """A key, what lies beside it, and a public folder."""

    def __init__(self, folder: Path) -> None:
        self.key, self.public = folder / "key" / "log.key", folder / "public"
        self.key.parent.mkdir(mode=0o700)
        self.name = str(make_log_key(self.key, "figures.example/test"))

    def publish(self, *days: tuple[int, int], whole: bool = True) -> list[list[str] | None]:
        files = DiskFiles(self.public)
        with opened_log(self.public, self.key) as log:
            publisher = Publisher(files, DiskFiles(self.key.parent / "days", 0o600), log, "nobody")
            found = [publisher.publish(settled_day(day, calls, 7)) for day, calls in days]
            if whole:
                publisher.publish_index()
        publish_verifier(files, read_key(self.name))
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
    assert figures is not None
    assert HEADLINE in figures
    said = office.verify()
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("PROVED: ")
    assert main(["verify", str(office.public), HEADLINE, "--log", office.name]) == 0
    rows = office.public / "days/2024-10-04/calls.csv"
    rows.write_bytes(rows.read_bytes().replace(b",O1,", b",V,", 1))
    assert office.verify().returncode == 1


def test_what_the_switch_counted_lies_beside_with_a_proof_of_its_own(tmp_path: Path) -> None:
    office = Office(tmp_path)
    counted = b"from,to,side\n"
    with opened_log(office.public, office.key) as log:
        private = DiskFiles(office.key.parent / "days", 0o600)
        publisher = Publisher(DiskFiles(office.public), private, log, "nobody")
        publisher.publish(settled_day(DAY, 60, 7), counted)
    path = "days/2024-10-04/switch.csv"
    assert (office.public / path).read_bytes() == counted
    leaf = write_leaf(OpenRowsLeaf(path, sha256(counted).hexdigest()))
    assert read_proof((office.public / f"{path}.tlog-proof").read_bytes()).holds(leaf)


def test_publishing_again_after_a_crash_changes_not_one_byte(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.publish((DAY, 3_000), whole=False)
    before = office.everything()
    # Who published died before the word that the day is out.
    (office.key.parent / "days/waiting/2024-10-04.json").unlink()
    office.publish((DAY, 3_000), whole=False)
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
    assert {"catalog.jsonld", "days.csv", "definitions.json", "index.json"} < named.keys()
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
