"""Rules of size: files, functions, arguments, branches. What fits a screen is seen whole."""

from statistics import median

from tests.house.tree import FLOORS, Finding, Function, Source, function_lines, python_in

FILE_LINES_MAX = 500
FILE_LINES_MEDIAN = 150
FUNCTION_LINES_MAX = 50
FUNCTION_LINES_MEDIAN = 8
POSITIONAL_MAX = 5
COMPLEXITY_MAX = 10
COMPLEXITY_MAX_PURE = 8


def file_lines(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(
            1,
            f"{len(source.lines)} non-blank lines, at most {FILE_LINES_MAX}",
            "split the file by noun",
        )
        for source in python_in(sources)
        if len(source.lines) > FILE_LINES_MAX
    ]


def file_median(sources: list[Source]) -> list[Finding]:
    sizes = [len(source.lines) for source in python_in(sources) if source.name != "__init__.py"]
    if not sizes or median(sizes) <= FILE_LINES_MEDIAN:
        return []
    what = f"the median file has {median(sizes):g} lines, at most {FILE_LINES_MEDIAN}"
    return [Finding("src", 1, what, "split the largest files by noun")]


def function_length(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(
            function,
            f"{function.name} has {size} lines, at most {FUNCTION_LINES_MAX}",
            "name its steps and make them functions",
        )
        for source in python_in(sources)
        for function in source.functions
        if (size := function_lines(source, function)) > FUNCTION_LINES_MAX
    ]


def function_median(sources: list[Source]) -> list[Finding]:
    sizes = [
        function_lines(source, function)
        for source in python_in(sources, tests=False)
        for function in source.functions
    ]
    if not sizes or median(sizes) <= FUNCTION_LINES_MEDIAN:
        return []
    what = f"the median function has {median(sizes):g} lines, at most {FUNCTION_LINES_MEDIAN}"
    return [Finding("src", 1, what, "name the steps of the longest functions")]


def complexity(source: Source, function: Function) -> int:
    """One and a point for each place where the path forks."""
    return 1 + source.forks[function]


def complexity_max(source: Source) -> int:
    pure = source.in_src and source.room in ("core", *FLOORS)
    return COMPLEXITY_MAX_PURE if pure else COMPLEXITY_MAX


def branching(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(
            function,
            f"{function.name} forks {forks} ways, at most {complexity_max(source)} here",
            "make a table of the cases, or split by question",
        )
        for source in python_in(sources)
        for function in source.functions
        if (forks := complexity(source, function)) > complexity_max(source)
    ]


def positional(sources: list[Source]) -> list[Finding]:
    found = []
    for source in python_in(sources):
        for function in source.functions:
            names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
            count = len(names) - (names[:1] in (["self"], ["cls"]))
            # A test asks for its fixtures by name; pytest calls it with keywords.
            fixtures = source.in_tests and function.name.startswith("test_")
            if count > POSITIONAL_MAX and not fixtures:
                what = f"{function.name} takes {count} positional arguments, at most 5"
                found.append(source.finding(function, what, "put a * before the rest"))
    return found
