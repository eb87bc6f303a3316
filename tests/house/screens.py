"""Rules of screens: words come from the catalogues, values keep their direction."""

import ast
import re
from collections.abc import Iterator

from tests.house.markup import Page, pages_of
from tests.house.tree import Finding, Source, dotted

_PERSIAN = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")
_LETTER = re.compile(r"[^\W\d_]")
# Codes are the same in every language: O1, A1 + A2, UTC.
_CODES = re.compile(r"[A-Z0-9+–\s·,/:()|=-]*")
_ID = re.compile(r"[a-z][\w-]*(\.[\w-]+)*")
_SHOWN_ATTRIBUTES = frozenset(
    "title alt placeholder label aria-label aria-description aria-roledescription "
    "aria-valuetext data-training summary".split()
)
_OTHER_CATALOGUES = re.compile(r"\{%-?\s*(trans|translate|blocktrans|blocktranslate)\b")
_GETTEXT = re.compile(r"^(u?gettext|n?gettext)(_lazy)?$|^p?gettext(_lazy)?$")
_SAYING_KEYWORDS = frozenset("label help_text verbose_name placeholder error_message".split())
_SAYING_CALLS = re.compile(
    r"(^|\.)(ValidationError|add_error|HttpResponse\w*|Http404|PermissionDenied)$"
    r"|^messages\.(success|info|warning|error|debug)$"
)
_SET_IN_SCRIPT = re.compile(
    r"(?:\.(?:textContent|innerText|title|ariaLabel|placeholder|alt)\s*=(?!=)\s*"
    r"|setAttribute\(\s*[\"'](?:title|alt|placeholder|aria-\w+)[\"']\s*,\s*"
    r"|\b(?:alert|confirm|prompt|announce)\(\s*)"
    r"([\"'`])(?P<said>(?:\\.|(?!\1).)*)\1"
)
_CONDITION = re.compile(r"[=!]==?\s*(\"[^\"]*\"|'[^']*')|(\"[^\"]*\"|'[^']*')\s*[=!]==?")
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")

SAY = "put it into words/catalogues in both languages and say its id"
# Files or folders in which Persian letters stand, each with its reason.
PERSIAN_IN: dict[str, str] = {
    "src/pasokh/words/": "tables of letters, digits, months: what the catalogues are read with",
    "src/pasokh/checker/": "reads both languages, and needs nothing of the rest",
    "src/pasokh/adapters/api/sentences.py": "problems of the API, each in both languages",
    "src/pasokh/cli.py": "reads digits that a person types",
    "src/pasokh/drivers/drill/": "names of an invented province: data of the drill",
    "src/pasokh/office/static/desk/kernel/spelling.js": "the table of letters",
    "src/pasokh/office/static/desk/kernel/digits.js": "the table of digits",
    "src/pasokh/office/static/desk/kernel/layout.js": "the map of the keys",
    "src/pasokh/office/static/desk/kernel/grammar.js": "what is typed into the command bar",
    "src/pasokh/office/static/desk/dispatch/verbs.js": "what is typed into the command bar",
}


def _on_screens(source: Source) -> bool:
    """Whether the file makes what people see. Files of others are not ours to word."""
    street = source.path.startswith(("src/pasokh/adapters/", "src/pasokh/office/"))
    return street and "/vendor/" not in source.path


def words_in_pages(sources: list[Source]) -> list[Finding]:
    return [
        Finding(
            page.source.path, line, f"{what} outside the catalogues: {text.strip()[:60]!r}", SAY
        )
        for source in sources
        if _on_screens(source)
        for page in pages_of(source)
        for line, what, text in _said_by(page)
    ]


def _said_by(page: Page) -> Iterator[tuple[int, str, str]]:
    for piece in page.pieces:
        button = piece.attribute == "value" and piece.element in ("input:submit", "input:button")
        shown = not piece.attribute or piece.attribute in _SHOWN_ATTRIBUTES or button
        what = f"attribute {piece.attribute}" if piece.attribute else "a text"
        if shown and _speaks(piece.bare):
            yield piece.line, what, piece.bare
        if shown and page.source.path.endswith(".js"):
            for said in (text for slot in page.filled(piece) for text in _literals(slot)):
                yield piece.line, what, said


