"""Rules of language: docstrings, names, and the words that the glossary rules out."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.house.tree import DOORS, STREET_ROOMS, Finding, Function, Source, python_in

NO_NAMES = frozenset("utils common misc base manager service handlers models".split())

# The glossary's 'never' column -> the word to use (docs and screens use the same ones).
NEVER = {
    "ticket": "call",
    "request": "command (asked of the machine) or call",
    "user": "caller, call taker, dispatcher, supervisor or person",
    "agent": "call taker",
    "operator": "call taker or dispatcher",
    "case": "incident",
    "assignment": "mission",
    "job": "mission",
    "resource": "unit",
    "vehicle": "unit",
    "zone": "beat, county or province",
    "region": "beat, county or province",
    "status": "disposition, or the name of the state",
    "severity": "priority",
    "transfer": "handoff",
    "spam": "nuisance",
    "kpi": "figure",
    "metric": "figure",
    "post": "release",
    "content": "release, or what it holds",
}
# On the street side these words belong to others: HTTP has requests, posts, statuses, content
# and user agents; SIP has transfers; SQL and the system have users; Django has a User.
STREET_WORDS = frozenset("request user agent status transfer post content resource".split())
# 'time zone' is one word of the trade, and the street side has to name it.
STREET_PAIRS = frozenset({("time", "zone")})
# Folder or file -> words that are allowed in it because they name a thing of others. Keep it short.
ALLOWED = {
    "src/pasokh/drivers/cases/": frozenset({"case"}),  # the case files of the standard figures
    "src/pasokh/cli.py": frozenset({"case"}),  # the command that judges them
}

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def module_docstrings(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(
            1, "no module docstring", "write the sign on the door: what lives here, what never does"
        )
        for source in python_in(sources, tests=False)
        if ast.get_docstring(source.tree) is None
    ]


def public_names(source: Source) -> list[Function | ast.ClassDef]:
    """Functions and classes at the top of a file whose names have no underscore."""
    return [
        node
        for node in source.tree.body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
    ]


def public_docstrings(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(
            node, f"public {node.name} has no docstring", "say its shape, units, errors, source"
        )
        for source in python_in(sources, tests=False)
        for node in public_names(source)
        if ast.get_docstring(node) is None
    ]


def file_names(sources: list[Source]) -> list[Finding]:
    found = []
    for source in python_in(sources):
        parts = set(PurePosixPath(source.path).with_suffix("").parts) & NO_NAMES
        if source.path.startswith(("src/pasokh/office/", "src/pasokh/newsroom/")):
            parts -= {"models"}  # Django looks for that name
        found += [
            source.finding(1, f"a file or folder called {part!r}", "name it after its noun or verb")
            for part in sorted(parts)
        ]
    return found


def unique_classes(sources: list[Source]) -> list[Finding]:
    homes: dict[str, list[tuple[Source, ast.ClassDef]]] = defaultdict(list)
    for source in python_in(sources, tests=False):
        # Django looks these up by name: one Command a file, one Migration a file.
        named_by_django = re.search(
            r"(office|newsroom)/(.+/)?(migrations|management)/", source.path
        )
        for node in source.classes if not named_by_django else []:
            homes[node.name].append((source, node))
    return [
        source.finding(
            node,
            f"class {name} exists also in {nodes[0][0].path}",
            "give one of them the more exact name",
        )
        for name, nodes in homes.items()
        for source, node in nodes[1:]
    ]


def words_of(identifier: str) -> list[str]:
    """['wait', 'seconds', 'p', '90'] for wait_seconds_p90; ['call', 'taker'] for CallTaker."""
    return [word.lower() for word in _WORD.findall(identifier)]


def _defined_names(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Names that this file makes: not those that it uses of others."""
    for node in source.nodes:
        if isinstance(node, Function | ast.ClassDef):
            yield node, node.name
        elif isinstance(node, ast.arg):
            yield node, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node, node.attr


def _allowed(source: Source) -> frozenset[str | tuple[str, str]]:
    """The ruled-out words, and pairs of words, that this file may say."""
    mine = [words for folder, words in ALLOWED.items() if source.path.startswith(folder)]
    street = source.room in (*STREET_ROOMS, *DOORS)
    return frozenset().union(*mine, *([STREET_WORDS, STREET_PAIRS] if street else []))


def _never_said(identifier: str, allowed: frozenset[str | tuple[str, str]]) -> Iterator[str]:
    words = words_of(identifier)
    for before, word in zip(["", *words], words, strict=False):
        singular = word if word in NEVER else word.removesuffix("s")
        if singular in NEVER and not allowed & {singular, (before, singular)}:
            yield singular


def glossary(sources: list[Source]) -> list[Finding]:
    found = []
    for source in python_in(sources, tests=False):
        allowed = _allowed(source)
        found += [
            source.finding(node, f"the word {word!r} in {name}", f"the glossary: {NEVER[word]}")
            for node, name in _defined_names(source)
            for word in _never_said(name, allowed)
        ]
        found += [
            source.finding(1, f"the word {word!r} in the file's name", f"say {NEVER[word]}")
            for word in _never_said(PurePosixPath(source.path).stem, allowed)
        ]
    return found
