"""Who may import whom: the house's contracts for import-linter, for the rooms that stand.

import-linter refuses a contract over a room that does not exist yet, so the contracts are made
from these tables and from the folders found; a new room is watched from its first file.
"""

from pathlib import Path

# From the street down to the words: a room imports only what stands on a later line.
LAYERS = (
    "cli",
    "cli_telephone",
    "wiring | wiring_office | wiring_door | wiring_publishing",
    "wiring_newsroom",
    "wiring_demo_news",
    "wiring_text",
    "wiring_asterisk",
    "wiring_voice",
    "wiring_folds",
    "settings_text | settings_publishing",
    "settings",
    "settings_asterisk",
    "adapters | office",
    "newsroom",
    "sites",
    "drivers | planning",
    "control_room",
    "account | press",
    "dispatch",
    "answer",
    "staff",
    "reference",
    "core",
)
FLOORS = ("reference", "staff", "answer", "dispatch", "account", "press")
PURE = ("core", *FLOORS, "control_room")
# room -> floors of which it may import the events and nothing else
EVENTS_ONLY = {
    "staff": ("reference",),
    "answer": ("reference", "staff"),
    "dispatch": ("reference", "staff", "answer"),
    "account": ("reference", "staff", "answer", "dispatch"),
    "press": ("reference", "staff", "answer", "dispatch", "account"),
    "planning": FLOORS,
}
# room -> parts of other rooms that it never imports: it asks with commands and reads views
CLOSED = {
    "adapters": ("state", "decide"),
    "office": ("state", "decide"),
    "newsroom": ("state", "decide"),
    "sites": ("state", "decide"),
}
OUTSIDE = (
    # disk, network, processes
    *"os io pathlib shutil tempfile sqlite3 socket ssl http urllib subprocess".split(),
    # clocks, chance, concurrency
    *"time random secrets uuid asyncio threading multiprocessing concurrent signal".split(),
    # frameworks
    *"litestar uvicorn uvloop httptools apsw psycopg django jinja2 babel httpx".split(),
)

# Libraries of the house that would be the easiest to reach for.
LIBRARIES = tuple("msgspec babel jalali_core phonenumbers yaml cryptography".split())


def contracts(package: Path) -> str:
    """The import-linter configuration (INI) for the rooms found under `package`."""
    rooms = {path.stem for path in package.iterdir() if _is_room(path)}
    parts = [
        f"[importlinter]\nroot_package = {package.name}\ninclude_external_packages = True",
        _layers(package.name, rooms),
        _forbid("pure", _in(package.name, rooms, PURE), OUTSIDE, "core and floors touch nothing"),
        _words(package.name, rooms),
        _alone(package.name, rooms),
        *_events_only(package, rooms),
        *_closed(package, rooms),
        _ports_only(package, rooms),
        _strangers(package),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _is_room(path: Path) -> bool:
    return (path / "__init__.py").is_file() or (path.suffix == ".py" and path.stem != "__init__")


def _in(root: str, rooms: set[str], wanted: tuple[str, ...]) -> list[str]:
    return [f"{root}.{room}" for room in wanted if room in rooms]


def _layers(root: str, rooms: set[str]) -> str:
    lines = []
    for layer in LAYERS:
        standing = [f"{root}.{room}" for room in layer.split(" | ") if room in rooms]
        if standing:
            lines.append(" | ".join(standing))
    return _contract("layers", "layers", "the street stands on the words", {"layers": lines})


def _words(root: str, rooms: set[str]) -> str:
    """The words know no rule of the field, and the rooms inside know no language."""
    inside = [*PURE, "drivers", "planning"]
    rest = sorted(rooms - {"words"})
    if "words" not in rooms:
        return ""
    words = [f"{root}.words"]
    return "\n\n".join(
        (
            _forbid("words", words, [f"{root}.{r}" for r in rest], "words import no room"),
            _forbid("speech", _in(root, rooms, tuple(inside)), words, "no room inside speaks"),
        )
    )


def _alone(root: str, rooms: set[str]) -> str:
    """The checker is a package that anybody may take away by itself: no room, no library."""
    closed = [f"{root}.{room}" for room in sorted(rooms - {"checker"})] + [*OUTSIDE, *LIBRARIES]
    name = "the checker needs nothing of the rest"
    return _forbid("alone", _in(root, rooms, ("checker",)), closed, name)


def _modules(package: Path, room: str) -> list[str]:
    """The modules right under a room: pasokh.answer.events for answer/events.py."""
    inside = sorted(path for path in (package / room).glob("*") if _is_room(path))
    return [f"{package.name}.{room}.{path.stem}" for path in inside]


def _called(module: str, *names: str) -> bool:
    """Whether the module is `events`, or a part of it split off by noun, `events_units`."""
    last = module.rsplit(".", 1)[1]
    return any(last == name or last.startswith(f"{name}_") for name in names)


def _events_only(package: Path, rooms: set[str]) -> list[str]:
    made = []
    for room, floors in EVENTS_ONLY.items():
        closed = [
            m for floor in floors for m in _modules(package, floor) if not _called(m, "events")
        ]
        if room == "planning":
            closed += _in(package.name, rooms, ("control_room",))
        name = f"{room} imports the other floors' events only"
        made.append(_forbid(f"events_{room}", _in(package.name, rooms, (room,)), closed, name))
    return made


def _closed(package: Path, rooms: set[str]) -> list[str]:
    made = []
    for room, parts in CLOSED.items():
        closed = [m for floor in FLOORS for m in _modules(package, floor) if _called(m, *parts)]
        name = f"{room} asks with commands and reads views"
        made.append(_forbid(f"closed_{room}", _in(package.name, rooms, (room,)), closed, name))
    return made


def _ports_only(package: Path, rooms: set[str]) -> str:
    closed = [m for m in _modules(package, "drivers") if not _called(m, "ports")]
    street = _in(package.name, rooms, ("adapters", "office", "newsroom", "sites"))
    return _forbid("ports", street, closed, "the street side knows only the ports of the drivers")


def _strangers(package: Path) -> str:
    adapters = _modules(package, "adapters")
    if len(adapters) < 2:
        return ""
    name = "adapters never know each other"
    return _contract("strangers", "independence", name, {"modules": adapters})


def _forbid(key: str, sources: list[str], forbidden: list[str] | tuple[str, ...], name: str) -> str:
    """Direct imports: a chain through a room in between breaks that room's own contract."""
    if not sources or not forbidden:
        return ""
    lists = {"source_modules": sources, "forbidden_modules": list(forbidden)}
    return _contract(key, "forbidden", name, lists) + "\nallow_indirect_imports = True"


def _contract(key: str, kind: str, name: str, lists: dict[str, list[str]]) -> str:
    head = f"[importlinter:contract:{key}]\nname = {name}\ntype = {kind}"
    body = [
        f"{field} =\n" + "\n".join(f"    {v}" for v in values) for field, values in lists.items()
    ]
    return "\n".join([head, *body])
