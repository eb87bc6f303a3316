"""N1: the newsroom's pages over a year of notices: as they are kept, beside the same made anew."""

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.rows import Plan, Row
from pasokh.settings import Settings
from pasokh.wiring_newsroom import set_up


def bench(plan: Plan) -> list[Row]:
    """Fill a newsroom, then ask for the front, for pages of counties, and for searches."""
    with TemporaryDirectory(dir=plan.folder) as folder:
        set_up(Settings(data=Path(folder)))
        # Its models can be imported only when Django is set up.
        rows: list[Row] = import_module("benchmarks.newsroom_pages").rows_of(plan, Path(folder))
        return rows
