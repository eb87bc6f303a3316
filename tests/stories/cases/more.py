"""Cases of our own, in the form of the case file."""

import json
from typing import Any


def _call(number: int, incident: str | None = None, **more: Any) -> dict[str, Any]:
    offered = number * 10
    call = {"id": f"c{number}", "offered": offered, "answered": offered + 4, "ended": offered + 60}
    return call | ({"incident": incident} if incident else {}) | more


def _mission(incident: str, dispatched: int | None = 500, **more: Any) -> dict[str, Any]:
    return {
        "id": f"m-{incident}",
        "incident": incident,
        "created": 400,
        "dispatched": dispatched,
    } | more


def _incidents(**merged_into: str | None) -> list[dict[str, Any]]:
    rows = [{"id": name, "opened": 100, "merged_into": into} for name, into in merged_into.items()]
    return [{key: value for key, value in row.items() if value is not None} for row in rows]


_CASES: list[dict[str, Any]] = [
    {
        "id": "chain of merges",
        "asof": 9000,
        "contacts": [_call(3, "i3"), _call(1, "i2"), _call(2, "i1")],
        "incidents": _incidents(i1=None, i2="i1", i3="i2"),
        "missions": [_mission("i3")],
        "expect": {
            "classes": {"c1": "O1", "c2": "O2", "c3": "O2"},
            "incidents_opened": 1,
            "incidents_with_mission": 1,
            "share_first_only_pct": 33.33,
        },
    },
    {
        "id": "cycle of merges",
        "asof": 9000,
        "contacts": [_call(1, "b"), _call(2, "c"), _call(3, "a"), _call(4, "tail")],
        "incidents": _incidents(a="b", b="c", c="a", tail="b"),
        "missions": [_mission("c", outcome="founded", onscene=700)],
        "expect": {
            "classes": {"c1": "O1", "c2": "O2", "c3": "O2", "c4": "O2"},
            "incidents_opened": 1,
            "missions_confirmed": 1,
            "operational": 4,
        },
    },
    {
        "id": "a merge taken back: each call is about its own incident again",
        "asof": 9000,
        "contacts": [_call(1, "i1"), _call(2, "i2"), _call(3, "i2")],
        "incidents": [
            {"id": "i1", "opened": 100},
            {"id": "i2", "opened": 100, "merged_into": "i1", "merged_at": 600, "unmerged_at": 700},
        ],
        "missions": [_mission("i1"), _mission("i2", outcome="founded", onscene=650)],
        "expect": {
            "classes": {"c1": "O1", "c2": "O1", "c3": "O2"},
            "incidents_opened": 2,
            "incidents_with_mission": 2,
            "missions_dispatched": 2,
            "missions_confirmed": 1,
            "share_first_only_pct": 66.67,
        },
    },
    {
        "id": "a moment before the merge is taken back it still holds",
        "asof": 699,
        "contacts": [_call(1, "i1"), _call(2, "i2"), _call(3, "i2")],
        "incidents": [
            {"id": "i1", "opened": 100},
            {"id": "i2", "opened": 100, "merged_into": "i1", "merged_at": 600, "unmerged_at": 700},
        ],
        "missions": [_mission("i1")],
        "expect": {
            "classes": {"c1": "O1", "c2": "O2", "c3": "O2"},
            "incidents_opened": 1,
            "incidents_with_mission": 1,
        },
    },
    {
        "id": "a merge taken back from an incident that nobody went to",
        "asof": 9000,
        "contacts": [_call(1, "i1"), _call(2, "i2")],
        "incidents": [
            {"id": "i1", "opened": 100},
            {"id": "i2", "opened": 100, "merged_into": "i1", "merged_at": 600, "unmerged_at": 700},
        ],
        "missions": [_mission("i2")],
        "expect": {"classes": {"c1": "P", "c2": "O1"}, "operational": 1, "incidents_opened": 2},
    },
    {
        "id": "the middle of a chain of merges is taken out, and its end goes with it",
        "asof": 9000,
        "contacts": [_call(3, "i3"), _call(1, "i2"), _call(2, "i1")],
        "incidents": [
            {"id": "i1", "opened": 100},
            {"id": "i2", "opened": 100, "merged_into": "i1", "merged_at": 600, "unmerged_at": 700},
            {"id": "i3", "opened": 100, "merged_into": "i2", "merged_at": 600},
        ],
        "missions": [_mission("i3")],
        "expect": {
            "classes": {"c1": "O1", "c2": "P", "c3": "O2"},
            "incidents_opened": 2,
            "incidents_with_mission": 1,
        },
    },
    {
        "id": "a cycle of two is taken apart whole",
        "asof": 9000,
        "contacts": [_call(1, "b"), _call(2, "a")],
        "incidents": [
            {"id": "a", "opened": 100, "merged_into": "b", "merged_at": 600},
            {"id": "b", "opened": 100, "merged_into": "a", "merged_at": 600, "unmerged_at": 700},
        ],
        "missions": [_mission("b")],
        "expect": {"classes": {"c1": "O1", "c2": "P"}, "incidents_opened": 2},
    },
    {
        "id": "hoax found on scene stays operational and is not confirmed",
        "asof": 9000,
        "contacts": [_call(1, "i1", codes=[{"at": 800, "code": "N3"}])],
        "incidents": _incidents(i1=None),
        "missions": [_mission("i1", onscene=700, outcome="hoax")],
        "expect": {"classes": {"c1": "O1"}, "missions_dispatched": 1, "missions_confirmed": 0},
    },
    {
        "id": "hoax proven before dispatch",
        "asof": 9000,
        "contacts": [_call(1, "i1", codes=[{"at": 300, "code": "N3"}])],
        "incidents": _incidents(i1=None),
        "missions": [_mission("i1", None, cancelled={"at": 450, "stage": "created"})],
        "expect": {"classes": {"c1": "N3"}, "missions_dispatched": 0, "operational": 0},
    },
    {
        "id": "called back without a class",
        "asof": 9000,
        "contacts": [{"id": "c1", "offered": 0, "answered": None, "ended": 30, "called_back": 90}],
        "expect": {"classes": {"c1": "P"}, "answered_public": 1, "share_answered_pct": 0.0},
    },
    {
        "id": "a moment before the call-back",
        "asof": 89,
        "contacts": [{"id": "c1", "offered": 0, "answered": None, "ended": 30, "called_back": 90}],
        "expect": {"classes": {"c1": "A2"}, "answered_public": 0, "share_answered_pct": None},
    },
    {
        "id": "the moment of dispatch counts",
        "asof": 500,
        "contacts": [_call(1, "i1")],
        "incidents": _incidents(i1=None),
        "missions": [_mission("i1")],
        "expect": {"classes": {"c1": "O1"}, "missions_dispatched": 1},
    },
    {
        "id": "a second before dispatch does not",
        "asof": 499,
        "contacts": [_call(1, "i1")],
        "incidents": _incidents(i1=None),
        "missions": [_mission("i1")],
        "expect": {"classes": {"c1": "P"}, "missions_dispatched": 0, "incidents_opened": 1},
    },
    {
        "id": "a call after the cut-off is in no figure",
        "asof": 15,
        "contacts": [_call(1), _call(2)],
        "expect": {"classes": {"c1": "P"}, "offered_public": 1},
    },
    {
        "id": "short and long abandons meet at five seconds",
        "asof": 9000,
        "contacts": [
            {"id": "a", "offered": 0, "ended": 4.999},
            {"id": "b", "offered": 0, "ended": 5},
        ],
        "expect": {"classes": {"a": "A1", "b": "A2"}, "share_offered_pct": 0.0},
    },
    {
        "id": "short abandon as the case states it",
        "asof": 9000,
        "short_abandon_s": 10,
        "contacts": [{"id": "a", "offered": 0, "ended": 9}],
        "expect": {"classes": {"a": "A1"}},
    },
    {
        "id": "a storm of nuisance hides nobody",
        "asof": 99999,
        "contacts": [
            *(_call(n, codes=[{"at": n * 10 + 60, "code": "N2"}]) for n in range(500)),
            _call(500, "i1"),
        ],
        "incidents": [{"id": "i1", "opened": 5010}],
        "missions": [{"id": "m1", "incident": "i1", "created": 5020, "dispatched": 5030}],
        "expect": {
            "counts": {"N2": 500, "O1": 1},
            "answered_public": 501,
            "operational": 1,
            "share_answered_pct": 0.2,
        },
    },
    {
        "id": "alarm, agency and own unit are not the public",
        "asof": 9000,
        "contacts": [
            _call(1, "i1", origin="alarm"),
            _call(2, "i1", origin="other agency"),
            _call(3, "i1", origin="unit"),
            _call(4, "i1"),
        ],
        "incidents": [{"id": "i1", "opened": 100, "origin": "alarm"}],
        "missions": [_mission("i1")],
        "expect": {
            "classes": {"c1": "S", "c2": "S", "c3": "S", "c4": "O1"},
            "counts": {"O1": 1, "S": 3},
            "offered_public": 1,
            "incidents_opened": 0,
            "incidents_with_mission": 0,
            "missions_dispatched": 1,
        },
    },
    {
        "id": "a caller joins what a patrol found",
        "asof": 9000,
        "contacts": [_call(1, "i1")],
        "incidents": [{"id": "i1", "opened": 5, "origin": "unit"}],
        "missions": [_mission("i1", onscene=600, outcome="founded")],
        "expect": {"classes": {"c1": "O1"}, "incidents_opened": 0, "missions_confirmed": 1},
    },
    {
        "id": "an empty base",
        "asof": 9000,
        "expect": {
            "classes": {},
            "counts": {},
            "offered_public": 0,
            "share_answered_pct": None,
            "share_offered_pct": None,
            "share_first_only_pct": None,
        },
    },
    {
        "id": "an abandoned call about a visited incident stays abandoned",
        "asof": 9000,
        "contacts": [_call(1, "i1"), {"id": "c0", "offered": 0, "ended": 40, "incident": "i1"}],
        "incidents": _incidents(i1=None),
        "missions": [_mission("i1")],
        "expect": {"classes": {"c0": "A2", "c1": "O1"}, "share_offered_pct": 50.0},
    },
    {
        "id": "accepted after a refusal",
        "asof": 9000,
        "contacts": [_call(1, handoff={"to": "115", "offered": 30, "accepted": 45})],
        "expect": {"classes": {"c1": "H"}},
    },
    {
        "id": "a hand-off accepted after the cut-off",
        "asof": 44,
        "contacts": [_call(1, handoff={"to": "115", "offered": 30, "accepted": 45})],
        "expect": {"classes": {"c1": "P"}},
    },
]
MORE = json.dumps({"cases": _CASES}).encode()
