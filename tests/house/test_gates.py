"""The tools of the gate as tests, so that one run and one closing line say everything."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

TOOLS = Path(sys.executable).parent
GATES = {
    "ruff check": ["ruff", "check", "--quiet", "--output-format=concise", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy strict over src": ["mypy", "--no-error-summary"],
}


@pytest.mark.parametrize("gate", GATES)
def test_gate(gate: str) -> None:
    tool, *arguments = GATES[gate]
    done = subprocess.run(
        [TOOLS / tool, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{gate}:\n{done.stdout}{done.stderr}", pytrace=False)
