"""The switch's own tables: secrets as digests, contacts that a crash cannot spoil."""

from hashlib import md5
from pathlib import Path

import pytest

from pasokh.adapters.telephony.kamailio.config import SwitchConfig, config_text
from pasokh.adapters.telephony.kamailio.phone_files import (
    ha1_of,
    prepare_files,
    read_accounts,
    write_accounts,
)
from pasokh.adapters.telephony.kamailio.phones import REGISTERED, Phones
from pasokh.adapters.telephony.kamailio.window_keys import WindowKeys
from pasokh.cli import BAD_INPUT, main
from pasokh.drivers.live_clock import WallClock

# As the switch of Debian 12 writes it.
CONTACT = (
    r"1:uloc-6b0b792d-c7b-1:p1::sip\:p1@127.0.0.1\:33520:sip\:127.0.0.1\:33520::1795914092:"
    r"-1.00:r33520:2:1795914032:0:0:n/a:udp\:127.0.0.1\:15960:::0:0:-1:0:0"
)
WINDOW = CONTACT.replace("p1@127.0.0.1", "x@y.invalid;transport=ws")


def line_of(folder: Path, positions: str) -> None:
    (folder / "telephone.toml").write_text(f'fallback = ["sip:1@127.0.0.1:5070"]\n{positions}')


@pytest.mark.parametrize(
    ("left", "kept"),
    [
        ("", 0),
        ("half a he", 0),
        (f"head\n{CONTACT}\n", 1),
        (f"head\n{CONTACT}\n{CONTACT[:60]}", 1),
        (f"head\ngarbage\n{CONTACT}\n\x00\x00", 1),
        (f"head\n{CONTACT}\n{WINDOW}\n", 1),
    ],
)
def test_whatever_a_crash_left_the_switch_can_read_its_table(
    tmp_path: Path, left: str, kept: int
) -> None:
    prepare_files(tmp_path)
    table = tmp_path / "contacts" / "location"
    table.write_text(left)
    prepare_files(tmp_path)
    head, *rows = table.read_text().splitlines()
    assert head.startswith("id(int,auto) ruid(string)")
    assert rows == [CONTACT] * kept


def test_accounts_outlive_a_preparation_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    write_accounts(tmp_path, {"p1": ha1_of("p1", "secret")})
    prepare_files(tmp_path)
    digest = md5(b"p1:pasokh:secret", usedforsecurity=False).hexdigest()
    assert read_accounts(tmp_path) == {"p1": digest}
    file = tmp_path / "accounts" / "accounts"
    assert file.stat().st_mode & 0o777 == 0o600


def test_nobody_is_reachable_before_the_switch_says_so_but_fixed_addresses() -> None:
    phones = Phones(
        {"p1": "sip:p1@127.0.0.1", "p2": REGISTERED, "p3": REGISTERED}, WindowKeys("", WallClock())
    )
    assert phones.reachable == {"p1"}
    phones.hear(["p2", "stranger"])
    assert phones.reachable == {"p1", "p2"}
    phones.hear([])
    assert phones.reachable == {"p1"}


def test_a_secret_is_for_a_position_that_registers_and_can_be_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path))
    line_of(tmp_path, '[positions.p1]\nphone = "sip:p1@127.0.0.1:5071"')
    assert main(["telephone", "phone", "p1", *data]) == BAD_INPUT
    assert 'phone = "registered"' in capsys.readouterr().err
    line_of(tmp_path, '[positions.p1]\nphone = "registered"')
    assert main(["telephone", "phone", "p1", *data]) == 0
    secret = capsys.readouterr().out.split("secret:")[1].strip()
    assert read_accounts(tmp_path / "telephone") == {"p1": ha1_of("p1", secret)}
    assert main(["telephone", "phone", "p1", "--forget", *data]) == 0
    assert read_accounts(tmp_path / "telephone") == {}
    assert main(["telephone", "phone", "p1", "--forget", *data]) == BAD_INPUT


def test_a_line_without_registering_telephones_loads_nothing_for_them(tmp_path: Path) -> None:
    plain = SwitchConfig("127.0.0.1", 5060, 8448, ["sip:1@127.0.0.1"], [], 15_000, 75_000)
    text = config_text(plain, tmp_path)
    assert "#!define REGISTERING" not in text
    assert 'loadmodule "registrar.so"' not in text
