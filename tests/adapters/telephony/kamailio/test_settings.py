"""A line's settings: what is refused, with words that mend it, and what the rules come to."""

from pathlib import Path

import pytest

from pasokh.cli import BAD_INPUT, main
from pasokh.core.time import SECOND
from pasokh.settings import TELEPHONE_EXAMPLE, Settings, SettingsRefused, read_telephone

GOOD = 'fallback = ["sip:1@127.0.0.1:5070"]\n'


def read(folder: Path, text: str) -> None:
    (folder / "telephone.toml").write_text(text)
    read_telephone(folder)


def test_the_example_that_every_error_shows_is_a_line(tmp_path: Path) -> None:
    read(tmp_path, TELEPHONE_EXAMPLE)
    telephone = read_telephone(tmp_path)
    assert telephone is not None
    assert telephone.phones() == {"p1": "sip:p1@127.0.0.1:5071"}
    assert telephone.rules().fallback_after == 75 * SECOND


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "fallback"),
        ("fallback = []", "names nobody"),
        (GOOD + "colour = 1", "colour"),
        ('fallback = ["sip:1@h\\"; exit; #"]', "sip:p1@"),
        (GOOD + 'host = "10.0.0.5"', "trusted"),
        (GOOD + "port = 99999", "65535"),
        (GOOD + "fallback_seconds = 300", "170"),
        (GOOD + "ring_seconds = 0", "ring_seconds"),
        (GOOD + "silence.one_in = 1", "silence"),
        (GOOD + "probe.seconds = -1", "probe"),
        (GOOD + "ends_seconds = -1", "ends_seconds"),
        (GOOD + 'services = ["911|.*"]', "counseling"),
        (GOOD + "[queues.probe]", "probe calls"),
        (GOOD + '[dialled]\n110 = "police"', "police"),
        (GOOD + "[queues.fallback]", "fallback group"),
        (GOOD + '[voice]\nhost = "here; there"', "voice.host"),
        (GOOD + "[voice]\nfirst_port = 5000\nlast_port = 5001", "no room"),
        (GOOD + "[voice]\ncontrol_port = 0", "control_port"),
        (GOOD + "port = 36807", "port lies among the ports of the voices"),
        (GOOD + "[voice]\ntones_port = 30000", "voice.tones_port lies among"),
        (GOOD + '[positions.p1]\nphone = "sip:p1@127.0.0.1:39999"', "sip:p1@.* lies among"),
        (GOOD + "[voice]\ncarried = false\nrecord = true", "voice.carried"),
        (GOOD + "[voice]\nkeep_days = 0", "keep_days"),
        (GOOD + '[positions."میز"]\nphone = "registered"', "names as p1"),
    ],
)
def test_what_cannot_work_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsRefused, match=said):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "port = 36807\n[voice]\ncarried = false",
        "port = 36807\n[voice]\nfirst_port = 20000\nlast_port = 29999",
        '[positions.p1]\nphone = "sip:p1@10.0.0.7:36807;transport=udp"',
    ],
)
def test_ports_may_lie_anywhere_where_the_voices_are_somewhere_else(
    tmp_path: Path, elsewhere: str
) -> None:
    read(tmp_path, GOOD + elsewhere)
    assert read_telephone(tmp_path) is not None


def test_nobody_of_a_drill_answers_a_real_caller(tmp_path: Path) -> None:
    (tmp_path / "telephone.toml").write_text(GOOD)
    settings = Settings(data=tmp_path, drill=True, telephone=read_telephone(tmp_path))
    with pytest.raises(SettingsRefused, match="--empty"):
        settings.check()


def test_a_folder_without_a_line_says_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["telephone", "check", "--data", str(tmp_path)]) == BAD_INPUT
    assert "fallback = [" in capsys.readouterr().err


def test_without_the_switch_it_says_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "telephone.toml").write_text(GOOD)
    monkeypatch.setattr("shutil.which", lambda *_args, **_more: None)
    assert main(["telephone", "check", "--data", str(tmp_path)]) == BAD_INPUT
    assert "apt-get install" in capsys.readouterr().err
