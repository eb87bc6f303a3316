"""`pasokh archive`: a settled day goes into Parquet once, and is held against the log."""

import re
from pathlib import Path

import pytest

from pasokh.cli import main
from tests.stories.lived import lived


@pytest.mark.slow
def test_settled_days_are_kept_once_and_held_against_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lived(tmp_path / "log.sqlite").close()
    line = ["archive", str(tmp_path / "log.sqlite"), "--to", str(tmp_path / "archive")]
    assert main([*line, "--verify"]) == 1
    assert "1970-01-01: the archive does not have it" in capsys.readouterr().err
    assert main(line) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1970-01-01: ")
    assert said[0].endswith(" rows of final figures")
    assert said[1].startswith("1 days written")
    assert main(line) == 0
    assert capsys.readouterr().out.startswith("0 days written"), "it goes on where it ended"
    assert main([*line, "--verify"]) == 0
    assert re.fullmatch(
        r"1 settled days in the log, 1 of them whole in the archive; "
        r"0 of 0 counted months hold; \d+\.\d s\n",
        capsys.readouterr().out,
    )


@pytest.mark.slow
def test_a_day_is_written_again_when_the_one_who_wrote_it_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lived(tmp_path / "log.sqlite").close()
    line = ["archive", str(tmp_path / "log.sqlite"), "--to", str(tmp_path / "archive")]

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("pasokh.adapters.archive.parquet._sync", die)
        with pytest.raises(KeyboardInterrupt):
            main(line)
    assert main(line) == 0
    assert "1 days written" in capsys.readouterr().out
    assert main([*line, "--verify"]) == 0


@pytest.mark.parametrize("province", ["../x", "", "a b"])
def test_a_province_that_is_no_word_is_refused(tmp_path: Path, province: str) -> None:
    assert main(["archive", "log", "--to", str(tmp_path), "--province", province]) == 2


def test_a_log_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["archive", str(tmp_path / "none"), "--to", str(tmp_path / "archive")]) == 2
    assert "none" in capsys.readouterr().err
