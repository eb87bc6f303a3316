"""The checker can be taken away by itself: it imports the standard library and nothing else."""

import ast
import sys

import pytest

from tests.house.tree import ROOT

FILES = sorted((ROOT / "src" / "pasokh" / "checker").glob("*.py"))


@pytest.mark.slow
def test_it_needs_the_standard_library_alone() -> None:
    named = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    others = {name for name in named if name.split(".")[0] not in sys.stdlib_module_names}
    assert len(FILES) > 10
    assert not [name for name in others if not name.startswith("pasokh.checker")]
