"""The notebook of the docs rebuilds a published headline in ten lines, with DuckDB alone."""

import ast
import json
from pathlib import Path

import duckdb
import pytest

from tests.adapters.archive.test_publishing import DAY, HEADLINE, Office
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow
NOTEBOOK = ROOT / "docs" / "guides" / "rebuild-the-headline.ipynb"
SHIPPED = ROOT / "drills" / "published"
LINES_MAX = 10


def code_of(notebook: Path) -> str:
    cells = json.loads(notebook.read_text())["cells"]
    (code,) = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return code


def rebuilt(code: str, public: Path, day: str) -> tuple[int, ...]:
    """Run the cell as a notebook does, on a folder and a day, and give what it shows."""
    code = code.replace('"PUBLIC", "2026-11-21"', f"{str(public)!r}, {day!r}")
    assert str(public) in code
    tree = ast.parse(code)
    shown = tree.body.pop()
    assert isinstance(shown, ast.Expr)
    names: dict[str, object] = {}
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - the words of our own docs
    table = eval(compile(ast.Expression(shown.value), "cell", "eval"), names)  # noqa: S307
    assert isinstance(table, duckdb.DuckDBPyRelation)
    (line,) = table.fetchall()
    return line


def test_the_notebook_rebuilds_the_published_headline(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.publish((DAY, 3_000))
    published = json.loads((office.public / HEADLINE).read_text())["value"]
    part, whole, told_part, told_whole = rebuilt(code_of(NOTEBOOK), office.public, "2024-10-04")
    assert (part, whole) == (told_part, told_whole) == (published["part"], published["whole"])
    assert 0 < part < whole


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-21"])
def test_it_rebuilds_the_headline_of_a_drilled_day_that_ships(day: str) -> None:
    published = json.loads((SHIPPED / f"days/{day}/operational-share-1.0.json").read_text())[
        "value"
    ]
    part, whole, told_part, told_whole = rebuilt(code_of(NOTEBOOK), SHIPPED, day)
    assert (part, whole) == (told_part, told_whole) == (published["part"], published["whole"])
    assert whole > 10_000


def test_the_notebook_has_ten_lines() -> None:
    lines = [line for line in code_of(NOTEBOOK).splitlines() if line.strip()]
    assert len(lines) <= LINES_MAX
