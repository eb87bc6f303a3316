"""The types that the desks' modules state in JSDoc, checked by a locked compiler. No build."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.browser

TYPESCRIPT = "typescript@5.9.3"
DESK = "src/pasokh/office/static/desk"
OPTIONS = (
    "--noEmit --allowJs --checkJs --strict --target esnext --module esnext "
    "--moduleResolution bundler --lib esnext,dom,dom.iterable --skipLibCheck --pretty false"
).split()


def test_the_modules_keep_their_types(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here, so no compiler: the types of the desks are not checked")
    fetched = subprocess.run(
        [
            npm,
            "install",
            "--prefix",
            str(tmp_path),
            "--silent",
            "--no-audit",
            "--no-fund",
            TYPESCRIPT,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode:
        pytest.skip(f"npm could not fetch {TYPESCRIPT}: the types of the desks are not checked")
    compiler = tmp_path / "node_modules" / ".bin" / "tsc"
    entries = [f"{DESK}/{entry.name}" for entry in sorted((ROOT / DESK).glob("*.js"))]
    checked = subprocess.run(
        [compiler, *OPTIONS, *entries], cwd=ROOT, capture_output=True, text=True, check=False
    )
    ours = [line for line in checked.stdout.splitlines() if line.startswith(DESK)]
    assert ours == []
