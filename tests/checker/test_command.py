"""The command `pasokh check`: its exit codes, its JSON, and what it says of bad input."""

import io
import json
import re
from pathlib import Path

import pytest

from pasokh.cli import main
from tests.house.tree import ROOT

GOOD = "Of 200 calls, 50 calls (25 %) led to a mission."
WRONG = "Of 200 calls, 50 calls (30 %) led to a mission."


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (WRONG, 1), ("No numbers here.", 0)])
def test_a_text_of_words(text: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", text, "--json"]) == code
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"] == "inconsistent") is bool(code)


def test_a_text_in_a_file_is_told_in_persian(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "release.txt"
    file.write_text(WRONG, "utf-8")
    assert main(["check", str(file), "--language", "fa"]) == 1
    assert "۲۵ درصد درست است" in capsys.readouterr().out


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert main(["check", "-"]) == 1


def test_figures_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    file.write_text('{"figures": [{"id": "share/1/x", "value": 31}]}', "utf-8")
    assert main(["check", f"{GOOD} 30 % are short (share/1/x).", "--figures", str(file)]) == 1


def test_records_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = {"kind": "sum", "parts": [1, 2], "total": 3}
    file = tmp_path / "records.json"
    for records, code in (
        ([{"id": "a", "checks": [check]}], 0),
        ([{"id": "a", "checks": [check | {"total": 4}]}], 1),
        ([{"id": "a", "checks": [check]}, {"id": "b", "checks": [{"kind": "sum"}]}], 2),
    ):
        file.write_text(json.dumps(records), "utf-8")
        assert main(["check", "--records", str(file), "--json"]) == code
        told = capsys.readouterr()
        assert json.loads(told.out)["records"][0]["id"] == "a"
    assert "b: checks[0].parts: is missing. Give it a number." in told.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "no UTF-8"),
        (b"{", "no JSON"),
        (b"[NaN]", "#1: record: has to be a JSON object"),
        (b"[" * 100_000, "no JSON"),
        (b"[" + b"9" * 5_000 + b"]", "#1: record: has to be a JSON object"),
        (b'[{"id": "a", "checks": [{"kind": "sum", "parts": [NaN]}]}]', "a: checks[0].parts[0]:"),
        (b'[{"id": "a", "checks": [{"kind": "sum", "parts": [%s]}]}]' % (b"9" * 5000), "a: checks"),
        (b'{"records": 5}', "no list of records"),
    ],
)
def test_a_bad_file_is_refused(
    data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "records.json"
    file.write_bytes(data)
    assert main(["check", "--records", str(file)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give either a text or --records FILE"),
        (["text", "--records", "file"], "give either a text or --records FILE"),
        ([" "], "the text is empty"),
        (["--records", "/no/such/file"], "No such file"),
        (["70 % (share/1/x)", "--figures", "/no/such/file"], "No such file"),
    ],
)
def test_bad_arguments_are_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "UTF-8 ذخیره کنید"),
        (b"{", "JSON نیست"),
        (b"[" * 100_000, "JSON خوانایی نیست"),
        (b'{"records": 5}', "فهرستی از رکوردها ندارد"),
        (b'[{"id": "a", "checks": [{"kind": "share"}]}]', "آن را با یک عدد بنویسید"),
    ],
)
def test_a_bad_file_is_refused_in_persian_too(
    data: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "records.json"
    file.write_bytes(data)
    assert main(["check", "--records", str(file), "--language", "fa"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "یا متنی بدهید"), ([" "], "متن خالی است"), (["-", "--figures", "/no"], "خوانده نشد")],
)
def test_bad_arguments_are_refused_in_persian_too(
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert main(["check", *arguments, "--language", "fa"]) == 2
    assert said in capsys.readouterr().err


def test_records_are_told_in_persian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = {"kind": "share", "num": 50, "den": 200, "claimed_pct": 30}
    file = tmp_path / "records.json"
    file.write_text(json.dumps([{"id": "a", "checks": [check]}]), "utf-8")
    assert main(["check", "--records", str(file), "--language", "fa"]) == 1
    assert "a: نمی‌خواند" in capsys.readouterr().out


def test_the_guide_prints_what_the_command_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (ROOT / "docs" / "guides" / "check-a-release.md").read_text("utf-8")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)
    release = next(text for kind, text in blocks if kind == "text")
    told = next(text for kind, text in blocks if kind == "console").partition("\n")[2]
    file = tmp_path / "release.txt"
    file.write_text(release, "utf-8")
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().out == told
