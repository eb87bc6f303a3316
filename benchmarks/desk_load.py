"""The province that the desks of S10 show: open incidents, missions, units, and their changes.

The shapes are those of the wire. Four of a hundred changes close an incident and open another.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

UNITS = 450
_OUT = 300
_TYPES = ("سرقت", "تصادف", "نزاع", "مزاحمت صدا", "کودک گم‌شده", "آتش‌سوزی", "مفقودی", "تهدید")
_PLACES = ("بلوار سجاد، نبش حامد", "میدان فردوسی", "خیابان امام، کوچهٔ ۱۲", "جادهٔ گناباد")
_STAGES = ("dispatched", "acknowledged", "en_route", "on_scene")
_CLOSES, _STEPS, _UNITS = 0.04, 0.30, 0.40
_LEVELS, _WEIGHTS = (1, 2, 3, 4, 5), (2, 18, 40, 30, 10)

State = dict[str, Any]
Key = tuple[str, str]


class Province:
    """What is on the desks, and one change after the other."""

    def __init__(self, incidents: int, now: Callable[[], int]) -> None:
        self._now = now
        self._chance = Random(10)
        self._opened = 0
        self._fresh: dict[Key, State] = {}
        self._open: list[str] = []
        self.seq = 0
        self.objects: dict[Key, State] = {}
        self._lists()
        for _ in range(incidents):
            self._open_incident(self._now() - self._chance.randrange(3_600_000))
        for number, incident in enumerate(self._chance.sample(self._open, min(_OUT, incidents))):
            self._send(f"u-{number}", incident)
        self._take()

    def snapshot(self) -> bytes:
        """Everything, as a desk asks for it (JSON)."""
        return msgspec.json.encode(
            {"seq": self.seq, "now": self._now(), "objects": list(self.objects.values())}
        )

    def frame(self, changes: int) -> bytes:
        """Change so many things; give the frame that tells of it (JSON)."""
        for _ in range(changes):
            self._change()
        now = self._now()
        return msgspec.json.encode(
            {"seq": self.seq + 1, "now": now, "at": now, "objects": self._take()}
        )

    def _change(self) -> None:
        chance = self._chance.random()
        incident = self._state("incident", self._chance.choice(self._open))
        if chance < _CLOSES:
            self._close(incident)
            self._open_incident(self._now())
        elif chance < _STEPS and incident["missions"]:
            self._step(self._state("mission", incident["missions"][0]))
        elif chance < _UNITS:
            unit = self._state("unit", f"u-{self._chance.randrange(UNITS)}")
            secondary = "" if unit["secondary"] else "refuelling"
            self._put("unit", unit | {"secondary": secondary})
        else:
            words = incident["has_words"] + 1
            place = self._chance.choice(_PLACES)
            self._put("incident", incident | {"has_words": words, "place": place})

    def _close(self, incident: State) -> None:
        self._open.remove(incident["id"])
        self._drop("incident", incident["id"])
        for mission in incident["missions"]:
            unit = self._state("mission", mission)["unit"]
            self._drop("mission", mission)
            self._send(unit, self._chance.choice(self._open))

    def _step(self, mission: State) -> None:
        now = self._now()
        stage = _STAGES[(_STAGES.index(mission["stage"]) + 1) % len(_STAGES)]
        self._put("mission", mission | {"stage": stage, "stage_at": now, "due_at": now + 300_000})

    def _open_incident(self, opened_at: int) -> None:
        self._opened += 1
        name = f"i-{self._opened:07}"
        self._open.append(name)
        state = {
            "id": name,
            "number": self._opened % 9999 + 1,
            "type": f"type-{self._opened % len(_TYPES)}",
            "priority": self._chance.choices(_LEVELS, _WEIGHTS)[0],
            "county": f"09{self._opened % 28:02}",
            "opened_at": opened_at,
            "place": _PLACES[self._opened % len(_PLACES)],
            "owner": "p-bench" if self._opened % 9 == 0 else None,
            "missions": [],
            "calls": [f"c-{self._opened:07}"],
            "has_words": 1,
            "due_at": opened_at + 600_000,
        }
        self._put("incident", state)

    def _send(self, unit: str, incident: str) -> None:
        self._opened += 1
        now, name = self._now(), f"m-{self._opened:07}"
        mission = {"id": name, "incident": incident, "unit": unit, "stage": "dispatched"}
        times = {"created_at": now, "dispatched_at": now, "stage_at": now, "due_at": now + 300_000}
        self._put("mission", mission | times)
        self._put("unit", self._state("unit", unit) | {"missions": [name]})
        held = self._state("incident", incident)
        self._put("incident", held | {"missions": [*held["missions"], name]})

    def _lists(self) -> None:
        for number, name in enumerate(_TYPES):
            self._entry("incident_type", f"type-{number}", name)
        for number in range(28):
            self._entry("area", f"09{number:02}", f"شهرستان {number}")
        for number in range(30):
            self._entry("station", f"s-{number}", f"کلانتری {number}")
        for number in range(UNITS):
            state = {"id": f"u-{number}", "call_sign": str(400 + number), "secondary": ""}
            rest = {"station": f"s-{number % 30}", "availability": "available", "missions": []}
            self._put("unit", state | rest)

    def _entry(self, name: str, code: str, text: str) -> None:
        entry = {"name_fa": text, "name_en": text}
        self._put("entry", {"id": f"{name}:{code}", "list": name, "code": code, "entry": entry})

    def _state(self, kind: str, name: str) -> State:
        envelope = self._fresh.get((kind, name)) or self.objects[kind, name]
        state: State = envelope["state"]
        return state

    def _put(self, kind: str, state: State) -> None:
        name = state["id"]
        version = self.seq + 1
        self._fresh[kind, name] = {"kind": kind, "id": name, "version": version, "state": state}

    def _drop(self, kind: str, name: str) -> None:
        version = self.seq + 1
        self._fresh[kind, name] = {"kind": kind, "id": name, "version": version, "state": None}

    def _take(self) -> list[State]:
        """Settle what changed since the last time under the next number."""
        fresh, self._fresh = self._fresh, {}
        self.seq += 1
        for key, envelope in fresh.items():
            if envelope["state"] is None:
                self.objects.pop(key, None)
            else:
                self.objects[key] = envelope
        return list(fresh.values())