def _speaks(text: str) -> bool:
    return bool(_LETTER.search(text)) and not _CODES.fullmatch(text)


def _literals(expression: str) -> list[str]:
    """Strings that an expression gives as they stand: not those that it compares or hands on."""
    while (inner := re.sub(r"[(\[{][^()\[\]{}]*[)\]}]", "", expression)) != expression:
        expression = inner
    found = _LITERAL.findall(_CONDITION.sub("", expression))
    return [text for pair in found for text in pair if _speaks(text)]


def words_in_scripts(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(number, f"a script shows {found['said'][:60]!r}", SAY)
        for source in sources
        if _on_screens(source) and source.path.endswith(".js")
        for number, line in enumerate(source.text.splitlines(), 1)
        for found in _SET_IN_SCRIPT.finditer(line)
        if _speaks(re.sub(r"\$\{.*?\}", "", found["said"]))
    ]


def words_in_forms(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(node, f"the office says {text[:60]!r}", SAY)
        for source in sources
        if source.path.startswith("src/pasokh/office/") and source.is_python
        if "/migrations/" not in source.path  # columns of a table, which nobody sees
        for node in source.nodes
        if isinstance(node, ast.Call)
        for text in _said_in_call(node)
    ]


def _said_in_call(node: ast.Call) -> Iterator[str]:
    said = [word.value for word in node.keywords if word.arg in _SAYING_KEYWORDS]
    if _SAYING_CALLS.search(dotted(node.func)):
        said += node.args
    for value in said:
        parts = value.values if isinstance(value, ast.JoinedStr) else [value]
        for part in parts:
            text = part.value if isinstance(part, ast.Constant) else None
            if isinstance(text, str) and _speaks(text) and not _ID.fullmatch(text):
                yield text


def other_catalogues(sources: list[Source]) -> list[Finding]:
    mend = "say an id of words/catalogues: {% say %} in templates, say() in Python"
    found = []
    for source in sources:
        if not _on_screens(source):
            continue
        if source.path.endswith(".html"):
            found += [
                source.finding(number, f"words from another catalogue: {seen[1]}", mend)
                for number, line in enumerate(source.text.splitlines(), 1)
                if (seen := _OTHER_CATALOGUES.search(line))
            ]
        elif source.is_python:
            found += [
                source.finding(node, f"words from another catalogue: {alias.name}", mend)
                for node in source.nodes
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
                if _GETTEXT.match(alias.name)
            ]
    return found


def persian_letters(sources: list[Source]) -> list[Finding]:
    return [
        source.finding(number, f"Persian letters outside the catalogues: {seen[0]}", SAY)
        for source in sources
        if source.in_src and source.path.endswith((".py", ".js", ".html"))
        if not source.path.startswith(tuple(PERSIAN_IN)) and "/vendor/" not in source.path
        for number, line in enumerate(source.text.splitlines(), 1)
        if (seen := _PERSIAN.search(line))
    ]


# What is read from left to right whatever stands around it: the last name of an expression.
_VALUES = re.compile(
    r"^(?:say\.(?:digits|time|span|rich)\()*[\w.]*\b"
    r"(?:number|code|plate|call_sign|callSign\([\w.]*|phone|telephone|e164|token|figure_id)"
    r"(?:\|[\w:'\"]+|\))*$|^say\.(?:time|span)\([\w., ]*\)$"
)


def bare_values(sources: list[Source]) -> list[Finding]:
    """Numbers, codes, plates and times in the text of a page stand in an element of their own."""
    mend = "<bdi>…</bdi>, an element with dir, or the isolate helper of words/digits.py"
    return [
        Finding(source.path, piece.line, f"a value in the run of the text: {slot[:50]}", mend)
        for source in sources
        if _on_screens(source)
        for page in pages_of(source)
        for piece in page.pieces
        if not piece.attribute and not piece.isolated
        for slot in page.filled(piece)
        if _VALUES.search(slot)
    ]
