"""Days of few rows to describe, with names that try to break every format."""

from pasokh.account.disclosure.rows import Level, PublicLists, PublicRow, TypeTree
from pasokh.account.open_data.day import OpenRows
from pasokh.account.open_data.names import Bilingual, PublicNames

DAY = 20_760  # 2026-11-03

# What a centre may have written into its lists, or a line may have said.
HOSTILE = (
    'quo"ted',
    "com,ma",
    "two\nlines",
    "re\r\nturn",
    "=1+1",
    "NULL",
    "nan",
    "0912",
    "null",
    "با فاصله",
    "<b>",
    "\\N",
    " blank ",
    "'",
    "2026-11-03",
    "#note",
    "\u202eback",
)


def row(level: Level, county: str, kind: str, call_class: str, count: int = 5) -> PublicRow:
    return PublicRow(DAY, DAY, level, county, kind, call_class, count)


def small_day() -> OpenRows:
    """Two counties, a group of two types, a type of its own, a sensitive one; a code unlisted."""
    rows = (
        row(Level.COUNTY_TYPE, "0901", "theft", "O1", 7),
        PublicRow(DAY - 1, DAY, Level.COUNTY_GROUP, "0901", "things", "O1", 6),
        row(Level.COUNTY, "elsewhere", "", "V"),
        row(Level.COUNTY_TYPE, "", "", "V", 9),
        row(Level.PROVINCE, "", "", "O2", 11),
        row(Level.PROVINCE, "", "", "operational", 8),
        row(Level.PROVINCE, "", "", "other_answered", 40),
        row(Level.PROVINCE, "", "", "abandoned", 10),
    )
    groups = {"theft": "things", "arson": "things", "noise": "", "home": "violence"}
    lists = PublicLists(("0902", "0901"), TypeTree(groups, frozenset({"home"})))
    names = PublicNames(
        {"0901": Bilingual("مشهد", "Mashhad"), "0902": Bilingual("قوچان", "Quchan")},
        {"theft": Bilingual("سرقت", "Theft"), "arson": Bilingual("آتش‌زدن", "Arson")},
    )
    return OpenRows(DAY, tuple(sorted(rows)), lists, names)


def hostile_day() -> OpenRows:
    """Counties and types that are called as nobody should call them."""
    rows = tuple(
        sorted(row(Level.COUNTY_TYPE, code, code, "O1", 5 + n) for n, code in enumerate(HOSTILE))
    )
    lists = PublicLists(HOSTILE[::2], TypeTree({code: code[::-1] for code in HOSTILE}))
    named = {code: Bilingual(code, code * 2) for code in HOSTILE}
    return OpenRows(DAY, rows, lists, PublicNames(named, named))
