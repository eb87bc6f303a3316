"""What is installed from the wheel is what stands in the tree: pages, fonts and maps included."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.house.tree import ROOT


def test_every_file_of_the_package_ships(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        shipped = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "src"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    standing = {path for path in tracked.stdout.split("\n") if path and (ROOT / path).is_file()}
    assert {path.removeprefix("src/") for path in standing} <= shipped
    assert "pasokh/drills/living_province.toml" in shipped
    assert {"pasokh/tools/verify_figure.py", "pasokh/tools/verify.html"} <= shipped
    assert "pasokh/tools/verify/check.js" in shipped
    assert "pasokh/tools/count_in_spark.py" in shipped
    assert any(name.endswith("licenses/NOTICE") for name in shipped)
