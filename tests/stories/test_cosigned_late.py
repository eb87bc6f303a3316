"""Three witnesses cosign after a figure is out: its page says so by itself, whatever is cut off."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from pasokh.account.proofs.checkpoint import Checkpoint
from pasokh.account.proofs.cosignature import WITNESSES_PATH
from pasokh.account.proofs.note import ED25519, write_note
from pasokh.adapters.archive.signing import read_signing_key
from pasokh.cli import main
from pasokh.core.time import DAY
from pasokh.wiring_pages import PublicDisk, write_pages
from pasokh.wiring_publishing import publish
from pasokh.words.digits import number
from pasokh.words.say import message
from tests.adapters.figures.folder import Seen
from tests.stories.test_published_days import (
    FIGURE,
    FINAL_AT,
    PublishedCentre,
    later,
    live_through_a_day,
)

pytestmark = pytest.mark.slow
isolates = re.compile("[\u2066-\u2069]")
NAMES = ("outlet", "university", "ombudsman")


class Turns(Event):
    """Stops publishing after so many turns."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.left = count

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left <= 0


class WitnessedCentre(PublishedCentre):
    """A centre that knows where three witnesses put what they cosigned."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.witnesses = folder / "witnesses"
        notes = ", ".join(f'"{self.note(name)}"' for name in NAMES)
        with (folder / "publishing.toml").open("a") as file:
            file.write(f"cosigned = [{notes}]\n")

    def note(self, name: str) -> Path:
        return self.witnesses / name / "cosigned.txt"

    def name_witnesses(self, capsys: pytest.CaptureFixture[str]) -> None:
        keys = []
        for name in NAMES:
            file = str(self.witnesses / name / "witness.key")
            capsys.readouterr()
            line = ["signing-key", file, "--name", f"{name}.example/w", "--for", "witness"]
            assert main(line) == 0
            keys.append(capsys.readouterr().out)
        (self.public / WITNESSES_PATH).write_text("".join(keys))

    def cosign(self, *names: str, first: bool = True) -> None:
        """What each witness does for itself, and nobody at the centre."""
        log = (self.public / "log-key.txt").read_text().strip()
        for name in names:
            of = self.witnesses / name
            line = ["--state", str(of / "state.json"), "--key", str(of / "witness.key")]
            line += ["--log", log, "--out", str(self.note(name)), *["--first"][: int(first)]]
            assert main(["witness", str(self.public), *line]) == 0

    def turns(self, count: int) -> None:
        assert publish(self.settings, Turns(count)) == 0

    def told_cosigned(self) -> set[str]:
        """What the figure's pages say of witnesses, in both languages, without the digits' form."""
        found = set()
        for language in ("fa", "en"):
            page = Seen(self.page(language, f"{FIGURE}.html")).text
            found |= {
                f"{count}/{of}"
                for of in range(4)
                for count in range(of + 1)
                if cosigned(language, count, of) in isolates.sub("", page)
            }
        return found

    def as_made_anew(self) -> bool:
        """Whether the pages are, to the byte, what `pasokh pages` would write."""
        return write_pages(self.public) == 0


def cosigned(language: str, count: int, of: int) -> str:
    return message(language, "figures.cosigned").format(
        count=number(language, count), all=number(language, of)
    )


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[WitnessedCentre]:
    centre = WitnessedCentre(tmp_path)
    live_through_a_day(centre)
    later(centre, FINAL_AT)
    yield centre
    centre.log.close()


def test_who_cosigns_late_is_on_the_page_without_anybodys_command(
    centre: WitnessedCentre, capsys: pytest.CaptureFixture[str]
) -> None:
    assert centre.told_cosigned() == set(), "nobody is named yet"
    centre.name_witnesses(capsys)
    centre.turns(1)
    assert centre.told_cosigned() == {"0/3"}
    centre.cosign(NAMES[0])
    centre.turns(3)
    assert centre.told_cosigned() == {"1/3"}
    centre.cosign(*NAMES[1:])
    centre.turns(3)
    assert centre.told_cosigned() == {"3/3"}
    assert centre.as_made_anew()
    key = (centre.public / "log-key.txt").read_text().strip()
    capsys.readouterr()
    assert main(["verify", str(centre.public), "--files", "--log", key]) == 0
    assert "Cosigned by 3 of 3" in capsys.readouterr().out
    later(centre, FINAL_AT + DAY)
    assert centre.told_cosigned() == {"3/3"}, "the log went on, and what they saw stays said"
    assert centre.as_made_anew()


@pytest.mark.parametrize("at", [0, 1, 3])
def test_what_is_cut_off_while_pages_are_written_is_done_by_the_next_turn(
    centre: WitnessedCentre,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    at: int,
) -> None:
    centre.name_witnesses(capsys)
    centre.cosign(*NAMES)
    left = at
    write = PublicDisk.write

    def cut(self: PublicDisk, path: str, raw: bytes) -> None:
        nonlocal left
        if path.endswith(".html"):
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
        write(self, path, raw)

    with monkeypatch.context() as patched:
        patched.setattr(PublicDisk, "write", cut)
        with pytest.raises(KeyboardInterrupt):
            centre.turns(3)
    centre.turns(3)
    assert centre.told_cosigned() == {"3/3"}
    assert centre.as_made_anew()


def test_an_address_that_gives_nothing_good_is_said_once_and_holds_up_nobody(
    centre: WitnessedCentre, capsys: pytest.CaptureFixture[str]
) -> None:
    centre.name_witnesses(capsys)
    centre.cosign(NAMES[0], NAMES[2])
    centre.note(NAMES[1]).write_bytes(b"no note")
    centre.turns(6)
    told = capsys.readouterr().err
    assert told.count("no cosignature from") == 1
    assert str(centre.note(NAMES[1])) in told
    assert centre.told_cosigned() == {"2/3"}


def test_a_centre_whose_log_was_forked_stops(
    centre: WitnessedCentre, capsys: pytest.CaptureFixture[str]
) -> None:
    """A checkpoint that our key signed and that is not of our log: somebody else has the key."""
    centre.name_witnesses(capsys)
    key = read_signing_key(centre.settings.data / "publishing/log.key", ED25519)
    fork = key.signed(Checkpoint(key.public.name, 1, bytes(32)).text)
    centre.note(NAMES[0]).write_bytes(write_note(fork))
    assert publish(centre.settings, Turns(3)) != 0
    assert "find out who has the key" in capsys.readouterr().err
