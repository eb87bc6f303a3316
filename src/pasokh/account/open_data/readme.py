"""What lies in a published folder, for whoever opens it: each kind of file and what it says.

Paths are templates after RFC 6570: `{day}` stands for a name, `{+page}` for a path.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pasokh.account.open_data.names import LANGUAGES, Bilingual, OpenWords
from pasokh.account.open_data.settings import LICENCE_PATH, OpenSettings
from pasokh.account.open_data.tables import CALLS, CODE_LISTS, SHARES, SWITCH, TIMES

README_PATH = "README.txt"
# Each template with the message that says what it is, in the order in which a person reads.
_KINDS: tuple[tuple[str, str], ...] = (
    (README_PATH, "file.readme"),
    ("index.html", "file.pages"),
    ("{language}/{+page}", "file.page"),
    (LICENCE_PATH, "file.licence"),
    ("days/{day}/calls.csv", "file.calls"),
    ("days/{day}/calls.json", "file.calls_json"),
    ("days/{day}/calls.parquet", "file.calls_parquet"),
    ("days/{day}/times.csv", "times.says"),
    ("days/{day}/shares.csv", "shares.says"),
    ("days/{day}/switch.csv", "switch.says"),
    *((f"days/{{day}}/{table.file}", table.says) for table in CODE_LISTS),
    ("days/{day}/{figure}.json", "file.figure"),
    ("days/{day}/correction-{number}.csv", "correction.says"),
    ("days/{day}/revision-{number}.json", "file.revision"),
    ("weeks/{monday}/{figure}.json", "file.week"),
    ("whole/{figure}.json", "file.whole"),
    ("months/{day}/calls.csv", "month.says"),
    ("months/{day}/{list}.csv", "file.month_list"),
    ("months/{day}/correction.csv", "joined.says"),
    ("months/{day}/correction.json", "file.joined"),
    ("days.csv", "days.says"),
    ("series/{definition}.csv", "file.series"),
    ("series/counties.csv", "county_series.says"),
    ("breaks.csv", "breaks.says"),
    ("definitions.json", "definitions.says"),
    ("definitions/{definition}.json", "file.definition"),
    ("counties.json", "file.counties"),
    ("whole/readings.csv", "readings.says"),
    ("source.json", "file.source"),
    ("calendar.json", "file.calendar"),
    ("calendars/{number}.json", "file.calendars"),
    ("late.json", "file.late"),
    ("late/{number}.json", "file.lates"),
    ("releases/{release}.json", "file.release"),
    ("news/{news}/{number}.json", "file.news"),
    ("news/{news}/withdrawn.json", "file.news_withdrawn"),
    ("index.json", "file.index"),
    ("catalog.jsonld", "file.catalogue"),
    ("csv-metadata.json", "file.csvw_tables"),
    ("datapackage.json", "file.package_tables"),
    ("{folder}/{day}/{table}.csv-metadata.json", "file.csvw"),
    ("{folder}/{day}/datapackage.json", "file.package"),
    ("days/{day}/correction-{number}.datapackage.json", "file.package"),
    ("verify.html", "file.verify_page"),
    ("verify/{+part}", "file.verify_page"),
    ("verify_figure.py", "file.verify_program"),
    ("log-key.txt", "file.log_key"),
    ("{+file}.tlog-proof", "file.proof"),
    ("checkpoint", "file.checkpoint"),
    ("tile/{+tile}", "file.tile"),
    ("witnesses.txt", "file.witnesses"),
    ("cosignatures/{witness}.checkpoint", "file.cosignature"),
    ("invented.txt", "file.invented"),
    ("pages/{+file}", "file.page_parts"),
)


class PublishedKind(Struct, frozen=True):
    """A kind of file: where such files lie, and what they are."""

    path: str
    says: Bilingual


def published_kinds(words: OpenWords) -> tuple[PublishedKind, ...]:
    """Name every kind of file that a published folder may have."""
    return tuple(PublishedKind(path, words.both(says)) for path, says in _KINDS)


def readme(settings: OpenSettings, words: OpenWords) -> bytes:
    """Write what a person reads first, in Persian and then in English."""
    kinds = published_kinds(words)
    parts = ("\n".join(_told(language, kinds, settings, words)) for language in LANGUAGES)
    return f"\n{'=' * 72}\n\n".join(parts).encode()


def _told(
    language: str, kinds: Iterable[PublishedKind], settings: OpenSettings, words: OpenWords
) -> Iterator[str]:
    def say(message: str) -> str:
        return str(getattr(words.both(message), language))

    yield f"{say('catalogue.title')}: {settings.publisher}"
    yield from ("", say("readme.begin"), "", say("readme.units"), "", say("not_in_it"), "")
    yield from (say("readme.files"), "")
    for kind in kinds:
        yield from (kind.path, f"    {getattr(kind.says, language)}")
    for table in (CALLS, TIMES, SHARES, SWITCH):
        yield from ("", f"{say('readme.columns')} {table.file}", "")
        for column in table.columns:
            told = column.message(table)
            yield f"{column.name}: {say(told)}"
            yield f"    {say(f'{told}.says')}"
    yield ""
