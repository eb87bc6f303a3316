"""A few seconds of a coverage-guided fuzzer on each reader; the seeds are the samples."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.telephony.signalling.reading import READERS
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow
SECONDS = 6
RUNS_MIN = 200


@pytest.mark.parametrize("name", READERS)
def test_the_fuzzer_finds_nothing(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris has no wheel for this machine")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.adapters.telephony.signalling.fuzz"),
            *(name, str(SECONDS), str(tmp_path)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS * 10,
        check=False,
    )
    ran = re.search(r"Done (\d+) runs", done.stderr)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert ran, done.stderr[-2_000:]
    assert int(ran[1]) > RUNS_MIN
    assert not list(tmp_path.glob("broken-*"))
