"""The words of what is out, in a file of its own: full text with BM25 (SQLite's FTS5).

The file is a copy of a copy: whoever deletes it gets it again at the next turn. It holds no word of
what is not out yet, and what it finds is asked for again in the rows, which have the lock.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import local

import apsw
from msgspec import Struct

from pasokh.words.idle import IDLE
from pasokh.words.spelling import keys

FILE_NAME = "newsroom-search.sqlite"
_FORM = 1
# A title says in few words what a body says in many.
_WEIGHTS = (2.0, 1.0)
# From so many letters on a word of a question finds its longer forms too.
_BEGINS_FROM = 4
_WORDS_MOST = 40
_BUSY_MS = 5_000
_SCHEMA = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;
CREATE TABLE IF NOT EXISTS page(
    id INTEGER PRIMARY KEY, news_id TEXT NOT NULL, language TEXT NOT NULL, mark TEXT NOT NULL,
    UNIQUE(news_id, language));
CREATE TABLE IF NOT EXISTS copied(one INTEGER PRIMARY KEY CHECK(one = 1), turn, flips_at);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, body, content='', contentless_delete=1, prefix='4 5',
    tokenize="unicode61 remove_diacritics 0");
"""
_FIND = """
SELECT page.news_id FROM words JOIN page ON page.id = words.rowid
WHERE words MATCH ?
ORDER BY bm25(words, ?, ?), page.id DESC LIMIT ?
"""


class IndexedPage(Struct, frozen=True):
    """A release in one language as it is found. `mark`: says whether it is still this text."""

    news_id: str
    language: str
    mark: str
    title: str
    body: str


class SearchFile:
    """One file; every thread has its own line to it."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet."""
        self.path = path
        self._own = local()

    def marks(self) -> dict[tuple[str, str], str]:
        """Give what is in it: the mark of each release and language."""
        rows = self._line().execute("SELECT news_id, language, mark FROM page")
        return {(news_id, language): mark for news_id, language, mark in rows}

    def copied(self) -> tuple[int, int | None] | None:
        """Say of which turn of the copy it is, and when the next release flips; None: of none."""
        found: tuple[int, int | None] | None = (
            self._line().execute("SELECT turn, flips_at FROM copied").fetchone()
        )
        return found

    def settle(self, turn: int, flips_at: int | None) -> None:
        """Say that it is whole, and of which turn of the copy."""
        self._line().execute("REPLACE INTO copied VALUES(1, ?, ?)", (turn, flips_at)).fetchall()

    def put(self, pages: Iterable[IndexedPage]) -> int:
        """Take pages in, each in the place of its older one; give how many."""
        count, gone, line = 0, 0, self._line()
        with line:
            for page in pages:
                gone += self._drop(page.news_id, page.language)
                line.execute(
                    "INSERT INTO page(news_id, language, mark) VALUES(?, ?, ?)",
                    (page.news_id, page.language, page.mark),
                )
                line.execute(
                    "INSERT INTO words(rowid, title, body) VALUES(?, ?, ?)",
                    (line.last_insert_rowid(), spelled(page.title), spelled(page.body)),
                )
                count += 1
        if gone:
            self._wipe()
        return count

    def drop(self, pages: Iterable[tuple[str, str]]) -> None:
        """Take pages out, by release and language."""
        with self._line():
            gone = sum(self._drop(news_id, language) for news_id, language in pages)
        if gone:
            self._wipe()

    def find(self, question: str, most: int) -> list[str]:
        """Give the ids of releases that fit a question in any language, the best first."""
        asked = asked_words(question)
        if not asked:
            return []
        # A release may be found in each of its languages.
        rows = self._line().execute(_FIND, (_match(asked), *_WEIGHTS, 2 * most))
        return list(dict.fromkeys(news_id for (news_id,) in rows))[:most]

    def close(self) -> None:
        """Let go of this thread's line."""
        line: apsw.Connection | None = getattr(self._own, "line", None)
        if line is not None:
            line.close()
            del self._own.line

    def _line(self) -> apsw.Connection:
        line: apsw.Connection | None = getattr(self._own, "line", None)
        if line is None or not self.path.exists():
            line = self._own.line = self._opened()
        return line

    def _opened(self) -> apsw.Connection:
        line = apsw.Connection(str(self.path))
        line.set_busy_timeout(_BUSY_MS)
        if line.pragma("user_version") not in (0, _FORM):
            for table in ("page", "copied", "words"):
                line.execute(f"DROP TABLE IF EXISTS {table}").fetchall()
        line.execute(_SCHEMA).fetchall()
        line.pragma("user_version", _FORM)
        return line

    def _drop(self, news_id: str, language: str) -> int:
        line = self._line()
        rows = line.execute(
            "DELETE FROM page WHERE news_id = ? AND language = ? RETURNING id", (news_id, language)
        ).fetchall()
        for row in rows:
            line.execute("DELETE FROM words WHERE rowid = ?", row)
        return len(rows)

    def _wipe(self) -> None:
        """Leave no word of what was taken out on the disk: it may have been a name."""
        line = self._line()
        line.execute("INSERT INTO words(words) VALUES('optimize')").fetchall()
        line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def spelled(text: str) -> str:
    """Write a text as it lies in the file: with half-spaces split, and joined."""
    forms = keys(text)
    return " ".join(forms if len(forms) > 1 else forms * 2)


def asked_words(question: str) -> list[str]:
    """Give the words of a question that find something, in their order."""
    every = dict.fromkeys(word for form in keys(question) for word in form.split())
    told = [word for word in every if word not in IDLE]
    return (told or list(every))[:_WORDS_MOST]


def _match(words: Sequence[str]) -> str:
    return " OR ".join(
        f'"{word}"*' if len(word) >= _BEGINS_FROM and not word.isdigit() else f'"{word}"'
        for word in words
    )
