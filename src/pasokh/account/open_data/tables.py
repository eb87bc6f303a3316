"""What the open tables look like: their columns, keys and code lists, once for every format."""

from enum import StrEnum

from msgspec import Struct

from pasokh.account.disclosure.rows import K


class Datatype(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"


class OpenColumn(Struct, frozen=True):
    """One column. `codes`: the table whose codes it holds. `least`: the smallest number in it."""

    name: str
    datatype: Datatype = Datatype.TEXT
    required: bool = True
    codes: str = ""
    least: int = 0


class OpenTable(Struct, frozen=True):
    """A table of a day. Its file is its name with `.csv`; words about it lie under its name."""

    name: str
    columns: tuple[OpenColumn, ...]
    key: tuple[str, ...]
    words: str

    @property
    def file(self) -> str:
        """Name its file."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """Name its columns."""
        return tuple(column.name for column in self.columns)


def _codes(name: str) -> OpenTable:
    columns = (
        OpenColumn("code"),
        OpenColumn("title_fa"),
        OpenColumn("title_en"),
        OpenColumn("says_fa"),
        OpenColumn("says_en"),
        OpenColumn("within", required=False, codes=name),
    )
    return OpenTable(name, columns, ("code",), "codes")


LEVELS, COUNTIES, KINDS, CLASSES = map(_codes, ("levels", "counties", "kinds", "classes"))
CALLS = OpenTable(
    "calls",
    (
        OpenColumn("from", Datatype.DAY),
        OpenColumn("to", Datatype.DAY),
        OpenColumn("level", codes=LEVELS.name),
        OpenColumn("county", required=False, codes=COUNTIES.name),
        OpenColumn("kind", required=False, codes=KINDS.name),
        OpenColumn("class", codes=CLASSES.name),
        OpenColumn("count", Datatype.COUNT, least=K),
    ),
    ("from", "to", "level", "county", "kind", "class"),
    "calls",
)
CODE_LISTS = (LEVELS, COUNTIES, KINDS, CLASSES)
TABLES = (CALLS, *CODE_LISTS)
