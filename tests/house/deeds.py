"""Rules of what code does: banned calls with their replacement, swallowed faults, hushed types."""

import ast
import re

from tests.house.tree import FLOORS, PURE_ROOMS, Finding, Source, dotted, python_in

CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today"
    r"|time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|localtime))$"
)
CHANCE_MODULES = frozenset({"random", "secrets", "uuid"})
MAY_SEE_THE_CLOCK = ("drivers", "adapters")
# Names that hold a moment or a span; those are integers of milliseconds (core.time).
TIME_NAME = re.compile(r"(^|_)(at|now|instant|span|deadline|ms|seconds|minutes|hours|days)$")

# file::function of each broad except, with its reason. At most three in the whole tree.
BROAD_EXCEPTS: dict[str, str] = {
    "src/pasokh/drivers/live.py::take": "parks the command that broke the machine, and stops it",
    "src/pasokh/adapters/telephony/spool.py::_hear": "keeps what cannot be read for a person",
    "src/pasokh/adapters/doors/hand_over.py::_read": "parks the knock that broke its reader",
}
BROAD_MAX = 3


def clock_calls(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(node, f"calls {dotted(node.func)}", "take the time from the clock port")
        for source in python_in(sources, tests=False)
        if source.room not in MAY_SEE_THE_CLOCK
        for node in source.nodes
        if isinstance(node, ast.Call) and CLOCKS.search(dotted(node.func))
    ]


def chance_imports(sources: list[Source]) -> list[Finding]:
    found = []
    for source in python_in(sources, tests=False):
        # Secrets of sessions and keys are made on the street side, by the secrets module.
        keepers = (
            "adapters",
            "office",
            "newsroom",
            "sites",
            "wiring",
            "wiring_office",
            "wiring_door",
            "cli",
        )
        allowed = {"secrets"} if source.room in keepers else set()
        if source.room == "drivers":
            continue
        found += [
            source.finding(node, f"imports {name}", "draw from core.chance, which has a seed")
            for node in source.nodes
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in _top_names(node)
            if name in CHANCE_MODULES - allowed
        ]
    return found


def _top_names(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").split(".")[0]]
    return [alias.name.split(".")[0] for alias in node.names]


def prints(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(node, "prints", "return it, log it, or raise it; cli and wiring may speak")
        for source in python_in(sources, tests=False)
        if source.room != "wiring" and not source.room.startswith("cli")
        for node in source.nodes
        if isinstance(node, ast.Call) and dotted(node.func) == "print"
    ]


def float_times(sources: list[Source]) -> list[Finding]:
    found = []
    for source in python_in(sources, tests=False):
        if source.room not in PURE_ROOMS:
            continue
        for node in source.nodes:
            name, annotation = _annotated(node)
            if TIME_NAME.search(name) and _mentions_float(annotation):
                mend = "core.time counts integers of milliseconds"
                found.append(source.finding(node, f"{name} is a float of time", mend))
    return found


def _annotated(node: ast.AST) -> tuple[str, ast.AST | None]:
    if isinstance(node, ast.arg):
        return node.arg, node.annotation
    if isinstance(node, ast.AnnAssign):
        return dotted(node.target), node.annotation
    return "", None


def _mentions_float(annotation: ast.AST | None) -> bool:
    return annotation is not None and any(
        isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation)
    )


def broad_excepts(sources: list[Source]) -> list[str]:
    """file::function of every bare `except`, `except Exception` and `except BaseException`."""
    return [
        f"{source.path}::{_holder(source, node)}"
        for source in python_in(sources, tests=False)
        for node in source.nodes
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)
    ]


def _is_broad(caught: ast.expr | None) -> bool:
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(
        kind is None or dotted(kind).split(".")[-1] in ("Exception", "BaseException")
        for kind in kinds
    )


def _holder(source: Source, node: ast.AST) -> str:
    around = [f for f in source.functions if any(inner is node for inner in ast.walk(f))]
    return max(around, key=lambda f: f.lineno).name if around else "<module>"


def unlisted_excepts(sources: list[Source]) -> list[Finding]:
    names = broad_excepts(sources)
    found = [
        Finding(name.split("::")[0], 1, f"a broad except in {name.split('::')[1]}", mend)
        for name in names
        if name not in BROAD_EXCEPTS
        for mend in ["catch what you expect; a listed one stops the machine or parks the message"]
    ]
    if len(names) > BROAD_MAX:
        what = f"{len(names)} broad excepts, at most {BROAD_MAX}: {', '.join(names)}"
        found.append(Finding("src", 1, what, "let faults rise to the driver"))
    return found


def hushed_types(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(number, "a type-ignore", "type it; these rooms have none")
        for source in python_in(sources, tests=False)
        if source.room in PURE_ROOMS
        for number, line in enumerate(source.text.splitlines(), 1)
        if re.search(r"#\s*type:\s*ignore", line)
    ]


def frozen_shapes(sources: list[Source]) -> list[Finding]:
    """In a floor's commands and events only frozen Structs, and enums for their closed lists."""
    found = []
    for source in python_in(sources, tests=False):
        kind = re.search(r"/(commands|events)(_\w+)?(/\w+)?\.py$", source.path)
        if source.room not in FLOORS or kind is None:
            continue
        root = {"commands": "Command", "events": "Event"}[kind[1]]
        local: dict[str, ast.ClassDef] = {node.name: node for node in source.classes}
        for node in source.classes:
            bases = [dotted(base).split(".")[-1] for base in node.bases]
            if any(base.endswith("Enum") for base in bases):
                continue
            struct = any(base in (root, "Struct") or base in local for base in bases)
            if not (struct and _says_frozen(node)):
                mend = f"class {node.name}({root}, frozen=True)"
                found.append(source.finding(node, f"{node.name} is no frozen Struct", mend))
    return found


def _says_frozen(node: ast.ClassDef) -> bool:
    return any(
        word.arg == "frozen" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in node.keywords
    )
