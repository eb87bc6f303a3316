"""Rules of imports that a contract cannot say: cycles with everything counted, places, façades."""

import ast
from collections.abc import Iterator

from tests.house.tree import Finding, Source, python_in


def _named(source: Source, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            package = source.module.split(".")
            drop = node.level - (source.name == "__init__.py")
            package = package[: len(package) - drop]
            base = ".".join([*package, base] if base else package)
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names)


def import_graph(sources: list[Source], *, hidden: bool = True) -> dict[str, set[str]]:
    """Module -> modules of the house that it imports; hidden: also from within functions.

    `from pasokh.a import b` is an import of pasokh.a.b where that is a module, else of pasokh.a.
    """
    modules = {source.module: source for source in python_in(sources, tests=False)}
    graph = {}
    for module, source in modules.items():
        nodes = source.nodes if hidden else ast.iter_child_nodes(source.tree)
        imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        named = [set(_named(source, node)) & modules.keys() for node in imports]
        deepest = [
            {name for name in names if not any(n.startswith(f"{name}.") for n in names)}
            for names in named
        ]
        graph[module] = set().union(*deepest) - {module}
    return graph


def rings(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach each other."""
    reach = {start: _reachable(graph, start) for start in graph}
    groups = {
        tuple(sorted(other for other in reach[start] if start in reach[other]))
        for start in graph
        if start in reach[start]
    }
    return [list(group) for group in sorted(groups)]


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
    return seen


def cycles(sources: list[Source]) -> list[Finding]:
    paths = {source.module: source.path for source in python_in(sources, tests=False)}
    return [
        Finding(
            paths[ring[0]],
            1,
            f"these modules import each other: {', '.join(ring)}",
            "move what they share to the lower one, or to a third",
        )
        for ring in rings(import_graph(sources))
    ]


def only_a_sign(sources: list[Source]) -> list[Finding]:
    found = []
    for source in python_in(sources):
        if source.name != "__init__.py":
            continue
        body = source.tree.body
        if len(body) != 1 or ast.get_docstring(source.tree) is None:
            what = "__init__.py holds more or less than its docstring"
            found.append(source.finding(1, what, "one docstring: what lives here, what never does"))
    return found


def hidden_imports(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(
            node,
            f"import inside {function.name}",
            "import at the top; only cli.py may wait",
        )
        for source in python_in(sources)
        if not source.path.startswith("src/pasokh/cli")
        if (indented := [node for node in _imports(source) if node.col_offset])
        for function in source.functions
        for node in indented
        if function.lineno <= node.lineno <= (function.end_lineno or 0)
    ]


def _imports(source: Source) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in source.nodes if isinstance(node, ast.Import | ast.ImportFrom)]
