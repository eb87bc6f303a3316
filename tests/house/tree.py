"""The checkout as the rules see it: files that git tracks or would track, parsed once."""

import ast
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("reference", "staff", "answer", "dispatch", "account", "press")
PURE_ROOMS = ("core", *FLOORS, "control_room")
STREET_ROOMS = ("adapters", "office", "newsroom", "sites")
DOORS = (
    "cli",
    "cli_telephone",
    "wiring",
    "wiring_office",
    "wiring_door",
    "wiring_newsroom",
    "wiring_asterisk",
    "settings",
    "settings_asterisk",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_FORKS = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.IfExp,
    ast.ExceptHandler,
    ast.match_case,
    ast.comprehension,
)


@dataclass(frozen=True)
class Finding:
    """One breach: where, what, and how to mend it."""

    path: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}\n    mend: {self.mend}"


@dataclass(frozen=True)
class Source:
    """One file: its path from the root of the checkout, and its text."""

    path: str
    text: str

    @property
    def in_src(self) -> bool:
        return self.path.startswith("src/pasokh/")

    @property
    def in_tests(self) -> bool:
        return self.path.startswith("tests/")

    @property
    def is_python(self) -> bool:
        return self.path.endswith(".py")

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def room(self) -> str:
        """'core' for src/pasokh/core/ids.py and tests/core/test_ids.py, 'cli' for cli.py."""
        parts = PurePosixPath(self.path).parts
        start = 2 if self.in_src else 1
        return parts[start].removesuffix(".py") if len(parts) > start else ""

    @property
    def module(self) -> str:
        """The dotted name by which src/pasokh/core/ids.py is imported."""
        parts = PurePosixPath(self.path).with_suffix("").parts[1:]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def all_lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def lines(self) -> list[str]:
        """The lines that are not blank: the measure of every size here."""
        return [line for line in self.all_lines if line.strip()]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return [node for node, _ in self._nodes_in_functions]

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in self.nodes if isinstance(node, FUNCTIONS)]

    @cached_property
    def forks(self) -> Counter[Function | None]:
        """How often the path forks in each function; functions inside count alone."""
        return Counter(around for node, around in self._nodes_in_functions if is_fork(node))

    @cached_property
    def _nodes_in_functions(self) -> list[tuple[ast.AST, Function | None]]:
        """Every node with the innermost function around it: `ast.walk`, in half of its time."""
        found: list[tuple[ast.AST, Function | None]] = [(self.tree, None)]
        for node, around in found:
            inside = node if isinstance(node, FUNCTIONS) else around
            for name in node._fields:
                value = getattr(node, name, None)
                if isinstance(value, ast.AST):
                    found.append((value, inside))
                elif isinstance(value, list):
                    found += [(item, inside) for item in value if isinstance(item, ast.AST)]
        return found

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        """Classes at the top of the file; a Meta within a class is the framework's business."""
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]

    def finding(self, at: ast.AST | int, what: str, mend: str) -> Finding:
        line = at if isinstance(at, int) else getattr(at, "lineno", 1)
        return Finding(self.path, line, what, mend)


def python_in(sources: list[Source], *, src: bool = True, tests: bool = True) -> list[Source]:
    """The Python files of the house: the package, its tests, or both."""
    return [
        source
        for source in sources
        if source.is_python and ((src and source.in_src) or (tests and source.in_tests))
    ]


def is_fork(node: ast.AST) -> bool:
    return isinstance(node, _FORKS)


def function_lines(source: Source, function: Function) -> int:
    """Non-blank lines of a function without its docstring: explaining must not cost anything."""
    lines = source.all_lines[function.lineno - 1 : function.end_lineno]
    doc = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    explained = 0
    if doc is not None:
        said = source.all_lines[doc.lineno - 1 : doc.end_lineno]
        explained = sum(1 for line in said if line.strip())
    return sum(1 for line in lines if line.strip()) - explained


def dotted(node: ast.AST) -> str:
    """'datetime.datetime.now' for that expression, '' for anything that is not a name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else node.attr
    return ""


def read_checkout() -> list[Source]:
    """Every text file that git tracks, or would track after `git add`."""
    return list(_text_files())


def _text_files() -> Iterator[Source]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for path in sorted(filter(None, listing.stdout.split("\0"))):
        file = ROOT / path
        if not file.is_file():
            continue
        raw = file.read_bytes()
        if b"\0" in raw[:8192]:
            continue
        yield Source(path, raw.decode("utf-8", errors="replace"))
