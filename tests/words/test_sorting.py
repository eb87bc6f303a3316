"""Both databases sort Persian alike, and as Unicode's own tables do where we claim it."""

import re
import sqlite3
from collections.abc import Iterator
from random import Random

import psycopg
import pytest

from pasokh.words.alphabet import LETTERS
from pasokh.words.spelling import collate, sort_key
from tests.words.postgres import postgres
from tests.words.strange_text import corpus_texts, strange_texts

pytestmark = pytest.mark.slow

Database = psycopg.Connection[tuple[object, ...]]
# What is not a letter of its own in the order, or is written among the plain letters.
SPRINKLED = "\u200c  أإؤئيكة۰۱۲0129abZ\u064e\u0651"


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with postgres() as connection:
        connection.execute('create table names (name text, sorted_by text collate "C")')
        yield connection


def plain_words(count: int, seed: int) -> list[str]:
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    words = {"".join(chance.choices(LETTERS, k=chance.randint(1, 7))) for _ in range(count * 2)}
    return chance.sample(sorted(words), count)


def mixed_words(count: int, seed: int) -> list[str]:
    chance = Random(seed)  # noqa: S311 - a seeded sample, nothing secret
    signs = LETTERS * 2 + SPRINKLED
    words = ["".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in range(2 * count)]
    return list({sort_key(word): word for word in words}.values())[:count]


def put(database: Database, words: list[str]) -> None:
    database.execute("truncate names")
    with database.cursor() as cursor:
        rows = [(word, sort_key(word)) for word in words]
        cursor.executemany("insert into names values (%s, %s)", rows)


def asked(database: Database, order: str) -> list[str]:
    found = database.execute(f"select name from names order by {order}")  # noqa: S608 - ours
    return [str(name) for (name,) in found.fetchall()]


def in_sqlite(words: list[str], order: str) -> list[str]:
    connection = sqlite3.connect(":memory:")
    connection.create_collation("persian", collate)
    connection.execute("create table names (name text, sorted_by text)")
    rows = [(word, sort_key(word)) for word in words]
    connection.executemany("insert into names values (?, ?)", rows)
    found = connection.execute(f"select name from names order by {order}").fetchall()  # noqa: S608
    connection.close()
    return [name for (name,) in found]


@pytest.mark.parametrize("seed", range(3))
def test_both_databases_give_two_thousand_words_in_one_order(database: Database, seed: int) -> None:
    words = mixed_words(2000, seed)
    assert len(words) == 2000
    wanted = sorted(words, key=sort_key)
    put(database, words)
    assert asked(database, "sorted_by") == wanted
    assert in_sqlite(words, "sorted_by") == wanted
    assert in_sqlite(words, "name collate persian") == wanted


def test_strange_texts_have_one_order_too(database: Database) -> None:
    texts = list({sort_key(text): text for text in strange_texts(2000)}.values())
    put(database, texts)
    assert asked(database, "sorted_by") == in_sqlite(texts, "sorted_by")


def test_plain_words_stand_as_in_the_tables_of_unicode(database: Database) -> None:
    words = plain_words(2000, seed=1)
    put(database, words)
    assert asked(database, 'name collate "fa-x-icu"') == sorted(words, key=sort_key)


def test_words_of_real_texts_stand_as_in_the_tables_of_unicode(database: Database) -> None:
    found = {word for text in corpus_texts() for word in re.findall(r"\w+", text)}
    words = sorted(word for word in found if set(word) <= set(LETTERS))
    assert len(words) > 2000
    put(database, words)
    assert asked(database, 'name collate "fa-x-icu"') == sorted(words, key=sort_key)
