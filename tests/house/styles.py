"""Rules of style sheets: sides by the direction of the text, and figures that do not dance."""

import re
from collections.abc import Iterator

from tests.house.tree import Finding, Source

# path -> declarations that name a side, with the reason. A map is no text: its west is left.
SIDES_ALLOWED: dict[str, dict[str, str]] = {}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"([^{};]*)\{([^{}]*)\}")
_SIDED = re.compile(
    r"^(?:(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)(?:-\w+)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right|inset-(?:left|right))$"
)
_ASIDE = frozenset({"text-align", "float", "clear", "caption-side", "text-align-last"})
_FOUR = frozenset({"margin", "padding", "inset", "border-width", "border-style", "border-color"})
_ROOTS = (":root", "html", "body")
_SCRIPTED = re.compile(r"\.style\.(?:left|right|(?:margin|padding|border)(?:Left|Right)\w*)\b")
_LOGICAL = "name the side by the text: inline-start, inline-end; margin-inline-start, inset-inline"


def _sheets(sources: list[Source]) -> list[Source]:
    return [
        source
        for source in sources
        if source.in_src and source.path.endswith(".css") and "/vendor/" not in source.path
    ]


def _blocks(sheet: Source) -> Iterator[tuple[int, str, list[tuple[str, str]]]]:
    """Line, selector and declarations of each innermost block."""
    plain = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), sheet.text)
    for found in _BLOCK.finditer(plain):
        parts = [part.partition(":") for part in found[2].split(";")]
        declared = [(name.strip().lower(), value.strip()) for name, _, value in parts]
        line = plain.count("\n", 0, found.start(2)) + 1
        yield line, found[1].strip(), [pair for pair in declared if pair[0]]


def physical_sides(sources: list[Source]) -> list[Finding]:
    found = [
        sheet.finding(line, f"a side of the screen: {name}: {value} in {selector}", _LOGICAL)
        for sheet in _sheets(sources)
        for line, selector, declared in _blocks(sheet)
        for name, value in declared
        if _names_a_side(name, value)
        if f"{name}: {value}" not in SIDES_ALLOWED.get(sheet.path, {})
    ]
    return found + [
        source.finding(number, f"a side of the screen: {seen[0]}", _LOGICAL)
        for source in sources
        if source.in_src and source.path.endswith(".js") and "/vendor/" not in source.path
        for number, line in enumerate(source.text.splitlines(), 1)
        if (seen := _SCRIPTED.search(line))
    ]


def _names_a_side(name: str, value: str) -> bool:
    if _SIDED.match(name):
        return True
    if name in _ASIDE:
        return bool(re.search(r"\b(left|right)\b", value))
    # Four values go round the clock: the second is the right side, the fourth the left.
    values = re.sub(r"\([^()]*\)", "()", value).split()
    return name in _FOUR and len(values) == 4 and values[1] != values[3]


def dancing_figures(sources: list[Source]) -> list[Finding]:
    """Live numbers have digits of one width, wherever a page or a component sets its font."""
    mend = "font-variant-numeric: tabular-nums (after `font`, which resets it)"
    return [
        sheet.finding(line, f"{selector}: figures of unlike widths", mend)
        for sheet in _sheets(sources)
        for line, selector, declared in _blocks(sheet)
        if _dances(declared) and not (selector in _ROOTS and _steady_below(sheet, selector))
    ]


def _dances(declared: list[tuple[str, str]]) -> bool:
    names, values = [name for name, _ in declared], dict(declared)
    if "tabular-nums" not in values.get("font-variant-numeric", "tabular-nums"):
        return True
    own = values.get("font", "inherit") not in ("inherit", "unset")
    return own and "font-variant-numeric" not in names[names.index("font") :]


def _steady_below(sheet: Source, selector: str) -> bool:
    """Whether a root further in gives all its text figures of one width."""
    return any(
        inner in _ROOTS[_ROOTS.index(selector) + 1 :]
        and "tabular-nums" in dict(declared).get("font-variant-numeric", "")
        for _, inner, declared in _blocks(sheet)
    )
