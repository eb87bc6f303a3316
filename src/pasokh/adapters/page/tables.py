"""The closed lists of the page: which terms are explained, which classes and steps have a row."""

from msgspec import Struct

from pasokh.account.definitions import ABANDONED, OUTSIDE, CallClass


class ClassRow(Struct, frozen=True):
    """A row of the table of classes: its code, the number of its rule, where it counts."""

    code: str
    rule: int
    counts: bool
    outside: bool


class Term(Struct, frozen=True):
    """A word of today's sentence: its name, its rules, and the row that it leads to."""

    name: str
    rules: str
    rows: str


_RULES = {
    CallClass.TEST: 1,
    CallClass.NOT_PUBLIC: 2,
    CallClass.ABANDONED_SHORT: 3,
    CallClass.ABANDONED: 3,
    CallClass.OPERATIONAL_FIRST: 4,
    CallClass.OPERATIONAL_REPEAT: 5,
    CallClass.HANDED_OFF: 6,
    CallClass.PENDING: 8,
}
_CODED = 7  # the rule of the codes that a person sets
# In the order of the rules: what a reader tries is what the machine tried.
_ORDER = ("T", "S", "A1", "A2", "O1", "O2", "H", "N1", "N2", "N3", "X", "V", "R", "P")

CLASS_ROWS = tuple(
    ClassRow(
        code,
        _RULES.get(CallClass(code), _CODED),
        CallClass(code) not in (*OUTSIDE, *ABANDONED),
        CallClass(code) in OUTSIDE,
    )
    for code in _ORDER
)
# The parts of the bar, in the order in which they are read.
BAR = ("O1", "O2", "V", "H", "R", "X", "N1", "N2", "N3", "P")

TERMS = (
    Term("call", "", "rows"),
    Term("public", "1–2", "row-T"),
    Term("taken", "3", "row-A1"),
    Term("today", "", "rows"),
    Term("operational", "4–5", "row-O1"),
    Term("share", "4–8", "row-sum"),
)
RIVALS = ("first_only", "of_offered", "confirmed", "pending", "repeat")
FLOW = ("ringing", "connected", "incidents", "told", "en_route", "on_scene", "cleared")
DESK_STATES = ("busy", "ready", "wrap_up", "away", "empty")
