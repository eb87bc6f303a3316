"""The doors' settings: on this machine without a file, refused where words go in the clear."""

from pathlib import Path

import pytest

from pasokh.cli import _parser, _settings
from pasokh.settings import Settings, SettingsRefused, read_door


def doors_of(folder: Path, text: str) -> str:
    (folder / "doors.toml").write_text(text)
    doors = read_door(Settings(data=folder, port=8110))
    return f"{doors.host}:{doors.port} {doors.alarm_types.get('burglary')} {doors.behind}"


def test_without_a_file_they_are_open_on_this_machine_only(tmp_path: Path) -> None:
    doors = read_door(Settings(data=tmp_path, port=9000))
    assert (doors.host, doors.port) == ("127.0.0.1", 9001)
    assert doors.alarm_types["burglary"] == "intrusion_alarm"
    assert "panic" not in doors.alarm_types, "whoever answers says what it is"


def test_a_file_says_where_and_which_types(tmp_path: Path) -> None:
    text = 'host = "10.0.0.5"\nport = 8443\nbehind = ["10.0.0.4"]\n[alarm_types]\nburglary = "x"\n'
    assert doors_of(tmp_path, text) == "10.0.0.5:8443 x ('10.0.0.4',)"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('host = "10.0.0.5"', "in the clear"),
        ('host = "a name"', "host is an address"),
        ("port = 70000", "port is from 1"),
        ('behind = ["localhost"]', "doors.toml: behind names the addresses of proxies"),
        ("colour = 1", "colour"),
        ("port = ", "doors.toml"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(SettingsRefused, match=why):
        doors_of(tmp_path, text)


def given(*options: str) -> Settings:
    return _settings(_parser().parse_args(["serve", *options]))


def test_the_control_room_is_told_of_its_proxies_by_an_option() -> None:
    settings = given("--empty", "--behind", "10.0.0.4", "--behind", "fd00::4")
    settings.check()
    assert settings.behind == ("10.0.0.4", "fd00::4")
    with pytest.raises(SettingsRefused, match="--behind names the addresses of proxies"):
        given("--empty", "--behind", "10.0.0.0/8").check()
    with pytest.raises(SettingsRefused, match="for a centre with --empty"):
        given("--behind", "10.0.0.4").check()
