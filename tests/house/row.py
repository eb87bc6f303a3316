"""Our row in the table of trees: figures about the house, said at the end of every full run.

Measured as the other rows were: source only, non-blank lines, cycles at import and with the
imports inside functions.
"""

import ast
import io
import tokenize
from statistics import median, quantiles

from tests.house.deeds import broad_excepts
from tests.house.imports import import_graph, rings
from tests.house.language import public_names
from tests.house.shape import complexity
from tests.house.tree import Function, Source, function_lines, python_in

FIELDS = (
    "files | lines | med/p90/max lines | fn med/p90 | fn>70 | cc>10 | cycle a/b | comment "
    "| pub fn with doc | typed | asserts/k | broad | ign | test/code"
)


def row(sources: list[Source]) -> str:
    """One line in the order of FIELDS; empty when there is no code to measure yet."""
    src = python_in(sources, tests=False)
    sizes = [len(source.lines) for source in src if source.name != "__init__.py"]
    spans = [function_lines(source, f) for source in src for f in source.functions]
    if len(sizes) < 2 or len(spans) < 2:
        return ""
    code = sum(len(source.lines) for source in src)
    proof = sum(len(source.lines) for source in python_in(sources, src=False))
    fields = (
        len(sizes),
        f"{code:,}",
        f"{median(sizes):g}/{_p90(sizes):g}/{max(sizes)}",
        f"{median(spans):g}/{_p90(spans):g}",
        _share(sum(span > 70 for span in spans), len(spans)),
        *_habits(src, code),
        f"{proof / code:.2f}",
    )
    return " | ".join(map(str, fields))


def _habits(src: list[Source], code: int) -> list[str]:
    """The fields from cc>10 to ign: how the code is written, not how long it is."""
    functions = [function for source in src for function in source.functions]
    forks = [complexity(source, function) for source in src for function in source.functions]
    asserts = sum(isinstance(node, ast.Assert) for source in src for node in source.nodes)
    ignored = sum(source.text.count("type: " + "ignore") for source in src)
    return [
        _share(sum(score > 10 for score in forks), len(forks)),
        f"{_largest_ring(src, hidden=False)}/{_largest_ring(src, hidden=True)}",
        _share(sum(map(_comments, src)), code),
        _documented(src),
        _share(sum(map(_typed, functions)), len(functions)),
        _per_thousand(asserts, code),
        _per_thousand(len(broad_excepts(src)), code),
        _per_thousand(ignored, code),
    ]


def _p90(values: list[int]) -> float:
    return round(quantiles(values, n=10, method="inclusive")[8])


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _per_thousand(count: int, lines: int) -> str:
    return f"{1000 * count / lines:.1f}"


def _largest_ring(src: list[Source], *, hidden: bool) -> int:
    return max(map(len, rings(import_graph(src, hidden=hidden))), default=0)


def _comments(source: Source) -> int:
    if "#" not in source.text:
        return 0  # reading the tokens is the slowest part of the row
    tokens = tokenize.generate_tokens(io.StringIO(source.text).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


def _documented(src: list[Source]) -> str:
    public = [n for s in src for n in public_names(s) if isinstance(n, Function)]
    return _share(sum(ast.get_docstring(node) is not None for node in public), len(public))


def _typed(function: Function) -> bool:
    """Whether the function says what it returns and what each argument is."""
    spec = function.args
    named = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]
    asked = [arg for arg in named if arg.arg not in ("self", "cls")]
    return function.returns is not None and all(arg.annotation is not None for arg in asked)
