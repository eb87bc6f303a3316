"""A bounded, repeatable run of the coverage-guided fuzzer on each target, from the samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.fuzzing.run import Fuzz, fuzzer, tell
from tests.adapters.fuzzing.targets import TARGETS

pytestmark = pytest.mark.slow
RUNS = 4_000
SEED = 20261124
SECONDS = 600


@pytest.fixture(scope="module")
def fuzz() -> Iterator[Fuzz]:
    pytest.importorskip("atheris", reason="atheris has no wheel for this machine")
    with fuzzer() as started:
        yield started


@pytest.mark.parametrize("name", TARGETS)
def test_the_fuzzer_finds_nothing(name: str, fuzz: Fuzz, tmp_path: Path) -> None:
    ran = fuzz(name, tmp_path / name, f"-runs={RUNS}", f"-seed={SEED}", seconds=SECONDS)
    tell(f"{name}: seed {SEED}, {ran.executions} executions, {ran.branches} branches")
    assert ran.code == 0, ran.words
    assert not ran.broken
    assert ran.executions >= RUNS, ran.words
    assert ran.branches > 0
