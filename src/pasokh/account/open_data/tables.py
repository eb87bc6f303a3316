"""What the open tables look like: their columns, keys and code lists, once for every format."""

from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pasokh.account.catalogue import BOUNDS
from pasokh.account.disclosure.rows import K
from pasokh.account.published_counts import SIDES
from pasokh.account.published_shares import PART, REST
from pasokh.account.published_shares import SHARES as OPEN_SHARES


class Datatype(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    NUMBER = "number"
    MOMENT = "moment"


class OpenColumn(Struct, frozen=True):
    """One column. `codes`: the table whose codes it holds; `among`: else the words that it holds.

    `least`: the smallest number in it; None: any. `words`: where words about it lie, if not under
    its table's; `told`: by which name, if not its own.
    """

    name: str
    datatype: Datatype = Datatype.TEXT
    required: bool = True
    codes: str = ""
    least: int | None = 0
    among: tuple[str, ...] = ()
    words: str = ""
    told: str = ""

    def message(self, table: "OpenTable") -> str:
        """Name the message by which it is called in a table."""
        return f"{self.words or table.words}.{self.told or self.name}"


class OpenTable(Struct, frozen=True):
    """A table. Its file is its name with `.csv`, in `folder` below what describes it.

    Words about its columns lie under `words`; its own title and what it says under `titled` and
    `said`, or else under its name.
    """

    name: str
    columns: tuple[OpenColumn, ...]
    key: tuple[str, ...]
    words: str
    folder: str = ""
    titled: str = ""
    said: str = ""

    @property
    def file(self) -> str:
        """Name its file."""
        return f"{self.folder}{self.name}.csv"

    @property
    def title(self) -> str:
        """The message by which it is called."""
        return self.titled or f"{self.name}.title"

    @property
    def says(self) -> str:
        """The message that says what it holds."""
        return self.said or f"{self.name}.says"

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
TIMES = OpenTable(
    "times",
    (
        OpenColumn("from", Datatype.DAY),
        OpenColumn("to", Datatype.DAY),
        OpenColumn("time", among=tuple(one.of.partition("/")[0] for one in BOUNDS)),
        OpenColumn("class"),
        OpenColumn("above", Datatype.COUNT),
        OpenColumn("upto", Datatype.COUNT, required=False),
        OpenColumn("count", Datatype.COUNT, least=K),
    ),
    ("time", "class"),
    "times",
)
SWITCH = OpenTable(
    "switch",
    (
        OpenColumn("from", Datatype.MOMENT),
        OpenColumn("to", Datatype.MOMENT),
        OpenColumn("side", among=SIDES),
        OpenColumn("offered", Datatype.COUNT, least=K),
        OpenColumn("answered", Datatype.COUNT, required=False, least=K),
        OpenColumn("not_answered", Datatype.COUNT, required=False, least=K),
    ),
    ("side",),
    "switch",
)
SHARES = OpenTable(
    "shares",
    (
        OpenColumn("from", Datatype.DAY),
        OpenColumn("to", Datatype.DAY),
        OpenColumn("share", among=tuple(one.definition_id for one in OPEN_SHARES)),
        OpenColumn("class", among=(PART, REST)),
        OpenColumn("count", Datatype.COUNT, least=K),
    ),
    ("share", "class"),
    "shares",
)
# What a day may have beside its rows.
BESIDE = (TIMES, SHARES, SWITCH)


def day_tables(beside: Collection[str]) -> tuple[OpenTable, ...]:
    """Give the tables of a day; `beside`: the names of the files that this one has too."""
    return (CALLS, *(table for table in BESIDE if table.file in beside), *CODE_LISTS)


def correction_table(name: str) -> OpenTable:
    """Give the table by which a day's rows are corrected: what is added, or taken away."""
    count = OpenColumn("count", Datatype.COUNT, least=None, words="correction")
    return OpenTable(
        name,
        (*CALLS.columns[:-1], count),
        CALLS.key,
        CALLS.words,
        titled="correction.title",
        said="correction.says",
    )


# What the small corrections of many days come to: the whole province, by class or side.
JOINED = replace(
    correction_table("correction"),
    columns=tuple(replace(one, codes="") for one in correction_table("correction").columns),
    titled="joined.title",
    said="joined.says",
)
# A month tells the types of a whole province: no county, so no list of them.
MONTH = replace(
    CALLS,
    columns=tuple(replace(one, codes="") if one.name == "county" else one for one in CALLS.columns),
    said="month.says",
)
MONTH_LISTS = (LEVELS, KINDS, CLASSES)
DAYS = OpenTable(
    "days",
    (
        OpenColumn("day", Datatype.DAY),
        OpenColumn("from", Datatype.DAY),
        OpenColumn("rows", Datatype.COUNT),
        OpenColumn("calls", Datatype.COUNT),
        OpenColumn("path"),
        OpenColumn("sha256"),
    ),
    ("day",),
    "days",
)
