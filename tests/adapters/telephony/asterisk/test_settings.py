"""An Asterisk's settings: what is refused, with words that mend it; and a trial of them."""

import asyncio
import threading
from pathlib import Path

import pytest

from pasokh.cli import BAD_INPUT, main
from pasokh.settings import SettingsRefused, read_telephone
from pasokh.settings_asterisk import ASTERISK_EXAMPLE, AsteriskRefused
from tests.adapters.telephony.asterisk.pbx import SECRET, Pbx

GOOD = '[asterisk]\nqueues = ["sos"]\n[asterisk.members]\n"PJSIP/op1" = "p1"\n'


def write(folder: Path, text: str, mode: int = 0o600) -> None:
    (folder / "telephone.toml").write_text(text)
    secret = folder / "asterisk.secret"
    secret.write_text(f"{SECRET}\n")
    secret.chmod(mode)


def test_the_example_that_every_error_shows_is_a_line(tmp_path: Path) -> None:
    write(tmp_path, ASTERISK_EXAMPLE)
    telephone = read_telephone(tmp_path)
    assert telephone is not None
    assert telephone.asterisk is not None
    assert telephone.asterisk.secret(tmp_path) == SECRET
    assert telephone.rules().elsewhere == {"asterisk"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('fallback = ["sip:1@h"]\n' + GOOD, "gives calls out by itself"),
        (GOOD.replace('"sos"', ""), "name nobody"),
        (GOOD.replace('"sos"', '"fallback"'), "leaving a queue"),
        (GOOD.replace("[asterisk]", "[asterisk]\nport = 0"), "no address"),
        (GOOD.replace("[asterisk]", '[asterisk]\nhost = "a b"'), "no address"),
        (GOOD.replace("[asterisk]", '[asterisk]\naccount = "a b"'), "without blanks"),
        (GOOD.replace("[asterisk]", '[asterisk]\nqueue_log = "log"'), "a path from /"),
        (GOOD.replace("[asterisk]", "[asterisk]\ncolour = 1"), "colour"),
    ],
)
def test_what_cannot_work_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsRefused, match=said):
        read_telephone(tmp_path)


def test_a_secret_that_others_may_read_is_none(tmp_path: Path) -> None:
    write(tmp_path, GOOD, 0o640)
    telephone = read_telephone(tmp_path)
    assert telephone is not None
    assert telephone.asterisk is not None
    with pytest.raises(AsteriskRefused, match="chmod 600") as refused:
        telephone.asterisk.secret(tmp_path)
    assert SECRET not in str(refused.value)


def test_there_is_no_switch_to_bring_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, GOOD)
    assert main(["telephone", "up", "--data", str(tmp_path)]) == BAD_INPUT
    assert "pasokh run listens" in capsys.readouterr().err


def test_a_trial_says_who_is_there_and_who_is_none_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pbx, loop = Pbx(tmp_path / "queue_log", lambda: 1_000), asyncio.new_event_loop()
    pbx.members = {"PJSIP/op1": ("Op 1", False), "PJSIP/op2": ("Op 2", False)}
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(pbx.open(), loop).result(10)
        log = f'[asterisk]\nport = {pbx.port}\nqueue_log = "{tmp_path}/queue_log"'
        write(tmp_path, GOOD.replace("[asterisk]", log, 1))
        assert main(["telephone", "check", "--data", str(tmp_path)]) == 0
        out = capsys.readouterr().out
        assert "PJSIP/op1 (Op 1): p1" in out
        assert "PJSIP/op2 (Op 2): no position of ours" in out
        (tmp_path / "asterisk.secret").write_text("another")
        assert main(["telephone", "check", "--data", str(tmp_path)]) == BAD_INPUT
        out = capsys.readouterr().out
        assert "Authentication failed" in out
        assert "another" not in out
    finally:
        asyncio.run_coroutine_threadsafe(pbx.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
    assert main(["telephone", "check", "--data", str(tmp_path)]) == BAD_INPUT
