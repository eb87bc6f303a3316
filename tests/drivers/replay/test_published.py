"""Real logs of strangers, replayed and published: proved, with the range and the unknown in view.

A few days of each; the whole ones are published by hand (docs/guides: replay your own log).
"""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pasokh.account.disclosure.rows import K, Side
from pasokh.account.proofs.values import ShareValue
from pasokh.adapters.figures.saying import Tongue
from pasokh.cli import main
from pasokh.words.digits import number
from pasokh.words.say import LANGUAGES, say
from tests.adapters.archive.walked import unnamed, untrue
from tests.drivers.replay.test_strangers import there

# A Sunday and the Monday after it of each, so that there are two weeks; so many rows of a day.
DAYS = {
    "san-luis-obispo": ("2021-09-19", "2021-09-20"),
    "san-diego": ("2023-01-01", "2023-01-02"),
    "milwaukee": ("2018-09-16", "2018-09-17"),
}
ROWS_A_DAY = 600


def part_of(mapping: str, to: Path) -> Path:
    """Write the first rows of some days, as they stand in the whole."""
    kept = dict.fromkeys(DAYS[mapping], 0)
    with gzip.open(there(mapping), "rt", encoding="utf-8", newline="") as file:
        lines = iter(file)
        part = [next(lines)]
        for line in lines:
            day = next((one for one in kept if f",{one}" in line), "")
            if day and kept[day] < ROWS_A_DAY:
                part.append(line)
                kept[day] += 1
            if kept[DAYS[mapping][1]] and not day:
                break
    to.write_text("".join(part), "utf-8")
    return to


def check_page(public: Path, language: str, report: dict[str, Any]) -> None:
    """The first page says the whole, its range, what stayed unknown and the other readings."""
    page = (public / language / "index.html").read_text("utf-8")
    weekly, unknown = report["weekly"], report["classes"].get("P", 0)
    shares = (
        weekly["lowest_percent"],
        weekly["highest_percent"],
        report["operational_share_percent"],
    )
    for wanted in shares:
        assert Tongue(language).exact(ShareValue((), (), 0, 0, wanted)) in page
    source = json.loads((public / "source.json").read_bytes())
    for count in (unknown, *(rival["operational"] for rival in source["rivals"])):
        assert number(language, count) in page
    assert (say(language, "figures.whole_unknown") in page) == (unknown > 0)


def check_proved(public: Path, figures: list[str], key: str) -> None:
    """Two verifiers prove each of them."""
    for figure in figures:
        assert main(["verify", str(public), figure, "--log", key]) == 0
        alone = [sys.executable, str(public / "verify_figure.py"), str(public), figure]
        assert subprocess.run([*alone, "--log", key], check=False).returncode == 0


def check_readings(public: Path, source: dict[str, Any], report: dict[str, Any], key: str) -> None:
    """Each other reading, and what stayed unknown, is proved from one table, or is not told."""
    with (public / "whole/readings.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert min(int(row["count"]) for row in rows) >= K
    sums = {side: sum(int(r["count"]) for r in rows if r["headline"] == side) for side in Side}
    assert sums[Side.OPERATIONAL] == report["operational"]
    assert sum(sums.values()) == report["public"]
    told = {one["name"]: one for one in source["rivals"]}
    assert {*told, *source["withheld"]} == {one["name"] for one in report["rivals"]}
    figures = [one["figure"] for one in told.values()]
    for one in report["rivals"]:
        if one["name"] in told:
            value = json.loads((public / told[one["name"]]["figure"]).read_bytes())["value"]
            assert (value["part"], value["whole"]) == (one["operational"], one["of"])
    if "unknown" in source:
        value = json.loads((public / source["unknown"]).read_bytes())["value"]
        assert value["part"] == report["classes"].get("P", 0)
        assert value["whole"] == report["public"]
        figures.append(source["unknown"])
    assert figures
    check_proved(public, figures, key)
    table = public / "whole/readings.csv"
    whole = table.read_bytes()
    table.write_bytes(whole.replace(b",c1,", b",c2,", 1))
    assert main(["verify", str(public), figures[0], "--log", key]) == 1
    table.write_bytes(whole)
    assert unnamed(public) == []
    assert list(untrue(public)) == []


def files_of(public: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in public.rglob("*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's
@pytest.mark.parametrize("mapping", DAYS)
def test_a_strangers_days_are_published_with_what_the_replay_says(
    mapping: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = part_of(mapping, tmp_path / "part.csv")
    out, public, keys = tmp_path / "out", tmp_path / "public", tmp_path / "keys"
    assert main(["replay", str(rows), "--mapping", mapping, "--out", str(out)]) == 0
    make = ["signing-key", str(keys / "log.key"), "--name", "a.example/log", "--for", "log"]
    assert main(make) == 0
    key = capsys.readouterr().out.strip().splitlines()[-1]
    to = ["--to", str(public), "--key", str(keys / "log.key"), "--responsible", "nobody"]
    assert main(["publish", str(out / "log.sqlite"), *to]) == 0
    said = capsys.readouterr().out

    report = json.loads((out / "report.json").read_bytes())
    whole = "whole/operational-share-1.0.json"
    value = json.loads((public / whole).read_bytes())["value"]
    assert (value["part"], value["whole"]) == (report["operational"], report["calls"])
    weeks = sorted(public.glob("weeks/*/operational-share-1.0.json"))
    shares = [json.loads(week.read_bytes())["value"]["percent"] for week in weeks]
    weekly = report["weekly"]
    assert len(weeks) == weekly["weeks"] >= 2
    assert (min(shares), max(shares)) == (weekly["lowest_percent"], weekly["highest_percent"])
    assert f"{min(shares)} % in that of" in said
    source = json.loads((public / "source.json").read_bytes())
    check_readings(public, source, report, key)
    for rival in source["rivals"]:
        assert f"{rival['share_percent']} % = {rival['operational']} of {rival['of']}" in said
    unknown = report["classes"].get("P", 0)
    assert (f"unknown, and counted as not operational: {unknown} of" in said) == (unknown > 0)
    for figure in ([], [whole], [str(weeks[0].relative_to(public))]):
        assert main(["verify", str(public), *figure, "--log", key]) == 0
    counts = [
        int(row["count"])
        for file in public.glob("days/*/calls.csv")
        for row in csv.DictReader(file.read_text().splitlines())
    ]
    assert min(counts) >= K

    for language in LANGUAGES:
        check_page(public, language, report)

    before = files_of(public)
    assert main(["publish", str(out / "log.sqlite"), *to]) == 0
    assert files_of(public) == before
