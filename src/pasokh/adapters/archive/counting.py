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
from pasokh.adapters.archive.engine import bounded_engine, engine_alone
from pasokh.adapters.archive.reader import ArchiveReader

GROUPS_MOST = 50_000
_OPEN_ROWS = """CREATE VIEW calls AS
SELECT "to" AS day, county, kind AS incident_type, class AS call_class
FROM read_csv({files}, header = true, all_varchar = true), range(CAST("count" AS BIGINT))"""


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
        days = set(question.days)
        files = [str(f) for f in sorted(folder.glob("days/*/calls.csv")) if f.parent.name in days]
        with bounded_engine(self._bounds.memory) as engine, self._bounded(engine.interrupt):
            if not files:
                return []
            engine.execute(_OPEN_ROWS.format(files=files))
            query = sql_of(question.expression, question.by)
            return found_of(engine.execute(query).fetchall(), question.by)

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
