"""Rules of the proof and the checkout: tests assert, mirror the rooms; no file names a machine."""

import ast
import re

from tests.house.tree import Finding, Function, Source, dotted, python_in

ROOMS = frozenset(
    "core reference staff answer dispatch account press control_room planning drivers adapters "
    "office newsroom sites words checker".split()
)
# Tests that cross rooms, or look at the house from outside.
ACROSS = frozenset("stories simulated browser house".split())
# Rooms whose proof may be a story or a simulated run.
JOINED = frozenset({"control_room", "drivers"})
HELPER_FILES = frozenset({"__init__.py", "conftest.py", "story.py"})

# What asserts by its name: pytest's own words, helpers, and the Then of a story. A helper of
# ours that bears such a name has to keep its word (see `silent_tests`).
_ASSERTING = re.compile(r"^_?(assert|check|expect)(_|$)|^(raises|warns|fail|then|refused)$")
# Written so that this file does not find itself.
_MARKS = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X])\b")
_HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("deb", "debian", "org"),
    ("security", "debian", "org"),
    ("snapshot", "debian", "org"),
    ("crates", "io"),
    ("anaconda", "org"),
)
_SETTINGS = (("--index", "url"), ("--extra", "index", "url"), ("--find", "links"))
_INDEXES = re.compile(
    "|".join([*(r"\.".join(host) for host in _HOSTS), *("-".join(part) for part in _SETTINGS)])
)
_PLACES = re.compile(r"(?<![\w.~$}])/(work|home|root)/[\w.-]+")


def _says_something(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    name = dotted(node.func).split(".")[-1] if isinstance(node, ast.Call) else ""
    return bool(_ASSERTING.match(name))


def silent_tests(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(
            function,
            f"{function.name} asserts nothing",
            "assert, use pytest.raises, or call a helper named assert_... or check_...",
        )
        for source in python_in(sources, src=False)
        for function in source.functions
        if _has_to_assert(source, function)
        and not any(_says_something(node) for node in ast.walk(function))
    ]


def _has_to_assert(source: Source, function: Function) -> bool:
    if source.name.startswith("test_") and function.name.startswith("test_"):
        return True
    return bool(_ASSERTING.match(function.name))


def mirror(sources: list[Source]) -> list[Finding]:
    tests = [s for s in python_in(sources, src=False) if s.name not in HELPER_FILES]
    found = [
        test.finding(1, "no room of that name", f"one of {', '.join(sorted(ROOMS | ACROSS))}")
        for test in tests
        if test.room not in ROOMS | ACROSS
    ]
    proven = {test.room for test in tests if test.name.startswith("test_")}
    joined = bool(proven & {"stories", "simulated"})
    for room in sorted(ROOMS - proven):
        code = [
            source
            for source in python_in(sources, tests=False)
            if source.room == room and source.name != "__init__.py"
        ]
        if code and not (room in JOINED and joined):
            what = f"{room} has code and no tests"
            found.append(code[0].finding(1, what, f"write tests/{room}/test_....py"))
    return found


def _lines_with(
    sources: list[Source], pattern: re.Pattern[str], what: str, mend: str
) -> list[Finding]:
    return [
        source.finding(number, f"{what}: {match[0]}", mend)
        for source in sources
        if "/vendor/" not in source.path  # files from others, byte for byte
        for number, line in enumerate(source.text.splitlines(), 1)
        if (match := pattern.search(line))
    ]


def unfinished(sources: list[Source]) -> list[Finding]:
    return _lines_with(sources, _MARKS, "unfinished mark", "do it, or write an issue")


def index_addresses(sources: list[Source]) -> list[Finding]:
    mend = "name the package, not where a machine gets it; pip and apt know their own sources"
    return _lines_with(sources, _INDEXES, "address of a package index", mend)


def machine_paths(sources: list[Source]) -> list[Finding]:
    mend = "a path from the root of the checkout, or a setting"
    return _lines_with(sources, _PLACES, "path of one machine", mend)
