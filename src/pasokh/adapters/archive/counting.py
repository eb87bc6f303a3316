"""Answers the analyst's questions with DuckDB, within bounds of memory and time.

Exact readings run over the archive; public ones over the published open rows, laid out as one row a
call, so that the same SQL counts them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

import duckdb
import msgspec
from msgspec import Struct

from pasokh.account.csv_text import csv_text
from pasokh.account.expressions import Found
from pasokh.account.sql import found_of, sql_of
from pasokh.account.workbench import CountQuestion, CountReading, TooMuchAsked
from pasokh.account.workbench_days import DaysTold, RowSpan, days_told
from pasokh.adapters.archive.engine import bounded_engine, engine_alone
from pasokh.adapters.archive.reader import ArchiveReader

GROUPS_MOST = 50_000
_OPEN_ROWS = """CREATE TABLE open_rows AS
SELECT * REPLACE (CAST("count" AS BIGINT) AS "count")
FROM read_csv({files}, header = true, all_varchar = true, filename = true)"""
# A correction counts calls that a class gained or lost, in the province: two readings of one SQL.
_OPEN_CALLS = """CREATE OR REPLACE VIEW calls AS
SELECT "to" AS day, coalesce(county, '') AS county, coalesce(kind, '') AS incident_type,
class AS call_class FROM open_rows, range({sign} * "count")"""
_OPEN_SPANS = """SELECT DISTINCT "from", "to", class FROM open_rows
WHERE NOT contains(filename, '/correction-')"""


class CountBounds(Struct, frozen=True):
    """What one question may take."""

    seconds: float = 20.0
    memory: str = "512MB"


USUAL = CountBounds()


class Workbench:
    """Counts in one centre's archive and in what it has published; either may be missing."""

    def __init__(
        self, archive: Path | None, public: Path | None, bounds: CountBounds = USUAL
    ) -> None:
        """Folders as `pasokh archive` and `pasokh publish` fill them; nothing is opened yet."""
        self._folders = {CountReading.EXACT: archive, CountReading.PUBLIC: public}
        self._bounds = bounds

    def has(self, reading: CountReading) -> bool:
        """Tell whether there is something to count."""
        folder = self._folders[reading]
        return folder is not None and folder.is_dir()

    def count(self, question: CountQuestion) -> list[Found]:
        """Answer; TooMuchAsked when it goes over the bounds."""
        folder = self._folders[question.reading]
        if folder is None or not question.days:
            return []
        if question.reading is CountReading.PUBLIC:
            found = self._open(folder, question)
        else:
            reader = ArchiveReader(folder, question.days, self._bounds.memory)
            with closing(reader), self._bounded(reader.interrupt):
                found = reader.evaluate(question.expression, question.by)
        if len(found) > GROUPS_MOST:
            raise TooMuchAsked("groups")
        return found

    def days_told(self, question: CountQuestion) -> DaysTold | None:
        """Say how far the published rows are of the days asked; None of single rows."""
        folder = self._folders[question.reading]
        if folder is None or question.reading is not CountReading.PUBLIC:
            return None
        with self._opened(folder, question) as engine:
            spans = engine.execute(_OPEN_SPANS).fetchall() if engine else []
            return days_told(question, [RowSpan(*span) for span in spans])

    @staticmethod
    def csv(names: Sequence[str], lines: Sequence[Sequence[object]], told: dict[str, str]) -> bytes:
        """Write an answer as CSV."""
        return table_csv(names, lines, told)

    @staticmethod
    def parquet(
        names: Sequence[str], lines: Sequence[Sequence[object]], told: dict[str, str]
    ) -> bytes:
        """Write an answer as Parquet."""
        return table_parquet(names, lines, told)

    def _open(self, folder: Path, question: CountQuestion) -> list[Found]:
        query = sql_of(question.expression, question.by)
        with self._opened(folder, question) as engine:
            if engine is None:
                return []
            gained, lost = (
                found_of(
                    engine.execute(_OPEN_CALLS.format(sign=sign)).execute(query).fetchall(),
                    question.by,
                )
                for sign in (1, -1)
            )
        return _without(gained, lost)

    @contextmanager
    def _opened(
        self, folder: Path, question: CountQuestion
    ) -> Iterator[duckdb.DuckDBPyConnection | None]:
        """Open the published rows of the days, and what was corrected of them; None without any."""
        days = set(question.days)
        rows = [*folder.glob("days/*/calls.csv"), *folder.glob("days/*/correction-*.csv")]
        files = [str(file) for file in sorted(rows) if file.parent.name in days]
        with bounded_engine(self._bounds.memory) as engine, self._bounded(engine.interrupt):
            if files:
                engine.execute(_OPEN_ROWS.format(files=files))
            yield engine if files else None

    @contextmanager
    def _bounded(self, interrupt: Callable[[], None]) -> Iterator[None]:
        timer = Timer(self._bounds.seconds, interrupt)
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            raise TooMuchAsked("time") from error
        except duckdb.OutOfMemoryException as error:
            raise TooMuchAsked("memory") from error
        finally:
            timer.cancel()


def _without(gained: list[Found], lost: list[Found]) -> list[Found]:
    """Take what corrections took away, group by group; a group may come out below nought."""
    sums = {one.key: (one.part, one.base) for one in gained}
    for one in lost:
        part, base = sums.get(one.key, (0, 0))
        sums[one.key] = part - one.part, base - one.base
    return [Found(key, *sums[key]) for key in sorted(sums)]


def table_csv(
    columns: Sequence[str], lines: Sequence[Sequence[object]], told: dict[str, str]
) -> bytes:
    """Write a table with what it means above it, in lines that begin with #."""
    head = "".join(f"# {name}: {' '.join(words.split())}\n" for name, words in told.items())
    return head.encode() + csv_text(columns, lines)


def table_parquet(
    columns: Sequence[str], lines: Sequence[Sequence[object]], told: dict[str, str]
) -> bytes:
    """Write a table as Parquet with what it means in the file's own metadata."""
    rows = [dict(zip(columns, line, strict=True)) for line in lines]
    with TemporaryDirectory() as scratch, engine_alone() as engine:
        read, made = Path(scratch, "rows"), Path(scratch, "table.parquet")
        read.write_bytes(b"\n".join(map(msgspec.json.encode, rows)))
        kinds = {
            name: "BIGINT" if all(isinstance(line[at], int) for line in lines) else "VARCHAR"
            for at, name in enumerate(columns)
        }
        engine.read_json(str(read), columns=kinds, format="newline_delimited").create_view("made")
        words = ", ".join(f"{_quoted(name)}: {_quoted(text)}" for name, text in told.items())
        engine.execute(
            f"COPY made TO {_quoted(str(made))} (FORMAT parquet, KV_METADATA {{{words}}})"
        )
        return made.read_bytes()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
