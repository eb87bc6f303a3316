"""Lists, units and open incidents of a province, for a canned line: invented, but of its size."""

from typing import Any

from pasokh.words.digits import digits
from tests.browser.canned import NOW, CannedCentre

TYPES = {
    "robbery": ("سرقت", "Robbery"),
    "crash": ("تصادف", "Crash"),
    "fight": ("نزاع", "Fight"),
    "noise": ("مزاحمت صدا", "Noise"),
    "lost_child": ("کودک گم‌شده", "Lost child"),
}
DISPOSITIONS = {"settled": ("رسیدگی شد", "Settled"), "nothing": ("چیزی یافت نشد", "Nothing found")}
PLACES = {
    "fa": [
        "بلوار سجاد، نبش حامد",
        "میدان فردوسی",
        "خیابان امام، کوچهٔ ۱۲",
        "جادهٔ گناباد، کیلومتر ۴",
        "پارک ملت، در شرقی",
    ],
    "en": [
        "Sajjad Blvd, corner of Hamed",
        "Ferdowsi Square",
        "Imam St, alley 12",
        "Gonabad road, km 4",
        "Mellat Park, east gate",
    ],
}
STAGES = ["dispatched", "acknowledged", "en_route", "on_scene"]
UNITS = 40


def province(centre: CannedCentre, language: str, incidents: int) -> None:
    """Lay out a province: unit 402 is on incident 1002, 401 is free, 1008 has priority 1."""
    lists = [*_entries("incident_type", TYPES), *_entries("disposition", DISPOSITIONS)]
    lists += _entries("area", {"mashhad": ("مشهد", "Mashhad")})
    stations = {f"s{n}": (digits("fa", f"کلانتری {n}"), f"Station {n}") for n in range(11, 15)}
    centre.put(*lists, *_entries("station", stations))
    centre.put(
        *(("unit", _unit(n, out=_out(n, incidents))) for n in range(UNITS)),
        *(("mission", _mission(n)) for n in range(UNITS) if _out(n, incidents)),
        *(("incident", _incident(n, PLACES[language][n % 5])) for n in range(incidents)),
    )


def _entries(name: str, rows: dict[str, tuple[str, str]]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            "entry",
            {
                "id": f"{name}:{code}",
                "list": name,
                "code": code,
                "entry": {"name_fa": name_fa, "name_en": name_en},
            },
        )
        for code, (name_fa, name_en) in rows.items()
    ]


def _out(number: int, incidents: int) -> bool:
    return number % 3 == 1 and number < min(incidents, UNITS)


def _unit(number: int, *, out: bool) -> dict[str, Any]:
    return {
        "id": f"u{number}",
        "call_sign": str(401 + number),
        "station": f"s{11 + number // 10}",
        "availability": "not_available" if number % 9 == 8 else "available",
        "missions": [f"m{number}"] if out else [],
    }


def _mission(number: int) -> dict[str, Any]:
    late = number % 12 == 4
    return {
        "id": f"m{number}",
        "incident": f"i-{number}",
        "unit": f"u{number}",
        "stage": STAGES[number % 4],
        "stage_at": NOW - 60_000 * (number % 7),
        "overdue": late,
        "due_at": NOW + 45_000 * (number % 5) + (-200_000 if late else 30_000),
    }


def _incident(number: int, place: str) -> dict[str, Any]:
    out = _out(number, UNITS)
    return {
        "id": f"i-{number}",
        "number": 1001 + number,
        "type": list(TYPES)[number % 5],
        "priority": 1 if number % 40 == 7 else 2 + number % 4,
        "county": "mashhad",
        "place": place,
        "opened_at": NOW - 45_000 * (number % 60),
        "owner": ["", "p-sara", "p-reza"][number % 3],
        "missions": [f"m{number}"] if out else [],
        "calls": [f"c-000{number % 9}"],
        "has_words": 2,
        "due_at": 0 if out else NOW + 20_000 * (number % 9) - 30_000,
        "overdue": number % 9 == 0,
    }
